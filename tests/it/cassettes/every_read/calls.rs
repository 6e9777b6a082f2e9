//! The reads of a vendor. Whom a call asks for was answered to an earlier one, so that it is a pseudonym where that was one.

use std::{fmt::Debug, time::Duration};

use futures_util::{Stream, StreamExt, TryStreamExt};
use live_rewards::{
    Month, Result, Timestamp,
    polyv::{
        PolyvClient,
        channel::ChannelList,
        check_in::CheckInList,
        coupon::{CouponList, CouponReceivers},
        donation::{DonationRecords, DonationSettings},
        http::Paged,
        income::IncomeDetail,
        invite::InviteList,
        like::LikeTotals,
        lottery::{LotteryList, LotteryListV3, LotteryViewerWin, LotteryWinners, PersonalWins},
        lucky_bag::LuckyBagWinners,
        red_pack::RedPackStatistics,
        session::{AccountSessions, SessionList},
        task_reward::{
            TaskRewardActivities, TaskRewardStats, TaskRewardViewerDetails, ViewerTaskRewards,
        },
        viewer::{ViewerDetail, ViewerList},
    },
    xiaoe::{
        XiaoeClient,
        live::{LiveDetailV1, LiveDetailV2, LiveListByIds},
        lottery::{LotteryDetail, LotteryHistory},
        points::{AccountDeductionBatch, AccountFlowList, AccountInfoBatch},
        red_packet::{RedPacketAnalysis, RedPacketList, RedPacketRecord},
        user::{UserList, UsersByIds},
    },
    yxt::{
        YxtClient,
        attendee::Attendees,
        gift::GiftRecords,
        recording::Recordings,
        sign_in::{SignInDetails, SignInRounds},
    },
};

use crate::vendors::Account;

const DAY: Duration = Duration::from_secs(86_400);

/// What was answered, as text.
#[derive(Default)]
struct Shown(Vec<String>);

impl Shown {
    fn one<T: Debug>(&mut self, answer: Result<T>) {
        self.0.push(format!("{:?}", answer.unwrap()));
    }

    /// The first two pages of a listing.
    async fn pages<T: Debug>(&mut self, pages: impl Stream<Item = Result<Paged<T>>>) -> Vec<T> {
        let pages: Vec<T> = pages.take(2).map_ok(|page| page.output).try_collect().await.unwrap();
        self.0.extend(pages.iter().map(|page| format!("{page:?}")));
        pages
    }
}

fn before(time: Timestamp, days: u32) -> Timestamp {
    time.checked_sub(days * DAY).unwrap()
}

pub(super) async fn polyv(client: &PolyvClient, account: &Account) -> Vec<String> {
    let ready = &account.emulator.ready().polyv;
    let [first, last] = account.times();
    let mut shown = Shown::default();
    shown.pages(client.pages(ChannelList::new())).await;
    let viewers = shown.pages(client.pages(ViewerList::new())).await;
    let viewer = &viewers[0].contents[0];
    shown.one(client.send(ViewerDetail::new(&viewer.viewer_union_id)).await);
    let mobile = viewer.mobile.as_deref().unwrap();
    shown.pages(client.pages(ViewerList::new().mobile(mobile))).await;
    let coupons = shown.pages(client.pages(CouponList::new())).await;
    let receivers = CouponReceivers::new(&coupons[0].contents[0].coupon_id);
    shown.pages(client.pages(receivers.keyword(&viewer.viewer_union_id))).await;
    for bag in &ready.lucky_bag_ids {
        shown.pages(client.pages(LuckyBagWinners::new(bag))).await;
    }
    for channel in &ready.channel_ids {
        polyv_channel(client, channel, [first, last], &mut shown).await;
    }
    shown.0
}

