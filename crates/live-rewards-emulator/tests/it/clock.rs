//! The clock at the management port.

use std::time::Duration;

use live_rewards_emulator::{Emulator, EmulatorBuilder, Scenario};
use serde_json::json;

use crate::management::{error, get, post};
use crate::support::{START_MS, polyv, start_at, xiaoe_token, yxt};

/// First and last instant of the clock.
const ENDS_MS: [(i64, &str, &str); 2] = [
    (*EmulatorBuilder::CLOCK_MS.start(), "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
    (*EmulatorBuilder::CLOCK_MS.end(), "9999-12-30T22:00:00Z", "Thu, 30 Dec 9999 22:00:00 GMT"),
];

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
async fn the_clock_stays_in_the_calendar() {
    let emulator = Emulator::builder().scenario(Scenario::Tiny).clock_rate_milli(0);
    let emulator = emulator.start().await.unwrap();
    let (first, last) = (ENDS_MS[0].0, ENDS_MS[1].0);
    for (ms, text, date) in ENDS_MS {
        let clock = post(&emulator, "/clock", &json!({"now_ms": ms})).await;
        assert_eq!((clock.at("/now_ms"), clock.at("/now")), (json!(ms), json!(text)));
        for refused in [
            json!({"now_ms": first - 1}),
            json!({"now_ms": last + 1}),
            json!({"now_ms": last, "advance_ms": 1}),
            json!({"now_ms": first - 1, "advance_ms": 1}),
            json!({"advance_ms": last - ms + 1}),
            json!({"advance_ms": u64::MAX, "rate_milli": 5}),
        ] {
            let (status, error) = error(&post(&emulator, "/clock", &refused).await);
            assert!(status == 400 && error.contains("9999-12-30T22:00:00Z"), "{refused}: {error}");
        }
        assert_eq!(get(&emulator, "/clock").await.json(), clock.json());
        xiaoe_token(&emulator).await;
        let room = emulator.ready().yxt.room_ids[0].clone();
        for answer in [
            polyv(&emulator, &[("channelId", "1")]).await,
            yxt(&emulator, &[("roomId", &room)]).await,
        ] {
            assert!(answer.status < 500 && answer.date == date, "{}", answer.text);
        }
        assert!(get(&emulator, "/").await.text.contains(text));
        assert_eq!(get(&emulator, "/truth").await.status, 200);
    }
}

#[tokio::test]
async fn the_clock_stops_at_the_end_of_the_calendar() {
    let last = ENDS_MS[1].0;
    let builder = Emulator::builder().scenario(Scenario::Tiny).start_at(START_MS);
    let emulator = builder.clock_at(last - 1000).clock_rate_milli(0).start().await.unwrap();
    let slow = json!({"vendor": "polyv", "kind": {"slow_by_clock": 3_600_000}});
    post(&emulator, "/faults", &slow).await;
    let answer = polyv(&emulator, &[("channelId", "1")]).await;
    assert_eq!((answer.status, answer.date.as_str()), (200, ENDS_MS[1].2));
    assert_eq!(emulator.now_ms(), last);

    post(&emulator, "/clock", &json!({"rate_milli": u32::MAX})).await;
    assert_eq!(emulator.now_ms(), last);
    emulator.advance(Duration::MAX);
    assert_eq!(emulator.now_ms(), last);
    let clock = post(&emulator, "/clock", &json!({"now_ms": 0, "rate_milli": 0})).await;
    assert_eq!(clock.at("/now_ms"), json!(0));
}
