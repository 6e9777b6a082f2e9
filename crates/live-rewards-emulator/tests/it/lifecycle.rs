//! Starting, the ready line, the clock and stopping.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use reqwest::header::HOST;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::management::{post, url};
use crate::support::{START_MS, http, polyv, send, start_at, tiny};

const START: &str = "2026-09-21T14:13:20Z";

/// Paths of all members, lists counted as values.
fn paths(prefix: &str, value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                paths(&format!("{prefix}/{name}"), member, into);
            }
        }
        _ => into.push(prefix.to_owned()),
    }
}

#[tokio::test]
async fn the_ready_line_has_what_a_client_needs() {
    let builder = Emulator::builder().scenario(Scenario::Tiny).seed(7);
    let emulator = start_at(START_MS, builder).await;
    let ready = serde_json::to_value(emulator.ready()).unwrap();
    let mut names = Vec::new();
    paths("", &ready, &mut names);
    names.sort();
    assert_eq!(
        names,
        [
            "/admin/base_url",
            "/event",
            "/polyv/app_id",
            "/polyv/app_secret",
            "/polyv/base_url",
            "/polyv/channel_ids",
            "/polyv/live_account",
            "/polyv/lucky_bag_ids",
            "/polyv/prize_activity_ids",
            "/scenario",
            "/seed",
            "/start",
            "/xiaoe/app_id",
            "/xiaoe/base_url",
            "/xiaoe/client_id",
            "/xiaoe/push_key",
            "/xiaoe/push_token",
            "/xiaoe/resource_ids",
            "/xiaoe/secret_key",
            "/yxt/app_key",
            "/yxt/app_secret",
            "/yxt/base_url",
            "/yxt/room_ids"
        ]
    );
    assert_eq!(ready["event"], "ready");
    assert_eq!(ready["seed"], 7);
    assert_eq!(ready["scenario"], "tiny");
    assert_eq!(ready["start"], START);
}

#[tokio::test]
async fn a_port_in_use_is_named_in_the_error() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Emulator::builder().port(port).start().await.unwrap_err();
    assert!(error.to_string().contains(&port.to_string()), "{error}");
}

#[tokio::test]
async fn ports_and_starts_out_of_range_are_refused() {
    assert!(Emulator::builder().port(65_533).start().await.is_err());
    assert!(Emulator::builder().start_at(0).start().await.is_err());
    assert!(Emulator::builder().start_at(i64::MAX).start().await.is_err());
    assert!(Emulator::builder().claims(0).start().await.is_err());
}

#[tokio::test]
async fn the_clock_begins_where_it_is_told_and_begins_there_again() {
    let tiny = || Emulator::builder().scenario(Scenario::Tiny).clock_rate_milli(0);
    let emulator = tiny().clock_at(START_MS).start().await.unwrap();
    // The data follows the clock, unless it is anchored elsewhere.
    assert_eq!((emulator.now_ms(), emulator.ready().start.as_str()), (START_MS, START));
    emulator.advance(Duration::from_secs(1));
    emulator.set_clock_rate_milli(60_000);
    emulator.reset();
    assert_eq!(emulator.now_ms(), START_MS);

    let later = START_MS + 10 * 86_400_000;
    let emulator = tiny().clock_at(later).start_at(START_MS).start().await.unwrap();
    assert_eq!((emulator.now_ms(), emulator.ready().start.as_str()), (later, START));

    for clock_ms in [i64::MIN, -1, i64::MAX] {
        assert!(tiny().start_at(START_MS).clock_at(clock_ms).start().await.is_err());
    }
    let early = tiny().clock_at(0);
    assert!(early.clone().start().await.is_err());
    assert_eq!(early.start_at(START_MS).start().await.unwrap().now_ms(), 0);
}

#[tokio::test]
async fn a_start_that_lies_ahead_of_the_clock_is_warned_of() {
    let builder = Emulator::builder().scenario(Scenario::Tiny).clock_at(START_MS);
    let builder = builder.clock_rate_milli(0);
    for (start_ms, is_warned_of) in [(START_MS, false), (START_MS + 1000, true)] {
        let emulator = builder.clone().start_at(start_ms).start().await.unwrap();
        assert_eq!(emulator.ready().warning.is_some(), is_warned_of);
    }
    let emulator = builder.start().await.unwrap();
    let ready = post(&emulator, "/reset", &json!({"start": "2030-01-01T00:00:00Z"})).await;
    assert!(ready.at("/warning").as_str().unwrap().contains("ahead of the clock"));
    assert_eq!(post(&emulator, "/reset", &json!({})).await.at("/warning"), Value::Null);
}

