//! The same seed, start and time give the same bytes: at each vendor, in each scenario.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::json;

use crate::reading::still;
use crate::support::{
    ACCOUNTS, GIFTS, RECORDS, RED_PACKETS, RED_PACKS, polyv_form, polyv_get, xiaoe, xiaoe_token,
    yxt_get,
};

/// What the vendors answer about their first rooms, each with what was asked for.
async fn served(scenario: Scenario, seed: u64) -> Vec<(String, String)> {
    let builder = Emulator::builder().scenario(scenario).seed(seed);
    let builder = if scenario == Scenario::Campaign { builder.claims(3000) } else { builder };
    let emulator = still(builder).await;
    emulator.advance(Duration::from_secs(200));
    let mut served = of_polyv(&emulator).await;
    served.extend(of_xiaoe(&emulator).await);
    served.extend(of_yxt(&emulator).await);
    served
}

async fn of_polyv(emulator: &Emulator) -> Vec<(String, String)> {
    let ready = &emulator.ready().polyv;
    let channel = ("channelId", ready.channel_ids[0].as_str());
    let activity = ("activityId", ready.prize_activity_ids[0].as_str());
    let bag = ("activityId", ready.lucky_bag_ids[0].as_str());
    let (now, month) = (emulator.now_ms(), 30 * 86_400_000);
    let (from, to) = ((now - month).to_string(), now.to_string());
    let (from, to) = (from.as_str(), to.as_str());
    let times = [channel, ("startTime", from), ("endTime", to)];
    let mut served = Vec::new();
    for (path, given) in [
        (RED_PACKS, &[channel][..]),
        ("/live/v4/channel/basic/list", &[]),
        ("/live/v3/channel/session/list", &[channel]),
        ("/live/v4/channel/reward/gift-list", &[channel, ("start", from), ("end", to)]),
        ("/live/v4/channel/lottery/list", &times),
        ("/live/v4/channel/lucky-bag/winner-page", &[bag]),
        ("/live/v4/channel/task-reward-activity/page", &[channel]),
        ("/live/v4/channel/task-reward-activity/viewer-detail", &[channel, activity]),
        ("/live/v4/user/viewer-record/list", &[]),
    ] {
        let answer = polyv_get(emulator, path, given).await;
        assert_eq!(answer.status, 200, "{path}");
        served.push((path.to_owned(), answer.text));
    }
    let days = [("startDate", "2026-09-01"), ("endDate", "2026-09-30")];
    let path = format!("/live/v2/user/{}/get-income-detail", ready.live_account);
    let income = polyv_form(emulator, &path, &days).await;
    served.push((path, income.text));
    served
}

async fn of_xiaoe(emulator: &Emulator) -> Vec<(String, String)> {
    let live = &emulator.ready().xiaoe.resource_ids[0];
    let token = xiaoe_token(emulator).await;
    let of_live = json!({"resource_id": live, "resource_type": 4});
    let packets = xiaoe(emulator, RED_PACKETS, &token, of_live.clone()).await;
    let mut of_packet = of_live.clone();
    of_packet["red_packet_id"] = packets.at("/data/9/id");
    let log = json!({"account_type": "INTEGRAL", "year_month": "2026_08", "page": 1});
    let mut served = vec![("/token".to_owned(), token.clone())];
    for (path, body) in [
        (RED_PACKETS, of_live.clone()),
        (RECORDS, of_packet),
        ("/xe.live.redpacket.analysis/1.0.0", of_live),
        ("/xe.alive.detail.get/1.0.0", json!({"id": live})),
        (ACCOUNTS, json!({"page": 1, "page_size": 10, "user_ids": null})),
        ("/xe.account.flow.list/1.0.0", log),
        ("/xe.user.batch.get/2.0.0", json!({"page_size": 10})),
    ] {
        let answer = xiaoe(emulator, path, &token, body).await;
        assert_eq!(answer.at("/code"), json!(0), "{path}");
        served.push((path.to_owned(), answer.text));
    }
    served
}

async fn of_yxt(emulator: &Emulator) -> Vec<(String, String)> {
    let room = [("roomId", emulator.ready().yxt.room_ids[0].as_str())];
    let mut served = Vec::new();
    for path in [
        GIFTS,
        "/v1/zhibo/attendee/sign/statistics",
        "/v1/zhibo/feedback/signs",
        "/v1/zhibo/recordings",
    ] {
        let answer = yxt_get(emulator, path, &room).await;
        assert_eq!(answer.status, 200, "{path}");
        served.push((path.to_owned(), answer.text));
    }
    served
}

#[tokio::test]
async fn the_seed_decides_all_bytes() {
    for scenario in Scenario::ALL {
        let [one, same, other] =
            [served(*scenario, 1).await, served(*scenario, 1).await, served(*scenario, 2).await];
        assert_eq!(one, same, "{scenario}");
        for ((path, one), (_, other)) in one.iter().zip(&other) {
            assert_ne!(one, other, "{scenario} {path}");
        }
    }
}
