//! A fault as it is ordered: whom it meets, when, and what it does.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::faults::FaultKind;
use crate::faults::check::flaw;
use crate::faults::wording::Wording;

/// Stands for every endpoint, and for requests that are no call of one.
pub(super) const ANY: &str = "*";

/// A fault ordered from the emulator.
///
/// It counts the requests it is for, from 1, and meets those that `nth`, `every` or `permille`
/// choose: all of them unless one of the three is set. What `permille` chooses depends on nothing
/// but the emulator's seed, the number of the rule and the count.
///
/// As TOML, in a file of `[[fault]]` tables, and as JSON with the same names:
///
/// ```toml
/// [[fault]]
/// vendor = "polyv"
/// endpoint = "red_pack_statistics"
/// nth = [2, 5]
/// kind = { status = 502 }
///
/// [[fault]]
/// vendor = "xiaoe"
/// permille = 50
/// kind = "token_revoked"
/// times = 3
///
/// [[fault]]
/// vendor = "yxt"
/// every = 4
/// kind = { business_error = "global.noprivilege" }
/// message = "Not today."
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub(super) vendor: String,
    #[serde(default = "any")]
    pub(super) endpoint: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) nth: Vec<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) every: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) permille: Option<u16>,
    pub(super) kind: FaultKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) times: Option<u64>,
}

impl Fault {
    /// A fault that meets every request to a vendor (`xiaoe`, `polyv` or `yxt`), without end.
    pub fn new(vendor: impl Into<String>, kind: FaultKind) -> Self {
        Self {
            vendor: vendor.into(),
            endpoint: any(),
            nth: Vec::new(),
            every: None,
            permille: None,
            kind,
            message: None,
            times: None,
        }
    }

    /// Meets calls of this endpoint only, named as [`endpoints`](crate::endpoints) lists it.
    pub fn endpoint(mut self, id: impl Into<String>) -> Self {
        self.endpoint = id.into();
        self
    }

    /// Meets these requests, counted from 1.
    pub fn nth(mut self, numbers: impl IntoIterator<Item = u64>) -> Self {
        self.nth = numbers.into_iter().collect();
        self
    }

    /// Meets every `count`-th request.
    pub fn every(mut self, count: u64) -> Self {
        self.every = Some(count);
        self
    }

    /// Meets so many in a thousand requests.
    pub fn permille(mut self, permille: u16) -> Self {
        self.permille = Some(permille);
        self
    }

    /// Ends when it has met this many requests.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Gives an ordered [business error](FaultKind::BusinessError) this text, of at most 1,000
    /// characters, instead of what is known of the vendor's.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Reads a file of `[[fault]]` tables.
    ///
    /// # Errors
    ///
    /// If it isn't TOML of that form, or a fault asks for what can't be or has nothing to change.
    pub fn from_toml(text: &str) -> Result<Vec<Self>, FaultError> {
        let file: File = toml::from_str(text).map_err(|error| FaultError(error.to_string()))?;
        for (position, fault) in file.faults.iter().enumerate() {
            let number = position + 1;
            fault
                .check()
                .map_err(|FaultError(text)| FaultError(format!("fault {number}: {text}")))?;
        }
        Ok(file.faults)
    }

    /// What an error that it orders says, unless the vendor's own form says it.
    pub(super) fn wording(&self) -> Option<Wording> {
        let FaultKind::BusinessError(code) = &self.kind else { return None };
        Wording::of(&self.vendor, code, self.message.as_deref())
    }

    /// Whether it is for a call of this endpoint.
    pub(super) fn is_for(&self, vendor: &str, endpoint: Option<&str>) -> bool {
        self.vendor == vendor && (self.endpoint == ANY || endpoint == Some(self.endpoint.as_str()))
    }

    /// Whether it meets the request with this count; `draw` gives a number below 1000.
    pub(super) fn meets(&self, count: u64, draw: impl FnOnce() -> i64) -> bool {
        if let Some(every) = self.every {
            return count.is_multiple_of(every);
        }
        if let Some(permille) = self.permille {
            return draw() < i64::from(permille);
        }
        self.nth.is_empty() || self.nth.contains(&count)
    }

    /// Whether it has met as many requests as it was ordered for.
    pub(super) fn is_over(&self, met: u64) -> bool {
        self.times.is_some_and(|times| met >= times)
    }

    /// Refuses what can't be.
    pub(super) fn check(&self) -> Result<(), FaultError> {
        flaw(self).map_or(Ok(()), |flaw| Err(FaultError(flaw)))
    }
}

fn any() -> String {
    ANY.to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "fault")]
    faults: Vec<Fault>,
}

/// A fault that can't be ordered; says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(String);

impl FaultError {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for FaultError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.trim_end())
    }
}

impl Error for FaultError {}
