use live_rewards_core::{RedPacketState, Refund, RoomKind, Split};

use super::*;
use crate::{
    Ageing, ReconcileOptions, RoomNote, reconcile,
    test_util::{claim, room, synced},
};

fn refunded(amount: Option<i64>) -> Refund {
    Refund::Done { amount: amount.map(fen), at: Some(at(2 * DAY)) }
}

/// One red packet of each kind of end, all of one day, with its claims.
fn ends(ledger: &mut Ledger, stamp: &Stamp) {
    let mut add = |id: &str, claims: &[i64], change: fn(&mut RedPacket)| {
        let mut packet = packet(id, room(), 0);
        change(&mut packet);
        write(ledger, stamp, &[packet]);
        let claims: Vec<_> = (1..)
            .zip(claims)
            .map(|(number, amount)| claim(id, &format!("u{number}"), number, *amount))
            .collect();
        write(ledger, stamp, &claims);
    };
    add("balanced", &[100, 200], |_| {});
    add("fee in refund", &[100], |packet| {
        (packet.issued, packet.net) = (fen(303), Some(fen(300)));
        packet.refund = refunded(Some(203));
    });
    add("residue", &[33, 33, 33], |packet| {
        (packet.issued, packet.split, packet.count) = (fen(100), Some(Split::Equal), Some(3));
    });
    add("open", &[100], |packet| packet.remaining = Some(fen(200)));
    add("refunded", &[250], |packet| packet.refund = refunded(None));
    add("missing", &[220], |packet| packet.refund = refunded(Some(60)));
    add("too much", &[310], |packet| packet.net = Some(fen(290)));
    add("short", &[280], |packet| {
        (packet.refund, packet.remaining) = (refunded(None), Some(fen(13)));
    });
    add("abnormal", &[100], |packet| {
        packet.refund = refunded(Some(10));
        packet.state = Some(RedPacketState::Abnormal);
    });
}

#[test]
fn what_was_issued_is_in_one_part_or_another() {
    let (_folder, mut ledger, stamp) = synced();
    assert_eq!(ledger.packet_sums(&all()).unwrap(), PacketSums::default());
    ends(&mut ledger, &stamp);
    write(&mut ledger, &stamp, &[claim("gone", "u", 1, 7)]);
    let sums = ledger.packet_sums(&all()).unwrap();
    let expected = PacketSums {
        packets: 9,
        issued: fen(2503),
        claimed: fen(1759),
        claims: 12,
        refunded: fen(273),
        fee: fen(10),
        open: fen(200),
        refunded_unreported: fen(50 + 13 + 190),
        residue: fen(1),
        difference: fen(7),
        differing: 3,
    };
    assert_eq!(sums, expected);
    assert_eq!(parts(&sums), sums.issued);
}

#[test]
fn they_are_what_the_running_balance_ends_with() {
    let (_folder, mut ledger, stamp) = synced();
    ends(&mut ledger, &stamp);
    let sums = ledger.packet_sums(&all()).unwrap();
    let balances = reconcile(&mut ledger, &ReconcileOptions::default(), at(9 * DAY)).unwrap();
    let [balance] = balances.balances.as_slice() else { panic!("one account") };
    let of_days = |part: fn(&crate::BalanceRow) -> Money| {
        Money::checked_sum(balance.days.iter().map(part)).unwrap()
    };
    assert_eq!(of_days(|day| day.issued), sums.issued);
    assert_eq!(of_days(|day| day.claimed), sums.claimed);
    assert_eq!(of_days(|day| day.refunded), sums.refunded);
    assert_eq!(of_days(|day| day.fee), sums.fee);
    let closing = balance.closing;
    assert_eq!(closing.still_open, sums.open);
    assert_eq!(closing.refunded_unreported, sums.refunded_unreported);
    assert_eq!(closing.residue, sums.residue);
    assert_eq!(closing.differences, sums.difference);
}

