//! Which faults can be ordered.

use crate::catalog::{PageStyle, Route};
use crate::faults::fault::ANY;
use crate::faults::rows::spoilt;
use crate::faults::{Fault, FaultKind};
use crate::generated::xiaoe::TOKEN;
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;

/// Most numbers in a list of requests.
const MOST_NUMBERS: usize = 1000;
/// Most characters of a message.
const LONGEST_MESSAGE: usize = 1000;
/// Longest real wait, in milliseconds.
const LONGEST_WAIT_MS: u64 = 30_000;
/// Largest shift of a clock: a year, in milliseconds.
const LARGEST_SHIFT_MS: u64 = 366 * 86_400_000;

/// Calls of YXT that never tell a total here, as the examples of their answers.
const WITHOUT_TOTAL: &[&str] = &["attendees", "recordings", "sign_in_rounds"];

/// Why a fault can't be ordered; `None` if it can.
pub(super) fn flaw(fault: &Fault) -> Option<String> {
    let Fault { vendor, endpoint, kind, .. } = fault;
    let mut meant = served(vendor);
    if meant.is_empty() {
        return Some(format!("unknown vendor {vendor:?}: xiaoe, polyv or yxt"));
    }
    meant.retain(|route| fault.is_for(vendor, Some(route.id)));
    if meant.is_empty() {
        return Some(format!("{vendor} has no endpoint {endpoint:?}"));
    }
    of_requests(fault)
        .or_else(|| of_kind(kind, vendor))
        .or_else(|| of_message(fault))
        .or_else(|| nothing_to_change(fault, &meant))
}

/// The endpoints of a vendor; none if there is no such vendor.
fn served(vendor: &str) -> Vec<&'static Route> {
    match vendor {
        Xiaoe::NAME => served_by::<Xiaoe>(),
        Polyv::NAME => served_by::<Polyv>(),
        Yxt::NAME => served_by::<Yxt>(),
        _ => Vec::new(),
    }
}

fn served_by<V: Vendor>() -> Vec<&'static Route> {
    V::ROUTES.iter().map(|(route, _)| *route).collect()
}

/// What is wrong with the choice of requests.
fn of_requests(fault: &Fault) -> Option<String> {
    let Fault { nth, every, permille, times, .. } = fault;
    let chosen = [!nth.is_empty(), every.is_some(), permille.is_some()];
    let flaw = if chosen.iter().filter(|chosen| **chosen).count() > 1 {
        "give one of nth, every and permille".to_owned()
    } else if nth.len() > MOST_NUMBERS {
        format!("nth has at most {MOST_NUMBERS} numbers")
    } else if nth.contains(&0) || *every == Some(0) {
        "requests are counted from 1".to_owned()
    } else if permille.is_some_and(|permille| permille > 1000) {
        "permille is at most 1000".to_owned()
    } else if *times == Some(0) {
        "times is at least 1".to_owned()
    } else {
        return None;
    };
    Some(flaw)
}

/// What is wrong with the numbers or the code of a kind.
fn of_kind(kind: &FaultKind, vendor: &str) -> Option<String> {
    let flaw = match kind {
        FaultKind::Status(status) | FaultKind::Html(status) if !(200..=599).contains(status) => {
            "an HTTP status lies between 200 and 599".to_owned()
        }
        FaultKind::BusinessError(code) if !is_code(vendor, code) => {
            format!("{code:?} has not the form of an error of {vendor}")
        }
        FaultKind::Slow(ms) if *ms > LONGEST_WAIT_MS => {
            format!("at most {LONGEST_WAIT_MS} milliseconds")
        }
        FaultKind::SlowByClock(ms) if *ms > LARGEST_SHIFT_MS => "at most a year".to_owned(),
        FaultKind::ClockSkew(ms) if ms.unsigned_abs() > LARGEST_SHIFT_MS => {
            "at most a year".to_owned()
        }
        FaultKind::DuplicateRows(0) | FaultKind::ShiftedPage(0) | FaultKind::SilentCap(0) => {
            "at least one row".to_owned()
        }
        FaultKind::Slow(0)
        | FaultKind::SlowByClock(0)
        | FaultKind::ClockSkew(0)
        | FaultKind::WrongTotal(0) => "0 changes nothing".to_owned(),
        _ => return None,
    };
    Some(format!("{}: {flaw}", kind.name()))
}

