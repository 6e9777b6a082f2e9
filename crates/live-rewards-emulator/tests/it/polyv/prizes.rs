//! Lotteries, lucky bags and who won in them.

use std::slice;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::polyv::{PAGES, channel, rows, texts};
use crate::support::{keys_in_order, polyv_get, tiny};

const LOTTERIES: &str = "/live/v4/channel/lottery/list";
const OLDER_LOTTERIES: &str = "/live/v3/channel/lottery/list-lottery";
const WINNERS: &str = "/live/v3/channel/lottery/get-winner-detail";
const OF_VIEWER: &str = "/live/v4/channel/lottery/query-winner-viewer";
const PERSONAL: &str = "/live/v4/user/lottery/list-personal-win";
const LUCKY_BAGS: &str = "/live/v4/channel/lucky-bag/winner-page";
const TASKS: &str = "/live/v4/channel/task-reward-activity/viewer-detail";

/// A year before now and now, in milliseconds.
fn year(emulator: &Emulator) -> [String; 2] {
    let now = emulator.now_ms();
    [now - 365 * 86_400_000, now].map(|ms| ms.to_string())
}

/// Every lottery of a channel, newest first.
async fn lotteries(emulator: &Emulator, channel: &str) -> Vec<Value> {
    let [from, to] = year(emulator);
    let given = [("channelId", channel), ("startTime", from.as_str()), ("endTime", to.as_str())];
    rows(emulator, LOTTERIES, PAGES, &given).await
}

/// Every winner of a lottery.
async fn winners(emulator: &Emulator, channel: &str, lottery: &Value) -> Vec<Value> {
    let given = [("channelId", channel), ("lotteryId", lottery["lotteryId"].as_str().unwrap())];
    rows(emulator, WINNERS, ["page", "limit"], &given).await
}

#[tokio::test]
async fn lotteries_are_asked_for_by_id_or_by_time() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let all = lotteries(&emulator, &channel).await;
    assert_eq!(all.len(), 2);
    let [id, session] = ["lotteryId", "sessionId"].map(|name| all[1][name].as_str().unwrap());
    let [from, to] = year(&emulator);
    let own = ("channelId", channel.as_str());
    let time = [("startTime", from.as_str()), ("endTime", to.as_str())];
    let at = texts(&all, "createdTime")[1].clone();
    for given in [
        vec![own, ("lotteryId", id)],
        vec![own, ("lotteryId", id), ("startTime", to.as_str())],
        vec![own, time[0], time[1], ("sessionId", session)],
        vec![own, ("startTime", at.as_str()), ("endTime", at.as_str())],
    ] {
        let found = rows(&emulator, LOTTERIES, PAGES, &given).await;
        assert_eq!(found, all[1..], "{given:?}");
    }
    for given in [
        vec![own, ("lotteryId", "fwqs12puef")],
        vec![("channelId", "1"), ("lotteryId", id)],
        vec![own, time[0], time[1], ("sessionId", "g8h352spmc")],
    ] {
        assert!(rows(&emulator, LOTTERIES, PAGES, &given).await.is_empty(), "{given:?}");
    }
    let too_long = (emulator.now_ms() - 366 * 86_400_000).to_string();
    for (given, desc) in [
        (vec![own], "startTime不能为空"),
        (vec![own, time[0]], "endTime不能为空"),
        (vec![own, ("startTime", too_long.as_str()), time[1]], "number range error: endTime"),
    ] {
        let refused = polyv_get(&emulator, LOTTERIES, &given).await;
        assert_eq!((refused.status, refused.at("/error/desc")), (400, json!(desc)));
    }
}

#[tokio::test]
async fn the_older_list_has_the_same_lotteries_with_json_inside_text() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let newer = lotteries(&emulator, &channel).await;
    let [from, to] = year(&emulator);
    let given =
        [("channelId", channel.as_str()), ("startTime", from.as_str()), ("endTime", to.as_str())];
    let older = rows(&emulator, OLDER_LOTTERIES, ["page", "limit"], &given).await;
    assert_eq!(older.len(), newer.len());
    for (older, newer) in older.iter().zip(&newer) {
        for same in ["lotteryId", "channelId", "sessionId", "prize", "amount", "winnerCount"] {
            assert_eq!(older[same], newer[same]);
        }
        let ext: Value = serde_json::from_str(older["ext"].as_str().unwrap()).unwrap();
        assert_eq!(ext, newer["lotteryExt"]);
        assert!(newer["winnerCount"].as_i64() <= newer["amount"].as_i64());
    }
}

#[tokio::test]
async fn winners_are_as_many_as_their_lottery_says() {
    let emulator = Emulator::builder().scenario(Scenario::Small).start().await.unwrap();
    for channel in &emulator.ready().polyv.channel_ids {
        for lottery in lotteries(&emulator, channel).await {
            let winners = winners(&emulator, channel, &lottery).await;
            assert_eq!(lottery["winnerCount"], json!(winners.len()));
            let mut viewers = texts(&winners, "viewerId");
            viewers.sort_unstable();
            viewers.dedup();
            assert_eq!(viewers.len(), winners.len());
            assert!(winners.iter().all(|winner| winner["createdTime"] == lottery["createdTime"]));
        }
    }
}

