//! The management port, and calls to it for other tests.

use live_rewards_emulator::{Emulator, Scenario, endpoints};
use reqwest::header::{HOST, ORIGIN};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Answer, START_MS, http, polyv, send, tiny};

pub(crate) fn url(emulator: &Emulator, path: &str) -> String {
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
pub(crate) fn error(answer: &Answer) -> (u16, String) {
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

/// As probes ask.
#[tokio::test]
async fn what_can_be_got_has_a_head() {
    let emulator = tiny().await;
    for (path, status) in [("/", 200), ("/healthz", 200), ("/nothing", 404)] {
        let answer = send(http().head(url(&emulator, path))).await;
        assert_eq!((answer.status, answer.text.as_str()), (status, ""), "{path}");
    }
    assert_eq!(send(http().head(url(&emulator, "/reset"))).await.status, 405);
}

#[tokio::test]
async fn bodies_are_strict() {
    let emulator = tiny().await;
    for (path, body) in [
        ("/clock", json!({})),
        ("/clock", json!({"now": 1})),
        ("/clock", json!({"now_ms": i64::MAX})),
        ("/clock", json!({"advance_ms": -1})),
        ("/reset", json!({"seed": -1})),
        ("/reset", json!({"seed": "7"})),
        ("/reset", json!({"start": "yesterday"})),
        ("/reset", json!({"start": "1999-12-31T00:00:00Z"})),
        ("/reset", json!({"scenario": "live"})),
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
        ("/settings", json!({"yxt_paging": 1})),
        ("/callbacks", json!({})),
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
async fn pages_of_other_sites_and_other_names_are_turned_away() {
    let emulator = tiny().await;
    let own = url(&emulator, "");
    let now = json!({"now_ms": START_MS});
    for (name, value) in [
        (ORIGIN, "http://evil.example"),
        (ORIGIN, "null"),
        (HOST, "evil.example"),
        (HOST, "192.168.1.7"),
    ] {
        let request = http().post(format!("{own}/clock")).json(&now).header(&name, value);
        let (status, text) = error(&send(request).await);
        assert_eq!(status, 403, "{name} {value}");
        assert!(text.contains(value), "{text}");
        assert_eq!(send(http().get(&own).header(name, value)).await.status, 403);
    }
    assert_ne!(emulator.now_ms(), START_MS);
    let request = http().post(format!("{own}/clock")).json(&now).header(ORIGIN, &own);
    assert_eq!(send(request).await.status, 200);
    let port = own.rsplit_once(':').unwrap().1;
    let by_name = http().get(&own).header(HOST, format!("localhost:{port}"));
    assert_eq!(send(by_name).await.status, 200);
}

#[tokio::test]
async fn half_sent_bodies_hold_up_nobody() {
    let emulator = tiny().await;
    let address = url(&emulator, "").replace("http://", "");
    // The port asks for the body when it waits for it.
    let head = format!(
        "POST /clock HTTP/1.1\r\nHost: {address}\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"
    );
    let mut open = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut asked = [0; 12];
        stream.read_exact(&mut asked).await.unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100");
        open.push(stream);
    }
    assert_eq!(get(&emulator, "/healthz").await.status, 200);
    assert_eq!(post(&emulator, "/clock", &json!({"advance_ms": 1})).await.status, 200);
}

#[tokio::test]
async fn tools_are_led_to_the_emulator_and_not_to_production() {
    let emulator = tiny().await;
    let ready = emulator.ready();
    for (vendor, base_url) in [
        ("xiaoe", &ready.xiaoe.base_url),
        ("polyv", &ready.polyv.base_url),
        ("yxt", &ready.yxt.base_url),
    ] {
        let document = get(&emulator, &format!("/openapi/{vendor}.json")).await;
        assert_eq!(document.at("/servers"), json!([{"url": base_url}]));
    }
}

#[tokio::test]
async fn the_page_counts_where_rows_are_many_or_added() {
    let builder = Emulator::builder().scenario(Scenario::Campaign).claims(1_000_000_000);
    let emulator = builder.start().await.unwrap();
    let page = get(&emulator, "/").await.text;
    for expected in ["10000000 red packets, ", "1000000000 gifts", "100000000 points accounts"] {
        assert!(page.contains(expected), "{expected}");
    }

    let emulator = Emulator::builder().scenario(Scenario::Live).start().await.unwrap();
    emulator.set_clock_rate_milli(0);
    let before = get(&emulator, "/").await.text;
    let truth = emulator.truth();
    for (number, of) in [
        (truth.xiaoe.total.red_packets, "red packets"),
        (truth.xiaoe.points_accounts, "points accounts"),
        (truth.polyv.total.red_packets, "red packets"),
        (truth.polyv.total.gifts, "gifts"),
        (truth.polyv.sessions, "sessions"),
        (truth.yxt.total.gifts, "gifts"),
        (truth.yxt.sessions, "sessions"),
    ] {
        assert!(before.contains(&format!("{number} {of}")), "{number} {of}");
    }
    post(&emulator, "/clock", &json!({"advance_ms": 60_000})).await;
    let added = format!("{} red packets", emulator.truth().polyv.total.red_packets);
    assert!(!before.contains(&added));
    assert!(get(&emulator, "/").await.text.contains(&added));
}

#[tokio::test]
async fn what_is_covered_is_told() {
    let emulator = tiny().await;
    let coverage = get(&emulator, "/coverage").await;
    assert_eq!(coverage.json(), json!({"endpoints": endpoints()}));
    assert_eq!(coverage.at("/endpoints/0/id"), json!("token"));
    assert!(coverage.at("/endpoints/0/samples/published").as_u64().unwrap() > 0);
    let behaviours = coverage.column("/endpoints", "behaviour");
    assert!(behaviours.contains(&"world".to_owned()) && behaviours.contains(&"sample".to_owned()));
}