/// Whether the code has the form of the vendor's errors.
fn is_code(vendor: &str, code: &str) -> bool {
    match vendor {
        // 0 is success.
        Xiaoe::NAME => code.parse::<i32>().is_ok_and(|code| code != 0),
        Polyv::NAME => code.parse::<u32>().is_ok(),
        _ => !code.is_empty() && code.chars().all(|letter| letter.is_ascii_graphic()),
    }
}

fn of_message(fault: &Fault) -> Option<String> {
    let message = fault.message.as_ref()?;
    if !matches!(fault.kind, FaultKind::BusinessError(_)) {
        return Some("message is for business_error".to_owned());
    }
    let too_long = message.chars().count() > LONGEST_MESSAGE;
    too_long.then(|| format!("message has at most {LONGEST_MESSAGE} characters"))
}

/// Says what none of the endpoints meant has for the fault to change.
fn nothing_to_change(fault: &Fault, meant: &[&Route]) -> Option<String> {
    let Fault { vendor, endpoint, kind, .. } = fault;
    let mut lacking = None;
    for route in meant {
        match changed(kind, vendor, route)? {
            (_, true) => return None,
            (what, false) => lacking = Some(what),
        }
    }
    let who = if endpoint == ANY { "every endpoint" } else { endpoint.as_str() };
    lacking.map(|what| format!("{} needs {what}, which {who} of {vendor} lacks", kind.name()))
}

