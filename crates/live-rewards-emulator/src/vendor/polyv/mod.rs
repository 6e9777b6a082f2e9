//! Polyv's rules and data.

mod auth;
mod changes;
mod channels;
mod check_ins;
mod donations;
mod envelope;
mod ids;
mod income;
mod likes;
mod lotteries;
mod lucky_bags;
mod nonces;
mod paging;
mod red_packets;
mod sessions;
mod task_rewards;
mod tasks;
mod times;
mod truth;
mod viewers;
mod winners;

use std::sync::atomic::{AtomicI64, Ordering};

use crate::aside::Waiting;
use crate::callbacks::Donor;
use crate::catalog::{Route, Violation};
use crate::generated::polyv::{self as tables, Endpoint};
use crate::ids::{HEX, letters};
use crate::journal::LimitHit;
use crate::people;
use crate::reply::Refusal;
use crate::request::Request;
use crate::seed::{Draws, Purpose};
use crate::truth::VendorTruth;
use crate::vendor::{Call, Stray, Vendor, World};
use crate::world::check_ins::CheckIns;
use crate::world::defects;
use crate::world::donations::Donations;
use crate::world::lotteries::Lotteries;
use crate::world::lucky_bags::LuckyBags;
use crate::world::plan::Plan;
use crate::world::red_packets::{Customs, RedPackets};
use crate::world::sessions::Sessions;
use crate::world::tasks::Tasks;

use self::changes::Changes;
use self::envelope::Fault;
use self::nonces::Nonces;
use self::paging::Asked;

/// The emulated Polyv.
#[derive(Debug)]
pub(crate) struct Polyv {
    draws: Draws,
    start: i64,
    /// Number of viewers but for the regular.
    audience: i64,
    red_packets: RedPackets,
    /// Those of the red packets' timeline.
    sessions: Sessions,
    donations: Donations,
    lotteries: Lotteries,
    lucky_bags: LuckyBags,
    tasks: Tasks,
    check_ins: CheckIns,
    changes: Changes,
    nonces: Nonces,
    /// Requests so far, for their ids.
    requests: AtomicI64,
}

impl Polyv {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64) -> Self {
        let customs = Customs { fee_permille: 0, odd_states: false, double_claims: plan.quirks };
        let red_packets = RedPackets::new(draws, plan, start, customs, defects::POLYV);
        let sessions = Sessions::new(red_packets.timeline);
        Self {
            draws,
            start,
            audience: plan.audience,
            red_packets,
            sessions,
            donations: Donations::new(draws, plan, start, defects::POLYV_DONATIONS),
            lotteries: Lotteries::new(draws, sessions, plan.audience),
            lucky_bags: LuckyBags::new(draws, plan, sessions),
            tasks: Tasks::new(draws, plan, start),
            check_ins: CheckIns::new(draws, sessions, plan.audience),
            changes: Changes::default(),
            nonces: Nonces::default(),
            requests: AtomicI64::new(0),
        }
    }

    /// Ids of the channels.
    pub(crate) fn channel_ids(&self) -> Vec<String> {
        let rooms = self.red_packets.timeline.rooms();
        rooms.map(|room| self.channel_id(room).to_string()).collect()
    }

    /// Numbers of the task reward activities, one a channel.
    pub(crate) fn prize_activity_ids(&self) -> Vec<String> {
        self.tasks.rooms().map(|room| self.activity_id(room).to_string()).collect()
    }

    /// Numbers of the lucky bags, one a channel, which no call lists.
    pub(crate) fn lucky_bag_ids(&self) -> Vec<String> {
        self.sessions.rooms().map(|room| self.lucky_bag_id(room).to_string()).collect()
    }

    /// A viewer in a channel; `None` if there is no such channel or viewer.
    pub(crate) fn donor(&self, room: i64, viewer: i64, now: i64) -> Option<Donor> {
        if !self.sessions.rooms().contains(&room) || !self.viewers().contains(&viewer) {
            return None;
        }
        let session = self.sessions.latest(room, now);
        let session = session.map(|session| self.session_id(room, session.number).to_string());
        Some(Donor {
            channel_id: self.channel_id(room).to_string(),
            viewer_id: self.viewer_id(viewer).to_string(),
            viewer_name: people::nickname(viewer),
            session_id: session.unwrap_or_default(),
        })
    }

    /// Id of a request: unique, and no function of the clock, so that runs can be repeated.
    fn request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let draws = self.draws.of(Purpose::Request).at(number);
        format!(
            "{}.{}.{}{:04}",
            letters(draws, HEX, 32),
            1 + number % 128,
            self.start * 1000 + number,
            number % 10_000
        )
    }
}

