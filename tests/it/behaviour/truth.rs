//! What was read, held against what the emulator says that it served.

use futures_util::TryStreamExt;
use live_rewards::{
    Amount, Claim, Gift, GiftPayment, GiftPaymentKind, LiveRewardsExt, Money, Points,
    PointsAccount, PointsQuery, RedPacketQuery,
};

use super::{count, packets, sum};
use crate::{queries, vendors::Account};

pub(crate) async fn red_packets_agree_with_the_ground_truth(account: &Account) {
    let rewards = &*account.rewards;
    if rewards.capabilities().red_packets.is_none() {
        return;
    }
    for room in &account.rooms {
        let truth = &account.room_truth(room).totals;
        let packets = packets(rewards, room).await;
        assert_eq!(count(&packets), truth.red_packets);
        assert_eq!(sum(packets.iter().map(|packet| packet.issued)), truth.issued_fen);
        let claims: Vec<Claim> =
            rewards.claims(RedPacketQuery::new(room.clone())).try_collect().await.unwrap();
        assert_eq!(count(&claims), truth.claims);
        assert_eq!(sum(claims.iter().map(|claim| claim.amount)), truth.claimed_fen);
    }
}

pub(crate) async fn a_summary_is_that_of_the_red_packets(account: &Account) {
    let rewards = &*account.rewards;
    if !rewards.capabilities().red_packet_summary {
        return;
    }
    for room in &account.rooms {
        let truth = &account.room_truth(room).totals;
        let summary = rewards.red_packet_summary(room).await.unwrap();
        let fen = |fen| Some(Money::from_fen(fen));
        assert_eq!(summary.rounds, Some(truth.red_packets));
        assert_eq!(summary.number, Some(truth.red_packets));
        assert_eq!(summary.issued, fen(truth.issued_fen));
        assert_eq!(summary.net, fen(truth.issued_fen - truth.fee_fen));
        assert_eq!(summary.claimed_count, Some(truth.claims));
    }
}

pub(crate) async fn gifts_agree_with_the_ground_truth(account: &Account) {
    let rewards = &*account.rewards;
    if rewards.capabilities().gifts.is_none() {
        return;
    }
    let (mut cash_fen, mut unstated) = (0, 0);
    for room in &account.rooms {
        let truth = &account.room_truth(room).totals;
        let gifts: Vec<Gift> =
            rewards.gifts(queries::gifts(account, room)).try_collect().await.unwrap();
        assert_eq!(count(&gifts), truth.gifts);
        assert!(gifts.iter().all(|gift| gift.charged.is_some()));
        let points = |amounts: fn(&Gift) -> &Option<Amount>| -> i64 {
            let amounts = gifts.iter().filter_map(|gift| amounts(gift).as_ref()?.points());
            amounts.map(Points::get).sum()
        };
        assert_eq!(points(|gift| &gift.charged), truth.gift_points_charged);
        assert_eq!(points(|gift| &gift.list_value), truth.gift_points_listed);
        let charged = || gifts.iter().filter_map(|gift| gift.charged.as_ref());
        cash_fen += sum(charged().filter_map(Amount::money));
        unstated += charged().filter(|amount| matches!(amount, Amount::Unstated(_))).count();
    }
    assert_eq!(cash_fen, account.truth.total.donations_cash_fen);
    assert_eq!(u64::try_from(unstated).unwrap(), account.truth.total.donations_unstated);
}

/// Nobody pays entry in this scenario.
pub(crate) async fn gift_payments_agree_with_the_ground_truth(account: &Account) {
    let rewards = &*account.rewards;
    if rewards.capabilities().gift_payments.is_none() {
        return;
    }
    for room in &account.rooms {
        let truth = &account.room_truth(room).totals;
        let payments = rewards.gift_payments(queries::gift_payments(account, room));
        let payments: Vec<GiftPayment> = payments.try_collect().await.unwrap();
        assert_eq!(count(&payments), truth.income);
        assert_eq!(sum(payments.iter().map(|payment| payment.amount)), truth.income_fen);
        let cash = payments.iter().filter(|payment| payment.kind == Some(GiftPaymentKind::Cash));
        assert_eq!(sum(cash.map(|payment| payment.amount)), truth.donations_cash_fen);
    }
}

pub(crate) async fn points_accounts_agree_with_the_ground_truth(account: &Account) {
    let rewards = &*account.rewards;
    if rewards.capabilities().points_accounts.is_none() {
        return;
    }
    let read = |query| rewards.points_accounts(query).try_collect();
    let accounts: Vec<PointsAccount> = read(PointsQuery::new()).await.unwrap();
    assert_eq!(count(&accounts), account.truth.points_accounts);
    let available: i64 = accounts.iter().map(|account| account.available.get()).sum();
    assert_eq!(available, account.truth.points_available);
    let user = accounts[3].user.id.clone();
    let one: Vec<PointsAccount> = read(PointsQuery::new().users(vec![user.clone()])).await.unwrap();
    assert_eq!(one.iter().map(|account| &account.user.id).collect::<Vec<_>>(), [&user]);
    let none: Vec<PointsAccount> = read(PointsQuery::new().users(Vec::new())).await.unwrap();
    assert_eq!(none, []);
}
