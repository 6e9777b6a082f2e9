//! Viewers, and their check-ins.

use jiff::Timestamp;
use jiff::tz::Offset;
use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::polyv::{PAGES, channel, rows, texts};
use crate::support::{polyv_get, tiny};

const VIEWERS: &str = "/live/v4/user/viewer-record/list";
const VIEWER: &str = "/live/v4/user/viewer-record/get";
const CHECK_INS: &str = "/live/v3/channel/checkin/list";
const SESSIONS: &str = "/live/v3/channel/session/list";
const RED_PACKS: &str = "/live/v4/channel/red-pack/statistics/list";
const DONATIONS: &str = "/live/v4/channel/reward/gift-list";

#[tokio::test]
async fn everybody_is_listed_once() {
    let emulator = tiny().await;
    let page = polyv_get(&emulator, VIEWERS, &[("pageSize", "1000")]).await;
    let all = page.column("/data/contents", "viewerUnionId");
    assert_eq!(all.len() as u64, emulator.truth().polyv.users);
    assert!(all.is_sorted() && all.iter().all(|id| id.len() == 13));
    let second = polyv_get(&emulator, VIEWERS, &[("pageSize", "400"), ("pageNumber", "2")]).await;
    assert_eq!(second.column("/data/contents", "viewerUnionId"), all[400..800]);

    let mut by_source = 0;
    for source in ["WX", "MOBILE", "IMPORT", "NOWHERE"] {
        let given = [("source", source), ("pageSize", "1000")];
        let found = polyv_get(&emulator, VIEWERS, &given).await;
        assert!(found.column("/data/contents", "source").iter().all(|given| given == source));
        by_source += found.count("/data/contents");
    }
    assert_eq!(by_source, all.len());
    assert!(rows(&emulator, VIEWERS, PAGES, &[("mobile", "1")]).await.is_empty());
}

#[tokio::test]
async fn a_viewer_has_the_names_and_ids_of_claims_and_donations() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let now = emulator.now_ms().to_string();
    let given = [("channelId", channel.as_str()), ("start", "0"), ("end", now.as_str())];
    let mut open_ids = Vec::new();
    for donation in rows(&emulator, DONATIONS, PAGES, &given).await {
        let given = [("viewerUnionId", donation["userId"].as_str().unwrap())];
        let viewer = polyv_get(&emulator, VIEWER, &given).await;
        assert_eq!(viewer.at("/data/wxNickName"), donation["nickName"]);
        assert!(viewer.at("/data/labels").is_array());
        open_ids.push(viewer.at("/data/wxOpenId"));
    }
    let packets = rows(&emulator, RED_PACKS, PAGES, &[("channelId", &channel)]).await;
    let mut claims =
        packets.iter().flat_map(|packet| packet["redPackReceiveList"].as_array().unwrap());
    assert!(claims.any(|claim| open_ids.contains(&claim["userId"])));

    let unknown = polyv_get(&emulator, VIEWER, &[("viewerUnionId", "1718673362881")]).await;
    let expected = json!("viewerUnionId不存在");
    assert_eq!((unknown.status, unknown.at("/error/desc")), (400, expected));
}

/// The day in Beijing.
fn day(ms: &Value) -> String {
    let instant = Timestamp::from_millisecond(ms.as_i64().unwrap()).unwrap();
    Offset::constant(8).to_datetime(instant).date().to_string()
}

#[tokio::test]
async fn check_ins_are_asked_for_by_session_or_by_day() {
    let emulator = Emulator::builder().scenario(Scenario::Small).start().await.unwrap();
    let channel = channel(&emulator);
    let own = ("channelId", channel.as_str());
    let names = ["page", "pageSize"];
    let mut all = Vec::new();
    for session in rows(&emulator, SESSIONS, names, &[own]).await {
        let id = session["sessionId"].as_str().unwrap();
        // The day doesn't count then, not even one that is none.
        let given = [own, ("sessionId", id), ("date", "someday")];
        let of_session = rows(&emulator, CHECK_INS, names, &given).await;
        assert_eq!(of_session.len(), 5);
        let span = session["startTime"].as_i64().unwrap()..session["endTime"].as_i64().unwrap();
        for check_in in of_session {
            assert!(span.contains(&check_in["time"].as_i64().unwrap()));
            assert_eq!(check_in["startTime"].as_str().unwrap().len(), 19);
            assert!(check_in["timeFormat"].as_str().unwrap().starts_with(&day(&check_in["time"])));
            all.push(check_in);
        }
    }
    assert!(all.is_sorted_by_key(|check_in| -check_in["time"].as_i64().unwrap()));
    let mut days: Vec<String> = all.iter().map(|check_in| day(&check_in["time"])).collect();
    days.dedup();
    let mut by_day = Vec::new();
    for day in &days {
        let found = rows(&emulator, CHECK_INS, names, &[own, ("date", day)]).await;
        assert!(found.iter().all(|check_in| check_in["indate"] == **day));
        assert!(texts(&found, "startTime").iter().all(String::is_empty));
        by_day.extend(texts(&found, "id"));
    }
    assert_eq!(by_day, texts(&all, "id"));
    let refused = polyv_get(&emulator, CHECK_INS, &[own, ("date", "someday")]).await;
    assert_eq!(refused.at("/message"), json!("invalid date time format"));
}

#[tokio::test]
async fn without_a_day_it_is_today() {
    let emulator = tiny().await;
    emulator.set_clock_rate_milli(0);
    let channel = channel(&emulator);
    let today = day(&json!(emulator.now_ms()));
    let names = ["page", "pageSize"];
    let given = [("channelId", channel.as_str()), ("date", today.as_str())];
    let of_today = rows(&emulator, CHECK_INS, names, &given).await;
    assert_eq!(rows(&emulator, CHECK_INS, names, &given[..1]).await, of_today);
}