/// What a fault of this kind changes, and whether the endpoint has it; `None` if it meets any
/// request.
fn changed(kind: &FaultKind, vendor: &str, route: &Route) -> Option<(&'static str, bool)> {
    let shape = route.shape;
    let pages = route.paging.as_ref().filter(|_| shape.is_some());
    Some(match kind {
        FaultKind::TokenRevoked => {
            ("an access token", vendor == Xiaoe::NAME && route.id != TOKEN.id)
        }
        FaultKind::ClockSkew(_) => ("a timestamp", vendor != Xiaoe::NAME),
        FaultKind::DuplicateRows(_) | FaultKind::ShiftedPage(_) => {
            ("numbered pages", pages.is_some_and(|rules| rules.style != PageStyle::Cursor))
        }
        FaultKind::SilentCap(most) => {
            let can_be_cut =
                pages.is_some_and(|rules| rules.max_size.is_none_or(|max| *most < max));
            ("larger pages", can_be_cut)
        }
        FaultKind::NewField | FaultKind::ChangedType => ("rows", shape.is_some()),
        FaultKind::BrokenRow => {
            ("a required member", shape.is_some_and(|shape| shape.required.is_some()))
        }
        FaultKind::UnknownLabel => ("a label", shape.is_some_and(|shape| shape.label.is_some())),
        FaultKind::UnknownLabelIn(_) => {
            let changes = |(sample, shape)| spoilt(sample, shape, kind).is_some();
            ("a member of this name", route.sample.zip(shape).is_some_and(changes))
        }
        FaultKind::WrongTotal(_) => {
            let is_told = shape.is_some_and(|shape| shape.total.is_some());
            ("a total", is_told && !(vendor == Yxt::NAME && WITHOUT_TOTAL.contains(&route.id)))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(fault: &Fault) -> String {
        flaw(fault).unwrap_or_else(|| "none".to_owned())
    }

    fn label_in(name: &str) -> FaultKind {
        FaultKind::UnknownLabelIn(name.to_owned())
    }

    #[test]
    fn a_fault_has_to_find_what_it_changes() {
        for (vendor, endpoint, kind, expected) in [
            ("yxt", ANY, FaultKind::UnknownLabel, "a label, which every endpoint of yxt lacks"),
            ("yxt", ANY, FaultKind::WrongTotal(1), "none"),
            ("yxt", "gift_records", FaultKind::WrongTotal(1), "none"),
            ("yxt", "sign_in_details", FaultKind::WrongTotal(1), "none"),
            ("yxt", "attendees", FaultKind::WrongTotal(1), "a total, which attendees"),
            ("yxt", "recordings", FaultKind::WrongTotal(1), "a total, which recordings"),
            ("yxt", "sign_in_rounds", FaultKind::WrongTotal(1), "a total, which sign_in_rounds"),
            ("yxt", ANY, FaultKind::SilentCap(100), "larger pages, which every endpoint of yxt"),
            ("yxt", ANY, FaultKind::SilentCap(99), "none"),
            ("polyv", ANY, FaultKind::SilentCap(1000), "none"),
            ("polyv", "red_pack_statistics", FaultKind::SilentCap(1000), "larger pages, which"),
            ("polyv", "like_totals", FaultKind::NewField, "none"),
            ("polyv", "like_totals", FaultKind::DuplicateRows(1), "numbered pages, which"),
            ("polyv", ANY, FaultKind::TokenRevoked, "an access token, which"),
            ("yxt", ANY, FaultKind::TokenRevoked, "an access token, which"),
            ("xiaoe", "token", FaultKind::TokenRevoked, "an access token, which token of xiaoe"),
            ("xiaoe", ANY, FaultKind::TokenRevoked, "none"),
            ("xiaoe", ANY, FaultKind::ClockSkew(1), "a timestamp, which every endpoint of xiaoe"),
            (
                "xiaoe",
                "red_packet_list",
                FaultKind::WrongTotal(1),
                "a total, which red_packet_list",
            ),
            ("xiaoe", "user_list", FaultKind::ShiftedPage(1), "numbered pages, which user_list"),
            ("xiaoe", "user_list", FaultKind::SilentCap(49), "none"),
            ("xiaoe", "account_info_batch", FaultKind::UnknownLabel, "a label, which"),
            ("xiaoe", "account_info_batch", FaultKind::WrongTotal(1), "none"),
            ("xiaoe", ANY, FaultKind::WrongTotal(1), "none"),
            ("xiaoe", ANY, FaultKind::UnknownLabel, "none"),
            ("xiaoe", "token", FaultKind::DuplicateRows(1), "numbered pages, which token of xiaoe"),
            ("xiaoe", "token", FaultKind::ShiftedPage(1), "numbered pages, which"),
            ("xiaoe", "token", FaultKind::SilentCap(1), "larger pages, which"),
            ("xiaoe", "token", FaultKind::NewField, "rows, which"),
            ("xiaoe", "token", FaultKind::ChangedType, "rows, which"),
            ("xiaoe", "token", FaultKind::BrokenRow, "a required member, which token of xiaoe"),
            ("xiaoe", "red_packet_record", FaultKind::BrokenRow, "none"),
            ("polyv", "invite_list", FaultKind::BrokenRow, "a required member, which invite_list"),
            ("yxt", "recordings", FaultKind::BrokenRow, "a required member, which recordings"),
            ("yxt", ANY, FaultKind::BrokenRow, "none"),
            ("xiaoe", "token", FaultKind::CutBody, "none"),
            ("xiaoe", "token", FaultKind::BrokenBody, "none"),
            ("polyv", ANY, label_in("status"), "none"),
            ("polyv", "red_pack_statistics", label_in("status"), "none"),
            ("polyv", "red_pack_statistics", label_in("nothing"), "a member of this name, which"),
            ("polyv", "red_pack_statistics", label_in(""), "a member of this name, which"),
            // No member of a row, but of the envelope.
            ("polyv", "donation_records", label_in("status"), "a member of this name, which"),
            ("polyv", "red_pack_statistics", label_in("redPackReceiveList"), "a member of"),
            ("xiaoe", "red_packet_record", label_in("state"), "none"),
            ("xiaoe", "red_packet_record", label_in("wx_nickname"), "none"),
            ("xiaoe", "token", label_in("access_token"), "a member of this name, which token"),
        ] {
            let refusal = refusal(&Fault::new(vendor, kind).endpoint(endpoint));
            assert!(refusal.contains(expected), "{refusal}");
        }
    }

    #[test]
    fn what_changes_nothing_at_all_is_refused() {
        for kind in [
            FaultKind::Slow(0),
            FaultKind::SlowByClock(0),
            FaultKind::ClockSkew(0),
            FaultKind::WrongTotal(0),
        ] {
            assert!(refusal(&Fault::new("polyv", kind)).ends_with("0 changes nothing"));
        }
        let never = Fault::new("polyv", FaultKind::Reset).times(0);
        assert_eq!(refusal(&never), "times is at least 1");
    }

    #[test]
    fn an_error_is_no_success_and_only_errors_have_a_message() {
        let error = |code: &str| Fault::new("xiaoe", FaultKind::BusinessError(code.to_owned()));
        assert!(refusal(&error("0")).contains("has not the form"));
        assert_eq!(refusal(&error("-1").message("m".repeat(1000))), "none");
        assert!(refusal(&error("1001").message("红".repeat(1001))).contains("at most 1000"));
        let reset = Fault::new("xiaoe", FaultKind::Reset).message("m");
        assert_eq!(refusal(&reset), "message is for business_error");
    }
}
