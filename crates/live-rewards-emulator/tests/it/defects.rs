//! The planted defects are what a reconciliation finds, and nothing else is.

use std::collections::HashSet;
use std::time::Duration;

use live_rewards_emulator::{Defect, Emulator, Scenario, Truth};

use crate::checks::{self, Findings};
use crate::reading::{
    Packet, Sums, gift_sums, packet_sums, polyv_donations, polyv_income, polyv_packets, polyv_sums,
    still, xiaoe_accounts, xiaoe_entries, xiaoe_packets, yxt_gifts,
};

fn planted(truth: &Truth) -> Vec<&Defect> {
    [&truth.xiaoe, &truth.polyv, &truth.yxt]
        .into_iter()
        .flat_map(|vendor| &vendor.defects)
        .collect()
}

/// What a reconciliation of one reading has to find.
fn expected(truth: &Truth) -> Findings {
    let defects = planted(truth).into_iter().filter(|defect| !defect.code.starts_with('D'));
    defects
        .flat_map(|defect| {
            let codes = defect.also.iter().chain([&defect.code]);
            codes.map(move |code| (*code, defect.id.clone()))
        })
        .collect()
}

async fn found(emulator: &Emulator) -> Findings {
    let now = emulator.now_ms() / 1000;
    let mut findings = checks::polyv(&polyv_packets(emulator).await, now);
    findings.extend(checks::xiaoe(&xiaoe_packets(emulator).await, now));
    findings.extend(checks::gifts(&yxt_gifts(emulator).await));
    findings.extend(checks::accounts(&xiaoe_accounts(emulator).await));
    findings.extend(checks::entries(&xiaoe_entries(emulator).await));
    let (donations, income) = (polyv_donations(emulator).await, polyv_income(emulator).await);
    findings.extend(checks::income(&donations, &income));
    findings
}

#[tokio::test]
async fn each_defect_is_found_and_nothing_else() {
    for seed in [1, 2, 7] {
        let emulator = still(Emulator::builder().scenario(Scenario::Defects).seed(seed)).await;
        let expected = expected(&emulator.truth());
        for hours in [0, 7, 40, 700] {
            assert_eq!(found(&emulator).await, expected, "seed {seed}, {hours} hours");
            emulator.advance(Duration::from_secs(hours * 3600));
        }
    }
}

#[tokio::test]
async fn all_kinds_are_planted() {
    let emulator = still(Emulator::builder().scenario(Scenario::Defects)).await;
    let truth = emulator.truth();
    let codes = |defects: &[Defect]| -> Vec<&str> {
        let mut codes: Vec<&str> = defects.iter().map(|defect| defect.code).collect();
        codes.sort_unstable();
        codes
    };
    let polyv = ["A1", "A1", "A4", "A4", "A6", "A6", "A6", "A6", "A8", "A9", "D1", "E1", "E2"];
    assert_eq!(codes(&truth.polyv.defects), polyv);
    let xiaoe = ["A1", "A2", "A3", "A3", "A5", "A5", "A6", "A7", "A8", "C2", "C4", "D2"];
    assert_eq!(codes(&truth.xiaoe.defects), xiaoe);
    assert_eq!(codes(&truth.yxt.defects), ["C1", "C3"]);
    let kinds: HashSet<(&str, &str)> =
        planted(&truth).iter().map(|defect| (defect.vendor, defect.kind)).collect();
    assert_eq!(kinds.len(), planted(&truth).len());
    assert!(kinds.contains(&("polyv", "refund_overdue")));
    assert!(kinds.contains(&("xiaoe", "refund_overdue")));
    for defect in planted(&truth) {
        let ready = emulator.ready();
        let rooms = match defect.vendor {
            "xiaoe" => &ready.xiaoe.resource_ids,
            "polyv" => &ready.polyv.channel_ids,
            _ => &ready.yxt.room_ids,
        };
        let has_room = defect.room.as_ref().map(|room| rooms.contains(room));
        let needs_none = matches!(defect.code, "C2" | "C3" | "C4");
        assert_eq!(has_room, (!needs_none).then_some(true), "{defect:?}");
    }
}

