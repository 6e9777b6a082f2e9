use live_rewards_core::{Delivery, Error, ErrorKind};
use live_rewards_http::{
    Retry,
    test_util::{Script, answer},
};
use polyv_live_api::red_pack::RedPackStatistics;

use crate::support::builder;

async fn refusal(status: u16, body: &'static str) -> Error {
    let script = Script::new([Ok(answer(status, body))]);
    let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
    client.send(RedPackStatistics::new("1")).await.unwrap_err()
}

#[tokio::test]
async fn both_envelopes_are_understood_on_any_path() {
    // The bodies of the older envelope are printed in Polyv's documentation of its v2 and v3 calls.
    let table = [
        (
            403,
            r#"{"code":403,"status":"error","message":"invalid signature.","data":""}"#,
            ErrorKind::Unauthenticated,
        ),
        (
            400,
            r#"{"code":400,"status":"error","message":"application not found.","data":""}"#,
            ErrorKind::Unauthenticated,
        ),
        (
            400,
            r#"{"code":400,"status":"error","message":"ptime is too old.","data":""}"#,
            ErrorKind::ClockSkew,
        ),
        (
            400,
            r#"{"code":400,"status":"error","message":"invalid timestamp.","data":""}"#,
            ErrorKind::ClockSkew,
        ),
        (
            400,
            r#"{"code":400,"status":"error","message":"param should not be empty: channelId","data":""}"#,
            ErrorKind::InvalidInput,
        ),
        (
            400,
            r#"{"code":400,"status":"error","error":{"code":10001,"desc":"参数错误"},"success":false}"#,
            ErrorKind::InvalidInput,
        ),
        (
            500,
            r#"{"code":500,"status":"error","error":{"code":10005,"desc":"系统异常"},"success":false}"#,
            ErrorKind::Vendor,
        ),
        // Codes that are not published are still refusals of the signature by their status.
        (
            403,
            r#"{"code":403,"status":"error","error":{"code":29999,"desc":"?"},"success":false}"#,
            ErrorKind::Unauthenticated,
        ),
        (
            401,
            r#"{"code":401,"status":"error","error":{"code":29999,"desc":"?"},"success":false}"#,
            ErrorKind::Unauthenticated,
        ),
    ];
    for (status, body, kind) in table {
        let error = refusal(status, body).await;
        assert_eq!(error.kind(), kind, "{body}");
        assert_eq!(error.http_status(), Some(status), "{body}");
    }
}

#[tokio::test]
async fn a_block_is_concluded_from_its_words_or_429_only() {
    let table = [
        (
            400,
            r#"{"code":400,"status":"error","message":"qps exceeds number of calls","data":""}"#,
            true,
        ),
        (429, r#"{"code":429,"status":"error","message":"","data":""}"#, true),
        (429, "<html>too many</html>", true),
        (403, "<html>forbidden</html>", false),
        (403, r#"{"code":403,"status":"error","message":"","data":""}"#, false),
    ];
    for (status, body, blocked) in table {
        let error = refusal(status, body).await;
        assert_eq!(error.kind() == ErrorKind::Blocked, blocked, "{body}");
        assert_eq!(error.retry_after().is_some(), blocked, "{body}");
    }
}

#[tokio::test]
async fn a_fault_that_is_told_inside_of_a_200_is_a_fault() {
    for detail in [r#"{"code":10005,"desc":"系统异常"}"#, r#"{"code":29999,"desc":"?"}"#] {
        let body = format!(r#"{{"code":500,"status":"error","error":{detail},"success":false}}"#);
        let good = r#"{"code":200,"data":{"totalPages":1,"contents":[]}}"#;
        let script = Script::new([Ok(answer(200, body.clone())), Ok(answer(200, good))]);
        let client = script.direct(builder()).build().unwrap();
        client.send(RedPackStatistics::new("1")).await.unwrap();

        let script = Script::new([Ok(answer(200, body))]);
        let client = script.direct(builder()).retry(Retry::none()).build().unwrap();
        let error = client.send(RedPackStatistics::new("1")).await.unwrap_err();
        let told = (error.kind(), error.delivery(), error.http_status());
        assert_eq!(told, (ErrorKind::Vendor, Delivery::Unknown, Some(200)), "{detail}");
    }
}
