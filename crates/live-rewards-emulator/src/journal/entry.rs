//! One request in the journal.

use serde::Serialize;

use crate::journal::RefusalReason;

/// A request and what came of it.
///
/// Values of signatures, tokens and secrets are `[masked]`, names and values are cut to 200
/// characters, and at most 50 of each kind are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct JournalEntry {
    /// Counts from 1 in the order of the answers.
    pub number: u64,
    /// Time of the vendor's clock, RFC 3339 in UTC.
    pub at: String,
    /// The same in milliseconds since 1970.
    pub at_ms: i64,
    /// `xiaoe`, `polyv` or `yxt`.
    pub vendor: &'static str,
    /// Name of the endpoint; `None` if the request is no call of one.
    pub endpoint: Option<&'static str>,
    /// HTTP method.
    pub method: String,
    /// Path; where a tunnel is asked for, the address that it is to lead to.
    pub path: String,
    /// Names and values of the headers that the vendor's rules look at: those of YXT's signature,
    /// and `source`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// Names and values of the query.
    pub query: Vec<(String, String)>,
    /// Names and values of the body: of a JSON object, or of a form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<(String, String)>,
    /// Length of a body of more than 16 KiB, of which nothing is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_left_out: Option<usize>,
    /// HTTP status; `None` if the connection was closed without an answer.
    pub status: Option<u16>,
    /// The vendor's code or key in the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why it was turned down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<RefusalReason>,
    /// How it departs from the vendor's rule, though it was accepted: Polyv's clients sign blank values
    /// in other ways, and a body may come that isn't looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<&'static str>,
    /// Faults that changed something: number of the rule and kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
}
