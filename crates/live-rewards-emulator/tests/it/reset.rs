//! Going back to the start.

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::json;

use crate::management::{get, post, url};
use crate::support::{RED_PACKETS, START_MS, http, polyv, send, tiny, xiaoe, xiaoe_token};

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

    let ready = post(&emulator, "/reset", &json!({})).await;
    assert_eq!(ready.json(), serde_json::to_value(emulator.ready()).unwrap());
    let clock = get(&emulator, "/clock").await;
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
async fn a_reset_keeps_the_clock_that_was_started_with() {
    let begin = START_MS + 10 * 86_400_000;
    let builder = Emulator::builder().scenario(Scenario::Tiny).start_at(START_MS);
    let emulator = builder.clock_at(begin).clock_rate_milli(0).start().await.unwrap();
    post(&emulator, "/clock", &json!({"advance_ms": 5, "rate_milli": 1000})).await;
    // Without a body, too.
    let ready = send(http().post(url(&emulator, "/reset"))).await;
    assert_eq!(ready.at("/start"), json!("2026-09-21T14:13:20Z"));
    let clock = get(&emulator, "/clock").await;
    assert_eq!((clock.at("/now_ms"), clock.at("/rate_milli")), (json!(begin), json!(0)));
}

#[tokio::test]
async fn a_reset_can_bring_other_data() {
    let builder = |seed, start_ms: i64| {
        let builder = Emulator::builder().scenario(Scenario::Tiny).seed(seed).start_at(start_ms);
        builder.clock_at(START_MS).clock_rate_milli(0)
    };
    let emulator = builder(1, START_MS).start().await.unwrap();
    let own = serde_json::to_value(emulator.ready()).unwrap();
    let channel = emulator.ready().polyv.channel_ids[0].clone();
    let first = (polyv(&emulator, &[("channelId", &channel)]).await.text, emulator.truth());
    let day = 86_400_000;
    for (change, seed, start_ms) in [
        (json!({"seed": 9}), 9, START_MS),
        (json!({"start": "2026-09-20T14:13:20Z"}), 1, START_MS - day),
        (json!({"seed": 9, "start": "2026-09-20T22:13:20+08:00"}), 9, START_MS - day),
    ] {
        let other = builder(seed, start_ms).start().await.unwrap();
        let mut expected = serde_json::to_value(other.ready()).unwrap();
        for vendor in ["xiaoe", "polyv", "yxt", "admin"] {
            expected[vendor]["base_url"] = own[vendor]["base_url"].clone();
        }
        assert_eq!(post(&emulator, "/reset", &change).await.json(), expected);
        assert_eq!(get(&emulator, "/ready").await.json(), expected);
        assert_eq!(emulator.truth(), other.truth());
        let channel = other.ready().polyv.channel_ids[0].clone();
        let answers = [
            polyv(&emulator, &[("channelId", &channel)]).await.text,
            polyv(&other, &[("channelId", &channel)]).await.text,
        ];
        assert_eq!(answers[0], answers[1]);
        assert_ne!(answers[0], first.0);
        assert_eq!(emulator.journal().len(), 1);
    }
    post(&emulator, "/reset", &json!({})).await;
    let again = (polyv(&emulator, &[("channelId", &channel)]).await.text, emulator.truth());
    assert_eq!(again, first);
}
