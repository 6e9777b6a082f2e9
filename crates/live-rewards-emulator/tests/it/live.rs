//! The live scenario: rows are added and change while they are read.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::reading::{
    Account, Claim, Gift, Packet, Sums, gift_sums, packet_sums, polyv_packets, polyv_sums, still,
    xiaoe_accounts, xiaoe_packets, yxt_gifts,
};
use crate::support::{Answer, RECORDS, RED_PACKETS, START_MS, polyv, xiaoe, xiaoe_token, yxt};

async fn live() -> Emulator {
    still(Emulator::builder().scenario(Scenario::Live)).await
}

async fn polyv_page(emulator: &Emulator, room: usize, number: &str) -> Answer {
    let channel = emulator.ready().polyv.channel_ids[room].as_str();
    let query = [("channelId", channel), ("pageNumber", number), ("pageSize", "5")];
    polyv(emulator, &query).await
}

#[tokio::test]
async fn rows_shift_between_two_pages_where_the_newest_come_first() {
    let emulator = live().await;
    let token = xiaoe_token(&emulator).await;
    let resource_id = emulator.ready().xiaoe.resource_ids[0].clone();
    let body = |page: i64| json!({"resource_id": resource_id, "resource_type": 4, "page": page, "limit": 5});

    let polyv_first = polyv_page(&emulator, 0, "1").await;
    let xiaoe_first = xiaoe(&emulator, RED_PACKETS, &token, body(1)).await;
    emulator.advance(Duration::from_secs(30));
    let polyv_second = polyv_page(&emulator, 0, "2").await;
    let xiaoe_second = xiaoe(&emulator, RED_PACKETS, &token, body(2)).await;

    let added = |answer: &Answer| answer.at("/data/totalItems").as_i64().unwrap();
    assert!((2..=4).contains(&(added(&polyv_second) - added(&polyv_first))));
    for (first, second) in [
        (
            polyv_first.column("/data/contents", "redPackId"),
            polyv_second.column("/data/contents", "redPackId"),
        ),
        (xiaoe_first.column("/data", "id"), xiaoe_second.column("/data", "id")),
    ] {
        let again = second.iter().filter(|id| first.contains(id)).count();
        assert!((2..=4).contains(&again), "{first:?} {second:?}");
    }
}

#[tokio::test]
async fn rows_are_appended_where_the_oldest_come_first() {
    let emulator = live().await;
    let before = yxt_gifts(&emulator).await;
    emulator.advance(Duration::from_secs(60));
    let after = yxt_gifts(&emulator).await;
    for room in &emulator.ready().yxt.room_ids {
        let of_room = |gifts: &[Gift]| -> Vec<String> {
            gifts.iter().filter(|gift| gift.room == *room).map(|gift| gift.pid.clone()).collect()
        };
        let (before, after) = (of_room(&before), of_room(&after));
        assert!(after.starts_with(&before));
        assert!((18..=21).contains(&(after.len() - before.len())));
    }
}

#[tokio::test]
async fn a_second_reading_sees_changes_and_both_add_up() {
    let emulator = live().await;
    let mut readings: Vec<(Vec<Packet>, Vec<Packet>, Vec<Account>)> = Vec::new();
    // The first packets of the start have had time to be claimed from.
    for seconds in [120, 300] {
        emulator.advance(Duration::from_secs(seconds));
        let truth = emulator.truth();
        let polyv = polyv_packets(&emulator).await;
        let xiaoe = xiaoe_packets(&emulator).await;
        let accounts = xiaoe_accounts(&emulator).await;
        let gifts = gift_sums(&yxt_gifts(&emulator).await);
        for (served, truth) in [
            (polyv_sums(&emulator, &polyv).await, &truth.polyv),
            (packet_sums(&xiaoe), &truth.xiaoe),
            (gifts, &truth.yxt),
        ] {
            assert_eq!(served, Sums::told(truth));
        }
        let sum = |of: fn(&Account) -> i64| accounts.iter().map(of).sum::<i64>();
        assert_eq!(sum(|account| account.available), truth.xiaoe.points_available);
        assert_eq!(sum(|account| account.frozen), truth.xiaoe.points_frozen);
        assert!(accounts.iter().all(|account| account.available >= 0 && account.frozen >= 0));
        readings.push((polyv, xiaoe, accounts));
    }
    let [before, after] = readings.as_slice() else { unreachable!() };
    for (before, after) in [(&before.0, &after.0), (&before.1, &after.1)] {
        let later: BTreeMap<&str, &Packet> =
            after.iter().map(|packet| (packet.id.as_str(), packet)).collect();
        let grown = |packet: &&Packet| {
            let now = later[packet.id.as_str()];
            assert!(continues(now, packet));
            now.claims.len() > packet.claims.len()
        };
        assert!(before.iter().filter(grown).count() > 0);
        assert!(after.len() >= before.len() + 3 * 28);
    }
    assert!((14..=16).contains(&(after.2.len() - before.2.len())));
    let users: HashSet<&Account> = before.2.iter().collect();
    let moved = after.2.iter().filter(|account| !users.contains(account)).count();
    assert!(moved > 30, "{moved} of {}", after.2.len());
}

/// Whether the claims are those of before and perhaps more. Best luck moves on.
fn continues(now: &Packet, before: &Packet) -> bool {
    let key = |claim: &Claim| (claim.user.clone(), claim.at, claim.amount);
    let (now, before): (Vec<_>, Vec<_>) =
        (now.claims.iter().map(key).collect(), before.claims.iter().map(key).collect());
    now.starts_with(&before)
}

