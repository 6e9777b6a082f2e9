use live_rewards_core::{
    Cursor, ListingCapability, Page, PrizeActivity, PrizeActivityQuery, PrizeCapability, PrizeKind,
    Result, RoomKind, RoomRef, Vendor,
};

use super::{room_of, unsupported};
use crate::{
    PolyvClient,
    lottery::{Lottery, LotteryList},
    task_reward::{TaskRewardActivities, TaskRewardActivity},
};

const LOTTERIES: ListingCapability = LotteryList::CAPABILITY;
const TASKS: ListingCapability = TaskRewardActivities::CAPABILITY;

pub(super) const PRIZE_ACTIVITIES: &[PrizeCapability] = &[
    PrizeCapability::new(PrizeKind::Lottery, LOTTERIES),
    PrizeCapability::new(PrizeKind::Task, TASKS),
];

/// The lotteries or the task reward activities of a channel.
pub(super) async fn page(
    client: &PolyvClient,
    query: &PrizeActivityQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<PrizeActivity>> {
    match query.kind {
        PrizeKind::Lottery => lotteries(client, query, cursor).await,
        PrizeKind::Task => tasks(client, query, cursor).await,
        kind => Err(unsupported(format!("no published call lists activities of kind {kind}"))),
    }
}

async fn lotteries(
    client: &PolyvClient,
    query: &PrizeActivityQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<PrizeActivity>> {
    LOTTERIES.accept(Vendor::Polyv, query)?;
    let mut request = LotteryList::new(query.room.id_of_kind(Vendor::Polyv, RoomKind::Channel)?);
    if let Some(session) = &query.session {
        request = request.session_id(session.as_str());
    }
    if let Some(since) = query.since {
        request = request.start_time(since);
    }
    if let Some(until) = query.until {
        request = request.end_time(until);
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        (rows.map(|row| lottery(&query.room, row)).collect(), page.contents.rejected)
    }))
}

async fn tasks(
    client: &PolyvClient,
    query: &PrizeActivityQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<PrizeActivity>> {
    TASKS.accept(Vendor::Polyv, query)?;
    let request =
        TaskRewardActivities::new(query.room.id_of_kind(Vendor::Polyv, RoomKind::Channel)?);
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        (rows.map(|row| task_activity(&query.room, row)).collect(), page.contents.rejected)
    }))
}

fn lottery(asked: &RoomRef, row: Lottery) -> PrizeActivity {
    let room = room_of(asked, row.channel_id);
    let mut activity = PrizeActivity::new(row.lottery_id.into(), PrizeKind::Lottery, room);
    activity.session = row.session_id.map(Into::into);
    activity.name = row.prize.filter(|prize| !prize.is_empty());
    // What this call names amount is a number of winners.
    activity.planned = row.amount;
    activity.winners = row.winner_count;
    activity.at = Some(row.created_time);
    activity
}

fn task_activity(asked: &RoomRef, row: TaskRewardActivity) -> PrizeActivity {
    let room = room_of(asked, row.channel_id);
    let mut activity = PrizeActivity::new(row.activity_id.into(), PrizeKind::Task, room);
    activity.name = row.activity_name.filter(|name| !name.is_empty());
    activity.at = row.start_time;
    activity.ends_at = row.end_time;
    activity
}
