//! Lotteries and tasks, and the prizes that were won in them.

use live_rewards_core::{ErrorKind, Operation, Prize, PrizeActivity, PrizeKind, Timestamp};

use super::{
    desk::{Desk, day, room, user},
    shop::Shop,
};
use crate::sync::SyncError;

const LOTTERIES: &str = "channel:r/lottery";

fn activity(id: &str, kind: PrizeKind, at: Timestamp) -> PrizeActivity {
    let mut activity = PrizeActivity::new(id.into(), kind, room("r"));
    activity.at = Some(at);
    activity
}

/// A shop with one activity, in which one prize was won.
fn shop(activity: PrizeActivity) -> Shop {
    let shop = Shop::prizes();
    let mut state = shop.state();
    state.prizes.push(Prize::new(activity.id.clone(), activity.kind, user("x")));
    state.activities.push(activity);
    drop(state);
    shop
}

#[test]
fn a_vendor_that_takes_a_year_at_most_is_asked_in_parts() {
    let lottery = activity("l", PrizeKind::Lottery, day(9));
    let (shop, mut desk) = (shop(lottery), Desk::with_rooms(&["r"]));
    shop.fail("lottery 2026", ErrorKind::Timeout, 1);
    let error = desk.try_sync(&shop, day(10)).unwrap_err();
    assert!(matches!(error, SyncError::Vendor { .. }), "{error:?}");
    let first = "prize_activities lottery 2025-01-10 23:59:59..2026-01-10 23:59:59 p1";
    let second = "prize_activities lottery 2026-01-10 23:59:57..2026-01-13 00:00:01 p1";
    assert_eq!(shop.calls_of("lottery"), [first, second]);
    let listing = desk.listing(Operation::PrizeActivities, LOTTERIES).unwrap();
    assert_eq!(listing.cursor.as_deref(), Some("1768089598000@"));

    desk.sync(&shop, day(11));
    let third = "prize_activities lottery 2026-01-06 23:59:59..2026-01-14 00:00:01 p1";
    assert_eq!(shop.calls_of("lottery"), [second, third]);
    assert_eq!(desk.complete(Operation::PrizeActivities, LOTTERIES), Some(day(11)));
    assert_eq!(desk.column("activity_id", "prizes"), ["l"]);
}

#[test]
fn a_full_sync_goes_back_as_far_as_it_is_told() {
    let lottery = activity("l", PrizeKind::Lottery, day(-700));
    let (shop, mut desk) = (shop(lottery), Desk::with_rooms(&["r"]));
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("activity_id", "prize_activities"), [""; 0]);
    shop.calls();
    desk.options.full = true;
    desk.options.since = Some(day(-800));
    desk.sync(&shop, day(10));
    let calls = shop.calls_of("prize_activities lottery");
    assert_eq!(calls.len(), 3);
    assert!(calls[0].contains(" 2023-10-23 23:59:59.."), "{calls:?}");
    assert_eq!(desk.column("activity_id", "prizes"), ["l"]);
    desk.options.since = None;
    desk.sync(&shop, day(10));
    let first = &shop.calls_of("prize_activities lottery")[0];
    assert!(first.contains(" 1999-12-31 23:59:59.."), "{first}");
}

#[test]
fn an_activity_is_not_missed_where_times_may_keep_it_out() {
    let (shop, mut desk) =
        (shop(activity("l", PrizeKind::Lottery, day(9))), Desk::with_rooms(&["r"]));
    shop.state().activities.push(activity("t", PrizeKind::Task, day(9)));
    desk.sync(&shop, day(10));
    shop.state().activities.remove(0);
    shop.state().activities[0].at = Some(day(5));
    for since in [Some(day(8)), None] {
        desk.options.since = since;
        desk.sync(&shop, day(11));
        assert_eq!(desk.vanished(), []);
    }
}

#[test]
fn prizes_that_can_not_be_read_are_asked_for_again() {
    let lottery = activity("l", PrizeKind::Lottery, day(1));
    let (shop, mut desk) = (shop(lottery), Desk::with_rooms(&["r"]));
    shop.fail("prizes l", ErrorKind::Vendor, 1);
    let outcome = desk.try_sync(&shop, day(10)).unwrap();
    assert_eq!(outcome.listings_failed[0].0.scope, "lottery/l");
    assert_eq!(desk.complete(Operation::PrizeActivities, LOTTERIES), None);
    assert_eq!(desk.column("activity_id", "prize_activities"), ["l"]);
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("activity_id", "prizes"), ["l"]);
    assert_eq!(desk.complete(Operation::PrizeActivities, LOTTERIES), Some(day(10)));
}

#[test]
fn the_prizes_of_a_task_are_read_until_it_has_been_over_for_some_time() {
    let mut task = activity("t", PrizeKind::Task, day(1));
    task.ends_at = Some(day(5));
    let (shop, mut desk) = (shop(task), Desk::new());
    desk.note("r", Some(day(5)));
    let mut calls = |now| {
        desk.sync(&shop, day(now));
        let calls = shop.calls();
        calls.into_iter().filter(|call| !call.contains("lottery")).collect::<Vec<_>>()
    };
    let both = ["prize_activities task p1", "prizes t p1"];
    assert_eq!(calls(30), both);
    assert_eq!(calls(36), both);
    assert_eq!(calls(37), ["prize_activities task p1"; 0]);
}

#[test]
fn an_activity_that_is_gone_is_noticed_and_those_of_other_kinds_are_not_missed() {
    let (shop, mut desk) =
        (shop(activity("l", PrizeKind::Lottery, day(9))), Desk::with_rooms(&["r"]));
    let tasks = ["t", "u"].map(|id| activity(id, PrizeKind::Task, day(9)));
    shop.state().activities.extend(tasks);
    desk.sync(&shop, day(10));
    desk.sync(&shop, day(10));
    assert_eq!(desk.vanished(), []);
    shop.state().activities.pop();
    assert_eq!(desk.try_sync(&shop, day(11)).unwrap().vanished, 1);
    assert_eq!(desk.vanished(), [("[\"task\",\"u\"]".to_owned(), false)]);
}
