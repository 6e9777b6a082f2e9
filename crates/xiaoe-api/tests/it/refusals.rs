use live_rewards_core::{Delivery, ErrorKind};
use live_rewards_http::{
    Retry,
    test_util::{Script, answer},
};
use xiaoe_api::red_packet::RedPacketList;

use crate::support::{TOKEN, builder};

#[tokio::test]
async fn published_codes_say_what_to_do() {
    let table = [
        (1001, ErrorKind::Vendor, Delivery::Unknown),
        (1002, ErrorKind::Vendor, Delivery::Unknown),
        (2004, ErrorKind::Unauthenticated, Delivery::Refused),
        (2007, ErrorKind::Unauthenticated, Delivery::Refused),
        (2008, ErrorKind::Unauthenticated, Delivery::Refused),
        (2017, ErrorKind::PermissionDenied, Delivery::Refused),
        (2051, ErrorKind::PermissionDenied, Delivery::Refused),
        (2053, ErrorKind::RateLimited, Delivery::Refused),
        (2054, ErrorKind::RateLimited, Delivery::Refused),
        (3999, ErrorKind::Vendor, Delivery::Unknown),
        (-1, ErrorKind::Vendor, Delivery::Unknown),
    ];
    for (code, kind, delivery) in table {
        let body = format!(r#"{{"code":{code},"msg":"","data":null}}"#);
        let script = Script::new([
            Ok(answer(200, TOKEN)),
            Ok(answer(200, body.clone())),
            // For a refused token: another one, and the same refusal.
            Ok(answer(200, TOKEN)),
            Ok(answer(200, body)),
        ]);
        let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
        let error = client.send(RedPacketList::new("l_1", 4)).await.unwrap_err();
        let expected = (kind, Some(code.to_string()), delivery);
        let told = (error.kind(), error.code().map(str::to_owned), error.delivery());
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn a_quota_that_is_used_up_is_not_knocked_at() {
    for (code, requests) in [(2053, 2), (2054, 3)] {
        let refused = format!(r#"{{"code":{code},"msg":"","data":null}}"#);
        let good = r#"{"code":0,"msg":"success","data":[]}"#;
        let script =
            Script::new([Ok(answer(200, TOKEN)), Ok(answer(200, refused)), Ok(answer(200, good))]);
        let client = script.direct(builder()).build().unwrap();
        let outcome = client.send(RedPacketList::new("l_1", 4)).await;
        assert_eq!(outcome.is_ok(), code == 2054);
        assert_eq!(script.transport.requests().len(), requests, "{code}");
    }
}