impl Vendor for Polyv {
    type Endpoint = Endpoint;

    const NAME: &'static str = "polyv";
    const CONTENT_TYPE: &'static str = "application/json;charset=UTF-8";
    const SUCCESS: Option<&'static str> = Some("200");
    const BLOCK_MS: Option<i64> = Some(300_000);
    const ROUTES: &'static [(&'static Route, Endpoint)] = tables::ROUTES;

    fn world(endpoint: Endpoint) -> Option<World<Self>> {
        let world: World<Self> = match endpoint {
            Endpoint::RedPackStatistics => red_packets::statistics,
            Endpoint::ChannelList => channels::list,
            Endpoint::SessionList => sessions::list,
            Endpoint::AccountSessions => sessions::of_account,
            Endpoint::DonationRecords => donations::records,
            Endpoint::DonationSettings => donations::settings,
            Endpoint::IncomeDetail => income::detail,
            Endpoint::LikeTotals => likes::totals,
            Endpoint::LikeUpdate => likes::update,
            Endpoint::LotteryList => lotteries::list,
            Endpoint::LotteryListV3 => lotteries::list_before,
            Endpoint::LotteryWinners => winners::list,
            Endpoint::LotteryViewerWin => winners::of_viewer,
            Endpoint::PersonalWins => winners::personal,
            Endpoint::LuckyBagWinners => lucky_bags::winners,
            Endpoint::TaskRewardActivities => tasks::activities,
            Endpoint::TaskRewardStats => tasks::stats,
            Endpoint::TaskRewardStop => tasks::stop,
            Endpoint::TaskRewardDelete => tasks::delete,
            Endpoint::TaskRewardViewerDetails => task_rewards::in_activity,
            Endpoint::ViewerTaskRewards => task_rewards::of_viewer,
            Endpoint::CheckInList => check_ins::list,
            Endpoint::ViewerList => viewers::list,
            Endpoint::ViewerDetail => viewers::detail,
            _ => return None,
        };
        Some(world)
    }

    fn authenticate(&self, call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
        auth::check(&self.nonces, call).map_err(|fault| self.refuse(call.route.path, &fault))
    }

    fn remark(route: &Route, request: &Request) -> Option<&'static str> {
        auth::remark(&request.pairs(route.place))
    }

    fn judge(&self, violation: Violation) -> Result<(), Refusal> {
        let fault = Fault::Parameter(violation.parameter, violation.fault);
        Err(self.refuse(violation.path, &fault))
    }

    fn check_page(&self, call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
        Asked::of(self, call).map(drop)
    }

    fn stray(&self, stray: Stray, request: &Request) -> Refusal {
        self.refuse(&request.path, &Fault::Stray(stray, request.path.clone()))
    }

    fn over_limit(&self, _route: Option<&Route>, hit: LimitHit) -> Refusal {
        envelope::over_limit(hit)
    }

    fn fail(&self, path: &str, code: &str) -> Refusal {
        self.refuse_with(path, code)
    }

    fn busy(&self, path: &str) -> Refusal {
        self.refuse_busy(path)
    }

    fn reset(&self) {
        self.changes.clear();
        self.nonces.clear();
        self.requests.store(0, Ordering::Relaxed);
    }

    fn truth(&self, now: i64, waiting: &Waiting) -> Option<VendorTruth> {
        self.totals(now, waiting)
    }
}
