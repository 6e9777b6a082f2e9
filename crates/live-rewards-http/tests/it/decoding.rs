use live_rewards_core::{ErrorKind, Money};
use live_rewards_http::{Retry, test_util::Script};

use crate::shop::{Page, Read, ShopClient, State, good};

async fn read(script: &Script) -> live_rewards_core::Result<Page> {
    let client = script.direct(ShopClient::builder()).retry(Retry::none()).build().unwrap();
    client.send(Read).await
}

async fn rows(data: &'static str) -> (Page, Script) {
    let script = Script::new([Ok(good(data))]);
    (read(&script).await.unwrap(), script)
}

#[tokio::test]
async fn a_bad_row_is_rejected_and_the_others_survive() {
    let (page, _) = rows(
        r#"{"rows":[{"id":1,"amount":0.98},{"id":"神经蛙","amount":"0.985"},{"amount":1},
            {"id":"4","amount":12.30,"state":"open"},7]}"#,
    )
    .await;
    let kept: Vec<_> = page.rows.iter().map(|row| (row.id.as_str(), row.amount.fen())).collect();
    assert_eq!(kept, [("1", 98), ("4", 1230)]);
    assert_eq!(page.rows[1].state, Some(State::Open));
    assert_eq!(page.rows.received(), 5);
    let rejected: Vec<_> =
        page.rows.rejected.iter().map(|row| format!("{} {}", row.position, row.reason)).collect();
    insta::assert_debug_snapshot!(rejected, @r#"
    [
        "1 amount: not a whole number of fen at line 1 column 35",
        "2 .: missing field `id` at line 1 column 12",
        "4 .: invalid type, expected an object at line 1 column 1",
    ]
    "#);
    assert_eq!(page.rows.rejected[0].raw, r#"{"id":"神经蛙","amount":"0.985"}"#);
}

#[tokio::test]
async fn an_empty_page_has_many_forms() {
    for data in [
        "null",
        "[]",
        "\"\"",
        "[{\"rows\":[]}]",
        r#"{"rows":[]}"#,
        r#"{"rows":null}"#,
        r#"{"rows":{}}"#,
        r#"{"rows":""}"#,
    ] {
        assert_eq!(rows(data).await.0.rows.received(), 0, "{data}");
    }
}

#[tokio::test]
async fn what_is_no_page_is_an_error_that_shows_no_value() {
    for data in [
        r#"{"rows":"神经蛙"}"#,
        r#"{"rows":{"a":"神经蛙"}}"#,
        r#"["神经蛙"]"#,
        r#"[["神经蛙"]]"#,
        r#"[{"rows":[]},{"rows":[]}]"#,
        // Without its rows an answer is no page.
        "{}",
        r#"{"other":"神经蛙"}"#,
        "7",
    ] {
        let script = Script::new([Ok(good(data))]);
        let error = read(&script).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{data}");
        assert!(!format!("{error} {error:?}").contains("神经蛙"), "{error:?}");
    }
}

#[tokio::test]
async fn drift_is_reported_once_and_is_no_error() {
    let data = r#"{"rows":[{"id":1,"amount":0.9800000190734863,"state":"half open","colour":"red"},
        {"id":2,"amount":1.00,"state":"half open","colour":"red"}],"more":{"a":1}}"#;
    let script = Script::new([Ok(good(data)), Ok(good(data))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    for _ in 0..2 {
        let page = client.send(Read).await.unwrap();
        assert_eq!(page.rows[0].amount, Money::from_fen(98));
        assert_eq!(page.rows[0].state, Some(State::Unknown("half open".into())));
    }
    let drift: Vec<_> = script.drift().iter().map(|drift| drift.kind.to_string()).collect();
    insta::assert_debug_snapshot!(drift, @r#"
    [
        "0.9800000190734863 yuan is not a whole number of fen",
        "unknown State \"half open\"",
        "unknown member rows.*.colour",
        "unknown member more",
    ]
    "#);
}
