//! Xiaoe-tech's rules and data.

mod analysis;
mod auth;
mod deductions;
mod envelope;
mod flow;
mod ids;
mod lives;
mod log;
mod lotteries;
mod order;
mod paging;
mod points;
mod record;
mod red_packets;
mod token;
mod truth;
mod user_base;
pub(super) mod user_filter;
mod users;

use hyper::Method;

use crate::aside::Waiting;
use crate::catalog::{Fault, Route, Violation};
use crate::generated::xiaoe::{self as tables, Endpoint};
use crate::journal::LimitHit;
use crate::parameters::Parameters;
use crate::reply::Refusal;
use crate::request::Request;
use crate::seed::Draws;
use crate::truth::VendorTruth;
use crate::vendor::{Call, Stray, Vendor, World};
use crate::world::defects;
use crate::world::lotteries::Lotteries;
use crate::world::plan::Plan;
use crate::world::points::PointsAccounts;
use crate::world::points_log::PointsLog;
use crate::world::red_packets::{Customs, RedPackets};
use crate::world::sessions::Sessions;

use self::deductions::Deductions;
use self::envelope::{INVALID_PARAMETER, over_limit, refuse, refuse_busy, refuse_with};
use self::token::Tokens;

/// The emulated Xiaoe-tech.
#[derive(Debug)]
pub(crate) struct Xiaoe {
    draws: Draws,
    start: i64,
    red_packets: RedPackets,
    lotteries: Lotteries,
    accounts: PointsAccounts,
    log: PointsLog,
    /// Number of people who are users whatever the time is.
    people: i64,
    deductions: Deductions,
    tokens: Tokens,
}

impl Xiaoe {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64) -> Self {
        let customs = Customs { fee_permille: 6, odd_states: plan.quirks, double_claims: false };
        let accounts = PointsAccounts::new(draws, plan, start, defects::XIAOE_ACCOUNTS);
        let entries = plan.planted(defects::XIAOE_ENTRIES);
        let red_packets = RedPackets::new(draws, plan, start, customs, defects::XIAOE);
        let sessions = Sessions::new(red_packets.timeline);
        Self {
            draws,
            start,
            red_packets,
            lotteries: Lotteries::new(draws, sessions, plan.audience),
            accounts,
            log: PointsLog::new(accounts, draws, start, entries),
            // The audience is numbered from 1.
            people: plan.accounts.max(plan.audience + 1),
            deductions: Deductions::default(),
            tokens: Tokens::default(),
        }
    }

    /// Ids of the lives.
    pub(crate) fn resource_ids(&self) -> Vec<String> {
        let rooms = self.red_packets.timeline.rooms();
        rooms.map(|room| self.resource_id(room).to_string()).collect()
    }

    /// Number of the live that a call is about; `None` if there is no such live.
    fn room(&self, parameters: &Parameters) -> Option<i64> {
        let resource_id = parameters.text("resource_id")?;
        if parameters.integer("resource_type") != Some(ids::LIVE) {
            return None;
        }
        self.resource_room(resource_id)
    }
}

impl Vendor for Xiaoe {
    type Endpoint = Endpoint;

    const NAME: &'static str = "xiaoe";
    const CONTENT_TYPE: &'static str = "application/json";
    const SUCCESS: Option<&'static str> = Some("0");
    const ROUTES: &'static [(&'static Route, Endpoint)] = tables::ROUTES;

    fn parameters(endpoint: Endpoint, _route: &Route, request: &Request) -> Option<Parameters> {
        let body = Parameters::from_json(&request.body);
        if endpoint != Endpoint::Token {
            return body;
        }
        // The page shows a JSON body, half of the vendor's own clients send a query.
        let query = Parameters::from_pairs(&request.query);
        match body {
            Some(body) => Some(query.and(body)),
            // Beside a query a body may be anything.
            None => (!request.query.is_empty()).then_some(query),
        }
    }

    fn world(endpoint: Endpoint) -> Option<World<Self>> {
        let world: World<Self> = match endpoint {
            Endpoint::Token => auth::issue,
            Endpoint::RedPacketList => |xiaoe, call| Ok(red_packets::list(xiaoe, call)),
            Endpoint::RedPacketRecord => record::list,
            Endpoint::RedPacketAnalysis => |xiaoe, call| Ok(analysis::sum(xiaoe, call)),
            Endpoint::AccountInfoBatch => points::list,
            Endpoint::AccountFlowList => flow::list,
            Endpoint::AccountDeductionBatch => deductions::deduct,
            Endpoint::LiveListByIds => |xiaoe, call| Ok(lives::list(xiaoe, call)),
            Endpoint::LiveDetailV1 => lives::detail,
            Endpoint::LiveDetailV2 => lives::parts,
            Endpoint::LotteryDetail => lotteries::detail,
            Endpoint::LotteryHistory => |xiaoe, call| Ok(lotteries::list(xiaoe, call)),
            Endpoint::UsersByIds => |xiaoe, call| Ok(users::by_ids(xiaoe, call)),
            Endpoint::UserList => users::list,
            #[allow(unreachable_patterns, reason = "a call that is new answers its example")]
            _ => return None,
        };
        Some(world)
    }

    fn authenticate(&self, call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
        if call.endpoint == Endpoint::Token {
            return auth::check_caller(call);
        }
        auth::check_token(&self.tokens, call)?;
        if call.settings.xiaoe_denied.contains(&call.route.id) {
            return Err(refuse(2017, "the application has not the permission set of this call"));
        }
        Ok(())
    }

    fn judge(&self, violation: Violation) -> Result<(), Refusal> {
        let name = violation.parameter;
        let code = match (name, violation.fault) {
            // It may have come under its other name: the call decides.
            ("red_packet_id", _) => return Ok(()),
            ("secret_key", Fault::Missing) => 2003,
            ("grant_type", Fault::Missing) => 2005,
            _ => INVALID_PARAMETER,
        };
        let text = format!("{name} {}", violation.fault.described());
        Err(refuse(code, &text).parameter(name))
    }

    fn stray(&self, stray: Stray, request: &Request) -> Refusal {
        let path = &request.path;
        match stray {
            Stray::UnknownPath => refuse(2052, &format!("the emulator has no {path}")),
            Stray::WrongMethod => {
                let mut refusal = refuse(2055, &format!("wrong method for {path}"));
                // A tunnel is open once it is answered with 200.
                if request.method == Method::CONNECT {
                    refusal.reply.status = 405;
                }
                refusal
            }
            Stray::UnreadableBody => refuse(INVALID_PARAMETER, "the body is not a JSON object"),
        }
    }

    fn over_limit(&self, route: Option<&Route>, hit: LimitHit) -> Refusal {
        // Fetching tokens has a quota; of the other calls there are too many at a time.
        let is_token = route.is_some_and(|route| route.id == tables::TOKEN.id);
        over_limit(if is_token { 2053 } else { 2054 }, hit)
    }

    fn fail(&self, _path: &str, code: &str) -> Refusal {
        refuse_with(code.parse().unwrap_or_default(), "a fault")
    }

    fn busy(&self, _path: &str) -> Refusal {
        refuse_busy()
    }

    fn revoke(&self, parameters: &Parameters) -> bool {
        parameters.text("access_token").is_some_and(|token| self.tokens.revoke(token))
    }

    fn reset(&self) {
        self.deductions.clear();
        self.tokens.clear();
    }

    fn truth(&self, now: i64, waiting: &Waiting) -> Option<VendorTruth> {
        self.totals(now, waiting)
    }
}
