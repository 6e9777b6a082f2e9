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

async fn of_account(emulator: &Emulator, given: &[(&str, &str)]) -> Answer {
    let url = format!("{}{ACCOUNT}", emulator.ready().polyv.base_url);
    send(http().post(url).query(&polyv_signed(emulator, given))).await
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
async fn the_account_has_the_sessions_of_all_channels_that_lie_in_a_day() {
    let emulator = still(Emulator::builder().scenario(Scenario::Live)).await;
    let mut expected = Vec::new();
    let channels = &emulator.ready().polyv.channel_ids;
    let first = sessions(&emulator, &channels[0]).await;
    let newest = first.iter().find(|session| session["endTime"].is_i64()).unwrap();
    let end = newest["endTime"].as_i64().unwrap();
    let day = 86_400_000;
    for channel in channels {
        let all = sessions(&emulator, channel).await;
        expected.extend(all.into_iter().filter(|session| {
            session["startTime"].as_i64().unwrap() >= end - day
                && session["endTime"].as_i64().is_some_and(|ended| ended <= end)
        }));
    }
    assert!(!expected.is_empty());
    let (from, to) = ((end - day).to_string(), end.to_string());
    let given = [("startTime", from.as_str()), ("endTime", to.as_str()), ("pageSize", "1000")];
    let found = of_account(&emulator, &given).await;
    assert_eq!(found.column("/data/contents", "sessionId"), texts(&expected, "sessionId"));
    assert!(found.at("/data/contents/0/channelId").is_i64());

    // A bound inside of a session leaves it out.
    let earlier = (end - 1000).to_string();
    let given = [("startTime", from.as_str()), ("endTime", earlier.as_str())];
    let found = of_account(&emulator, &given).await;
    assert!(
        !found
            .column("/data/contents", "sessionId")
            .contains(&newest["sessionId"].as_str().unwrap().to_owned())
    );

    let longer = (end - day - 1000).to_string();
    let given = [("startTime", longer.as_str()), ("endTime", to.as_str())];
    for given in [&given[..], &[("pageSize", "1001")][..]] {
        let refused = of_account(&emulator, given).await;
        assert_eq!((refused.status, refused.at("/error/code")), (400, json!(10_001)));
    }
}

#[tokio::test]
async fn the_account_has_the_sessions_of_the_last_hour_unless_told_otherwise_but_none_that_is_live()
{
    let emulator = still(Emulator::builder().scenario(Scenario::Live)).await;
    emulator.advance(Duration::from_secs(7200));
    let now = emulator.now_ms();
    let mut expected = Vec::new();
    for channel in &emulator.ready().polyv.channel_ids {
        let all = sessions(&emulator, channel).await;
        expected.extend(all.into_iter().filter(|session| {
            session["startTime"].as_i64().unwrap() >= now - 3_600_000 && session["endTime"].is_i64()
        }));
    }
    let found = of_account(&emulator, &[("pageSize", "1000")]).await;
    assert_eq!(found.column("/data/contents", "sessionId"), texts(&expected, "sessionId"));
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
