//! What is asked for in a first sync and in those after it.

use live_rewards_core::{Operation, Session, Timestamp};

use super::{
    desk::{Desk, claim, day, gift, open_packet, packet, room},
    shop::Shop,
};

/// A shop with two packets, their claims, a session and a gift, all older than the lookback of a sync at the tenth day.
fn shop() -> Shop {
    let shop = Shop::inline();
    let mut session = Session::new("s".into(), room("r"), day(1));
    session.ended_at = Some(day(2));
    let mut packets = vec![packet("b", day(2)), packet("a", day(1))];
    packets[0].claims = Some(vec![claim("b", "x"), claim("b", "y")]);
    packets[1].claims = Some(Vec::new());
    let mut state = shop.state();
    state.sessions.push(session);
    state.packets = packets;
    state.gifts.push(gift("x", day(1)));
    drop(state);
    shop
}

fn second_before(time: Timestamp) -> Timestamp {
    Timestamp::from_epoch_ms(time.epoch_ms() - 1000).unwrap()
}

#[test]
fn a_second_sync_reads_some_days_again_and_writes_nothing() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    let first = desk.sync(&shop, day(10));
    assert_eq!((first.new, first.changed, first.same), (6, 0, 0));
    let ever = "2000-01-01 00:00:00..2100-01-01 00:00:00";
    let gifts = format!("gifts r {ever} p1");
    assert_eq!(shop.calls(), ["rooms p1", "sessions r p1", "red_packets r p1", gifts.as_str()]);
    let second = desk.sync(&shop, day(10));
    assert_eq!((second.new, second.changed), (0, 0));
    let from = "2026-01-06 23:59:59..";
    assert_eq!(
        shop.calls(),
        [
            "rooms p1".to_owned(),
            format!("sessions r {from} p1"),
            format!("red_packets r {from} p1"),
            format!("gifts r {from}2100-01-01 00:00:00 p1"),
        ]
    );
}

#[test]
fn a_packet_that_may_be_refunded_is_read_again_for_some_days() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    shop.state().packets.push(open_packet("open", day(0)));
    let mut asked = |now| {
        desk.sync(&shop, day(now));
        shop.calls_of("red_packets").join(", ")
    };
    assert_eq!(asked(10), "red_packets r p1, red_packets r p2");
    let refunds = "red_packets r 2025-12-31 23:59:59.. p1, red_packets r 2025-12-31 23:59:59.. p2";
    assert_eq!(asked(30), refunds);
    assert_eq!(asked(31), "red_packets r 2026-01-26 23:59:59.. p1");
    assert_eq!(desk.given_up(), 1);
}

#[test]
fn a_session_without_end_is_read_again() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    shop.state().sessions[0].ended_at = None;
    desk.sync(&shop, day(10));
    shop.state().sessions[0].ended_at = Some(day(3));
    shop.calls();
    assert_eq!(desk.sync(&shop, day(20)).changed, 1);
    assert_eq!(shop.calls_of("sessions"), ["sessions r 2026-01-01 23:59:59.. p1"]);
    desk.sync(&shop, day(20));
    assert_eq!(shop.calls_of("sessions"), ["sessions r 2026-01-16 23:59:59.. p1"]);
}

#[test]
fn a_full_sync_reads_everything() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    desk.sync(&shop, day(10));
    shop.calls();
    desk.options.full = true;
    desk.sync(&shop, day(11));
    assert_eq!(shop.calls_of("red_packets"), ["red_packets r p1"]);
}

#[test]
fn what_lies_outside_of_the_times_is_cut_off() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    desk.options.since = Some(day(5));
    desk.options.until = Some(day(8));
    shop.state().packets = vec![
        packet("after", day(8)),
        packet("last", second_before(day(8))),
        packet("first", day(5)),
        packet("before", second_before(day(5))),
    ];
    desk.sync(&shop, day(10));
    let asked = "red_packets r 2026-01-05 23:59:59..2026-01-09 00:00:01";
    assert_eq!(shop.calls_of("red_packets"), [format!("{asked} p1"), format!("{asked} p2")]);
    assert_eq!(desk.column("red_packet_id", "red_packets"), ["first", "last"]);
}

#[test]
fn a_narrowed_sync_leaves_no_gap_behind() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    let mut complete = |since: Option<i64>, until: Option<i64>, now| {
        desk.options.since = since.map(day);
        desk.options.until = until.map(day);
        desk.sync(&shop, day(now));
        desk.complete(Operation::RedPackets, "channel:r")
    };
    assert_eq!(complete(Some(5), None, 8), None);
    assert_eq!(complete(None, Some(9), 10), Some(day(9)));
    assert_eq!(complete(Some(5), None, 11), Some(day(11)));
    assert_eq!(complete(Some(8), None, 12), Some(day(11)));
    assert_eq!(complete(Some(7), Some(9), 12), Some(day(11)));
    assert_eq!(complete(None, None, 12), Some(day(12)));
    assert_eq!(
        shop.calls_of("red_packets").last().unwrap(),
        "red_packets r 2026-01-07 23:59:59.. p1"
    );
}

#[test]
fn reading_ahead_changes_nothing() {
    let synced = |read_ahead| {
        let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
        let packets = (0..9).map(|number| packet(&format!("p{number}"), day(number)));
        shop.state().packets.extend(packets);
        desk.options.read_ahead = read_ahead;
        desk.sync(&shop, day(10));
        desk.column("red_packet_id", "red_packets")
    };
    assert_eq!(synced(1).len(), 11);
    assert_eq!(synced(1), synced(4));
}
