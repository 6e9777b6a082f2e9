//! Going back to the start, perhaps with other data.

use std::sync::Arc;

use serde::Deserialize;

use crate::EmulatorBuilder;
use crate::calendar;
use crate::current::Current;
use crate::parts::Parts;

/// What is to differ from the start, until the next reset.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ResetChange {
    seed: Option<u64>,
    /// RFC 3339.
    start: Option<String>,
}

impl ResetChange {
    /// Goes back to the start; the error says what can't be.
    pub(super) fn apply(&self, current: &Current) -> Result<Arc<Parts>, String> {
        let start = self.start.as_deref().map(second).transpose()?;
        Ok(current.reset(self.seed, start))
    }
}

/// Unix seconds of an instant to which data can be anchored.
fn second(text: &str) -> Result<i64, String> {
    calendar::parse_rfc3339(text)
        .filter(|ms| EmulatorBuilder::STARTS_MS.contains(ms))
        .map(|ms| ms.div_euclid(1000))
        .ok_or_else(|| {
            "start: give an instant like 2026-01-31T08:00:00Z between 2001 and 2106".to_owned()
        })
}