async fn polyv_channel(
    client: &PolyvClient,
    channel: &str,
    [first, last]: [Timestamp; 2],
    shown: &mut Shown,
) {
    shown.pages(client.pages(RedPackStatistics::new(channel))).await;
    shown.pages(client.pages(DonationRecords::new(channel, first, last))).await;
    shown.one(client.send(DonationSettings::new(channel)).await);
    shown.one(client.send(LikeTotals::new(vec![channel.to_owned()])).await);

    let sessions = shown.pages(client.pages(SessionList::new(channel))).await;
    for session in sessions[0].contents.iter().take(3) {
        let check_ins = CheckInList::new(channel).session_id(&session.session_id);
        shown.pages(client.pages(check_ins)).await;
        let (start, end) = (session.start_time, session.start_time.checked_add(DAY).unwrap());
        let of_account = AccountSessions::new().start_time(start).end_time(end);
        shown.pages(client.pages(of_account)).await;
    }
    let session = sessions[0].contents.first();
    if let Some(live_account) = session.and_then(|session| session.user_id.as_ref()) {
        shown.pages(client.pages(IncomeDetail::new(live_account, first, last))).await;
    }

    shown.pages(client.pages(LotteryListV3::new(channel, first, last))).await;
    let lotteries = LotteryList::new(channel).start_time(before(last, 365)).end_time(last);
    let lotteries = shown.pages(client.pages(lotteries)).await;
    let mut lotteries = lotteries.iter().flat_map(|page| page.contents.iter());
    if let Some(lottery) = lotteries.find(|lottery| lottery.winner_count > Some(0)) {
        let id = &lottery.lottery_id;
        let winners = shown.pages(client.pages(LotteryWinners::new(channel, id))).await;
        let winner = &winners[0].contents[0].viewer_id;
        shown.one(client.send(LotteryViewerWin::new(channel, id, winner)).await);
        shown.pages(client.pages(PersonalWins::new(winner))).await;
        let invitations = InviteList::new(channel).sender_viewer_id(winner);
        shown.pages(client.pages(invitations)).await;
    }

    shown.pages(client.pages(TaskRewardStats::new(channel))).await;
    let activities = shown.pages(client.pages(TaskRewardActivities::new(channel))).await;
    for activity in &*activities[0].contents {
        let details = TaskRewardViewerDetails::new(channel, &activity.activity_id);
        let rewards = shown.pages(client.pages(details.clone())).await;
        if let Some(reward) = rewards[0].contents.first() {
            shown.pages(client.pages(details.viewer_id(&reward.viewer_id))).await;
            shown.pages(client.pages(ViewerTaskRewards::new(&reward.viewer_id))).await;
        }
    }
}

/// A live among the types of resources.
const LIVE: i64 = 4;

pub(super) async fn xiaoe(client: &XiaoeClient, account: &Account) -> Vec<String> {
    let lives = &account.emulator.ready().xiaoe.resource_ids;
    let [_, last] = account.times();
    let mut shown = Shown::default();
    for live in lives {
        let packets = shown.pages(client.pages(RedPacketList::new(live, LIVE))).await;
        for packet in packets[0].iter().take(3) {
            shown.pages(client.pages(RedPacketRecord::new(live, LIVE, &packet.id))).await;
        }
        shown.one(client.send(RedPacketAnalysis::new(live, LIVE)).await);
        shown.one(client.send(LiveDetailV1::new(live)).await);
        shown.one(client.send(LiveDetailV2::new(live)).await);
        let lotteries = shown.pages(client.pages(LotteryHistory::new(live))).await;
        for lottery in &*lotteries[0].list {
            shown.one(client.send(LotteryDetail::new(live, &lottery.prize_id)).await);
        }
    }
    shown.one(client.send(LiveListByIds::new(lives.clone())).await);

    let users = shown.pages(client.pages(UserList::new())).await;
    let rows = &users[0].list;
    let ids: Vec<String> = rows.iter().take(5).map(|user| user.user_id.clone()).collect();
    let nickname = rows[0].user_nickname.as_deref().unwrap();
    shown.pages(client.pages(UserList::new().nickname(nickname))).await;
    shown.pages(client.pages(UsersByIds::new(ids.clone()))).await;

    shown.pages(client.pages(AccountInfoBatch::new())).await;
    shown.pages(client.pages(AccountInfoBatch::new().user_ids(ids.clone()))).await;
    for days in [1, 40] {
        let flow = AccountFlowList::new().year_month(Month::of(before(last, days)));
        let entries = shown.pages(client.pages(flow.clone())).await;
        if let Some(entry) = entries[0].first() {
            shown.pages(client.pages(flow.user_id(&entry.user_id))).await;
            let deduction = AccountDeductionBatch::new(1, vec![entry.user_id.clone()]);
            let remark = entry.remark.clone().unwrap_or_default();
            // A write, as it names users. Who has no points is refused.
            let taken = client.send(deduction.remark(remark)).await;
            shown.0.push(format!("{:?}", taken.map_err(|error| error.kind())));
        }
    }
    shown.0
}

pub(super) async fn yxt(client: &YxtClient, account: &Account) -> Vec<String> {
    let mut shown = Shown::default();
    for room in &account.emulator.ready().yxt.room_ids {
        shown.pages(client.pages(Attendees::new().room_id(room))).await;
        shown.pages(client.pages(GiftRecords::new().room_id(room))).await;
        shown.pages(client.pages(Recordings::new().room_id(room))).await;
        let rounds = shown.pages(client.pages(SignInRounds::new().room_id(room))).await;
        for round in rounds[0].datas.iter().take(3) {
            let details = SignInDetails::new(&round.pid);
            let signed = shown.pages(client.pages(details.clone())).await;
            if let Some(name) = signed[0].datas.first().and_then(|one| one.user_name.as_ref()) {
                shown.pages(client.pages(details.key(name))).await;
            }
        }
    }
    shown.0
}
