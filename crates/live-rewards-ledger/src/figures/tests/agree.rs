use std::collections::BTreeMap;

use live_rewards_core::{RedPacketState, Refund, RoomKind, Split};

use super::*;
use crate::test_util::{claim, synced};

/// Red packets in all states that values can make, in three rooms of two accounts over three months.
fn many(ledger: &mut Ledger, stamp: &Stamp) {
    let stamps = [*stamp, other(ledger, stamp)];
    let done = |amount: Option<i64>| Refund::Done { amount: amount.map(fen), at: None };
    let refunds = [Refund::NotReported, Refund::None, Refund::Pending]
        .into_iter()
        .chain([None, Some(100), Some(110)].map(done));
    let mut packets = Vec::new();
    for refund in refunds {
        for net in [None, Some(290)] {
            for remaining in [None, Some(0), Some(100)] {
                for split in [Split::Random, Split::Equal] {
                    for count in [None, Some(3)] {
                        for state in [RedPacketState::Expired, RedPacketState::Abnormal] {
                            let mut packet = packet("", RoomRef::new("", RoomKind::Live), 0);
                            packet.refund = refund;
                            packet.net = net.map(fen);
                            packet.remaining = remaining.map(fen);
                            packet.split = Some(split.clone());
                            packet.count = count;
                            packet.state = Some(state);
                            packets.push(packet);
                        }
                    }
                }
            }
        }
    }
    let claimed: [&[i64]; 4] = [&[], &[200], &[96, 96, 96], &[100, 210]];
    let mut claims = [Vec::new(), Vec::new()];
    let mut rows = [Vec::new(), Vec::new()];
    for (packet, amounts) in packets.iter().flat_map(|packet| claimed.map(|of| (packet, of))) {
        let number = rows[0].len() + rows[1].len();
        let account = usize::from(number.is_multiple_of(5));
        let days = i64::try_from(number % 67).unwrap();
        let mut packet = packet.clone();
        packet.id = number.to_string().into();
        packet.room.id = (number % 3).to_string().into();
        packet.created_at = at(days * DAY);
        for (at, amount) in (1..).zip(amounts) {
            claims[account].push(claim(packet.id.as_str(), "u", days * DAY + at, *amount));
        }
        rows[account].push(packet);
    }
    for ((stamp, packets), claims) in stamps.iter().zip(&rows).zip(&claims) {
        write(ledger, stamp, packets);
        write(ledger, stamp, claims);
    }
}

fn sum(sums: impl IntoIterator<Item = PacketSums>) -> PacketSums {
    sums.into_iter().try_fold(PacketSums::default(), PacketSums::checked_add).unwrap()
}

#[test]
fn all_sums_are_those_of_the_whole() {
    let (_folder, mut ledger, stamp) = synced();
    many(&mut ledger, &stamp);
    let total = ledger.packet_sums(&all()).unwrap();
    assert_eq!((total.packets, total.issued), (1152, fen(1152 * 300)));
    for part in [total.refunded, total.fee, total.open, total.refunded_unreported, total.residue] {
        assert_ne!(part, Money::ZERO, "{total:?}");
    }
    assert_eq!(parts(&total), total.issued);

    let days = ledger.packet_sums_by_day(&all()).unwrap();
    assert_eq!(days.len(), 67);
    assert!(days.iter().all(|day| parts(&day.sums) == day.sums.issued));
    assert_eq!(sum(days.iter().map(|day| day.sums)), total);
    for day in &days {
        let selection = Selection {
            accounts: None,
            since: Some(day.day.start()),
            until: day.day.next().map(crate::Day::start),
        };
        assert_eq!(ledger.packet_sums(&selection).unwrap(), day.sums, "{}", day.day);
    }

    let months = ledger.sums_by_month(&all()).unwrap();
    let mut of_months: BTreeMap<String, PacketSums> = BTreeMap::new();
    for day in &days {
        let month = of_months.entry(day.day.month().to_string()).or_default();
        *month = month.checked_add(day.sums).unwrap();
    }
    for (name, sums) in of_months {
        let of_accounts = months.iter().filter(|month| month.month.to_string() == name);
        assert_eq!(sum(of_accounts.map(|month| month.packets)), sums, "{name}");
    }
    assert_eq!(months.len(), 6);

    let rooms = ledger.packet_sums_by_room(&all(), usize::MAX).unwrap();
    assert_eq!(rooms.len(), 6);
    assert_eq!(sum(rooms.iter().map(|room| room.packets)), total);
    let all_rooms: Vec<_> = rooms.iter().map(|room| (room.account, room.room.clone())).collect();
    let days = ledger.room_days(&all(), &all_rooms).unwrap();
    assert_eq!(Money::checked_sum(days.iter().map(|day| day.issued)), Some(total.issued));
    assert_eq!(Money::checked_sum(days.iter().map(|day| day.difference)), Some(total.difference));

    let ages = ledger.refund_ageing(&all(), at(70 * DAY)).unwrap();
    assert_eq!(Money::checked_sum(ages.iter().map(|age| age.money)), Some(total.open));
}
