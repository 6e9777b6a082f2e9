mod vendors;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE, HeaderValue, SERVER};
use live_rewards_core::{Delivery, ErrorKind};
use live_rewards_http::{
    Answer, CredentialNames, Retry, Transport, TransportError,
    cassette::{Pseudonyms, Recorder, ReplayingTransport},
    test_util::{Script, answer},
};

use crate::{
    shop::{Read, SECRET, ShopClient, coded, good},
    writers::{Full, Lines},
};

fn replayed(lines: &Lines) -> ReplayingTransport {
    ReplayingTransport::new(lines.text().as_bytes()).unwrap()
}

fn recorder(lines: &Lines) -> Recorder {
    let pseudonyms = Pseudonyms::new("key").kept_member("room").kept_member("rows");
    Recorder::new(lines.clone(), pseudonyms)
}

/// What the shop's client records when it is answered this.
async fn recorded(answer: Answer) -> String {
    let lines = Lines::default();
    let script = Script::new([Ok(answer)]);
    let builder = script.direct(ShopClient::builder()).record(recorder(&lines));
    let client = builder.retry(Retry::none()).build().unwrap();
    // Whether it is a refusal doesn't matter.
    drop(client.send(Read).await);
    assert!(script.transport.requests()[0].uri().query().unwrap().contains(SECRET));
    lines.text()
}