#[tokio::test]
async fn differences_are_what_the_rows_show() {
    let emulator = still(Emulator::builder().scenario(Scenario::Defects)).await;
    let truth = emulator.truth();
    let mut packets = polyv_packets(&emulator).await;
    packets.extend(xiaoe_packets(&emulator).await);
    let difference = |packet: &Packet| {
        let claimed: i64 = packet.claims.iter().map(|claim| claim.amount).sum();
        packet.net - claimed - packet.balance - packet.refunded
    };
    let mut seen = 0;
    for defect in planted(&truth) {
        let packet = packets.iter().find(|packet| packet.id == defect.id);
        match (defect.code, packet) {
            ("A1" | "A4", Some(packet)) => {
                let shown = difference(packet);
                assert_eq!(defect.difference_fen.unwrap_or(0), shown, "{defect:?}");
                seen += i64::from(shown != 0);
            }
            ("A2", Some(packet)) => {
                assert_eq!(defect.difference_fen, Some(packet.issued - packet.net));
            }
            _ => {}
        }
    }
    assert_eq!(seen, 4);
}

#[tokio::test]
async fn what_changes_or_vanishes_is_found_by_a_second_reading() {
    let emulator = still(Emulator::builder().scenario(Scenario::Defects)).await;
    let before = (polyv_packets(&emulator).await, xiaoe_packets(&emulator).await);

    emulator.advance(Duration::from_secs(6 * 3600 - 1));
    let unchanged = (polyv_packets(&emulator).await, xiaoe_packets(&emulator).await);
    assert_eq!(before, unchanged);

    emulator.advance(Duration::from_secs(1));
    let after = (polyv_packets(&emulator).await, xiaoe_packets(&emulator).await);
    let mut changes = checks::changes(&before.0, &after.0);
    changes.extend(checks::changes(&before.1, &after.1));
    let truth = emulator.truth();
    let expected: Findings = planted(&truth)
        .into_iter()
        .filter(|defect| defect.code.starts_with('D'))
        .map(|defect| (defect.code, defect.id.clone()))
        .collect();
    assert_eq!(changes, expected);
    assert_eq!((after.0.len(), after.1.len()), (before.0.len(), before.1.len() - 1));

    let grown = planted(&truth).into_iter().find(|defect| defect.code == "D1").unwrap();
    let issued = |packets: &[Packet]| packets.iter().map(|packet| packet.issued).sum::<i64>();
    assert_eq!(grown.difference_fen, Some(issued(&after.0) - issued(&before.0)));
}

#[tokio::test]
async fn the_sums_are_those_of_what_is_served() {
    let emulator = still(Emulator::builder().scenario(Scenario::Defects)).await;
    for _ in 0..2 {
        let truth = emulator.truth();
        let polyv = polyv_sums(&emulator, &polyv_packets(&emulator).await).await;
        let xiaoe = packet_sums(&xiaoe_packets(&emulator).await);
        let yxt = gift_sums(&yxt_gifts(&emulator).await);
        for (served, truth) in [(polyv, truth.polyv), (xiaoe, truth.xiaoe), (yxt, truth.yxt)] {
            assert_eq!(served, Sums::told(&truth));
        }
        emulator.advance(Duration::from_secs(7 * 3600));
    }
}

#[tokio::test]
async fn other_scenarios_have_no_defects() {
    for (builder, hours) in [
        (Emulator::builder().scenario(Scenario::Tiny), [0, 700]),
        (Emulator::builder().scenario(Scenario::Small).seed(3), [0, 50]),
        (Emulator::builder().scenario(Scenario::Campaign).claims(500), [0, 700]),
    ] {
        let emulator = still(builder).await;
        assert!(planted(&emulator.truth()).is_empty());
        for hours in hours {
            emulator.advance(Duration::from_secs(hours * 3600));
            assert_eq!(found(&emulator).await, Findings::new(), "{hours} hours on");
        }
    }
    let emulator = still(Emulator::builder().scenario(Scenario::Live)).await;
    emulator.advance(Duration::from_secs(600));
    assert_eq!(found(&emulator).await, Findings::new());
}
