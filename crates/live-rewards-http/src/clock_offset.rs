use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::SystemTime,
};

use http::{HeaderMap, header::DATE};
use live_rewards_core::Timestamp;

/// How far the vendor's clock is from ours, learnt from its `Date` headers.
#[derive(Debug, Default)]
pub(crate) struct ClockOffset(AtomicI64);

/// A difference below this is left alone: `Date` has whole seconds, and answers take time.
const WORTH_CORRECTING_MS: u64 = 60_000;

impl ClockOffset {
    /// Our time as the vendor's clock shows it.
    pub(crate) fn apply(&self, now: Timestamp) -> Timestamp {
        let offset = self.0.load(Ordering::Relaxed);
        Timestamp::from_epoch_ms(now.epoch_ms().saturating_add(offset)).unwrap_or(now)
    }

    /// Learns from an answer that refused a request; the new offset in milliseconds if it is far from the one in use.
    pub(crate) fn correct(&self, now: Timestamp, headers: &HeaderMap) -> Option<i64> {
        let date = headers.get(DATE)?.to_str().ok()?;
        let theirs = Timestamp::from(SystemTime::from(date.parse::<httpdate::HttpDate>().ok()?));
        let offset = theirs.epoch_ms().saturating_sub(now.epoch_ms());
        let used = self.0.load(Ordering::Relaxed);
        if offset.abs_diff(used) < WORTH_CORRECTING_MS {
            return None;
        }
        self.0.store(offset, Ordering::Relaxed);
        Some(offset)
    }
}
