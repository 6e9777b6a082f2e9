//! What a fault does.

use serde::{Deserialize, Serialize};

/// What a fault does.
///
/// A kind that has nothing to change at any endpoint it is ordered for is refused. Where an answer
/// has nothing to change, as a page without rows, nothing happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// Answers with this HTTP status and an empty body. The vendor sees nothing of the request.
    Status(u16),
    /// Answers with this code (Xiaoe, Polyv) or key (YXT) in the vendor's form: at Xiaoe that is a
    /// 200. It comes with what is known of the vendor's text for it, or with the
    /// [message](crate::Fault::message) ordered. The vendor sees nothing of the request.
    BusinessError(String),
    /// Answers with this HTTP status and a page for people, as a gateway does. The vendor sees
    /// nothing of the request.
    Html(u16),
    /// Closes the connection with a TCP reset instead of answering. The vendor sees nothing of the
    /// request.
    Reset,
    /// Sends the first half of the body with the length of the half.
    CutBody,
    /// Sends the first half of the body with the length of the whole, and closes the connection.
    BrokenBody,
    /// Waits this many milliseconds between the headers and the body, at most 30,000.
    Slow(u64),
    /// Moves the emulator's clock forward by this many milliseconds while the answer is made.
    SlowByClock(u64),
    /// The access token of the request dies before the request is looked at. Xiaoe, but for the
    /// call for a token.
    TokenRevoked,
    /// The vendor's clock is off by this many milliseconds more from here on. Polyv and YXT, whose
    /// requests carry a timestamp.
    ClockSkew(i64),
    /// The last rows of the page before come once more at the head of this one. Not where pages are
    /// asked for by cursor.
    DuplicateRows(u32),
    /// The page begins this many rows early and leaves out as many at its end. Not where pages are
    /// asked for by cursor.
    ShiftedPage(u32),
    /// The page has at most this many rows, whatever size was asked for; the position of the
    /// page is counted in pages of this size, too. Less than the vendor's published maximum.
    SilentCap(u32),
    /// A label of the first row, or beside the rows where they have none, is one that the vendor
    /// doesn't publish. Polyv and Xiaoe.
    UnknownLabel,
    /// The same of the member of this name, as `status`. Of any text or number, a label or not.
    UnknownLabelIn(String),
    /// The first row has one member more, `emulatorNewField`.
    NewField,
    /// Numbers in the first row are text, and text of digits is a number.
    ChangedType,
    /// A member of the first row that it can't be read without is an empty object.
    BrokenRow,
    /// The number of all rows is off by this, where the answer tells one.
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
            Self::BrokenBody => "broken_body",
            Self::Slow(_) => "slow",
            Self::SlowByClock(_) => "slow_by_clock",
            Self::TokenRevoked => "token_revoked",
            Self::ClockSkew(_) => "clock_skew",
            Self::DuplicateRows(_) => "duplicate_rows",
            Self::ShiftedPage(_) => "shifted_page",
            Self::SilentCap(_) => "silent_cap",
            Self::UnknownLabel => "unknown_label",
            Self::UnknownLabelIn(_) => "unknown_label_in",
            Self::NewField => "new_field",
            Self::ChangedType => "changed_type",
            Self::BrokenRow => "broken_row",
            Self::WrongTotal(_) => "wrong_total",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn each_kind_is_ordered_by_its_name() {
        for kind in [
            FaultKind::Status(503),
            FaultKind::BusinessError("1001".to_owned()),
            FaultKind::Html(502),
            FaultKind::Reset,
            FaultKind::CutBody,
            FaultKind::BrokenBody,
            FaultKind::Slow(1),
            FaultKind::SlowByClock(1),
            FaultKind::TokenRevoked,
            FaultKind::ClockSkew(-1),
            FaultKind::DuplicateRows(1),
            FaultKind::ShiftedPage(1),
            FaultKind::SilentCap(1),
            FaultKind::UnknownLabel,
            FaultKind::UnknownLabelIn("status".to_owned()),
            FaultKind::NewField,
            FaultKind::ChangedType,
            FaultKind::BrokenRow,
            FaultKind::WrongTotal(1),
        ] {
            let written = serde_json::to_value(&kind).unwrap();
            let name = match &written {
                Value::Object(members) => members.keys().next().map(String::as_str),
                plain => plain.as_str(),
            };
            assert_eq!(name, Some(kind.name()));
            assert_eq!(serde_json::from_value::<FaultKind>(written).unwrap(), kind);
        }
    }
}