#[tokio::test]
async fn claims_shift_between_two_pages_of_an_open_red_packet() {
    let emulator = live().await;
    emulator.advance(Duration::from_secs(120));
    let token = xiaoe_token(&emulator).await;
    let resource_id = emulator.ready().xiaoe.resource_ids[0].clone();
    let body = json!({"resource_id": resource_id, "resource_type": 4, "limit": 100});
    let list = xiaoe(&emulator, RED_PACKETS, &token, body.clone()).await;
    let mut shifted = 0;
    let mut pages = Vec::new();
    for id in list.column("/data", "id").into_iter().take(12) {
        let mut body = body.clone();
        body["red_packet_id"] = json!(id);
        body["limit"] = json!(2);
        let first = xiaoe(&emulator, RECORDS, &token, body.clone()).await;
        pages.push((body, first.at("/data/record_list")));
    }
    emulator.advance(Duration::from_secs(12));
    for (mut body, first) in pages {
        body["page"] = json!(2);
        let second = xiaoe(&emulator, RECORDS, &token, body).await.at("/data/record_list");
        let users = |rows: &Value| -> Vec<Value> {
            rows.as_array().unwrap().iter().map(|row| row["user_id"].clone()).collect()
        };
        let first = users(&first);
        shifted += users(&second).iter().filter(|user| first.contains(user)).count();
    }
    assert!(shifted > 0);
}

/// Those of the first minute, at both vendors by one clock.
#[tokio::test]
async fn red_packets_sell_out_or_expire_and_are_refunded() {
    let emulator = live().await;
    emulator.advance(Duration::from_secs(60));
    let channel = emulator.ready().polyv.channel_ids[0].clone();
    let (from, to) = (START_MS.to_string(), (START_MS + 60_000).to_string());
    let query = [("channelId", &*channel), ("startTime", &*from), ("endTime", &*to)];
    let resource_id = emulator.ready().xiaoe.resource_ids[0].clone();
    let body = json!({"resource_id": resource_id, "resource_type": 4, "limit": 100});
    let token = xiaoe_token(&emulator).await;
    let listed = xiaoe(&emulator, RED_PACKETS, &token, body.clone()).await.at("/data");
    let is_new = |row: &&Value| row["created_at"].as_str() >= Some("2026-09-21 22:13:20");
    let new = listed.as_array().unwrap().iter().filter(is_new);
    let ids: Vec<Value> = new.map(|row| row["id"].clone()).collect();

    let mut courses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut see = |id: &Value, state: String| {
        let course = courses.entry(id.to_string()).or_default();
        if course.last() != Some(&state) {
            course.push(state);
        }
    };
    for seconds in [0, 3600, 86_400 - 3600, 3600, 3 * 86_400] {
        emulator.advance(Duration::from_secs(seconds));
        let page = polyv(&emulator, &query).await.at("/data/contents");
        for row in page.as_array().unwrap() {
            see(&row["redPackId"], row["status"].as_str().unwrap().to_owned());
        }
        let token = xiaoe_token(&emulator).await;
        for id in &ids {
            let mut body = body.clone();
            body["red_packet_id"] = id.clone();
            let sent = xiaoe(&emulator, RECORDS, &token, body).await.at("/data/send_info");
            let refunded = if sent["refund_money"] == 0 { "" } else { ", refunded" };
            see(id, format!("{}{refunded}", sent["state"]));
        }
    }
    let mut courses: Vec<Vec<String>> = courses.into_values().collect();
    courses.sort();
    courses.dedup();
    assert_eq!(
        courses,
        [
            vec!["1", "2"],
            vec!["1", "3", "3, refunded"],
            vec!["进行中", "已结束"],
            vec!["进行中", "退款中", "已退款"],
        ]
    );
}

/// What a page holds without its request id.
async fn contents(emulator: &Emulator, room: usize) -> Value {
    polyv_page(emulator, room, "1").await.at("/data")
}

#[tokio::test]
async fn something_happens_in_every_room_every_few_seconds_and_goes_on_for_days() {
    let emulator = live().await;
    for (hours, seconds) in [(0, 20), (11, 20), (13, 200), (400, 200)] {
        emulator.advance(Duration::from_secs(hours * 3600));
        for room in 0..3 {
            let room_id = emulator.ready().yxt.room_ids[room].clone();
            let mut before = contents(&emulator, room).await;
            for _ in 0..3 {
                emulator.advance(Duration::from_secs(seconds));
                let after = contents(&emulator, room).await;
                assert_ne!(before, after, "room {room}, {hours} hours on");
                before = after;
            }
            let gifts = yxt(&emulator, &[("roomId", &room_id), ("offset", "300")]).await;
            assert!(hours == 0 || gifts.count("/datas") > 0);
        }
    }
}

#[tokio::test]
async fn the_same_seed_start_and_time_give_the_same_bytes() {
    let mut texts = Vec::new();
    for _ in 0..2 {
        let emulator = live().await;
        for seconds in [0, 45, 50_000] {
            emulator.advance(Duration::from_secs(seconds));
            texts.push(polyv_page(&emulator, 1, "1").await.text);
            let room_id = emulator.ready().yxt.room_ids[1].clone();
            texts.push(yxt(&emulator, &[("roomId", &room_id), ("offset", "200")]).await.text);
        }
    }
    assert_eq!(texts[..6], texts[6..]);
    assert_ne!(texts[1], texts[3]);
}
