//! Polyv's donations, which are told twice: as what was given, and as what was paid.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use live_rewards::{
    Amount, Gift, GiftPayment, GiftPaymentKind, GiftPaymentQuery, GiftQuery, LiveRewardsExt, Money,
    Page, RoomKind, RoomRef,
    polyv::{PolyvClient, PolyvConfig, http::Limits},
};
use live_rewards_emulator::{Emulator, Scenario};

use crate::vendors::times;

/// What an account's gifts and payments come to when they are matched one to one.
#[derive(Default)]
struct Matched {
    /// Payments for gifts that have one.
    payments: Vec<GiftPayment>,
    /// Gifts of money that nobody paid for, but for those whose unit isn't told.
    unpaid: Vec<Gift>,
    /// Payments for what nobody gave.
    for_nothing: Vec<GiftPayment>,
    /// Rows of the income that are for no gift.
    left_out: usize,
}

async fn matched(emulator: &Emulator) -> Matched {
    let polyv = &emulator.ready().polyv;
    let config = PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str())
        .live_account(&polyv.live_account)
        .base_url(&polyv.base_url);
    let client = PolyvClient::builder(config).limits(Limits::unlimited()).build().unwrap();
    let [first, last] = times(emulator);

    let mut matched = Matched::default();
    for channel in &polyv.channel_ids {
        let room = RoomRef::new(channel.as_str(), RoomKind::Channel);
        let query = GiftPaymentQuery::in_room(room.clone()).since(first).until(last);
        let pages = client.gift_payment_pages(query, None);
        let pages: Vec<Page<GiftPayment>> = pages.try_collect().await.unwrap();
        matched.left_out += pages.iter().map(|page| page.left_out).sum::<usize>();
        let mut payments: Vec<GiftPayment> =
            pages.into_iter().flat_map(|page| page.items).collect();
        let gifts = client.gifts(GiftQuery::in_room(room).since(first).until(last));
        let gifts: Vec<Gift> = gifts.try_collect().await.unwrap();
        for gift in gifts {
            if let Some(at) = payments.iter().position(|payment| pays(payment, &gift)) {
                matched.payments.push(payments.swap_remove(at));
            } else if gift.charged.as_ref().is_some_and(|charged| charged.money().is_some()) {
                matched.unpaid.push(gift);
            }
        }
        matched.for_nothing.extend(payments);
    }
    matched
}

/// Whether a payment is that for a gift, by all that both tell.
fn pays(payment: &GiftPayment, gift: &Gift) -> bool {
    let amount = match (&payment.kind, &gift.charged) {
        (Some(GiftPaymentKind::Cash), Some(Amount::Money(amount))) => *amount,
        (Some(GiftPaymentKind::Gift), Some(Amount::Unstated(text))) => {
            Money::parse_yuan(text).unwrap().money
        }
        _ => return false,
    };
    gift.room.as_ref() == Some(&payment.room)
        && payment.at == gift.at
        && payment.payer_name == gift.giver.nickname
        && payment.amount == amount
}

async fn emulator(scenario: Scenario) -> Emulator {
    Emulator::builder().scenario(scenario).limits(false).start().await.unwrap()
}

#[tokio::test]
async fn every_payment_is_that_for_one_gift() {
    let emulator = emulator(Scenario::Small).await;
    let matched = matched(&emulator).await;
    assert!(matched.payments.len() > 100);
    assert!(matched.unpaid.is_empty(), "{:?}", matched.unpaid);
    assert!(matched.for_nothing.is_empty(), "{:?}", matched.for_nothing);
}

#[tokio::test]
async fn all_other_income_is_entry() {
    const ENTRY_FEN: i64 = 990;
    let emulator = emulator(Scenario::Small).await;
    let Matched { payments, left_out, .. } = matched(&emulator).await;
    let truth = emulator.truth().polyv.total;
    assert!(left_out > 0);
    assert_eq!(u64::try_from(payments.len() + left_out).unwrap(), truth.income);
    let paid = Money::checked_sum(payments.iter().map(|payment| payment.amount)).unwrap();
    let entry = i64::try_from(left_out).unwrap() * ENTRY_FEN;
    assert_eq!(paid.fen() + entry, truth.income_fen);
}

#[tokio::test]
async fn what_does_not_match_is_what_was_planted() {
    let emulator = emulator(Scenario::Defects).await;
    let matched = matched(&emulator).await;
    let defects = emulator.truth().polyv.defects;
    let id = |code| &defects.iter().find(|defect| defect.code == code).unwrap().id;
    let [other_amount] = &matched.for_nothing[..] else { panic!("{:?}", matched.for_nothing) };
    assert_eq!(other_amount.order.as_str(), id("E2"));
    let unpaid: BTreeSet<String> =
        matched.unpaid.iter().map(|gift| gift.at.epoch_ms().to_string()).collect();
    let expected = [id("E1").clone(), other_amount.at.epoch_ms().to_string()];
    assert_eq!(unpaid, BTreeSet::from(expected));
    assert_eq!(matched.unpaid.len(), 2);
}
