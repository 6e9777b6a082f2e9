//! YXT's rules and data.

mod attendees;
mod auth;
mod errors;
mod gifts;
mod ids;
mod paging;
mod recordings;
mod scope;
mod sign_ins;
mod times;
mod truth;

use crate::aside::Waiting;
use crate::catalog::{Route, Violation};
use crate::generated::yxt::{self as tables, Endpoint};
use crate::journal::LimitHit;
use crate::reply::Refusal;
use crate::request::Request;
use crate::seed::Draws;
use crate::truth::VendorTruth;
use crate::vendor::{Call, Stray, Vendor, World};
use crate::world::attendance::Attendance;
use crate::world::defects;
use crate::world::gifts::Gifts;
use crate::world::plan::Plan;
use crate::world::sessions::Sessions;

/// The headers of the signature, and the one that the vendor's examples have beside them.
pub(super) const HEADERS: &[&str] = &["appkey", "nonce", "timestamp", "signature", "source"];

/// The emulated YXT.
#[derive(Debug)]
pub(crate) struct Yxt {
    draws: Draws,
    gifts: Gifts,
    /// Those of the gifts' timeline.
    sessions: Sessions,
    attendance: Attendance,
}

impl Yxt {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64) -> Self {
        let gifts = Gifts::new(draws, plan, start, defects::YXT);
        let sessions = Sessions::new(gifts.timeline);
        Self { draws, gifts, sessions, attendance: Attendance::new(draws, gifts, sessions) }
    }

    /// Ids of the rooms.
    pub(crate) fn room_ids(&self) -> Vec<String> {
        let rooms = self.gifts.timeline.rooms();
        rooms.map(|room| self.room_id(room).to_string()).collect()
    }
}

impl Vendor for Yxt {
    type Endpoint = Endpoint;

    const NAME: &'static str = "yxt";
    const CONTENT_TYPE: &'static str = "application/json;charset=UTF-8";
    const SUCCESS: Option<&'static str> = None;
    const ROUTES: &'static [(&'static Route, Endpoint)] = tables::ROUTES;

    fn world(endpoint: Endpoint) -> Option<World<Self>> {
        let world: World<Self> = match endpoint {
            Endpoint::GiftRecords => gifts::list,
            Endpoint::Attendees => attendees::list,
            Endpoint::SignInRounds => sign_ins::rounds,
            Endpoint::SignInDetails => sign_ins::details,
            Endpoint::Recordings => recordings::list,
            #[allow(unreachable_patterns, reason = "a call that is new answers its example")]
            _ => return None,
        };
        Some(world)
    }

    fn authenticate(&self, call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
        auth::check(call)?;
        match call.settings.yxt_error {
            None => Ok(()),
            Some(key) => Err(errors::published(key)),
        }
    }

    /// Passes over everything: numbers that are none count as absent, and which of the ids is
    /// missing is for the call to say.
    fn judge(&self, _violation: Violation) -> Result<(), Refusal> {
        Ok(())
    }

    fn stray(&self, stray: Stray, request: &Request) -> Refusal {
        errors::stray(stray, &request.path)
    }

    fn over_limit(&self, _route: Option<&Route>, hit: LimitHit) -> Refusal {
        errors::over_limit(hit)
    }

    fn fail(&self, _path: &str, code: &str) -> Refusal {
        errors::fail(code)
    }

    fn busy(&self, _path: &str) -> Refusal {
        errors::busy()
    }

    fn truth(&self, now: i64, waiting: &Waiting) -> Option<VendorTruth> {
        self.totals(now, waiting)
    }
}
