//! What is served adds up to what the emulator says it serves.

use std::collections::HashSet;
use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario, Totals, VendorTruth};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::reading::{polyv_donations, polyv_income};
use crate::support::{ACCOUNTS, RECORDS, RED_PACKETS, polyv, tiny, xiaoe, xiaoe_token, yxt};

#[derive(Deserialize)]
struct PolyvAnswer {
    data: PolyvData,
}

#[derive(Deserialize)]
struct PolyvData {
    contents: Vec<PolyvRedPacket>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PolyvRedPacket {
    amount: Box<RawValue>,
    balance: Box<RawValue>,
    red_pack_receive_list: Vec<PolyvClaim>,
}

#[derive(Deserialize)]
struct PolyvClaim {
    amount: Box<RawValue>,
}

/// Fen of an amount in 元, which has two decimals.
fn fen(amount: &RawValue) -> i64 {
    let (yuan, decimals) = amount.get().split_once('.').unwrap();
    assert_eq!(decimals.len(), 2, "{amount}");
    format!("{yuan}{decimals}").parse().unwrap()
}

fn number(value: &Value) -> i64 {
    match value {
        Value::String(text) => text.parse().unwrap(),
        other => other.as_i64().unwrap(),
    }
}

async fn served_by_polyv(emulator: &Emulator, channel: &str) -> Totals {
    let query = [("channelId", channel), ("pageSize", "1000")];
    let text = polyv(emulator, &query).await.text;
    let answer: PolyvAnswer = serde_json::from_str(&text).unwrap();
    let mut totals = Totals::default();
    for packet in answer.data.contents {
        let claims = packet.red_pack_receive_list;
        let claimed: i64 = claims.iter().map(|claim| fen(&claim.amount)).sum();
        assert_eq!(fen(&packet.amount), claimed + fen(&packet.balance));
        totals.red_packets += 1;
        totals.claims += claims.len() as u64;
        totals.issued_fen += fen(&packet.amount);
        totals.claimed_fen += claimed;
        totals.left_fen += fen(&packet.balance);
    }
    let donations = polyv_donations(emulator).await.into_iter();
    totals.gifts += donations.filter(|donation| donation.room == channel).count() as u64;
    totals
}

async fn served_by_xiaoe(emulator: &Emulator, live: &str) -> Totals {
    let token = xiaoe_token(emulator).await;
    let body = json!({"resource_id": live, "resource_type": 4, "limit": 100});
    let list = xiaoe(emulator, RED_PACKETS, &token, body.clone()).await;
    let mut totals = Totals::default();
    for packet in list.at("/data").as_array().unwrap() {
        let mut claimed = 0;
        for page in 1.. {
            let mut body = body.clone();
            body["red_packet_id"] = packet["id"].clone();
            body["page"] = json!(page);
            let answer = xiaoe(emulator, RECORDS, &token, body).await;
            let records = answer.at("/data/record_list");
            let records = records.as_array().unwrap();
            if records.is_empty() {
                let refunded = number(&answer.at("/data/send_info/refund_money"));
                let net = number(&answer.at("/data/send_info/after_deduction_money"));
                totals.refunded_fen += refunded;
                totals.left_fen += net - claimed - refunded;
                break;
            }
            totals.claims += records.len() as u64;
            claimed += records.iter().map(|row| number(&row["money"])).sum::<i64>();
        }
        let issued = number(&packet["money"]);
        totals.red_packets += 1;
        totals.issued_fen += issued;
        totals.claimed_fen += claimed;
        totals.fee_fen += issued - number(&packet["after_deduction_money"]);
    }
    totals
}

async fn served_by_yxt(emulator: &Emulator, room: &str) -> Totals {
    let mut totals = Totals::default();
    for offset in (0..).step_by(100) {
        let offset = offset.to_string();
        let query = [("roomId", room), ("limit", "100"), ("offset", offset.as_str())];
        let rows = yxt(emulator, &query).await.at("/datas");
        let rows = rows.as_array().unwrap();
        if rows.is_empty() {
            break;
        }
        for row in rows {
            totals.gifts += 1;
            totals.gift_points_charged += number(&row["totalPoint"]);
            totals.gift_points_listed += number(&row["unitPoint"]) * number(&row["quantity"]);
        }
    }
    totals
}

/// The rooms of a vendor's truth, checked against their sum.
fn rooms(truth: &VendorTruth) -> Vec<(String, Totals)> {
    let sum =
        truth.rooms.iter().try_fold(Totals::default(), |sum, room| sum.checked_add(room.totals));
    assert_eq!(sum, Some(truth.total));
    let total = truth.total;
    assert_eq!(
        total.issued_fen,
        total.claimed_fen + total.left_fen + total.refunded_fen + total.fee_fen
    );
    truth.rooms.iter().map(|room| (room.room.clone(), room.totals)).collect()
}

async fn check_red_packets(emulator: &Emulator) {
    let truth = emulator.truth();
    for (channel, totals) in rooms(&truth.polyv) {
        assert_eq!(served_by_polyv(emulator, &channel).await, totals);
    }
    for (live, totals) in rooms(&truth.xiaoe) {
        assert_eq!(served_by_xiaoe(emulator, &live).await, totals);
    }
}

#[tokio::test]
async fn red_packets_add_up_now_and_after_they_expired() {
    let emulator = tiny().await;
    let before = emulator.truth();
    assert!(before.xiaoe.total.left_fen > 0 && before.xiaoe.total.fee_fen > 0);
    check_red_packets(&emulator).await;

    emulator.advance(Duration::from_secs(5 * 3600));
    assert_eq!(emulator.truth(), before);

    emulator.advance(Duration::from_secs(30 * 86_400));
    let after = emulator.truth();
    assert!(after.xiaoe.total.refunded_fen > before.xiaoe.total.refunded_fen);
    assert_eq!(after.xiaoe.total.claimed_fen, before.xiaoe.total.claimed_fen);
    check_red_packets(&emulator).await;
}

#[tokio::test]
async fn a_larger_scenario_adds_up_too() {
    let emulator = Emulator::start().await.unwrap();
    let truth = emulator.truth();
    assert_eq!(truth.polyv.total.red_packets, 400);
    for (channel, totals) in rooms(&truth.polyv) {
        assert_eq!(served_by_polyv(&emulator, &channel).await, totals);
    }
    for (room, totals) in rooms(&truth.yxt) {
        assert_eq!(served_by_yxt(&emulator, &room).await, totals);
    }
    let total = truth.yxt.total;
    assert!(total.gift_points_charged < total.gift_points_listed);
}

#[tokio::test]
async fn points_accounts_add_up() {
    let emulator = Emulator::start().await.unwrap();
    let truth = emulator.truth().xiaoe;
    let token = xiaoe_token(&emulator).await;
    let mut users = HashSet::new();
    let mut available = 0;
    for page in 1..=4 {
        let body = json!({"page": page.to_string(), "page_size": "100", "user_ids": null});
        let answer = xiaoe(&emulator, ACCOUNTS, &token, body).await;
        assert_eq!(answer.at("/data/page/last_page"), json!(4));
        users.extend(answer.column("/data/list", "user_id"));
        let balances = answer.column("/data/list", "balance");
        available += balances.iter().map(|balance| balance.parse::<i64>().unwrap()).sum::<i64>();
    }
    assert_eq!(users.len() as u64, truth.points_accounts);
    assert_eq!(available, truth.points_available);
}

#[tokio::test]
async fn income_adds_up_in_each_room_and_altogether() {
    for scenario in [Scenario::Small, Scenario::Defects] {
        let emulator = Emulator::builder().scenario(scenario).start().await.unwrap();
        let truth = emulator.truth().polyv;
        let (income, donations) = (polyv_income(&emulator).await, polyv_donations(&emulator).await);
        for told in &truth.rooms {
            let paid: Vec<i64> =
                income.iter().filter(|row| row.room == told.room).map(|row| row.fen).collect();
            assert_eq!(
                (told.income, told.income_fen),
                (paid.len() as u64, paid.iter().sum::<i64>())
            );
            let donated = donations.iter().filter(|row| row.room == told.room);
            assert_eq!(told.donations_cash_fen, donated.filter_map(|row| row.fen).sum::<i64>());
        }
        let sum: i64 = income.iter().map(|row| row.fen).sum();
        assert_eq!((truth.income, truth.income_fen), (income.len() as u64, sum));
        assert!(truth.income_fen > truth.donations_cash_fen && truth.income > 0);
    }
}

#[tokio::test]
async fn rooms_come_in_the_order_of_the_ready_line() {
    let emulator = Emulator::builder().scenario(Scenario::Tiny).start().await.unwrap();
    let truth = emulator.truth();
    let names = |truth: &VendorTruth| -> Vec<String> {
        truth.rooms.iter().map(|room| room.room.clone()).collect()
    };
    assert_eq!(names(&truth.xiaoe), emulator.ready().xiaoe.resource_ids);
    assert_eq!(names(&truth.polyv), emulator.ready().polyv.channel_ids);
    assert_eq!(names(&truth.yxt), emulator.ready().yxt.room_ids);
}
