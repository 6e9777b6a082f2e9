//! Task reward activities, what viewers got in them, and how they are ended.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::polyv::{PAGES, rows, texts};
use crate::support::{START_MS, keys_in_order, polyv, polyv_get, tiny};

const ACTIVITIES: &str = "/live/v4/channel/task-reward-activity/page";
const STATS: &str = "/live/v4/channel/task-reward-activity/stats";
const DETAILS: &str = "/live/v4/channel/task-reward-activity/viewer-detail";
const OF_VIEWER: &str = "/live/v4/user/viewer-task-reward/page";
const STOP: &str = "/live/v4/channel/task-reward-activity/stop";
const DELETE: &str = "/live/v4/channel/task-reward-activity/delete";

/// An emulator whose clock stands still at the start of its data, after a reset, too.
async fn small() -> Emulator {
    let builder = Emulator::builder().scenario(Scenario::Small).start_at(START_MS);
    builder.clock_at(START_MS).clock_rate_milli(0).limits(false).start().await.unwrap()
}

/// A channel and the number of its activity.
fn place(emulator: &Emulator, room: usize) -> [(&str, &str); 2] {
    let ready = &emulator.ready().polyv;
    let (channel, activity) = (&ready.channel_ids[room], &ready.prize_activity_ids[room]);
    [("channelId", channel.as_str()), ("activityId", activity.as_str())]
}

async fn of_channel(emulator: &Emulator, path: &str, room: usize) -> Vec<Value> {
    rows(emulator, path, PAGES, &place(emulator, room)[..1]).await
}

async fn details(emulator: &Emulator, room: usize) -> Vec<Value> {
    rows(emulator, DETAILS, PAGES, &place(emulator, room)).await
}

#[tokio::test]
async fn one_is_over_one_goes_on_and_one_is_ahead() {
    let emulator = small().await;
    for (room, (status, joined)) in [(0, 200), (2, 140), (1, 0), (0, 30), (2, 0)].iter().enumerate()
    {
        let activity = of_channel(&emulator, ACTIVITIES, room).await;
        assert_eq!(texts(&activity, "status"), [status.to_string()], "{room}");
        assert_eq!(texts(&activity, "activityId"), [place(&emulator, room)[1].1]);
        assert_eq!(activity[0]["tasks"].as_array().unwrap().len(), 3);
        assert_eq!(details(&emulator, room).await.len(), joined * 3);
    }
    emulator.advance(Duration::from_secs(20 * 86_400));
    assert!(details(&emulator, 2).await.len() > 60);
    assert_eq!(texts(&of_channel(&emulator, ACTIVITIES, 2).await, "status"), ["2"]);
}

#[tokio::test]
async fn an_activity_has_the_members_of_the_vendors_example() {
    let emulator = small().await;
    let page = polyv_get(&emulator, ACTIVITIES, &place(&emulator, 0)[..1]).await;
    let of_activity = [
        "activityId",
        "userId",
        "channelId",
        "activityName",
        "activityMode",
        "taskRule",
        "status",
        "startTime",
        "endTime",
        "tasks",
    ];
    let of_task = ["taskId", "sort", "startTime", "endTime", "reachCondition", "rewardSetting"];
    assert!(keys_in_order(&page.text, &[&of_activity[..], &of_task].concat()));
    let activity = page.at("/data/contents/0");
    assert_eq!(activity["userId"], *emulator.ready().polyv.live_account);
    let tasks = texts(activity["tasks"].as_array().unwrap(), "taskId");
    assert_eq!(tasks, texts(&details(&emulator, 0).await[..3], "taskId"));
}

#[tokio::test]
async fn no_page_lies_beyond_the_thousandth() {
    let emulator = tiny().await;
    let [channel, activity] = place(&emulator, 0);
    let viewer = ("viewerId", "1718673362881");
    for (path, given) in [
        (ACTIVITIES, &[channel][..]),
        (STATS, &[channel]),
        (DETAILS, &[channel, activity]),
        (OF_VIEWER, &[viewer]),
        ("/live/v4/user/viewer-record/list", &[]),
    ] {
        for (number, status) in [("1000", 200), ("1001", 400)] {
            let given = [given, &[("pageNumber", number)]].concat();
            assert_eq!(polyv_get(&emulator, path, &given).await.status, status, "{path} {number}");
        }
        let refusal = emulator.journal().pop().unwrap().refusal.unwrap();
        assert_eq!(refusal.parameter.as_deref(), Some("pageNumber"));
    }
    // Of others none is told.
    let far = [channel, ("pageNumber", "1001")];
    assert_eq!(polyv(&emulator, &far).await.status, 200);
}