#[tokio::test]
async fn a_win_is_told_of_its_viewer() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let lottery = lotteries(&emulator, &channel).await.pop().unwrap();
    let win = winners(&emulator, &channel, &lottery).await[0].clone();
    let lottery_id = texts(slice::from_ref(&lottery), "lotteryId");
    let viewer = texts(slice::from_ref(&win), "viewerId");
    let given = |viewer| {
        [
            ("channelId", channel.as_str()),
            ("lotteryId", lottery_id[0].as_str()),
            ("viewerId", viewer),
        ]
    };
    let told = polyv_get(&emulator, OF_VIEWER, &given(viewer[0].as_str())).await;
    for same in ["recordId", "winnerCode", "viewerName", "prize", "createdTime"] {
        assert_eq!(told.at(&format!("/data/{same}")), win[same]);
    }
    assert!(told.at("/data/ext").is_object());
    let ext: Value = serde_json::from_str(win["ext"].as_str().unwrap()).unwrap();
    assert_eq!(ext, told.at("/data/ext"));
    let nothing = polyv_get(&emulator, OF_VIEWER, &given("1718673362881")).await;
    assert_eq!((nothing.status, nothing.at("/data")), (200, Value::Null));

    let given = [("viewerId", viewer[0].as_str())];
    let personal = rows(&emulator, PERSONAL, PAGES, &given).await;
    assert!(texts(&personal, "lotteryId").contains(&lottery_id[0]));
    assert!(texts(&personal, "createdTime").is_sorted_by(|newer, older| newer >= older));
    // Without a page it is refused, as both are required.
    let refused = polyv_get(&emulator, PERSONAL, &given).await;
    assert_eq!(refused.at("/error/desc"), json!("pageNumber不能为空"));
}

#[tokio::test]
async fn a_lucky_bag_has_cash_in_yuan_and_other_prizes() {
    let emulator = tiny().await;
    let bag = emulator.ready().polyv.lucky_bag_ids[0].as_str();
    let names = ["currentPage", "pageSize"];
    let wins = rows(&emulator, LUCKY_BAGS, names, &[("activityId", bag)]).await;
    assert_eq!(wins.len(), 15);
    for win in &wins {
        let text = win["prizeInfo"].as_str().unwrap();
        let info: Value = serde_json::from_str(text).unwrap();
        assert_eq!(info["type"], win["prizeType"]);
        let members: &[&str] =
            if info["type"] == "cash" { &["type", "amount"] } else { &["type", "name", "image"] };
        assert!(keys_in_order(text, members), "{text}");
        assert_eq!(info["amount"].is_f64(), info["type"] == "cash");
        assert_eq!(win["issueStatus"], json!(0));
    }
    let channel = channel(&emulator);
    let sessions = texts(&lotteries(&emulator, &channel).await, "sessionId");
    for (session, count) in [(&sessions[1], 15), (&sessions[0], 0)] {
        let given = [("activityId", bag), ("sessionId", session.as_str())];
        assert_eq!(rows(&emulator, LUCKY_BAGS, names, &given).await.len(), count);
    }
    assert!(rows(&emulator, LUCKY_BAGS, names, &[("activityId", "1")]).await.is_empty());
}

#[tokio::test]
async fn all_prizes_add_up() {
    let emulator = Emulator::builder().scenario(Scenario::Small).start().await.unwrap();
    let ready = &emulator.ready().polyv;
    let truth = emulator.truth().polyv;
    let (mut prizes, mut cash) = (0, 0);
    for (place, channel) in ready.channel_ids.iter().enumerate() {
        let before = prizes;
        for lottery in lotteries(&emulator, channel).await {
            prizes += lottery["winnerCount"].as_u64().unwrap();
        }
        let bag = [("activityId", ready.lucky_bag_ids[place].as_str())];
        let bag = rows(&emulator, LUCKY_BAGS, ["currentPage", "pageSize"], &bag).await;
        prizes += bag.len() as u64;
        let activity = ready.prize_activity_ids[place].as_str();
        let given = [("channelId", channel.as_str()), ("activityId", activity)];
        for row in rows(&emulator, TASKS, PAGES, &given).await {
            prizes += row["taskStatus"].as_u64().unwrap();
            if row["taskReward"]["type"] == "cash" && row["rewardStatus"] == 1 {
                cash += row["taskReward"]["amount"].as_str().unwrap().parse::<i64>().unwrap();
            }
        }
        assert_eq!(truth.rooms[place].totals.prizes, prizes - before);
    }
    assert_eq!((truth.total.prizes, truth.total.prize_cash_fen), (prizes, cash));
}