#[tokio::test]
async fn a_line_holds_neither_credentials_nor_persons_and_all_else_to_the_character() {
    let body = format!(
        r#"{{"code":0, "data":{{"rows":[ {{"id":1,"amount":1.0E7,"userId":"u_1","nickName":"神经蛙"}},
        {{"id":"2","amount":0.980,"user_id":4711,"wx_avatar":"https://a.example/b.png"}}]}},
        "access_token":"t","msg":"no u_5cb6c94d, sign={SECRET}"}}"#
    );
    let mut answer = answer(200, body);
    for (name, value) in [
        (CONTENT_TYPE, "application/json"),
        (DATE, "Fri, 12 Aug 2022 02:48:46 GMT"),
        (SERVER, "gateway-17"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    insta::assert_snapshot!(recorded(answer).await, @r#"{"request":{"method":"POST","path":"/read","parameters":{"room":"r 1&x=y"}},"response":{"status":200,"headers":{"content-type":"application/json","date":"Fri, 12 Aug 2022 02:48:46 GMT"},"json":{"code":0,"data":{"rows":[{"id":1,"amount":1.0E7,"userId":"user-a281e217b85d76d1","nickName":"name-46cb1fdbdfb951fe"},{"id":"2","amount":0.980,"user_id":293231524107239,"wx_avatar":"https://example.invalid/dcbb923fc01a9cd0"}]},"access_token":"removed","msg":"no user-dcd707f4ffc14c17, sign=[removed]"}}}"#);
}

#[tokio::test]
async fn what_is_no_json_is_kept_as_a_length() {
    for (body, kept) in [
        (format!("<p>{SECRET} 神经蛙"), Some("<31 bytes")),
        (r#"{"nickName":"神经蛙"#.to_owned(), Some("<22 bytes")),
        ("\"神经蛙\"".to_owned(), Some("<11 bytes")),
        (String::new(), None),
    ] {
        let line = recorded(answer(502, body)).await;
        assert!(!line.contains("神经蛙") && !line.contains(SECRET), "{line}");
        match kept {
            Some(kept) => assert!(line.contains(kept), "{line}"),
            None => assert!(line.ends_with("\"response\":{\"status\":502}}\n"), "{line}"),
        }
    }
}

#[tokio::test]
async fn a_replay_answers_what_was_recorded() {
    let lines = Lines::default();
    let rows = r#"{"rows":[{"id":1,"amount":12.30},{"id":2,"amount":"0.985"}]}"#;
    let script = Script::new([
        Ok(coded(20)),
        Err(TransportError::timed_out()),
        Ok(answer(502, "<p>")),
        Ok(good(rows)),
        Ok(coded(10)),
    ]);
    let recorder = recorder(&lines);
    let client = script.direct(ShopClient::builder()).record(recorder.clone()).build().unwrap();
    let first = client.send(Read).await.unwrap();
    let error = client.send(Read).await.unwrap_err();
    assert_eq!(recorder.finish().unwrap(), 4);

    let script = Script::new([]);
    let builder = script.direct(ShopClient::builder()).transport(Arc::new(replayed(&lines)));
    let client = builder.build().unwrap();
    let again = client.send(Read).await.unwrap();
    assert_eq!(format!("{again:?}"), format!("{first:?}"));
    assert_eq!(client.send(Read).await.unwrap_err().to_string(), error.to_string());
    // All that was recorded has been given.
    let error = client.send(Read).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Transport, Delivery::NotSent));
    assert_eq!(error.attempts(), 1);
    insta::assert_snapshot!(error, @r#"xiaoe read: transport: POST /read with room="r 1&x=y" was recorded 4 times and is asked for once more"#);
}

/// A cassette as one would write it by hand.
const BY_HAND: &str = r#"
{"request":{"method":"GET","path":"/list","parameters":{"page":"1","room":"a"}},"response":{"status":200,"json":{"at": 1.50}}}
{"request":{"method":"GET","path":"/list","parameters":{"room":"a","page":"2"}},"response":{"status":404,"headers":{"retry-after":"7"},"text":"gone"}}

{"request":{"method":"POST","path":"/list","parameters":{"ids":["1", "2"],"nothing":null}},"response":{"status":200,"json":[]}}
"#;

async fn asked(
    transport: &ReplayingTransport,
    request: http::request::Builder,
    body: &'static str,
) -> Result<Answer, TransportError> {
    let mut request = request.body(Bytes::from_static(body.as_bytes())).unwrap();
    request.extensions_mut().insert(CredentialNames::new(&["timestamp", "key"]));
    transport.send(request, Duration::from_secs(1)).await
}

fn get(query: &str) -> http::request::Builder {
    http::Request::get(format!("https://any.example.com/list?{query}"))
}

#[tokio::test]
async fn requests_are_matched_by_business_parameters_in_any_order_and_form() {
    let transport = ReplayingTransport::new(BY_HAND.as_bytes()).unwrap();
    let first = asked(&transport, get("timestamp=1&room=a&page=1&sign=x"), "").await.unwrap();
    assert_eq!(&first.body()[..], br#"{"at": 1.50}"#);
    let second = asked(&transport, get("page=2&key=y&room=%61"), "").await.unwrap();
    assert_eq!((second.status().as_u16(), &second.body()[..]), (404, &b"gone"[..]));
    assert_eq!(second.headers()["retry-after"], "7");
    let post = http::Request::post("https://any.example.com/list")
        .header(CONTENT_TYPE, "application/json");
    let body = r#"{"nothing": null, "key":"z", "ids": [ "1","2"]}"#;
    let third = asked(&transport, post, body).await.unwrap();
    assert_eq!(&third.body()[..], b"[]");
}

#[tokio::test]
async fn a_request_that_was_not_recorded_is_told_with_the_nearest() {
    let transport = ReplayingTransport::new(BY_HAND.as_bytes()).unwrap();
    let mut told = Vec::new();
    for request in [
        get("room=a&page=3"),
        get("room=b&page=2&more=1"),
        get("room=a&page=1&page=1"),
        http::Request::delete("https://any.example.com/list"),
        http::Request::get("https://any.example.com/other?sign=x"),
    ] {
        let error = asked(&transport, request, "").await.unwrap_err();
        assert!(error.lasting && error.delivery == Delivery::NotSent);
        told.push(error.message);
    }
    insta::assert_debug_snapshot!(told, @r#"
    [
        "GET /list was not recorded with page=\"3\"; the nearest was with page=\"1\"",
        "GET /list was not recorded with more=\"1\", room=\"b\"; the nearest was with room=\"a\"",
        "GET /list was not recorded with page=\"1\"; the nearest was with nothing else",
        "DELETE /list was not recorded; recorded: GET /list, POST /list",
        "GET /other was not recorded; recorded: GET /list, POST /list",
    ]
    "#);
}

#[test]
fn a_damaged_cassette_is_told_by_its_line() {
    for (line, what) in [
        ("{", "EOF"),
        (r#"{"request":{"method":"GET","path":"/"},"response":{"status":200}}"#, "parameters"),
        (
            r#"{"request":{"method":"GET","path":"/","parameters":{}},"response":{"status":99}}"#,
            "status",
        ),
        (
            r#"{"request":{"method":"GET","path":"/","parameters":{}},"response":{"status":200,"headers":{"a b":"c"}}}"#,
            "header",
        ),
    ] {
        let cassette = format!("\n{line}\n");
        let error = ReplayingTransport::new(cassette.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().starts_with("line 2 of the cassette"), "{error}");
        assert!(error.message().contains(what), "{error}");
    }
    let error = ReplayingTransport::from_file("/nowhere/to/be/found.jsonl").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

#[tokio::test]
async fn calls_do_not_fail_because_they_can_not_be_recorded() {
    let script = Script::new([Ok(good("null"))]);
    let recorder = Recorder::new(Full, Pseudonyms::new("key"));
    let client = script.direct(ShopClient::builder()).record(recorder.clone()).build().unwrap();
    client.send(Read).await.unwrap();
    assert_eq!(recorder.finish().unwrap_err().kind(), ErrorKind::Config);
}
