use live_rewards_core::{
    Amount, Cursor, Error, ErrorKind, Keyed, ListingCapability, Page, Prize, PrizeCapability,
    PrizeKind, PrizeQuery, PrizeState, Result, RoomKind, RoomRef, Timestamp, UserIdKind, UserRef,
    Vendor, assign_ordinals,
};

use super::{room_of, unsupported};
use crate::{
    PolyvClient,
    lottery::{LotteryWinner, LotteryWinners},
    lucky_bag::{IssueStatus, LuckyBagPrizeType, LuckyBagWinner, LuckyBagWinners},
    task_reward::{
        TaskReward, TaskRewardDetail, TaskRewardStatus, TaskRewardType, TaskRewardViewerDetails,
        TaskStatus,
    },
};

const LOTTERY: ListingCapability = LotteryWinners::CAPABILITY;
const LUCKY_BAG: ListingCapability = LuckyBagWinners::CAPABILITY;
const TASK: ListingCapability = TaskRewardViewerDetails::CAPABILITY;

pub(super) const PRIZES: &[PrizeCapability] = &[
    PrizeCapability::new(PrizeKind::Lottery, LOTTERY),
    PrizeCapability::new(PrizeKind::LuckyBag, LUCKY_BAG),
    PrizeCapability::new(PrizeKind::Task, TASK),
];

/// What viewers won in a lottery or from a lucky bag, or earned by tasks.
pub(super) async fn page(
    client: &PolyvClient,
    query: &PrizeQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Prize>> {
    match query.kind {
        PrizeKind::Lottery => lottery(client, query, cursor).await,
        PrizeKind::LuckyBag => lucky_bag(client, query, cursor).await,
        PrizeKind::Task => task(client, query, cursor).await,
        kind => Err(unsupported(format!("no published call lists prizes of kind {kind}"))),
    }
}

async fn lottery(
    client: &PolyvClient,
    query: &PrizeQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Prize>> {
    LOTTERY.accept(Vendor::Polyv, query)?;
    let request = LotteryWinners::new(channel(query)?, query.activity.as_str());
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        (rows.map(|row| lottery_prize(query, row)).collect(), page.contents.rejected)
    }))
}

async fn lucky_bag(
    client: &PolyvClient,
    query: &PrizeQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Prize>> {
    LUCKY_BAG.accept(Vendor::Polyv, query)?;
    let mut request = LuckyBagWinners::new(query.activity.as_str());
    if let Some(session) = &query.session {
        request = request.session_id(session.as_str());
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        (rows.map(|row| lucky_bag_prize(query, row)).collect(), page.contents.rejected)
    }))
}

async fn task(
    client: &PolyvClient,
    query: &PrizeQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Prize>> {
    TASK.accept(Vendor::Polyv, query)?;
    let request = TaskRewardViewerDetails::new(channel(query)?, query.activity.as_str());
    let fetched = client.pipeline.page(request, query, cursor).await?;
    let mut page = fetched.into_page(|page| {
        let (mut prizes, rejected) = page.contents.try_map(|row| task_prize(query, row));
        assign_ordinals(&mut prizes, Keyed::key, |prize| &mut prize.ordinal);
        (prizes, rejected)
    });
    page.total = None;
    Ok(page)
}

/// The channel, which these calls need besides the activity.
fn channel(query: &PrizeQuery) -> Result<&str> {
    let Some(room) = &query.room else {
        let what =
            format!("prizes of kind {} are read by room and activity; name the room", query.kind);
        return Err(Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Polyv));
    };
    room.id_of_kind(Vendor::Polyv, RoomKind::Channel)
}

/// A prize of what was asked for, unless its row names another activity.
fn prize(query: &PrizeQuery, activity: Option<String>, user: UserRef) -> Prize {
    let activity = activity.map_or_else(|| query.activity.clone(), Into::into);
    Prize::new(activity, query.kind, user)
}

