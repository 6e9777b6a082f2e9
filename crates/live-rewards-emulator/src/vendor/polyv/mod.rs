//! Polyv's rules and data.

mod auth;
mod envelope;
mod ids;
mod nonces;
mod red_packets;
mod truth;

use std::sync::atomic::{AtomicI64, Ordering};

use crate::catalog::{Route, Violation};
use crate::faults::Shape;
use crate::generated::polyv as tables;
use crate::ids::{HEX, letters};
use crate::journal::LimitHit;
use crate::reply::{Refusal, Reply};
use crate::request::Request;
use crate::seed::{Draws, Purpose};
use crate::truth::VendorTruth;
use crate::vendor::{Call, Stray, Vendor};
use crate::world::defects;
use crate::world::plan::Plan;
use crate::world::red_packets::{Customs, RedPackets};

use self::envelope::Fault;
use self::nonces::Nonces;

/// The emulated Polyv.
#[derive(Debug)]
pub(crate) struct Polyv {
    draws: Draws,
    start: i64,
    red_packets: RedPackets,
    nonces: Nonces,
    /// Requests so far, for their ids.
    requests: AtomicI64,
}

/// The endpoints.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Endpoint {
    RedPackStatistics,
}

impl Polyv {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64) -> Self {
        let customs = Customs { fee_permille: 0, odd_states: false, double_claims: plan.quirks };
        Self {
            draws,
            start,
            red_packets: RedPackets::new(draws, plan, start, customs, defects::POLYV),
            nonces: Nonces::default(),
            requests: AtomicI64::new(0),
        }
    }

    /// Ids of the channels.
    pub(crate) fn channel_ids(&self) -> Vec<String> {
        let rooms = self.red_packets.timeline.rooms();
        rooms.map(|room| self.channel_id(room).to_string()).collect()
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
    const ROUTES: &'static [(&'static Route, Endpoint)] =
        &[(&tables::RED_PACK_STATISTICS, Endpoint::RedPackStatistics)];

    fn shape(endpoint: Endpoint) -> Option<Shape> {
        match endpoint {
            Endpoint::RedPackStatistics => Some(Shape {
                rows: "contents",
                label: Some(("contents", "status")),
                total: Some("totalItems"),
            }),
        }
    }

    fn authenticate(&self, call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
        auth::check(&self.nonces, call).map_err(|fault| self.refuse(&fault))
    }

    fn judge(&self, violation: Violation) -> Result<(), Refusal> {
        Err(self.refuse(&Fault::Parameter(violation)))
    }

    fn handle(&self, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
        match call.endpoint {
            Endpoint::RedPackStatistics => {
                red_packets::statistics(self, call).map_err(|fault| self.refuse(&fault))
            }
        }
    }

    fn stray(&self, stray: Stray, request: &Request) -> Refusal {
        self.refuse(&Fault::Stray(stray, request.path.clone()))
    }

    fn over_limit(&self, _route: Option<&Route>, hit: LimitHit) -> Refusal {
        envelope::over_limit(hit)
    }

    fn fail(&self, code: &str) -> Refusal {
        self.refuse_with(code)
    }

    fn busy(&self) -> Refusal {
        self.refuse_busy()
    }

    fn reset(&self) {
        self.nonces.clear();
        self.requests.store(0, Ordering::Relaxed);
    }

    fn truth(&self, now: i64) -> Option<VendorTruth> {
        self.totals(now)
    }
}