#[tokio::test]
async fn another_host_is_told_if_it_is_announced() {
    for (host, in_url) in
        [("emulator.example.org", "emulator.example.org"), ("fd00::7", "[fd00::7]")]
    {
        let builder = Emulator::builder().scenario(Scenario::Tiny).announce(host).unwrap();
        let emulator = builder.start().await.unwrap();
        let ready = emulator.ready();
        let admin = &ready.admin.as_ref().unwrap().base_url;
        let told = format!("http://{in_url}:");
        for base_url in [&ready.xiaoe.base_url, &ready.polyv.base_url, &ready.yxt.base_url, admin] {
            assert!(base_url.starts_with(&told), "{base_url}");
        }
        // It listens where it does without, and knows the name.
        let port = admin.strip_prefix(&told).unwrap();
        let document = http().get(format!("http://127.0.0.1:{port}/openapi/yxt.json"));
        let document = send(document.header(HOST, format!("{in_url}:{port}"))).await;
        assert_eq!(document.at("/servers/0/url"), json!(ready.yxt.base_url));
    }
    for host in ["", "http://emulator", "emulator:8300", "[::1]", "emulator/path", "a b"] {
        assert!(Emulator::builder().announce(host).is_err(), "{host}");
    }
}

#[tokio::test]
async fn the_date_is_that_of_the_emulators_clock() {
    let emulator = start_at(START_MS, Emulator::builder()).await;
    emulator.advance(Duration::from_secs(3 * 86_400));
    let answer = polyv(&emulator, &[("channelId", "1")]).await;
    assert!(answer.date.starts_with("Thu, 24 Sep 2026 14:1"), "{}", answer.date);
}

/// Other systems have one loopback address.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn it_listens_on_one_address_unless_told_otherwise() {
    let tiny = || Emulator::builder().scenario(Scenario::Tiny);
    let anywhere = std::net::Ipv4Addr::UNSPECIFIED.into();
    for (builder, is_reached) in [(tiny(), false), (tiny().host(anywhere), true)] {
        let emulator = builder.start().await.unwrap();
        let ready = emulator.ready();
        let admin = &ready.admin.as_ref().unwrap().base_url;
        for base_url in [&ready.xiaoe.base_url, &ready.polyv.base_url, &ready.yxt.base_url, admin] {
            let other = base_url.replace("http://127.0.0.1:", "127.0.0.2:");
            let reached = tokio::net::TcpStream::connect(other).await;
            assert_eq!(reached.is_ok(), is_reached, "{base_url}");
        }
    }
}

#[tokio::test]
async fn a_stopped_emulator_no_longer_answers() {
    let emulator = tiny().await;
    assert_eq!(polyv(&emulator, &[("channelId", "1")]).await.status, 200);
    let base_url = emulator.ready().polyv.base_url.clone();
    emulator.stop().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(client.get(base_url).send().await.is_err());
}

#[test]
fn a_count_of_very_much_holds_up_no_end() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let builder = Emulator::builder().scenario(Scenario::Campaign).claims(20_000_000);
        let emulator = builder.start().await.unwrap();
        for _ in 0..3 {
            let counted = http().get(url(&emulator, "/truth")).send();
            assert!(tokio::time::timeout(Duration::from_millis(100), counted).await.is_err());
        }
        emulator.stop().await;
    });
    let (ended, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        drop(runtime);
        ended.send(()).unwrap();
    });
    end.recv_timeout(Duration::from_secs(1)).unwrap();
}

#[tokio::test]
async fn callbacks_to_who_never_answers_leave_the_management_port_to_others() {
    let emulator = tiny().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://{}/push", silent.local_addr().unwrap());
    let callback = json!({"url": target, "kind": {"points_change": {"entry": 0}}});
    let mut refused = 0;
    let mut waiting = Vec::new();
    for _ in 0..70 {
        let mut answer = Box::pin(post(&emulator, "/callbacks", &callback));
        match tokio::time::timeout(Duration::from_millis(20), &mut answer).await {
            Ok(answer) => {
                assert_eq!(answer.status, 503, "{}", answer.text);
                refused += 1;
            }
            Err(_) => waiting.push(answer),
        }
        if refused > 1 {
            break;
        }
    }
    assert!(!waiting.is_empty());
    assert_eq!(send(http().get(url(&emulator, "/healthz"))).await.status, 200);
}
