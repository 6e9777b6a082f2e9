//! Payloads of every shape, and paths with values in them.

use std::borrow::Cow;

use live_rewards_core::{Delivery, Error, ErrorKind, Result};
use live_rewards_http::{
    Effect, Endpoint, EndpointInfo, Method, Parameters, ParametersIn, Retry, Rows, Shape,
    path_segment, test_util::Script,
};

use crate::shop::{Row, Shop, ShopClient, coded, good};

/// Answers a list, or an object with one.
#[derive(Clone, Debug)]
struct Log;

impl Endpoint for Log {
    type Service = Shop;
    type Output = Rows<Row>;
    const INFO: EndpointInfo = EndpointInfo {
        id: "log",
        method: Method::GET,
        path: "/log",
        parameters: ParametersIn::Query,
        effect: Effect::Read,
        limit: None,
        shape: Shape::ListIn("list"),
    };

    fn parameters(&self, _: &mut Parameters) {}
}

/// Answers nothing, and has a value in its path.
#[derive(Clone, Debug)]
struct Stop {
    room: String,
}

impl Endpoint for Stop {
    type Service = Shop;
    type Output = ();
    const INFO: EndpointInfo = EndpointInfo {
        id: "stop",
        method: Method::GET,
        path: "/rooms/{roomId}/stop",
        parameters: ParametersIn::Query,
        effect: Effect::Write,
        limit: None,
        shape: Shape::Nothing,
    };

    fn path(&self) -> Cow<'static, str> {
        Cow::Owned(format!("/rooms/{}/stop", path_segment(&self.room)))
    }

    fn parameters(&self, _: &mut Parameters) {}

    fn empty() -> Option<()> {
        Some(())
    }
}

async fn log(script: &Script) -> Result<Rows<Row>> {
    script.direct(ShopClient::builder()).build().unwrap().send(Log).await
}

async fn stop(script: &Script, room: &str) -> Result<()> {
    let client = script.direct(ShopClient::builder()).retry(Retry::none()).build().unwrap();
    client.send(Stop { room: room.to_owned() }).await
}

#[tokio::test]
async fn a_list_is_read_by_itself_and_as_a_member() {
    let list = r#"[{"id":1,"amount":1},{"id":2,"amount":"a lot"},{"id":3,"amount":"0.03"}]"#;
    for data in [list.to_owned(), format!(r#"{{"total":3,"list":{list}}}"#)] {
        let script = Script::new([Ok(good(&data))]);
        let rows = log(&script).await.unwrap();
        let ids: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["1", "3"], "{data}");
        assert_eq!((rows.received(), rows.rejected[0].position), (3, 1), "{data}");
    }
}

#[tokio::test]
async fn what_stands_beside_the_list_is_drift() {
    let data = r#"{"total":1,"list":[{"id":1,"amount":1,"colour":"red"}],"page":{"next":2}}"#;
    let script = Script::new([Ok(good(data))]);
    log(&script).await.unwrap();
    let drift: Vec<_> = script.drift().iter().map(|drift| drift.kind.to_string()).collect();
    assert_eq!(drift, ["unknown member page", "unknown member total", "unknown member *.colour"]);
}

#[tokio::test]
async fn no_rows_have_many_forms() {
    for data in ["null", "[]", "{}", "\"\"", r#"{"list":[]}"#, r#"{"list":null}"#] {
        let script = Script::new([Ok(good(data))]);
        assert_eq!(log(&script).await.unwrap().received(), 0, "{data}");
    }
}

#[tokio::test]
async fn an_object_without_the_list_is_an_error_that_shows_no_value() {
    for data in [r#"{"rows":["神经蛙"]}"#, r#"{"list":"神经蛙"}"#, r#"{"list":{"a":"神经蛙"}}"#]
    {
        let script = Script::new([Ok(good(data))]);
        let error = log(&script).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{data}");
        assert!(!format!("{error} {error:?}").contains("神经蛙"), "{error:?}");
    }
    let script = Script::new([Ok(good(r#"{"rows":[]}"#))]);
    let error = log(&script).await.unwrap_err();
    assert_eq!(error.message(), "the answer can't be read: missing field `list`");
}

#[tokio::test]
async fn where_nothing_is_read_anything_may_be_answered() {
    for data in ["null", "[]", "{}", "\"\"", "7", r#"{"a":[1]}"#, r#""done""#] {
        let script = Script::new([Ok(good(data))]);
        stop(&script, "1").await.unwrap();
        assert_eq!(script.drift(), [], "{data}");
    }
}

#[tokio::test]
async fn a_value_in_the_path_is_one_segment_of_it() {
    let script = Script::new([Ok(good("null"))]);
    stop(&script, "a/b?c 红").await.unwrap();
    assert_eq!(script.transport.requests()[0].uri().path(), "/rooms/a%2Fb%3Fc%20%E7%BA%A2/stop");
}

#[tokio::test]
async fn what_no_path_can_hold_is_not_sent() {
    for room in ["", ".", ".."] {
        let script = Script::new([]);
        let error = stop(&script, room).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::InvalidInput, Delivery::NotSent));
        assert!(script.transport.requests().is_empty());
    }
}

#[tokio::test]
async fn no_error_shows_the_path() {
    let script = Script::new([Ok(coded(10))]);
    let error: Error = stop(&script, "room-of-davis").await.unwrap_err();
    assert_eq!(script.transport.requests().len(), 1);
    assert!(!format!("{error} {error:?}").contains("davis"), "{error:?}");
}
