//! Faults that can't be ordered.

use live_rewards_emulator::{Emulator, Fault, FaultKind};

use crate::support::tiny;

#[test]
fn a_file_that_asks_for_nonsense_is_refused() {
    for (text, word) in [
        ("fault = 1", ""),
        ("[[fault]]\nvendor = \"yxt\"", "kind"),
        ("[[fault]]\nvendor = \"yxt\"\nkind = { slow = 1, status = 200 }", ""),
        ("[[fault]]\nvendor = \"wechat\"\nkind = \"reset\"", "fault 1: unknown vendor"),
        ("[[fault]]\nvendor = \"yxt\"\nkind = { status = 99 }", "fault 1: status"),
        (
            "[[fault]]\nvendor = \"yxt\"\nkind = \"unknown_label\"",
            "fault 1: unknown_label needs a label",
        ),
        (
            "[[fault]]\nvendor = \"yxt\"\nkind = \"reset\"\nmessage = \"m\"",
            "fault 1: message is for",
        ),
        ("[[faults]]\nvendor = \"yxt\"\nkind = \"reset\"", "faults"),
    ] {
        let error = Emulator::builder().faults_toml(text).unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_fault_without_anything_to_change_is_refused() {
    let emulator = tiny().await;
    for (vendor, endpoint, kind, expected) in [
        ("yxt", None, FaultKind::UnknownLabel, "unknown_label needs a label"),
        ("yxt", None, FaultKind::TokenRevoked, "token_revoked needs an access token"),
        ("yxt", None, FaultKind::SilentCap(100), "silent_cap needs larger pages"),
        ("polyv", None, FaultKind::TokenRevoked, "token_revoked needs an access token"),
        ("xiaoe", None, FaultKind::ClockSkew(1), "clock_skew needs a timestamp"),
        ("xiaoe", Some("red_packet_list"), FaultKind::WrongTotal(1), "wrong_total needs a total"),
        ("xiaoe", Some("account_info_batch"), FaultKind::UnknownLabel, "unknown_label needs"),
        ("xiaoe", Some("token"), FaultKind::NewField, "new_field needs rows"),
        ("polyv", Some("invite_list"), FaultKind::BrokenRow, "broken_row needs a required member"),
        (
            "xiaoe",
            Some("token"),
            FaultKind::DuplicateRows(1),
            "duplicate_rows needs numbered pages",
        ),
    ] {
        let fault = Fault::new(vendor, kind);
        let fault = endpoint.map_or(fault.clone(), |endpoint| fault.endpoint(endpoint));
        let error = emulator.add_fault(fault).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    // What finds something at one endpoint may be ordered for all.
    for kind in [FaultKind::WrongTotal(1), FaultKind::UnknownLabel, FaultKind::TokenRevoked] {
        emulator.add_fault(Fault::new("xiaoe", kind)).unwrap();
    }
}
