use live_rewards_core::{
    Amount, Gift, GiftItem, Points, PointsAccount, PointsEntry,
    PointsEntryKind::{self, Earned, Frozen, Spent},
};

use super::*;

fn user(id: &str) -> UserRef {
    UserRef::new(id, UserIdKind::VendorUser)
}

fn points(points: i64) -> Option<Amount> {
    Some(Amount::Points(Points::new(points)))
}

fn gift(record: &str, item: &str, price: i64, quantity: u64, charged: i64) -> Gift {
    let item = GiftItem::new(Some(item.into()), Some("火箭".to_owned()));
    let mut gift = Gift::new(user("giver"), item, at(1));
    gift.record_id = Some(record.into());
    gift.session = Some("session".into());
    gift.quantity = Some(quantity);
    gift.unit_price = points(price);
    gift.list_value = points(price * i64::try_from(quantity).unwrap());
    gift.charged = points(charged);
    gift
}

#[test]
fn a_gift_costs_its_price() {
    let mut shop = Shop::of(Vendor::Yxt);
    shop.write(&[gift("1", "a", 500, 1, 500), gift("2", "a", 500, 2, 0)]);
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), []);
    assert_eq!(state(&reconciliation, CheckCode::C1), CheckState::Passed { examined: 1 });
    let check = reconciliation.checks.iter().find(|check| check.code == CheckCode::C1).unwrap();
    assert_eq!(check.notes[0].en, "1 gifts tell no charge");

    let mut in_line = gift("3", "a", 500, 2, 900);
    in_line.line_points = Some(Points::new(100));
    shop.write(&[in_line]);
    assert_eq!(shop.found(), []);
    shop.write(&[gift("4", "a", 500, 1, 507)]);
    assert_eq!(shop.found(), [(CheckCode::C1, "4".to_owned(), Some(-7))]);
}

#[test]
fn a_kind_of_gift_has_one_price() {
    let mut shop = Shop::of(Vendor::Yxt);
    let mut later = gift("2", "a", 68, 1, 68);
    later.at = at(DAY);
    shop.write(&[gift("1", "a", 66, 1, 66), gift("3", "b", 68, 1, 68)]);
    let reconciliation = shop.reconcile();
    assert_eq!(state(&reconciliation, CheckCode::C3), CheckState::Passed { examined: 2 });
    shop.write(&[later]);
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), [(CheckCode::C3, "a".to_owned(), None)]);
    assert_eq!(reconciliation.findings[0].text.en, "the price changed: 66 points → 68 points");
}

#[test]
fn a_total_is_the_sum_unless_it_is_0() {
    let account = |id: &str, total: i64| {
        let mut account = PointsAccount::new(user(id), Points::new(10));
        account.frozen = Some(Points::new(20));
        account.reported_total = Some(Points::new(total));
        account
    };
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.write(&[account("sum", 30), account("zero", 0)]);
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), []);
    assert_eq!(state(&reconciliation, CheckCode::C2), CheckState::Passed { examined: 1 });
    shop.write(&[account("other", 35)]);
    assert_eq!(shop.found(), [(CheckCode::C2, "other".to_owned(), Some(5))]);
}

/// What is found in a log of kinds, points, balances and seconds.
fn in_log(log: &[(PointsEntryKind, i64, i64, i64)]) -> Vec<(String, Option<i64>)> {
    let mut shop = Shop::of(Vendor::Xiaoe);
    let entries: Vec<PointsEntry> = (1..)
        .zip(log)
        .map(|(number, (kind, change, balance, second))| {
            let change = Points::new(*change);
            let mut entry = PointsEntry::new(user("u"), kind.clone(), change, at(*second));
            // In another order than that of time.
            entry.id = Some(format!("f{}", 100 - number).into());
            entry.balance_after = Some(Points::new(*balance));
            entry
        })
        .collect();
    shop.write(&entries);
    shop.read(Operation::PointsEntries, "");
    let reconciliation = shop.reconcile();
    assert!(reconciliation.findings.iter().all(|finding| finding.code == CheckCode::C4));
    found(&reconciliation).into_iter().map(|(_, id, points)| (id, points)).collect()
}

#[test]
fn balances_go_on_from_each_other() {
    // The log may begin anywhere.
    let sound = [(Earned, 10, 50, 1), (Spent, 30, 20, 2), (Frozen, 5, 20, 3), (Earned, 1, 21, 4)];
    assert_eq!(in_log(&sound), []);
    // Signed, as other callers write it.
    assert_eq!(in_log(&[(Earned, 10, 50, 1), (Spent, -30, 20, 2)]), []);
    let jump = [(Earned, 10, 50, 1), (Spent, 30, 29, 2)];
    assert_eq!(in_log(&jump), [("f98".to_owned(), Some(9))]);
    // Whether the entries after it go on from the wrong balance or the right one, there is one finding.
    for next in [24, 15] {
        let jump = [(Earned, 10, 50, 1), (Spent, 30, 29, 2), (Spent, 5, next, 3)];
        assert_eq!(in_log(&jump), [("f98".to_owned(), Some(9))], "{next}");
    }
}

#[test]
fn frozen_points_may_leave_the_balance() {
    assert_eq!(in_log(&[(Earned, 50, 50, 1), (Frozen, 20, 30, 2), (Spent, 20, 30, 3)]), []);
    assert_eq!(in_log(&[(Earned, 50, 50, 1), (Spent, 20, 50, 3)]).len(), 1);
}

#[test]
fn entries_of_a_second_are_in_any_order() {
    let log = [(Earned, 50, 50, 1), (Spent, 10, 45, 2), (Earned, 5, 55, 2), (Spent, 45, 0, 3)];
    assert_eq!(in_log(&log), []);
    let log = [(Earned, 50, 50, 1), (Spent, 10, 44, 2), (Earned, 5, 55, 2)];
    assert_eq!(in_log(&log).len(), 1);
}

#[test]
fn a_log_that_is_not_all_there_is_left_out() {
    let mut shop = Shop::of(Vendor::Xiaoe);
    let entry = |second, balance: i64| {
        let mut entry = PointsEntry::new(user("u"), Earned, Points::new(1), at(second));
        entry.balance_after = Some(Points::new(balance));
        entry
    };
    shop.write(&[entry(1, 1), entry(2, 9)]);
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), []);
    assert!(matches!(state(&reconciliation, CheckCode::C4), CheckState::NotRun { .. }));
}
