//! The management port, and calls to it for other tests.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::support::{
    Answer, RED_PACKETS, START_MS, http, polyv, send, start_at, tiny, xiaoe, xiaoe_token,
};

fn url(emulator: &Emulator, path: &str) -> String {
    let admin = emulator.ready().admin.as_ref().unwrap();
    format!("{}{path}", admin.base_url)
}

pub(crate) async fn get(emulator: &Emulator, path: &str) -> Answer {
    send(http().get(url(emulator, path))).await
}

pub(crate) async fn post(emulator: &Emulator, path: &str, body: &Value) -> Answer {
    send(http().post(url(emulator, path)).json(body)).await
}

async fn delete(emulator: &Emulator, path: &str) -> Answer {
    send(http().delete(url(emulator, path))).await
}

/// Status and text of what was refused.
fn error(answer: &Answer) -> (u16, String) {
    (answer.status, answer.at("/error").as_str().unwrap().to_owned())
}

#[tokio::test]
async fn it_says_that_it_runs_and_where() {
    let emulator = tiny().await;
    assert_eq!(get(&emulator, "/healthz").await.json(), json!({"status": "ok"}));
    let ready = get(&emulator, "/ready").await;
    assert_eq!(ready.json(), serde_json::to_value(emulator.ready()).unwrap());
    assert_eq!(ready.content_type, "application/json");
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_are_told_apart() {
    let emulator = tiny().await;
    let (status, text) = error(&get(&emulator, "/nothing").await);
    assert_eq!((status, text.contains("/journal")), (404, true));
    let (status, text) = error(&delete(&emulator, "/clock").await);
    assert_eq!((status, text.as_str()), (405, "/clock has GET, POST"));
}

#[tokio::test]
async fn the_clock_is_set_moved_and_stopped() {
    let emulator = start_at(START_MS, Emulator::builder().scenario(Scenario::Tiny)).await;
    assert_eq!(get(&emulator, "/clock").await.at("/rate_milli"), json!(1000));
    let body = json!({"now_ms": START_MS, "rate_milli": 0});
    post(&emulator, "/clock", &body).await;
    post(&emulator, "/clock", &json!({"advance_ms": 3_600_000})).await;
    let expected = json!({
        "now_ms": START_MS + 3_600_000, "now": "2026-09-21T15:13:20Z", "rate_milli": 0,
        "skew_ms": {"polyv": 0, "xiaoe": 0, "yxt": 0}
    });
    assert_eq!(get(&emulator, "/clock").await.json(), expected);
    assert_eq!(emulator.now_ms(), START_MS + 3_600_000);
}

#[tokio::test]
async fn bodies_are_strict() {
    let emulator = tiny().await;
    for (path, body) in [
        ("/clock", json!({})),
        ("/clock", json!({"now": 1})),
        ("/clock", json!({"now_ms": i64::MAX})),
        ("/clock", json!({"advance_ms": -1})),
        ("/faults", json!({"vendor": "polyv"})),
        ("/faults", json!({"vendor": "polyv", "kind": "cut_body", "more": 1})),
        ("/faults", json!({"vendor": "polyv", "kind": "nothing"})),
        ("/faults", json!({"vendor": "wechat", "kind": "cut_body"})),
        ("/faults", json!({"vendor": "polyv", "endpoint": "token", "kind": "cut_body"})),
        ("/faults", json!({"vendor": "polyv", "every": 0, "kind": "cut_body"})),
        ("/faults", json!({"vendor": "polyv", "every": 2, "nth": [1], "kind": "cut_body"})),
        ("/faults", json!({"vendor": "polyv", "permille": 1001, "kind": "cut_body"})),
        ("/faults", json!({"vendor": "polyv", "kind": {"status": 42}})),
        ("/faults", json!({"vendor": "polyv", "kind": {"slow": 60_000}})),
        ("/faults", json!({"vendor": "polyv", "kind": {"business_error": "bad"}})),
        ("/faults", json!({"vendor": "polyv", "kind": "token_revoked"})),
        ("/settings", json!({"limit": true})),
        ("/settings", json!({"xiaoe_denied": ["token"]})),
        ("/settings", json!({"yxt_error": "nothing"})),
    ] {
        let (status, text) = error(&post(&emulator, path, &body).await);
        assert_eq!(status, 400, "{path} {body}");
        assert!(!text.is_empty());
    }
    let garbled = send(http().post(url(&emulator, "/clock")).body("{")).await;
    assert_eq!(error(&garbled).0, 400);
    let large = send(http().post(url(&emulator, "/clock")).body("x".repeat(2 << 20))).await;
    assert_eq!(error(&large).0, 413);
    assert_eq!(get(&emulator, "/faults").await.count("/faults"), 0);
}

#[tokio::test]
async fn faults_are_listed_and_ended_one_by_one() {
    let emulator = tiny().await;
    let cut = json!({"vendor": "yxt", "every": 2, "kind": "cut_body"});
    let skew = json!({"vendor": "polyv", "kind": {"clock_skew": 5}, "times": 1});
    for (number, fault) in [(1, &cut), (2, &skew), (3, &cut)] {
        let added = post(&emulator, "/faults", fault).await;
        assert_eq!((added.status, added.at("/id")), (201, json!(number)));
    }
    let expected = json!({
        "id": 1, "vendor": "yxt", "endpoint": "*", "every": 2, "kind": "cut_body",
        "counted": 0, "met": 0
    });
    assert_eq!(get(&emulator, "/faults").await.at("/faults/0"), expected);
    let left = delete(&emulator, "/faults?id=1").await;
    assert_eq!(left.column("/faults", "id"), ["2", "3"]);
    assert_eq!(delete(&emulator, "/faults?id=1").await.status, 404);
    assert_eq!(delete(&emulator, "/faults?id=x").await.status, 400);
    assert_eq!(delete(&emulator, "/faults").await.count("/faults"), 0);
}

#[tokio::test]
async fn the_truth_is_that_of_the_library() {
    let emulator = tiny().await;
    let truth = serde_json::to_value(emulator.truth()).unwrap();
    assert_eq!(get(&emulator, "/truth").await.json(), truth);
    assert_eq!(get(&emulator, "/truth?vendor=yxt").await.json(), truth["yxt"]);
    assert_eq!(get(&emulator, "/truth?vendor=wechat").await.status, 404);
}

#[tokio::test]
async fn the_journal_is_filtered_and_cleared() {
    let emulator = tiny().await;
    for channel in ["1", "", "2"] {
        polyv(&emulator, &[("channelId", channel)]).await;
    }
    let numbers = |answer: &Answer| answer.column("/entries", "number");
    assert_eq!(numbers(&get(&emulator, "/journal").await), ["1", "2", "3"]);
    assert_eq!(numbers(&get(&emulator, "/journal?limit=2").await), ["2", "3"]);
    assert_eq!(numbers(&get(&emulator, "/journal?refused=true").await), ["2"]);
    assert_eq!(get(&emulator, "/journal?limit=many").await.status, 400);
    assert_eq!(get(&emulator, "/journal?refused=perhaps").await.status, 400);
    let cleared = delete(&emulator, "/journal").await;
    assert_eq!(cleared.json(), json!({"requests": 0, "entries": []}));
}

#[tokio::test]
async fn a_reset_goes_back_to_the_start() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let before = emulator.now_ms();
    let truth = emulator.truth();
    post(&emulator, "/clock", &json!({"advance_ms": 864_000_000, "rate_milli": 0})).await;
    post(&emulator, "/settings", &json!({"limits": false})).await;
    post(&emulator, "/faults", &json!({"vendor": "polyv", "kind": {"clock_skew": -9}})).await;
    polyv(&emulator, &[("channelId", "1")]).await;

    let clock = post(&emulator, "/reset", &json!({})).await;
    assert_eq!((clock.at("/rate_milli"), clock.at("/skew_ms/polyv")), (json!(1000), json!(0)));
    assert!((before..before + 600_000).contains(&clock.at("/now_ms").as_i64().unwrap()));
    assert_eq!(emulator.truth(), truth);
    assert!(emulator.journal().is_empty());
    assert_eq!(get(&emulator, "/faults").await.count("/faults"), 0);
    assert_eq!(get(&emulator, "/settings").await.at("/limits"), json!(true));
    let body = json!({"resource_id": "l_1", "resource_type": 4});
    assert_eq!(xiaoe(&emulator, RED_PACKETS, &token, body).await.at("/code"), json!(2008));
}

#[tokio::test]
async fn the_page_shows_the_journal_without_running_it() {
    let emulator = tiny().await;
    polyv(&emulator, &[("channelId", "<img src=x>")]).await;
    emulator.advance(Duration::from_secs(1));
    let page = get(&emulator, "/").await;
    assert_eq!((page.status, page.content_type.as_str()), (200, "text/html; charset=utf-8"));
    assert!(page.text.contains("channelId=&lt;img src=x&gt;"));
    assert!(!page.text.contains("<img"));
    assert!(page.text.contains(&emulator.ready().polyv.app_secret));
    assert!(page.text.contains("sign=[masked]"));
    assert!(!page.text.contains("{{"));
    for forbidden in ["src=\"", "href=\"", "@import", "url("] {
        assert!(!page.text.contains(forbidden), "{forbidden}");
    }
}
