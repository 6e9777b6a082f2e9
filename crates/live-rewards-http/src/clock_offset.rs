use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::SystemTime,
};

use http::{HeaderMap, HeaderValue, header::DATE};
use live_rewards_core::Timestamp;

/// How far the vendor's clock is from ours, learnt from its `Date` headers.
#[derive(Debug, Default)]
pub(crate) struct ClockOffset(AtomicI64);

/// A difference below this is left alone: `Date` has whole seconds, and answers take time.
const WORTH_CORRECTING_MS: u64 = 60_000;

impl ClockOffset {
    /// The offset in use, in milliseconds.
    pub(crate) fn in_use(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Our time as the vendor's clock shows it.
    pub(crate) fn apply(offset_ms: i64, now: Timestamp) -> Timestamp {
        Timestamp::from_epoch_ms(now.epoch_ms().saturating_add(offset_ms)).unwrap_or(now)
    }

    /// Uses an offset from now on, with which a request was taken.
    pub(crate) fn learn(&self, offset_ms: i64) {
        self.0.store(offset_ms, Ordering::Relaxed);
    }
}

/// The offset that an answer shows which refused a request, in milliseconds, if it is far from the one that the request used,
/// whoever else has learnt another since.
pub(crate) fn shown(now: Timestamp, used_ms: i64, headers: &HeaderMap) -> Option<i64> {
    let offset_ms = date(headers)?.epoch_ms().saturating_sub(now.epoch_ms());
    (offset_ms.abs_diff(used_ms) >= WORTH_CORRECTING_MS).then_some(offset_ms)
}

/// When an answer was written, by the vendor's clock.
pub(crate) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(headers.get(DATE)?)
}

/// The instant that a header names, as `Fri, 12 Aug 2022 02:48:46 GMT`.
pub(crate) fn http_date(value: &HeaderValue) -> Option<Timestamp> {
    let date: httpdate::HttpDate = value.to_str().ok()?.parse().ok()?;
    Some(SystemTime::from(date).into())
}
