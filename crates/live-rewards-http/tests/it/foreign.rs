//! Answers that no vendor documents.

use http::header::{CONTENT_TYPE, HeaderValue};
use live_rewards_core::{Delivery, Error, ErrorKind};
use live_rewards_http::{
    Answer, Retry,
    test_util::{Script, answer},
};

use crate::shop::{Page, Read, ShopClient, good};

async fn read(answer: Answer) -> Result<Page, Error> {
    let script = Script::new([Ok(answer)]);
    // Which looks for drift in every answer.
    let client = script.direct(ShopClient::builder()).retry(Retry::none()).build().unwrap();
    client.send(Read).await
}

async fn refused(answer: Answer) -> Error {
    let status = answer.status().as_u16();
    let error = read(answer).await.unwrap_err();
    assert_eq!(error.endpoint(), Some("read"));
    assert_eq!(error.http_status(), Some(status));
    assert_eq!(error.delivery(), Delivery::Unknown);
    error
}

fn typed(mut answer: Answer, content_type: &'static str) -> Answer {
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

#[tokio::test]
async fn a_page_of_a_gateway_is_told_by_its_title() {
    let page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>神经蛙</html>";
    let error = refused(typed(answer(502, page), "text/html; charset=utf-8")).await;
    assert_eq!(error.kind(), ErrorKind::Vendor);
    insta::assert_snapshot!(error, @r#"xiaoe read: vendor error: the answer is not in the vendor's envelope: not JSON (text/html, 80 bytes, "502 Bad Gateway") (HTTP 502)"#);
    let error = refused(typed(answer(200, "<p>login"), "application/json")).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn nothing_is_shown_of_json_that_can_not_be_read() {
    for body in [
        // Cut.
        r#"{"code":0,"data":{"rows":[{"id":1,"amount":1,"name":"Davis"#,
        // Other JSON.
        r#"["Davis"]"#,
        r#"{"name":"Davis"}"#,
        // Duplicate.
        r#"{"code":0,"code":0,"data":null,"name":"Davis"}"#,
        // Not numbers.
        r#"{"code":NaN,"name":"Davis"}"#,
        r#"{"code":0,"data":{"rows":[{"id":1,"amount":Infinity,"name":"Davis"}]}}"#,
        r#"{"code":99999999999999999999999999,"name":"Davis"}"#,
        // Not what the page is.
        r#"{"code":0,"data":{"rows":7,"name":"Davis"}}"#,
        r#"{"code":0,"data":{"rows":[],"rows":[],"name":"Davis"}}"#,
    ] {
        let error = refused(answer(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(!format!("{error} {error:?}").contains("Davis"), "{error:?}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_an_error() {
    let mut body = br#"{"code":0,"data":{"rows":[{"id":""#.to_vec();
    body.extend([0xff, 0xfe, 0xc0]);
    body.extend(br#"","amount":1}]}}"#);
    assert_eq!(refused(answer(200, body)).await.kind(), ErrorKind::Decode);
    let compressed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    assert_eq!(refused(answer(200, compressed)).await.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn the_type_that_an_answer_claims_does_not_matter() {
    for content_type in ["text/html", "text/plain; charset=gbk", "application/octet-stream", "?"] {
        let page = read(typed(good(r#"{"rows":[{"id":1,"amount":1}]}"#), content_type)).await;
        assert_eq!(page.unwrap().rows.len(), 1);
    }
}

#[tokio::test]
async fn a_row_that_can_not_be_read_is_rejected_and_the_others_survive() {
    for row in [
        r#"{"id":"a","amount":"NaN"}"#,
        r#"{"id":"a","amount":"Infinity"}"#,
        r#"{"id":"a","amount":1e400}"#,
        r#"{"id":"a","amount":1e99999999999999999999}"#,
        r#"{"id":"a","amount":99999999999999999999999999999999999999999}"#,
        r#"{"id":123456789012345678901234567890,"amount":1}"#,
        r#"{"id":1e400,"amount":1}"#,
        r#"{"id":"a","id":"b","amount":1}"#,
        r#"{"id":"a","amount":1,"amount":2}"#,
        r#"{"id":"\ud800","amount":1}"#,
        r#"{"id":{"a":1},"amount":[1]}"#,
        "null",
        "[]",
    ] {
        let data = format!(r#"{{"rows":[{{"id":"1","amount":1}},{row},{{"id":"2","amount":2}}]}}"#);
        let page = read(good(&data)).await.unwrap();
        let kept: Vec<_> = page.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(kept, ["1", "2"], "{row}");
        assert_eq!(page.rows.rejected[0].raw, row);
        assert_eq!(page.rows.rejected[0].position, 1);
    }
}

#[tokio::test]
async fn numbers_that_nobody_reads_may_be_anything() {
    let data = r#"{"rows":[{"id":1,"amount":1,"other":1e400}],"x":123456789012345678901234567890}"#;
    assert_eq!(read(good(data)).await.unwrap().rows.len(), 1);
}

/// More levels than a thread's stack has room for.
const DEEP: usize = 200_000;

fn nested() -> String {
    "[".repeat(DEEP) + &"]".repeat(DEEP)
}

#[tokio::test]
async fn deep_nesting_where_something_is_read_is_an_error() {
    let deep = nested();
    let objects = r#"{"a":"#.repeat(DEEP) + "1" + &"}".repeat(DEEP);
    for body in [
        deep.clone(),
        objects.clone(),
        "[".repeat(DEEP),
        format!(r#"{{"code":{deep}}}"#),
        format!(r#"{{"code":0,"data":{deep}}}"#),
        format!(r#"{{"code":0,"data":{{"rows":{objects}}}}}"#),
    ] {
        assert_eq!(refused(answer(200, body)).await.kind(), ErrorKind::Decode);
    }
}

#[tokio::test]
async fn deep_nesting_in_a_row_rejects_the_row() {
    let deep = nested();
    for row in [
        deep.clone(),
        format!(r#"{{"id":{deep},"amount":1}}"#),
        format!(r#"{{"id":"a","amount":{deep}}}"#),
        format!(r#"{{"id":"a","amount":1,"state":{deep}}}"#),
    ] {
        let data = format!(r#"{{"rows":[{{"id":1,"amount":1}},{row}]}}"#);
        let page = read(good(&data)).await.unwrap();
        assert_eq!((page.rows.len(), page.rows.rejected.len()), (1, 1));
    }
}

#[tokio::test]
async fn deep_nesting_that_nobody_reads_is_passed_over() {
    let deep = nested();
    let data = format!(r#"{{"rows":[{{"id":1,"amount":1,"other":{deep}}}],"more":{deep}}}"#);
    assert_eq!(read(good(&data)).await.unwrap().rows.len(), 1);
    let body = format!(r#"{{"more":{deep},"code":0,"data":null}}"#);
    assert_eq!(read(answer(200, body)).await.unwrap().rows.len(), 0);
}
