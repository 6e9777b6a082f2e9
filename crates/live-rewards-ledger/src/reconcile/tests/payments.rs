use live_rewards_core::{
    Amount, Gift, GiftItem, GiftPayment,
    GiftPaymentKind::{self, Cash},
};

use super::*;
use crate::SeenScope;

const SCOPE: &str = "channel:room-1";

/// A gift of cash.
fn gift(name: &str, amount: i64, second: i64) -> Gift {
    let giver = UserRef::new(name, UserIdKind::Viewer).with_nickname(Some(name.to_owned()));
    let mut gift = Gift::new(giver, GiftItem::new(None, None), at(second));
    gift.room = Some(channel());
    gift.charged = Some(Amount::Money(fen(amount)));
    gift
}

fn payment(order: &str, name: &str, amount: i64, second: i64) -> GiftPayment {
    let mut payment = GiftPayment::new(order.into(), channel(), fen(amount), at(second));
    payment.kind = Some(Cash);
    payment.payer_name = Some(name.to_owned());
    payment
}

/// A gift that is paid, so that both are seen to have the same times, and what else there is.
fn shop(gifts: &[Gift], payments: &[GiftPayment]) -> Shop {
    let mut shop = Shop::of(Vendor::Polyv);
    shop.write(&[gift("paid", 100, 0)]);
    shop.write(&[payment("paid", "paid", 100, 0)]);
    shop.write(gifts);
    shop.write(payments);
    shop.read(Operation::GiftPayments, SCOPE);
    shop
}

fn not_run(reconciliation: &Reconciliation, code: CheckCode) -> &'static str {
    match state(reconciliation, code) {
        CheckState::NotRun { why } => why.en,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_gift_of_money_has_one_payment() {
    let gifts = [gift("a", 100, 1), gift("b", 100, 1)];
    let payments = [payment("1", "a", 100, 1), payment("2", "b", 100, 1)];
    let reconciliation = shop(&gifts, &payments).reconcile();
    assert_eq!(found(&reconciliation), []);
    for code in [CheckCode::E1, CheckCode::E2] {
        assert_eq!(state(&reconciliation, code), CheckState::Passed { examined: 3 });
    }
    let reconciliation = shop(&gifts, &payments[1..]).reconcile();
    assert_eq!(of_packet(&reconciliation), [(CheckCode::E1, Some(100))]);
    let [finding] = reconciliation.findings.as_slice() else { panic!("{reconciliation:?}") };
    assert_eq!(finding.room, Some(channel()));
    assert!(finding.subject.id.starts_with("facts|room-1||a|"), "{finding:?}");
}

#[test]
fn a_payment_of_another_amount_is_found() {
    let (gifts, payments) = ([gift("a", 100, 1)], [payment("1", "a", 150, 1)]);
    let mut shop = shop(&gifts, &payments);
    assert_eq!(shop.found(), [(CheckCode::E2, "1".to_owned(), Some(-50))]);
    let tolerant = ReconcileOptions { tolerance_fen: 50, ..ReconcileOptions::default() };
    assert_eq!(found(&shop.reconcile_with(&tolerant)), []);
}

#[test]
fn names_may_change_but_not_with_the_amount() {
    assert_eq!(shop(&[gift("a", 100, 1)], &[payment("1", "renamed", 100, 1)]).found(), []);
    let reconciliation = shop(&[gift("a", 100, 1)], &[payment("1", "b", 150, 1)]).reconcile();
    assert_eq!(of_packet(&reconciliation), [(CheckCode::E1, Some(100))]);
    let mut unnamed = payment("1", "", 150, 1);
    unnamed.payer_name = None;
    let reconciliation = shop(&[gift("a", 100, 1)], &[unnamed]).reconcile();
    assert_eq!(of_packet(&reconciliation), [(CheckCode::E2, Some(-50))]);
}

#[test]
fn what_may_be_paid_in_several_ways_is_noted() {
    for (gifts, payments) in [
        (vec![gift("a", 100, 1), gift("a", 200, 1)], vec![payment("1", "a", 150, 1)]),
        (vec![gift("a", 100, 1)], vec![payment("1", "a", 150, 1), payment("2", "a", 160, 1)]),
    ] {
        let reconciliation = shop(&gifts, &payments).reconcile();
        assert_eq!(found(&reconciliation), []);
        let check = reconciliation.checks.iter().find(|check| check.code == CheckCode::E2).unwrap();
        assert_eq!(check.state, CheckState::Passed { examined: 1 });
        let note = format!("{} gifts may have one payment", gifts.len());
        assert!(check.notes[0].en.starts_with(&note), "{check:?}");
    }
}

#[test]
fn gifts_without_unit_and_their_payments_are_left_out() {
    let mut unstated = gift("a", 0, 1);
    unstated.charged = Some(Amount::Unstated("6.66".into()));
    let mut of_catalogue = payment("1", "a", 100, 1);
    of_catalogue.kind = Some(GiftPaymentKind::Gift);
    let mut shop = shop(&[unstated, gift("a", 100, 1)], &[of_catalogue]);
    assert_eq!(of_packet(&shop.reconcile()), [(CheckCode::E1, Some(100))]);
}

#[test]
fn only_what_was_read_completely_is_judged() {
    let gifts = [gift("a", 100, 1)];
    let mut never = Shop::of(Vendor::Polyv);
    never.write(&gifts);
    assert!(not_run(&never.reconcile(), CheckCode::E1).contains("live_account"));

    let mut failed = shop(&gifts, &[]);
    assert_eq!(of_packet(&failed.reconcile()), [(CheckCode::E1, Some(100))]);
    failed.save(Operation::GiftPayments, SCOPE, |listing| {
        listing.error = Some("as ordered".to_owned());
    });
    let reconciliation = failed.reconcile();
    assert!(not_run(&reconciliation, CheckCode::E2).contains("completely"));
    // Nobody can say that what was found is in order.
    assert_eq!(of_packet(&reconciliation), [(CheckCode::E1, Some(100))]);

    let mut later = shop(&[gift("a", 100, 10 * DAY)], &[]);
    let reconciliation = later.reconcile();
    assert_eq!(found(&reconciliation), []);
    assert_eq!(state(&reconciliation, CheckCode::E1), CheckState::Passed { examined: 1 });
}

#[test]
fn nothing_is_compared_where_times_never_meet() {
    let mut apart = Shop::of(Vendor::Polyv);
    apart.write(&[gift("a", 100, 1)]);
    apart.write(&[payment("1", "a", 100, 2)]);
    apart.read(Operation::GiftPayments, SCOPE);
    assert!(not_run(&apart.reconcile(), CheckCode::E1).contains("the time of a gift"));
}

#[test]
fn a_gift_that_vanished_needs_no_payment() {
    let mut shop = shop(&[gift("a", 100, 1)], &[]);
    let scope = SeenScope { room: Some(channel()), ..SeenScope::default() };
    let mut writing = shop.ledger.begin().unwrap();
    writing.mark_seen(&shop.stamp, &[gift("paid", 100, 0)]).unwrap();
    assert_eq!(writing.note_vanished::<Gift>(&shop.stamp, &scope).unwrap(), 1);
    writing.commit().unwrap();
    assert_eq!(of_packet(&shop.reconcile()), [(CheckCode::D2, Some(100))]);
}
