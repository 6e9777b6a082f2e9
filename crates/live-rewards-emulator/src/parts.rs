//! A running emulator apart from its ports: what its methods and its management port work on.

use std::sync::Arc;

use crate::aside::Waiting;
use crate::blueprint::Data;
use crate::callbacks::Callbacks;
use crate::ready::Ready;
use crate::service::Service;
use crate::shared::Shared;
use crate::truth::{Truth, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;

/// The vendors and what they have in common.
pub(crate) struct Parts {
    pub(crate) data: Data,
    pub(crate) ready: Ready,
    pub(crate) shared: Arc<Shared>,
    pub(crate) xiaoe: Arc<Service<Xiaoe>>,
    pub(crate) polyv: Arc<Service<Polyv>>,
    pub(crate) yxt: Arc<Service<Yxt>>,
    pub(crate) callbacks: Callbacks,
}

impl Parts {
    /// How far each vendor's clock is ahead of the emulator's, in milliseconds.
    pub(crate) fn skews_ms(&self) -> [(&'static str, i64); 3] {
        [
            (Xiaoe::NAME, self.xiaoe.skew_ms()),
            (Polyv::NAME, self.polyv.skew_ms()),
            (Yxt::NAME, self.yxt.skew_ms()),
        ]
    }

    /// Totals of what is served now. The clock may go on while they are counted.
    pub(crate) fn truth(&self, waiting: &Waiting) -> Truth {
        let now_ms = self.shared.clock.now_ms();
        Truth {
            xiaoe: self.xiaoe.truth(now_ms, waiting),
            polyv: self.polyv.truth(now_ms, waiting),
            yxt: self.yxt.truth(now_ms, waiting),
        }
    }

    /// Totals of what a vendor serves now; `None` if there is no such vendor.
    pub(crate) fn truth_of(&self, vendor: &str, waiting: &Waiting) -> Option<VendorTruth> {
        let now_ms = self.shared.clock.now_ms();
        match vendor {
            Xiaoe::NAME => Some(self.xiaoe.truth(now_ms, waiting)),
            Polyv::NAME => Some(self.polyv.truth(now_ms, waiting)),
            Yxt::NAME => Some(self.yxt.truth(now_ms, waiting)),
            _ => None,
        }
    }

    /// Goes back to the start: clock, switches, faults, tokens, nonces, counts, what was written and
    /// the journal.
    pub(crate) fn reset(&self) {
        let shared = &self.shared;
        shared.clock.reset();
        shared.settings.reset();
        shared.faults.reset();
        self.xiaoe.reset();
        self.polyv.reset();
        self.yxt.reset();
        self.callbacks.reset();
        shared.journal.clear();
    }
}
