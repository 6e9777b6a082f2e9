//! Points accounts and the points log.

use live_rewards_core::{Points, PointsAccount, PointsEntry, PointsEntryKind};

use super::{
    desk::{Desk, day, user},
    shop::Shop,
};

#[test]
fn the_log_is_read_by_months_and_balances_always() {
    let (shop, mut desk) = (Shop::points(), Desk::new());
    shop.state().accounts.push(PointsAccount::new(user("x"), Points::new(7)));
    let entry = |by, at| PointsEntry::new(user(by), PointsEntryKind::Earned, Points::new(1), at);
    shop.state().entries = vec![entry("y", day(2)), entry("x", day(-40))];
    let mut calls = |now| {
        desk.sync(&shop, day(now));
        shop.calls()
    };
    assert_eq!(calls(10), ["points_accounts p1", "points_entries 2025-01..2026-01 p1"]);
    assert_eq!(calls(11), ["points_accounts p1", "points_entries 2026-01..2026-01 p1"]);
    assert_eq!(calls(33), ["points_accounts p1", "points_entries 2026-01..2026-02 p1"]);
    assert_eq!(calls(40), ["points_accounts p1", "points_entries 2026-01..2026-02 p1"]);
    assert_eq!(calls(41), ["points_accounts p1", "points_entries 2026-02..2026-02 p1"]);
    assert_eq!(desk.column("user_id", "points_entries"), ["x", "y"]);
}

#[test]
fn given_times_cut_the_log_and_not_the_balances() {
    let (shop, mut desk) = (Shop::points(), Desk::new());
    shop.state().accounts.push(PointsAccount::new(user("x"), Points::new(7)));
    let entry = |by, at| PointsEntry::new(user(by), PointsEntryKind::Spent, Points::new(1), at);
    shop.state().entries = vec![entry("z", day(5)), entry("y", day(3)), entry("x", day(2))];
    desk.options.since = Some(day(3));
    desk.options.until = Some(day(5));
    desk.sync(&shop, day(40));
    let calls = shop.calls();
    let log = "points_entries 2026-01..2026-01";
    assert_eq!(calls, ["points_accounts p1".to_owned(), format!("{log} p1"), format!("{log} p2")]);
    assert_eq!(desk.column("user_id", "points_entries"), ["y"]);
    assert_eq!(desk.column("user_id", "points_accounts"), ["x"]);
}
