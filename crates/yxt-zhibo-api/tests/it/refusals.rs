use live_rewards_core::ErrorKind;
use live_rewards_http::{
    Retry,
    test_util::{Script, answer},
};
use yxt_zhibo_api::gift::GiftRecords;

use crate::support::builder;

#[tokio::test]
async fn published_keys_say_what_to_do() {
    let table = [
        ("global.noprivilege", 400, ErrorKind::PermissionDenied),
        ("apis.auth.client.status.invalid", 400, ErrorKind::PermissionDenied),
        ("apis.zhibo.orgadmin.validation.service.expired", 400, ErrorKind::PermissionDenied),
        ("apis.zhibo.room.validation.notExisted", 404, ErrorKind::NotFound),
        (
            "apis.zhibo.gift.precent.validation.provideRoomIdOrSessionId",
            400,
            ErrorKind::InvalidInput,
        ),
        ("apis.another.key", 400, ErrorKind::Unauthenticated),
        ("global.ServiceInternalError", 500, ErrorKind::Vendor),
    ];
    for (key, status, kind) in table {
        let body = format!(r#"{{"error":{{"key":"{key}","message":"M."}}}}"#);
        let script = Script::new([Ok(answer(status, body))]);
        let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
        let error = client.send(GiftRecords::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.code(), error.message()), (kind, Some(key), "M."));
    }
}
