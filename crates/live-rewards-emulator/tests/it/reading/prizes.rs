//! Polyv's prizes: when they were won, and the cash that was issued.

use live_rewards_emulator::Emulator;
use serde_json::Value;

use crate::reading::{instant, number, text};
use crate::support::polyv_get;

const LOTTERIES: &str = "/live/v4/channel/lottery/list";
const LUCKY_BAGS: &str = "/live/v4/channel/lucky-bag/winner-page";
const TASKS: &str = "/live/v4/channel/task-reward-activity/viewer-detail";
const YEAR_MS: i64 = 365 * 86_400_000;

/// A prize, or all those of a lottery.
#[derive(Clone, Debug)]
pub(crate) struct Prizes {
    pub(crate) room: String,
    /// Unix seconds.
    pub(crate) at: i64,
    pub(crate) count: u64,
    /// Issued.
    pub(crate) cash_fen: i64,
}

/// Every prize of Polyv.
pub(crate) async fn polyv_prizes(emulator: &Emulator) -> Vec<Prizes> {
    let ready = &emulator.ready().polyv;
    let now = emulator.now_ms();
    let (from, to) = ((now - YEAR_MS).to_string(), now.to_string());
    let mut prizes = Vec::new();
    for (place, channel) in ready.channel_ids.iter().enumerate() {
        let prize = |at, count, cash_fen| Prizes { room: channel.clone(), at, count, cash_fen };
        let own = ("channelId", channel.as_str());
        let given = [own, ("startTime", from.as_str()), ("endTime", to.as_str())];
        for lottery in rows(emulator, LOTTERIES, "pageNumber", &given).await {
            let at = number(&lottery["createdTime"]) / 1000;
            prizes.push(prize(at, lottery["winnerCount"].as_u64().unwrap(), 0));
        }
        let given = [("activityId", ready.lucky_bag_ids[place].as_str())];
        for win in rows(emulator, LUCKY_BAGS, "currentPage", &given).await {
            prizes.push(prize(instant(&win["createTime"]).unwrap(), 1, 0));
        }
        let given = [own, ("activityId", ready.prize_activity_ids[place].as_str())];
        for row in rows(emulator, TASKS, "pageNumber", &given).await {
            if row["taskStatus"] == 1 {
                let reward = &row["taskReward"];
                let is_paid = text(&reward["type"]) == "cash" && row["rewardStatus"] == 1;
                let cash_fen = if is_paid { number(&reward["amount"]) } else { 0 };
                prizes.push(prize(number(&row["finishTime"]) / 1000, 1, cash_fen));
            }
        }
    }
    prizes
}

/// All rows of a listing, in pages as `position` numbers them.
async fn rows(
    emulator: &Emulator,
    path: &str,
    position: &str,
    given: &[(&str, &str)],
) -> Vec<Value> {
    let mut rows = Vec::new();
    for page in 1.. {
        let page = page.to_string();
        let mut query = given.to_vec();
        query.extend([(position, page.as_str()), ("pageSize", "1000")]);
        let found = polyv_get(emulator, path, &query).await.at("/data/contents");
        let found = found.as_array().unwrap();
        rows.extend(found.iter().cloned());
        if found.len() < 1000 {
            break;
        }
    }
    rows
}
