//! What is served adds up to what the emulator says it serves.

use std::collections::HashSet;
use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario, Totals, VendorTruth};
use serde_json::json;

use crate::reading::{
    Sums, flow_sums, gift_sums, packet_sums, polyv_packets, polyv_sums, still, xiaoe_packets,
    yxt_gifts,
};
use crate::support::{ACCOUNTS, tiny, xiaoe, xiaoe_token};

/// Rooms and days each have the same sum.
fn check_total(truth: &VendorTruth) {
    let add = |sum: Totals, more: Totals| sum.checked_add(more);
    let mut rooms = truth.rooms.iter().map(|room| room.totals);
    assert_eq!(rooms.try_fold(Totals::default(), add), Some(truth.total));
    assert_eq!(truth.days.values().copied().try_fold(Totals::default(), add), Some(truth.total));
    let total = truth.total;
    assert_eq!(
        total.issued_fen,
        total.claimed_fen + total.left_fen + total.refunded_fen + total.fee_fen
    );
}

async fn check(emulator: &Emulator) {
    let truth = emulator.truth();
    let packets = polyv_packets(emulator).await;
    for packet in &packets {
        let claimed: i64 = packet.claims.iter().map(|claim| claim.amount).sum();
        assert_eq!(packet.issued, claimed + packet.balance);
    }
    let others = xiaoe_packets(emulator).await;
    for (packets, truth) in [(&packets, &truth.polyv), (&others, &truth.xiaoe)] {
        assert_eq!(flow_sums(packets), truth.flows);
        let days = truth.flows.values();
        let left: i64 =
            days.map(|day| day.issued_fen - day.claimed_fen - day.refunded_fen - day.fee_fen).sum();
        assert_eq!(left, truth.total.left_fen);
    }
    for (served, truth) in [
        (polyv_sums(emulator, &packets).await, &truth.polyv),
        (packet_sums(&others), &truth.xiaoe),
        (gift_sums(&yxt_gifts(emulator).await), &truth.yxt),
    ] {
        assert_eq!(served, Sums::told(truth));
        check_total(truth);
    }
}

#[tokio::test]
async fn everything_adds_up_now_and_after_red_packets_expired() {
    let emulator = tiny().await;
    emulator.set_clock_rate_milli(0);
    let before = emulator.truth();
    assert!(before.xiaoe.total.left_fen > 0 && before.xiaoe.total.fee_fen > 0);
    check(&emulator).await;

    emulator.advance(Duration::from_secs(5 * 3600));
    assert_eq!(emulator.truth(), before);

    emulator.advance(Duration::from_secs(30 * 86_400));
    let after = emulator.truth();
    assert!(after.xiaoe.total.refunded_fen > before.xiaoe.total.refunded_fen);
    assert_eq!(after.xiaoe.total.claimed_fen, before.xiaoe.total.claimed_fen);
    check(&emulator).await;
}

#[tokio::test]
async fn a_larger_scenario_adds_up_too() {
    let emulator = still(Emulator::builder()).await;
    check(&emulator).await;
    let truth = emulator.truth();
    assert_eq!(truth.polyv.total.red_packets, 400);
    let total = truth.yxt.total;
    assert!(total.gift_points_charged < total.gift_points_listed);
    let total = truth.polyv.total;
    assert!(total.income_fen > total.donations_cash_fen && total.prize_cash_fen > 0);
}

/// Rows are added all the time, to both vendors in slots of the same length.
#[tokio::test]
async fn all_vendors_are_summed_up_at_one_instant() {
    let emulator = still(Emulator::builder().scenario(Scenario::Live)).await;
    // More than an hour in a millisecond.
    emulator.set_clock_rate_milli(u32::MAX);
    let truth = emulator.truth();
    let gifts = [truth.polyv.total.gifts, truth.yxt.total.gifts];
    assert!(gifts[0].abs_diff(gifts[1]) <= truth.yxt.rooms.len() as u64, "{gifts:?}");
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
