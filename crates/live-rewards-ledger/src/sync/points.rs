use std::time::Duration;

use live_rewards_core::{
    ListingCapability, LiveRewardsExt, Month, PointsEntryQuery, PointsQuery, Timestamp,
};

use super::{
    listing::{Plain, read},
    outcome::Halt,
    plan::Wanted,
    window::Bounds,
    work::Work,
};

/// Reads the points accounts.
pub(super) async fn accounts(
    work: &mut Work<'_>,
    wanted: Wanted,
    capability: &ListingCapability,
) -> Result<(), Halt> {
    let mut query = PointsQuery::new().read_ahead(work.options.read_ahead);
    query.page_size = work.options.size_for(capability);
    let rewards = work.rewards;
    let pages = |_, from| rewards.points_account_pages(query.clone(), from);
    read(work, wanted, pages, &mut Plain).await.map(drop)
}

/// Reads the points log, whole months of it.
pub(super) async fn entries(
    work: &mut Work<'_>,
    wanted: Wanted,
    capability: &ListingCapability,
) -> Result<(), Halt> {
    let (rewards, now) = (work.rewards, work.stamp.now);
    let page_size = work.options.size_for(capability);
    let read_ahead = work.options.read_ahead;
    let pages = |asked: Bounds, from| {
        let (first, last) = months(asked, now);
        let mut query = PointsEntryQuery::new(first, last).read_ahead(read_ahead);
        query.page_size = page_size;
        rewards.points_entry_pages(query, from)
    };
    read(work, wanted, pages, &mut Plain).await.map(drop)
}

/// The months in which the instants of a range lie.
fn months(asked: Bounds, now: Timestamp) -> (Month, Month) {
    let end = asked.until.unwrap_or(now);
    let last = end.checked_sub(Duration::from_millis(1)).unwrap_or(end);
    let last = Month::of(last);
    (asked.since.map_or(last, Month::of).min(last), last)
}
