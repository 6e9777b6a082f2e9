//! What to ask for all that an account has, also where the vendor wants times or finds something in parts only.

use std::time::Duration;

use futures_util::TryStreamExt;
use live_rewards::{
    GiftPaymentQuery, GiftQuery, ListingCapability, LiveRewardsExt, Month, PointsEntryQuery,
    PrizeActivity, PrizeActivityQuery, PrizeCapability, PrizeKind, PrizeQuery, RoomRef, Timestamp,
    UserQuery,
};

use crate::vendors::Account;

/// The gifts of a room.
pub(crate) fn gifts(account: &Account, room: &RoomRef) -> GiftQuery {
    let query = GiftQuery::in_room(room.clone());
    match &parts(account, account.rewards.capabilities().gifts.unwrap())[..] {
        [] => query,
        [[since, until]] => query.since(*since).until(*until),
        parts => panic!("{parts:?}"),
    }
}

/// The payments for gifts in a room.
pub(crate) fn gift_payments(account: &Account, room: &RoomRef) -> GiftPaymentQuery {
    let query = GiftPaymentQuery::in_room(room.clone());
    match &parts(account, account.rewards.capabilities().gift_payments.unwrap())[..] {
        [] => query,
        [[since, until]] => query.since(*since).until(*until),
        parts => panic!("{parts:?}"),
    }
}

/// What prizes of a kind were won in, in a room, from the earliest on.
pub(crate) fn prize_activities(
    account: &Account,
    room: &RoomRef,
    capability: &PrizeCapability,
) -> Vec<PrizeActivityQuery> {
    let query = PrizeActivityQuery::new(room.clone(), capability.kind);
    let parts = parts(account, capability.listing);
    if parts.is_empty() {
        return vec![query];
    }
    parts.into_iter().map(|[since, until]| query.clone().since(since).until(until)).collect()
}

/// The prizes of a kind, an activity each.
pub(crate) async fn prizes(account: &Account, kind: PrizeKind) -> Vec<PrizeQuery> {
    let listed = account.rewards.capabilities().prize_activities;
    let Some(listed) = listed.iter().find(|listed| listed.kind == kind) else {
        // Only lucky bags are listed nowhere.
        assert_eq!(kind, PrizeKind::LuckyBag);
        let ids = account.emulator.ready().polyv.lucky_bag_ids.iter();
        return ids.map(|id| PrizeQuery::new(kind, id.as_str())).collect();
    };
    let mut prizes = Vec::new();
    for room in &account.rooms {
        for query in prize_activities(account, room, listed) {
            let activities = account.rewards.prize_activities(query);
            let activities: Vec<PrizeActivity> = activities.try_collect().await.unwrap();
            prizes.extend(activities.iter().map(PrizeQuery::of));
        }
    }
    prizes
}

/// The whole points log.
pub(crate) fn points_entries(account: &Account) -> PointsEntryQuery {
    let [first, last] = account.times().map(Month::of);
    PointsEntryQuery::new(first, last)
}

/// All users, or those of each room.
pub(crate) fn users(account: &Account) -> Vec<UserQuery> {
    match account.rewards.capabilities().users {
        None => Vec::new(),
        Some(users) if users.all => vec![UserQuery::all()],
        Some(_) => account.rooms.iter().cloned().map(UserQuery::in_room).collect(),
    }
}

/// The times of all rows, from the earliest on, in parts that are as long as the vendor takes; none where it needs none.
fn parts(account: &Account, listing: ListingCapability) -> Vec<[Timestamp; 2]> {
    const DAY: Duration = Duration::from_secs(86_400);
    let [first, mut until] = account.times();
    let mut parts = Vec::new();
    while listing.needs_time && until >= first {
        let since = match listing.longest_days {
            Some(days) => until.checked_sub(u32::from(days) * DAY).unwrap().max(first),
            None => first,
        };
        parts.push([since, until]);
        until = since.checked_sub(Duration::from_millis(1)).unwrap();
    }
    parts.reverse();
    parts
}
