//! Why a request was turned down.

use serde::Serialize;

use crate::calendar;
use crate::journal::mask::shortened;

/// The hint where none fits.
pub(crate) const NO_KNOWN_MISTAKE: &str =
    "no known mistake: if your string to sign is the same, your secret is another";

/// Most characters of a string to sign that are kept.
const LONGEST: usize = 4096;
/// Characters of a signature that are shown.
const HEAD: usize = 6;

/// Why a request was turned down, in more detail than the vendor gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RefusalReason {
    /// One sentence.
    pub text: String,
    /// The parameter or header that is missing or wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// How far the request's timestamp is ahead of the vendor's clock, in milliseconds; negative if
    /// it is behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// What should have been signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<SignatureMismatch>,
    /// The rate limit that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitHit>,
}

/// A signature that isn't the expected one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SignatureMismatch {
    /// What the vendor's rule gives for the request, with `[secret]` in place of the secret. At
    /// most 4,096 characters.
    pub string_to_sign: String,
    /// First six characters of its digest.
    pub expected: String,
    /// First six characters of what came with the request.
    pub received: String,
    /// What the client seems to have done instead, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<&'static str>,
}

/// A rate limit that was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LimitHit {
    /// Requests allowed in a window.
    pub requests: u32,
    /// Length of the window in seconds.
    pub window_seconds: u32,
    /// When the next request is let through, in milliseconds since 1970 by the emulator's clock.
    pub until_ms: i64,
    /// The same, RFC 3339 in UTC.
    pub until: String,
}

impl RefusalReason {
    pub(crate) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl SignatureMismatch {
    pub(crate) fn new(
        string_to_sign: &str,
        expected: &str,
        received: &str,
        hint: &'static str,
    ) -> Self {
        Self {
            string_to_sign: shortened(string_to_sign, LONGEST),
            expected: expected.chars().take(HEAD).collect(),
            received: received.chars().take(HEAD).collect(),
            hint: Some(hint),
        }
    }
}

impl LimitHit {
    pub(crate) fn new(requests: u32, window_seconds: u32, until_ms: i64) -> Self {
        let until = calendar::rfc3339(until_ms).unwrap_or_default();
        Self { requests, window_seconds, until_ms, until }
    }
}
