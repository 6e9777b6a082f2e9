use live_rewards::{Money, Points, Vendor};
use live_rewards_emulator::{Totals, Truth, VendorTruth};

use crate::{failure::Failure, summary::Summary, tally::Tally};

/// Fails where a count or sum, of a room or of all, is not what the emulator served.
pub(super) fn compare(summaries: &[Summary], truth: &Truth) -> Result<(), Failure> {
    let differences: Vec<String> = summaries
        .iter()
        .flat_map(|summary| {
            let served = match summary.vendor {
                Vendor::Xiaoe => &truth.xiaoe,
                Vendor::Polyv => &truth.polyv,
                _ => &truth.yxt,
            };
            differences(summary, served)
        })
        .collect();
    if differences.is_empty() { Ok(()) } else { Err(Failure::different(differences.join("; "))) }
}

/// What a figure is, as fetched, as served.
type Figure = (&'static str, String, String);

fn differences(summary: &Summary, served: &VendorTruth) -> Vec<String> {
    let Summary { vendor, rooms, total, .. } = summary;
    let mut differences = Vec::new();
    for room in &served.rooms {
        let name = format!("{vendor} room {}", room.room);
        match rooms.iter().find(|(id, _)| id.id.as_str() == room.room) {
            Some((_, tally)) => differences.extend(unequal(&name, rewards(tally, &room.totals))),
            None => differences.push(format!("{name}: not fetched")),
        }
    }
    let counts = [("rooms", rooms.len().to_string(), served.rooms.len().to_string())];
    let name = vendor.as_str();
    differences.extend(unequal(name, counts));
    differences.extend(unequal(name, rewards(total, &served.total)));
    differences.extend(unequal(name, points_accounts(total, served)));
    differences
}

fn unequal(name: &str, figures: impl IntoIterator<Item = Figure>) -> impl Iterator<Item = String> {
    figures.into_iter().filter(|(_, fetched, served)| fetched != served).map(
        move |(what, fetched, served)| {
            format!("{name} {what}: fetched {fetched}, the emulator served {served}")
        },
    )
}

fn rewards(tally: &Tally, served: &Totals) -> [Figure; 10] {
    let fen = |fen: i64| Money::from_fen(fen).to_string();
    let points = |points: i64| Points::new(points).to_string();
    [
        ("red packets", tally.red_packets.to_string(), served.red_packets.to_string()),
        ("claims", tally.claims.to_string(), served.claims.to_string()),
        ("issued", tally.issued.to_string(), fen(served.issued_fen)),
        ("claimed", tally.claimed.to_string(), fen(served.claimed_fen)),
        ("refunded", tally.refunded.to_string(), fen(served.refunded_fen)),
        ("fee", tally.fee.to_string(), fen(served.fee_fen)),
        ("left", tally.left.to_string(), fen(served.left_fen)),
        ("gifts", tally.gifts.to_string(), served.gifts.to_string()),
        (
            "gift points charged",
            tally.gift_points.unwrap_or_default().to_string(),
            points(served.gift_points_charged),
        ),
        (
            "gift points by list price",
            tally.gift_points_listed.to_string(),
            points(served.gift_points_listed),
        ),
    ]
}

fn points_accounts(tally: &Tally, served: &VendorTruth) -> [Figure; 2] {
    [
        ("points accounts", tally.points_accounts.to_string(), served.points_accounts.to_string()),
        ("points", tally.points.to_string(), Points::new(served.points_available).to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use live_rewards::Capabilities;
    use live_rewards_emulator::RoomTruth;

    use super::*;
    use crate::rooms::room;

    /// Two rooms with 1.00 and 2.00 yuan issued.
    fn fetched() -> Summary {
        let tally =
            |fen| Tally { red_packets: 1, issued: Money::from_fen(fen), ..Tally::default() };
        let mut total = tally(300);
        total.red_packets = 2;
        Summary {
            vendor: Vendor::Polyv,
            capabilities: Capabilities::default(),
            rooms: vec![
                (room(Vendor::Polyv, "1"), tally(100)),
                (room(Vendor::Polyv, "2"), tally(200)),
            ],
            total,
        }
    }

    /// The same two rooms with other sums.
    fn served(issued: [i64; 2], total: i64) -> Truth {
        let mut truth = Truth::default();
        for (id, fen) in ["1", "2"].into_iter().zip(issued) {
            let mut room = RoomTruth::default();
            room.room = id.to_owned();
            room.totals.red_packets = 1;
            room.totals.issued_fen = fen;
            truth.polyv.rooms.push(room);
        }
        truth.polyv.total.red_packets = 2;
        truth.polyv.total.issued_fen = total;
        truth
    }

    fn failure(truth: &Truth) -> (u8, String) {
        match compare(&[fetched()], truth) {
            Err(Failure::Message { text, code }) => (code, text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn equal_figures_agree() {
        compare(&[fetched()], &served([100, 200], 300)).unwrap();
    }

    #[test]
    fn one_fen_is_a_difference() {
        assert_eq!(
            failure(&served([100, 200], 301)),
            (6, "polyv issued: fetched 3.00, the emulator served 3.01".to_owned())
        );
    }

    #[test]
    fn rooms_that_make_up_for_each_other_differ() {
        let expected = "polyv room 1 issued: fetched 1.00, the emulator served 0.99; \
            polyv room 2 issued: fetched 2.00, the emulator served 2.01";
        assert_eq!(failure(&served([99, 201], 300)), (6, expected.to_owned()));
    }

    #[test]
    fn every_figure_counts() {
        type Change = fn(&mut VendorTruth);
        let set: [(&str, Change); 12] = [
            ("red packets", |served| served.total.red_packets += 1),
            ("claims", |served| served.total.claims += 1),
            ("issued", |served| served.total.issued_fen += 1),
            ("claimed", |served| served.total.claimed_fen += 1),
            ("refunded", |served| served.total.refunded_fen += 1),
            ("fee", |served| served.total.fee_fen += 1),
            ("left", |served| served.total.left_fen += 1),
            ("gifts", |served| served.total.gifts += 1),
            ("gift points charged", |served| {
                served.total.gift_points_charged += 1;
            }),
            ("gift points by list price", |served| {
                served.total.gift_points_listed += 1;
            }),
            ("points accounts", |served| served.points_accounts += 1),
            ("points", |served| served.points_available += 1),
        ];
        for (what, change) in set {
            let mut truth = served([100, 200], 300);
            change(&mut truth.polyv);
            let (code, text) = failure(&truth);
            assert_eq!(code, 6);
            assert!(text.starts_with(&format!("polyv {what}: ")), "{text}");
            assert!(!text.contains(';'), "{text}");
        }
    }

    #[test]
    fn a_room_that_was_not_fetched_differs() {
        let mut truth = served([100, 200], 300);
        let mut room = RoomTruth::default();
        room.room = "3".to_owned();
        truth.polyv.rooms.push(room);
        let (_, text) = failure(&truth);
        assert!(text.contains("polyv room 3: not fetched"), "{text}");
    }
}
