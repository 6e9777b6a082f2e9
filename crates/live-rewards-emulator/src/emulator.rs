//! A running emulator.

use std::fmt;
use std::io;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use crate::EmulatorBuilder;
use crate::clock::Clock;
use crate::ready::Ready;
use crate::server::{Server, Service};
use crate::truth::{Truth, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;

/// Three vendors listening on loopback. Dropping it closes the ports.
pub struct Emulator {
    pub(crate) ready: Ready,
    pub(crate) clock: Arc<Clock>,
    pub(crate) xiaoe: Arc<Service<Xiaoe>>,
    pub(crate) polyv: Arc<Service<Polyv>>,
    pub(crate) yxt: Arc<Service<Yxt>>,
    pub(crate) servers: Vec<Server>,
}

impl Emulator {
    /// Starts an emulator with the default settings: seed 1, [`Scenario::Small`](crate::Scenario),
    /// free ports on 127.0.0.1, the machine's clock.
    ///
    /// # Errors
    ///
    /// See [`EmulatorBuilder::start`].
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Begins with the default settings.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    /// Addresses, credentials and rooms.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Time of the emulator's clock, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Moves the emulator's clock forward: tokens die, red packets expire and are refunded.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Exact totals of what is served now. Nothing changes in the first six hours after the start.
    ///
    /// Goes through every row: it takes about as long as reading all pages.
    pub fn truth(&self) -> Truth {
        let now = self.now_ms().div_euclid(1000);
        Truth {
            xiaoe: truth_of(&self.xiaoe.vendor, now),
            polyv: truth_of(&self.polyv.vendor, now),
            yxt: truth_of(&self.yxt.vendor, now),
        }
    }

    /// Closes the ports, waiting a short while for requests under way.
    pub async fn stop(mut self) {
        for server in mem::take(&mut self.servers) {
            server.stop().await;
        }
    }
}

fn truth_of(vendor: &impl Vendor, now: i64) -> VendorTruth {
    vendor.truth(now).unwrap_or_else(|| {
        // Out of reach: what a scenario issues is far below the range of the sums.
        tracing::error!("the totals are too large");
        VendorTruth::default()
    })
}

impl Drop for Emulator {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Emulator")
            .field("ready", &self.ready)
            .finish_non_exhaustive()
    }
}