#[tokio::test]
async fn rewards_have_all_states_and_cash_is_fen_in_text() {
    let emulator = small().await;
    let all = details(&emulator, 0).await;
    let mut states = texts(&all, "rewardStatus");
    states.sort_unstable();
    states.dedup();
    assert_eq!(states, ["-1", "0", "1", "2", "3", "4"]);
    let offered = &of_channel(&emulator, ACTIVITIES, 0).await[0]["tasks"][0]["rewardSetting"];
    for row in &all {
        assert_eq!(row["taskStatus"] == 1, row["finishTime"].is_i64());
        assert_eq!(row["taskStatus"] == 0, row["rewardStatus"] == -1);
        let reward = &row["taskReward"];
        if reward["type"] == "cash" {
            assert_eq!(reward["amount"], json!(offered["amount"].to_string()));
        }
    }
}

#[tokio::test]
async fn the_counts_are_those_of_the_rows() {
    let emulator = small().await;
    for room in 0..4 {
        let all = details(&emulator, room).await;
        let count = |member: &str| {
            let is_one = |row: &Value| row[member] == 1;
            all.chunks(3).filter(|rows| rows.iter().all(is_one)).count()
        };
        let stats = &of_channel(&emulator, STATS, room).await[0];
        assert_eq!(stats["participantTask"], json!(all.len() / 3));
        assert_eq!(stats["reachAllTask"], json!(count("taskStatus")));
        assert_eq!(stats["reachAllReward"], json!(count("rewardStatus")));
        assert!(room > 1 || count("rewardStatus") > 0);
    }
}

#[tokio::test]
async fn a_viewer_has_the_same_rows_alone() {
    let emulator = small().await;
    let all = details(&emulator, 1).await;
    let viewer = all[3]["viewerId"].to_string();
    let [channel, activity] = place(&emulator, 1);
    let given = [channel, activity, ("viewerId", viewer.as_str())];
    assert_eq!(rows(&emulator, DETAILS, PAGES, &given).await, all[3..6]);

    let everywhere = rows(&emulator, OF_VIEWER, PAGES, &[("viewerId", viewer.as_str())]).await;
    let number: u64 = activity.1.parse().unwrap();
    let here: Vec<&Value> = everywhere.iter().filter(|row| row["activityId"] == number).collect();
    assert_eq!(here.len(), 3);
    for (alone, row) in here.into_iter().zip(&all[3..6]) {
        assert_eq!(alone["taskId"], row["taskId"]);
        let received = if row["rewardStatus"] == 1 { "Y" } else { "N" };
        assert_eq!(alone["acceptInfo"]["received"], received);
    }
    let unknown = rows(&emulator, OF_VIEWER, PAGES, &[("viewerId", "1718673362881")]).await;
    assert!(unknown.is_empty());
    let mixed = [place(&emulator, 0)[0], activity];
    assert!(rows(&emulator, DETAILS, PAGES, &mixed).await.is_empty());
}

#[tokio::test]
async fn a_stopped_activity_gets_nobody_more() {
    let emulator = small().await;
    emulator.advance(Duration::from_secs(20 * 86_400));
    let before = details(&emulator, 2).await;
    let [_, activity] = place(&emulator, 2);
    let stopped = polyv_get(&emulator, STOP, &[activity]).await;
    assert_eq!((stopped.status, stopped.at("/data")), (200, Value::Null));
    let ended = of_channel(&emulator, ACTIVITIES, 2).await;
    assert_eq!(texts(&ended, "status"), ["0"]);
    assert_eq!(texts(&ended, "endTime"), [emulator.now_ms().to_string()]);
    emulator.advance(Duration::from_secs(5 * 86_400));
    assert_eq!(details(&emulator, 2).await, before);
    emulator.reset();
    emulator.advance(Duration::from_secs(25 * 86_400));
    assert!(details(&emulator, 2).await.len() > before.len());
}

#[tokio::test]
async fn a_deleted_activity_is_gone() {
    let emulator = small().await;
    let before = emulator.truth().polyv;
    let [channel, activity] = place(&emulator, 0);
    let reached = texts(&details(&emulator, 0).await, "taskStatus");
    assert_eq!(polyv_get(&emulator, DELETE, &[activity]).await.status, 200);
    for path in [ACTIVITIES, STATS] {
        assert!(of_channel(&emulator, path, 0).await.is_empty());
    }
    assert!(rows(&emulator, DETAILS, PAGES, &[channel, activity]).await.is_empty());
    let reached = reached.iter().filter(|status| *status == "1").count() as u64;
    assert_eq!(emulator.truth().polyv.total.prizes, before.total.prizes - reached);
    for path in [DELETE, STOP] {
        let refused = polyv_get(&emulator, path, &[activity]).await;
        assert_eq!((refused.status, refused.at("/error/desc")), (400, json!("activityId不存在")));
    }
    emulator.reset();
    assert_eq!(emulator.truth().polyv.total.prizes, before.total.prizes);
}
