//! What a fault does.

use serde::{Deserialize, Serialize};

/// Longest real wait, in milliseconds.
const LONGEST_WAIT_MS: u64 = 30_000;
/// Largest shift of a clock: a year, in milliseconds.
const LARGEST_SHIFT_MS: u64 = 366 * 86_400_000;

/// What a fault does.
///
/// The kinds about rows change answers that have rows; where there is nothing to change, nothing
/// happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// Answers with this HTTP status and an empty body. The vendor sees nothing of the request.
    Status(u16),
    /// Answers with this code (Xiaoe, Polyv) or key (YXT) in the vendor's form: at Xiaoe that is a
    /// 200. The vendor sees nothing of the request.
    BusinessError(String),
    /// Answers with this HTTP status and a page for people, as a gateway does. The vendor sees
    /// nothing of the request.
    Html(u16),
    /// Closes the connection with a TCP reset instead of answering. The vendor sees nothing of the
    /// request.
    Reset,
    /// Sends the first half of the body with the length of the half.
    CutBody,
    /// Waits this many milliseconds between the headers and the body, at most 30,000.
    Slow(u64),
    /// Moves the emulator's clock forward by this many milliseconds while the answer is made.
    SlowByClock(u64),
    /// The access token of the request dies before the request is looked at. Xiaoe only.
    TokenRevoked,
    /// The vendor's clock is off by this many milliseconds more from here on.
    ClockSkew(i64),
    /// The last rows of the page before come once more at the head of this one.
    DuplicateRows(u32),
    /// The page begins this many rows early and leaves out as many at its end.
    ShiftedPage(u32),
    /// The page has at most this many rows, whatever size was asked for; the position of the
    /// page is counted in pages of this size, too.
    SilentCap(u32),
    /// The first label on the page is one that the vendor doesn't publish. Polyv, and red packets
    /// of Xiaoe.
    UnknownLabel,
    /// The first row has one member more, `emulatorNewField`.
    NewField,
    /// Numbers in the first row are text, and text of digits is a number.
    ChangedType,
    /// The number of all rows is off by this. Polyv, and points accounts of Xiaoe.
    WrongTotal(i64),
}

impl FaultKind {
    /// Name in TOML and JSON.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::BusinessError(_) => "business_error",
            Self::Html(_) => "html",
            Self::Reset => "reset",
            Self::CutBody => "cut_body",
            Self::Slow(_) => "slow",
            Self::SlowByClock(_) => "slow_by_clock",
            Self::TokenRevoked => "token_revoked",
            Self::ClockSkew(_) => "clock_skew",
            Self::DuplicateRows(_) => "duplicate_rows",
            Self::ShiftedPage(_) => "shifted_page",
            Self::SilentCap(_) => "silent_cap",
            Self::UnknownLabel => "unknown_label",
            Self::NewField => "new_field",
            Self::ChangedType => "changed_type",
            Self::WrongTotal(_) => "wrong_total",
        }
    }

    /// What is wrong with the numbers of the kind.
    pub(super) fn flaw(&self, vendor: &str) -> Option<String> {
        let name = self.name();
        match self {
            Self::Status(status) | Self::Html(status) if !(200..=599).contains(status) => {
                Some(format!("{name}: an HTTP status lies between 200 and 599"))
            }
            Self::BusinessError(code) if !is_code(vendor, code) => {
                Some(format!("{name}: {code:?} has not the form of an error of {vendor}"))
            }
            Self::Slow(ms) if *ms > LONGEST_WAIT_MS => {
                Some(format!("{name}: at most {LONGEST_WAIT_MS} milliseconds"))
            }
            Self::SlowByClock(ms) if *ms > LARGEST_SHIFT_MS => {
                Some(format!("{name}: at most a year"))
            }
            Self::ClockSkew(ms) if ms.unsigned_abs() > LARGEST_SHIFT_MS => {
                Some(format!("{name}: at most a year"))
            }
            Self::TokenRevoked if vendor != "xiaoe" => {
                Some(format!("{name}: {vendor} has no tokens"))
            }
            Self::DuplicateRows(0) | Self::ShiftedPage(0) | Self::SilentCap(0) => {
                Some(format!("{name}: at least one row"))
            }
            _ => None,
        }
    }
}

/// Whether the code has the form of the vendor's.
fn is_code(vendor: &str, code: &str) -> bool {
    match vendor {
        "xiaoe" => code.parse::<i32>().is_ok(),
        "polyv" => code.parse::<u32>().is_ok(),
        _ => !code.is_empty() && code.chars().all(|letter| letter.is_ascii_graphic()),
    }
}
