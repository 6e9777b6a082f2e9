//! Polyv's rules and data.

mod auth;
mod envelope;
mod nonces;
mod red_packets;

use std::sync::atomic::{AtomicI64, Ordering};

use crate::catalog::{Route, Violation};
use crate::faults::Shape;
use crate::generated::polyv as tables;
use crate::ids;
use crate::journal::LimitHit;
use crate::reply::{Refusal, Reply};
use crate::request::Request;
use crate::scenario::Plan;
use crate::seed::{Draws, Purpose};
use crate::truth::{RoomTruth, VendorTruth};
use crate::vendor::{Call, Stray, Vendor};
use crate::world::red_packets::{Customs, RedPackets};
use crate::world::timeline::Timeline;

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
    pub(crate) fn new(draws: Draws, plan: Plan, start: i64) -> Self {
        Self {
            draws,
            start,
            red_packets: RedPackets {
                timeline: Timeline {
                    draws,
                    start,
                    days: plan.days,
                    sessions: plan.sessions,
                    counts: plan.red_packets,
                },
                customs: Customs { fee_permille: 0, odd_states: false, double_claims: true },
            },
            nonces: Nonces::default(),
            requests: AtomicI64::new(0),
        }
    }

    /// Ids of the channels.
    pub(crate) fn channel_ids(&self) -> Vec<String> {
        let rooms = self.red_packets.timeline.rooms();
        rooms.map(|room| self.channel_id(room).to_string()).collect()
    }

    /// Number of a channel, of seven digits.
    fn channel_id(&self, room: i64) -> i64 {
        let block = self.draws.of(Purpose::Room).below(8000);
        2_000_000 + block * 100 + room
    }

    /// Id of a session of a channel.
    fn session_id(&self, room: i64, session: i64) -> String {
        let draws = self.draws.of(Purpose::Session).at(room).at(session);
        ids::letters(draws, ids::LOWER, 10)
    }

    /// Id of a request: unique, and no function of the clock, so that runs can be repeated.
    fn request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let draws = self.draws.of(Purpose::Request).at(number);
        format!(
            "{}.{}.{}{:04}",
            ids::letters(draws, ids::HEX, 32),
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
        let rooms = self.red_packets.timeline.rooms().map(|room| {
            Some(RoomTruth {
                room: self.channel_id(room).to_string(),
                totals: self.red_packets.totals(room, now, red_packets::totals)?,
            })
        });
        VendorTruth::of_rooms(rooms.collect::<Option<_>>()?)
    }
}
