//! An object beside the rows that is read like one of them.

use live_rewards_core::{ErrorKind, Result};
use live_rewards_http::{
    Effect, Endpoint, EndpointInfo, Method, Parameters, ParametersIn, Retry, Rows, Shape,
    test_util::Script, wire,
};
use serde::Deserialize;

use crate::shop::{Row, Shop, ShopClient, good};

/// Answers what was sent and who got some of it.
#[derive(Clone, Debug)]
struct Record;

#[derive(Debug, Deserialize)]
struct RecordPage {
    #[serde(default, deserialize_with = "wire::row")]
    sent: Rows<Row>,
    rows: Rows<Row>,
}

impl Endpoint for Record {
    type Service = Shop;
    type Output = RecordPage;
    const INFO: EndpointInfo = EndpointInfo {
        id: "record",
        method: Method::GET,
        path: "/record",
        parameters: ParametersIn::Query,
        effect: Effect::Read,
        limit: None,
        shape: Shape::Object,
    };

    fn parameters(&self, _: &mut Parameters) {}
}

async fn record(script: &Script) -> Result<RecordPage> {
    let client = script.direct(ShopClient::builder()).retry(Retry::none()).build().unwrap();
    let page = client.send(Record).await?;
    let rejected = page.sent.rejected.len() + page.rows.rejected.len();
    assert_eq!(client.0.stats().rejected_rows, u64::try_from(rejected).unwrap());
    Ok(page)
}

#[tokio::test]
async fn one_that_can_not_be_read_spoils_no_row() {
    for (sent, reason) in [
        (r#"{"id":1,"amount":null}"#, "amount: no amount"),
        (r#"{"amount":1}"#, ".: missing field `id`"),
        (r#"{"id":1,"amount":"神经蛙"}"#, "amount: "),
        ("[1]", ".: expected an object, got a list"),
        ("\"神经蛙\"", ".: expected an object"),
        ("7", ".: invalid type"),
    ] {
        let data = format!(r#"{{"sent":{sent},"rows":[{{"id":2,"amount":1}},{{"id":3}}]}}"#);
        let page = record(&Script::new([Ok(good(&data))])).await.unwrap();
        assert!(page.sent.is_empty(), "{data}");
        let [rejected] = &page.sent.rejected[..] else { panic!("{data}") };
        assert!(rejected.reason.starts_with(reason), "{}", rejected.reason);
        assert!(!rejected.reason.contains("神经蛙"), "{}", rejected.reason);
        assert_eq!((rejected.position, rejected.raw.as_str()), (0, sent));
        assert_eq!((page.rows[0].id.as_str(), page.rows.rejected[0].position), ("2", 1), "{data}");
    }
}

#[tokio::test]
async fn it_survives_a_row_that_can_not_be_read() {
    for rows in [r#"[{"id":2,"amount":1}]"#, r#"[{"id":2,"amount":"a lot"}]"#] {
        let data = format!(r#"{{"sent":{{"id":1,"amount":0.98}},"rows":{rows}}}"#);
        let page = record(&Script::new([Ok(good(&data))])).await.unwrap();
        assert_eq!((page.sent[0].amount.fen(), page.sent.received()), (98, 1), "{rows}");
        assert_eq!(page.rows.received(), 1);
    }
}

#[tokio::test]
async fn nothing_has_many_forms() {
    for sent in ["", r#""sent":null,"#, r#""sent":[],"#, r#""sent":"","#] {
        for rows in ["[]", r#"[{"id":2}]"#] {
            let data = format!(r#"{{{sent}"rows":{rows}}}"#);
            let page = record(&Script::new([Ok(good(&data))])).await.unwrap();
            assert_eq!(page.sent.received(), 0, "{data}");
        }
    }
}

#[tokio::test]
async fn without_the_rows_it_is_no_page() {
    for data in [r#"{"sent":{"id":1,"amount":1}}"#, r#"{"sent":7}"#] {
        let error = record(&Script::new([Ok(good(data))])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
    }
}

#[tokio::test]
async fn drift_is_told_of_the_member_that_it_stands_in() {
    let data = r#"{"sent":{"size":1,"id":1,"amount":"?"},"rows":[{"colour":1,"id":2},{"shape":1,"id":3,"amount":1}]}"#;
    let script = Script::new([Ok(good(data))]);
    record(&script).await.unwrap();
    let drift: Vec<_> = script.drift().iter().map(|drift| drift.kind.to_string()).collect();
    let expected = ["sent.size", "rows.*.colour", "rows.*.shape"];
    assert_eq!(drift, expected.map(|member| format!("unknown member {member}")));
}