fn room(query: &PrizeQuery, channel: Option<String>) -> Option<RoomRef> {
    query.room.as_ref().map(|asked| room_of(asked, channel))
}

fn lottery_prize(query: &PrizeQuery, row: LotteryWinner) -> Prize {
    let user = UserRef::new(row.viewer_id, UserIdKind::Viewer).with_nickname(row.viewer_name);
    let mut prize = prize(query, row.lottery_id, user);
    prize.record_id = Some(row.record_id.into());
    prize.room = room(query, row.channel_id);
    prize.session = row.session_id.map(Into::into);
    prize.name = row.prize.filter(|name| !name.is_empty());
    prize.code = row.winner_code.filter(|code| !code.is_empty());
    prize.at = row.created_time;
    prize
}

fn lucky_bag_prize(query: &PrizeQuery, row: LuckyBagWinner) -> Prize {
    let user = UserRef::new(row.viewer_id, UserIdKind::Viewer).with_nickname(row.viewer_nick_name);
    let mut prize = prize(query, None, user);
    prize.record_id = Some(row.id.into());
    // The call is neither told a room nor tells one; of sessions it is told.
    prize.session.clone_from(&query.session);
    if let Some(info) = row.prize_info {
        let kind = info.r#type.or(row.prize_type);
        let cash = info.amount.filter(|_| kind == Some(LuckyBagPrizeType::Cash));
        prize.value = cash.map(Amount::Money);
        prize.name = info.name.filter(|name| !name.is_empty());
    }
    prize.state = row.issue_status.map(|status| match status {
        IssueStatus::Pending => PrizeState::Pending,
        IssueStatus::Unknown(label) => PrizeState::Unknown(label),
    });
    // The form is not published; any other than the vendors' usual one is no time.
    prize.at = row.create_time.as_deref().and_then(Timestamp::parse_china);
    prize
}

/// A row of a task that the viewer has not reached, or that there is nothing for, is no prize. One that doesn't say whether it was reached
/// is: to leave it out might hide a reward, and its own state says how far that is. One whose amount is none in the unit of its type is
/// rejected with the reason and the amount.
fn task_prize(
    query: &PrizeQuery,
    row: TaskRewardDetail,
) -> Result<Option<Prize>, (String, String)> {
    let kind = row.task_reward.as_ref().and_then(|reward| reward.r#type.as_ref());
    if row.task_status == Some(TaskStatus::Open) || kind == Some(&TaskRewardType::Nothing) {
        return Ok(None);
    }
    let user = UserRef::new(row.viewer_id, UserIdKind::Viewer);
    let mut prize = prize(query, row.activity_id, user);
    prize.room = room(query, row.channel_id);
    prize.task = Some(row.task_id);
    prize.state = row.reward_status.map(state);
    prize.at = row.finish_time;
    if let Some(reward) = row.task_reward {
        prize.value = value(&reward)?;
        prize.name = reward.custom_reward.filter(|name| !name.is_empty());
    }
    Ok(Some(prize))
}

/// Cash is money; the customer's own points have no unit, and what is not known to be anything else may have one. A reward in words has a
/// name and no value.
fn value(reward: &TaskReward) -> Result<Option<Amount>, (String, String)> {
    if reward.r#type == Some(TaskRewardType::Custom) {
        return Ok(None);
    }
    let amount = || reward.amount.clone().unwrap_or_default();
    reward.amount_in_unit().map_err(|error| (format!("amount: {error}"), amount()))
}

fn state(label: TaskRewardStatus) -> PrizeState {
    match label {
        TaskRewardStatus::NotNeeded => PrizeState::NotNeeded,
        TaskRewardStatus::Pending => PrizeState::Pending,
        TaskRewardStatus::Issued => PrizeState::Issued,
        TaskRewardStatus::QuotaFull => PrizeState::QuotaFull,
        TaskRewardStatus::Failed => PrizeState::Failed,
        TaskRewardStatus::Issuing => PrizeState::Issuing,
        TaskRewardStatus::Unknown(label) => PrizeState::Unknown(label),
    }
}
