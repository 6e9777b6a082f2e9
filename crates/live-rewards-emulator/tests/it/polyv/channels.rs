//! Channels and their sessions.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::polyv::{PAGES, rows, texts};
use crate::reading::still;
use crate::support::{Answer, http, polyv_get, polyv_signed, send};

const CHANNELS: &str = "/live/v4/channel/basic/list";
const SESSIONS: &str = "/live/v3/channel/session/list";
const ACCOUNT: &str = "/live/v4/statistics/session-stats/list";
const RED_PACKS: &str = "/live/v4/channel/red-pack/statistics/list";

async fn small() -> Emulator {
    Emulator::builder().scenario(Scenario::Small).start().await.unwrap()
}

/// The sessions of a channel, newest first.
async fn sessions(emulator: &Emulator, channel: &str) -> Vec<Value> {
    rows(emulator, SESSIONS, ["page", "pageSize"], &[("channelId", channel)]).await
}

/// Calls with a JSON body, which isn't signed.
async fn of_account(emulator: &Emulator, body: &Value) -> Answer {
    let url = format!("{}{ACCOUNT}", emulator.ready().polyv.base_url);
    send(http().post(url).query(&polyv_signed(emulator, &[])).json(body)).await
}

#[tokio::test]
async fn channels_come_in_the_order_of_the_ready_line_unless_told_otherwise() {
    let emulator = small().await;
    let all = rows(&emulator, CHANNELS, PAGES, &[]).await;
    let channels = &emulator.ready().polyv.channel_ids;
    assert_eq!(texts(&all, "channelId"), *channels);
    assert_eq!(texts(&all, "watchStatus"), ["end", "end", "end", "end", "unStart"]);
    assert_eq!(all[4]["startTime"], json!(0));

    let two = format!("{},{},1", channels[3], channels[1]);
    for (given, expected) in [
        ([("channelIds", two.as_str())], vec![&channels[1], &channels[3]]),
        ([("watchStatus", "unStart")], vec![&channels[4]]),
        ([("watchStatus", "live")], vec![]),
        ([("categoryIds", "340002")], vec![&channels[1], &channels[3]]),
        ([("startTime", "1")], channels.iter().take(4).collect()),
        ([("orderBy", "channelCreatedTimeDesc")], channels.iter().rev().collect()),
    ] {
        let found = rows(&emulator, CHANNELS, PAGES, &given).await;
        assert_eq!(texts(&found, "channelId").iter().collect::<Vec<_>>(), expected, "{given:?}");
    }
    let sorted = rows(&emulator, CHANNELS, PAGES, &[("orderBy", "startTimeDesc")]).await;
    let starts: Vec<i64> = sorted.iter().map(|row| row["startTime"].as_i64().unwrap()).collect();
    assert!(starts.is_sorted_by(|later, earlier| later >= earlier));
}

#[tokio::test]
async fn sessions_hold_the_red_packets_of_their_channel() {
    let emulator = small().await;
    for channel in &emulator.ready().polyv.channel_ids {
        let sessions = sessions(&emulator, channel).await;
        let starts: Vec<i64> =
            sessions.iter().map(|row| row["startTime"].as_i64().unwrap()).collect();
        assert!(starts.is_sorted_by(|newer, older| newer > older));
        assert!(sessions.iter().all(|session| session["endTime"].is_i64()));
        for packet in rows(&emulator, RED_PACKS, PAGES, &[("channelId", channel)]).await {
            let own = sessions
                .iter()
                .find(|session| session["sessionId"] == packet["channelSessionId"])
                .unwrap();
            let span = own["startTime"].as_i64().unwrap()..=own["endTime"].as_i64().unwrap();
            assert!(span.contains(&packet["createdTime"].as_i64().unwrap()));
        }
    }
}

#[tokio::test]
async fn bounds_of_time_narrow_the_sessions_by_their_start() {
    let emulator = still(Emulator::builder().scenario(Scenario::Tiny)).await;
    let channel = emulator.ready().polyv.channel_ids[0].as_str();
    let all = sessions(&emulator, channel).await;
    let older = all[1]["startTime"].as_i64().unwrap();
    let body = json!({"startTime": older, "endTime": older.to_string()});
    let found = of_account(&emulator, &body).await;
    assert_eq!(found.column("/data/contents", "sessionId"), texts(&all[1..], "sessionId"));
    // The data begins on 2026-09-21 at 22:13:20 in Beijing and lies in the four days before.
    for (name, bound, count) in [
        ("startDate", "2026-09-17", 2),
        ("startDate", "2026-09-22 00:00:00", 0),
        ("endDate", "2026-09-22", 2),
        ("endDate", "2026-09-17", 0),
    ] {
        let given = [("channelId", channel), (name, bound)];
        let found = polyv_get(&emulator, SESSIONS, &given).await;
        assert_eq!(found.count("/data/contents"), count, "{name} {bound}");
    }
}

#[tokio::test]
async fn the_account_has_the_sessions_of_all_channels() {
    let emulator = small().await;
    let mut expected = Vec::new();
    for channel in &emulator.ready().polyv.channel_ids {
        expected.extend(texts(&sessions(&emulator, channel).await, "sessionId"));
    }
    let mut found = Vec::new();
    for page in 1..=4 {
        let answer = of_account(&emulator, &json!({"pageNumber": page, "pageSize": 7})).await;
        assert_eq!(answer.at("/data/totalItems"), json!(expected.len()));
        assert!(answer.at("/data/contents/0/channelId").is_i64());
        found.extend(answer.column("/data/contents", "sessionId"));
    }
    assert_eq!(found, expected);
    assert_eq!(emulator.truth().polyv.sessions, expected.len() as u64);
    let refused = of_account(&emulator, &json!({"pageSize": 1001})).await;
    assert_eq!((refused.status, refused.at("/error/code")), (400, json!(10_001)));
    let refused = of_account(&emulator, &json!([])).await;
    assert_eq!(refused.at("/error/desc"), json!("the body cannot be read"));
}

#[tokio::test]
async fn a_session_that_goes_on_has_no_end() {
    let emulator = still(Emulator::builder().scenario(Scenario::Live)).await;
    emulator.advance(Duration::from_secs(120));
    let channel = emulator.ready().polyv.channel_ids[0].as_str();
    let newest = sessions(&emulator, channel).await[0].clone();
    assert_eq!(newest["endTime"], Value::Null);
    let channels = rows(&emulator, CHANNELS, PAGES, &[("watchStatus", "live")]).await;
    assert_eq!(channels.len(), 3);

    emulator.advance(Duration::from_secs(3600));
    let later = sessions(&emulator, channel).await;
    assert_eq!(later[1]["sessionId"], newest["sessionId"]);
    assert!(later[1]["endTime"].as_i64() < later[0]["startTime"].as_i64());
    assert_eq!(later[0]["endTime"], Value::Null);
}
