//! YXT's rules and data.

mod auth;
mod errors;
mod gifts;
mod ids;
mod truth;

use crate::catalog::{Route, Violation};
use crate::faults::Shape;
use crate::generated::yxt as tables;
use crate::journal::LimitHit;
use crate::reply::{Refusal, Reply};
use crate::request::Request;
use crate::seed::Draws;
use crate::truth::VendorTruth;
use crate::vendor::{Call, Stray, Vendor};
use crate::world::defects;
use crate::world::gifts::Gifts;
use crate::world::plan::Plan;

/// The headers of the signature, and the one that the vendor's examples have beside them.
pub(super) const HEADERS: &[&str] = &["appkey", "nonce", "timestamp", "signature", "source"];

/// The emulated YXT.
#[derive(Debug)]
pub(crate) struct Yxt {
    draws: Draws,
    gifts: Gifts,
}

/// The endpoints.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Endpoint {
    GiftRecords,
}

impl Yxt {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64) -> Self {
        Self { draws, gifts: Gifts::new(draws, plan, start, defects::YXT) }
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
    const ROUTES: &'static [(&'static Route, Endpoint)] =
        &[(&tables::GIFT_RECORDS, Endpoint::GiftRecords)];

    fn shape(endpoint: Endpoint) -> Option<Shape> {
        match endpoint {
            Endpoint::GiftRecords => Some(Shape { rows: "datas", label: None, total: None }),
        }
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

    fn handle(&self, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
        match call.endpoint {
            Endpoint::GiftRecords => gifts::list(self, call),
        }
    }

    fn stray(&self, stray: Stray, request: &Request) -> Refusal {
        errors::stray(stray, &request.path)
    }

    fn over_limit(&self, _route: Option<&Route>, hit: LimitHit) -> Refusal {
        errors::over_limit(hit)
    }

    fn fail(&self, code: &str) -> Refusal {
        errors::fail(code)
    }

    fn busy(&self) -> Refusal {
        errors::busy()
    }

    fn truth(&self, now: i64) -> Option<VendorTruth> {
        self.totals(now)
    }
}
