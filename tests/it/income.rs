//! Polyv's donations, which are told twice: as what was given, and as what was paid.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use live_rewards::{
    Amount, Gift, GiftQuery, LiveRewardsExt, Money, RoomKind, RoomRef,
    polyv::{
        PolyvClient, PolyvConfig,
        http::Limits,
        income::{Income, IncomeDetail, IncomeType},
    },
};
use live_rewards_emulator::{Emulator, Scenario};

use crate::vendors::times;

/// What an account's donations and payments come to when they are matched one to one.
struct Matched {
    /// Payments for donations that have one.
    payments: usize,
    /// Donations of money that nobody paid for, but for gifts, whose unit isn't told.
    unpaid: Vec<Gift>,
    /// Payments for what nobody donated.
    for_nothing: Vec<Income>,
}

async fn matched(emulator: &Emulator) -> Matched {
    let polyv = &emulator.ready().polyv;
    let config = PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str());
    let client = PolyvClient::builder(config.base_url(&polyv.base_url))
        .limits(Limits::unlimited())
        .build()
        .unwrap();
    let [first, last] = times(emulator);

    let pages = client.pages(IncomeDetail::new(&polyv.live_account, first, last));
    let pages: Vec<_> = pages.try_collect().await.unwrap();
    let mut payments: Vec<Income> =
        pages.into_iter().flat_map(|page| page.output.contents.items).collect();
    payments.retain(|payment| payment.pay_type != IncomeType::Entry);
    let all = payments.len();

    let mut unpaid = Vec::new();
    for channel in &polyv.channel_ids {
        let room = RoomRef::new(channel.as_str(), RoomKind::Channel);
        let gifts = client.gifts(GiftQuery::in_room(room).since(first).until(last));
        let gifts: Vec<Gift> = gifts.try_collect().await.unwrap();
        for gift in gifts {
            if let Some(at) = payments.iter().position(|payment| pays(payment, channel, &gift)) {
                payments.swap_remove(at);
            } else if gift.charged.as_ref().is_some_and(|charged| charged.money().is_some()) {
                unpaid.push(gift);
            }
        }
    }
    Matched { payments: all - payments.len(), unpaid, for_nothing: payments }
}

/// Whether a payment is that for a gift, by all that both tell.
fn pays(payment: &Income, channel: &str, gift: &Gift) -> bool {
    let amount = match (&payment.pay_type, &gift.charged) {
        (IncomeType::Cash, Some(Amount::Money(amount))) => *amount,
        (IncomeType::Gift, Some(Amount::Unstated(text))) => Money::parse_yuan(text).unwrap().money,
        _ => return false,
    };
    payment.channel_id.as_deref() == Some(channel)
        && payment.pay_time == gift.at
        && payment.viewer_name == gift.giver.nickname
        && payment.amount == amount
}

async fn emulator(scenario: Scenario) -> Emulator {
    Emulator::builder().scenario(scenario).limits(false).start().await.unwrap()
}

#[tokio::test]
async fn every_payment_is_that_for_one_donation() {
    let emulator = emulator(Scenario::Small).await;
    let matched = matched(&emulator).await;
    assert!(matched.payments > 100);
    assert!(matched.unpaid.is_empty(), "{:?}", matched.unpaid);
    assert!(matched.for_nothing.is_empty(), "{:?}", matched.for_nothing);
}

#[tokio::test]
async fn what_does_not_match_is_what_was_planted() {
    let emulator = emulator(Scenario::Defects).await;
    let matched = matched(&emulator).await;
    let defects = emulator.truth().polyv.defects;
    let id = |code| &defects.iter().find(|defect| defect.code == code).unwrap().id;
    let [other_amount] = &matched.for_nothing[..] else { panic!("{:?}", matched.for_nothing) };
    assert_eq!(other_amount.out_trade_no.as_ref(), Some(id("E2")));
    let unpaid: BTreeSet<String> =
        matched.unpaid.iter().map(|gift| gift.at.epoch_ms().to_string()).collect();
    let expected = [id("E1").clone(), other_amount.pay_time.epoch_ms().to_string()];
    assert_eq!(unpaid, BTreeSet::from(expected));
    assert_eq!(matched.unpaid.len(), 2);
}
