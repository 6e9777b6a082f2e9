//! The clock at the management port.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::calendar::{self, SPAN_MS};
use crate::clock::Clock;
use crate::parts::Parts;

/// The clock as it stands.
#[derive(Debug, Serialize)]
pub(super) struct ClockState {
    pub(super) now_ms: i64,
    /// RFC 3339 in UTC.
    pub(super) now: String,
    /// Emulated milliseconds in a second of the machine's time.
    pub(super) rate_milli: u32,
    /// How far each vendor's clock is ahead, in milliseconds.
    pub(super) skew_ms: BTreeMap<&'static str, i64>,
}

/// What to do to the clock.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockChange {
    now_ms: Option<i64>,
    advance_ms: Option<u64>,
    rate_milli: Option<u32>,
}

pub(super) fn state(parts: &Parts) -> ClockState {
    let clock = &parts.shared.clock;
    let now_ms = clock.now_ms();
    ClockState {
        now_ms,
        now: calendar::rfc3339(now_ms).unwrap_or_default(),
        rate_milli: clock.rate_milli(),
        skew_ms: parts.skews_ms().into(),
    }
}

impl ClockChange {
    /// Changes the clock's rate, sets it and moves it, in this order; the error says what can't be.
    pub(super) fn apply(&self, clock: &Clock) -> Result<(), String> {
        if self.now_ms.is_none() && self.advance_ms.is_none() && self.rate_milli.is_none() {
            return Err("give now_ms, advance_ms or rate_milli".to_owned());
        }
        let by_ms = self.advance_ms.unwrap_or_default();
        let set_ms = self.now_ms.unwrap_or_else(|| clock.now_ms());
        let end_ms = set_ms.checked_add_unsigned(by_ms);
        if [Some(set_ms), end_ms].iter().any(|ms| !ms.is_some_and(|ms| SPAN_MS.contains(&ms))) {
            let [first, last] = [SPAN_MS.start(), SPAN_MS.end()]
                .map(|ms| calendar::rfc3339(*ms).unwrap_or_default());
            return Err(format!("the clock can stand between {first} and {last}"));
        }
        if let Some(rate_milli) = self.rate_milli {
            clock.set_rate_milli(rate_milli);
        }
        if let Some(now_ms) = self.now_ms {
            clock.set(now_ms);
        }
        if by_ms > 0 {
            clock.advance(Duration::from_millis(by_ms));
        }
        Ok(())
    }
}