#[test]
fn a_red_packet_counts_when_it_was_sent_and_for_its_account() {
    let (_folder, mut ledger, stamp) = synced();
    let other = other(&mut ledger, &stamp);
    // 2023-11-15 in Beijing, a month later, and of another account.
    write(&mut ledger, &stamp, &[packet("p", room(), 0), packet("q", room(), 20 * DAY)]);
    write(&mut ledger, &stamp, &[claim("p", "u", 20 * DAY, 5)]);
    write(&mut ledger, &other, &[packet("p", room(), 0)]);
    let days: Vec<_> = ledger
        .packet_sums_by_day(&all())
        .unwrap()
        .iter()
        .map(|day| (day.day.to_string(), day.sums.packets, day.sums.claimed.fen()))
        .collect();
    assert_eq!(days, [("2023-11-15".to_owned(), 2, 5), ("2023-12-05".to_owned(), 1, 0)]);
    let packets = |accounts: Option<Vec<_>>, since: Option<i64>, until: Option<i64>| {
        let (since, until) = (since.map(at), until.map(at));
        ledger.packet_sums(&Selection { accounts, since, until }).unwrap().packets
    };
    assert_eq!(packets(None, Some(0), Some(20 * DAY)), 2);
    assert_eq!(packets(None, Some(1), None), 1);
    assert_eq!(packets(Some(vec![other.account]), None, None), 1);
    assert_eq!(packets(Some(vec![]), None, None), 0);
}

#[test]
fn rooms_with_the_most_come_first() {
    let (_folder, mut ledger, stamp) = synced();
    let room = |id: &str| RoomRef::new(id, RoomKind::Live);
    let mut add = |id: &str, of: &str, issued: i64, missing: i64| {
        let mut packet = packet(id, room(of), 0);
        packet.issued = fen(issued);
        packet.refund = refunded(Some(issued - missing));
        write(&mut ledger, &stamp, &[packet]);
    };
    add("1", "even", 500, 0);
    add("2", "small", 100, 5);
    add("3", "both", 100, 9);
    add("4", "both", 100, -9);
    add("5", "also small", 100, 0);
    let note = RoomNote {
        room: room("both"),
        title: Some("title".to_owned()),
        labels: None,
        ended_at: None,
    };
    ledger.note_room(stamp.account, &note, at(1)).unwrap();
    let shown = |rooms: &[crate::RoomSums]| -> Vec<String> {
        rooms.iter().map(|room| room.room.id.to_string()).collect()
    };
    let by_issued = ledger.packet_sums_by_room(&all(), 10).unwrap();
    assert_eq!(shown(&by_issued), ["even", "both", "also small", "small"]);
    assert_eq!(by_issued[1].title.as_deref(), Some("title"));
    assert_eq!(shown(&ledger.packet_sums_by_room(&all(), 1).unwrap()), ["even"]);
    let by_difference = ledger.rooms_by_difference(&all(), 10).unwrap();
    assert_eq!(shown(&by_difference), ["both", "small"]);
    assert_eq!(by_difference[0].packets.difference, fen(0));
    let asked = ["small", "nowhere", "both"].map(|id| (stamp.account, room(id)));
    let days = ledger.room_days(&all(), &asked).unwrap();
    let days: Vec<_> = days
        .iter()
        .map(|day| (day.room.id.as_str(), day.issued.fen(), day.difference.fen()))
        .collect();
    assert_eq!(days, [("small", 100, 5), ("both", 200, 0)]);
}

#[test]
fn money_that_is_open_has_an_age() {
    let (_folder, mut ledger, stamp) = synced();
    let hours = |id: &str, hours: i64| packet(id, room(), -hours * 3600);
    let mut settled = hours("settled", 50);
    settled.refund = refunded(None);
    let packets = [
        hours("to come", -1),
        hours("new", 23),
        hours("a day", 24),
        hours("a week", 168),
        hours("older", 9000),
        settled,
    ];
    write(&mut ledger, &stamp, &packets);
    write(&mut ledger, &stamp, &[claim("new", "u", 0, 100)]);
    let ages = ledger.refund_ageing(&all(), at(0)).unwrap();
    let shown = |age: &Ageing| (age.from_hours, age.to_hours, age.packets, age.money.fen());
    assert_eq!(
        ages.iter().map(shown).collect::<Vec<_>>(),
        [(0, Some(24), 2, 500), (24, Some(72), 1, 300), (72, Some(168), 0, 0), (168, None, 2, 600)]
    );
    let open = Money::checked_sum(ages.iter().map(|age| age.money));
    assert_eq!(open, Some(ledger.packet_sums(&all()).unwrap().open));
}
