//! Claims that have a call for each red packet.

use live_rewards_core::{
    ErrorKind, Money, Operation, RedPacket, RedPacketState, Refund, Timestamp,
};

use super::{
    desk::{Desk, claim, day, open_packet, packet},
    shop::Shop,
};
use crate::sync::SyncError;

/// A packet that the listing calls expired, and the claims call abnormal and refunded.
fn told_twice(id: &str, created_at: Timestamp) -> (RedPacket, RedPacket) {
    let mut listed = open_packet(id, created_at);
    (listed.remaining, listed.refund) = (None, Refund::NotReported);
    listed.state = Some(RedPacketState::Expired);
    let mut reported = listed.clone();
    reported.state = Some(RedPacketState::Abnormal);
    reported.refund = Refund::Done { amount: Some(Money::from_fen(40)), at: Some(day(3)) };
    (listed, reported)
}

/// A shop with such packets, one claim each.
fn shop(packets: &[(&str, i64)]) -> Shop {
    let shop = Shop::by_packet();
    for (id, created_at) in packets {
        let (listed, reported) = told_twice(id, day(*created_at));
        let mut state = shop.state();
        state.packets.push(listed);
        state.reported.push(reported);
        state.claims.push(claim(id, "x"));
    }
    shop
}

#[test]
fn what_two_calls_say_of_a_packet_is_put_together_before_it_is_written() {
    let (shop, mut desk) = (shop(&[("a", 9)]), Desk::with_rooms(&["r"]));
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("state", "red_packets"), ["abnormal"]);
    assert_eq!(desk.column("refund_fen", "red_packets"), ["40"]);
    let second = desk.sync(&shop, day(11));
    assert_eq!(shop.calls_of("claims"), ["claims a p1", "claims a p1"]);
    assert_eq!((second.new, second.changed), (0, 0));
    assert_eq!(desk.ledger.changes(None).unwrap(), []);
}

#[test]
fn the_claims_of_a_final_packet_are_read_again_only_in_full_or_if_it_changed() {
    let (shop, mut desk) = (shop(&[("old", 1), ("new", 9)]), Desk::with_rooms(&["r"]));
    let mut read = |now| {
        desk.sync(&shop, day(now));
        shop.calls_of("claims")
    };
    assert_eq!(read(10), ["claims old p1", "claims new p1"]);
    assert_eq!(read(11), ["claims new p1"]);
    shop.state().packets[0].claimed_count = Some(2);
    shop.state().reported[0].claimed_count = Some(2);
    shop.state().claims.push(claim("old", "y"));
    assert_eq!(read(11), ["claims old p1", "claims new p1"]);
    assert_eq!(read(11), ["claims new p1"]);
    desk.options.full = true;
    desk.sync(&shop, day(12));
    assert_eq!(shop.calls_of("claims"), ["claims old p1", "claims new p1"]);
}

#[test]
fn a_refund_is_waited_for_only_so_long() {
    let (shop, mut desk) = (Shop::by_packet(), Desk::with_rooms(&["r"]));
    shop.state().packets.push(open_packet("a", day(0)));
    let mut reads = |now| {
        desk.sync(&shop, day(now));
        shop.calls_of("claims").len()
    };
    assert_eq!((reads(10), reads(29)), (1, 1));
    assert_eq!(desk.given_up(), 0);
    let mut reads = |now| {
        desk.sync(&shop, day(now));
        shop.calls_of("claims").len()
    };
    assert_eq!((reads(31), reads(32)), (1, 0));
    assert_eq!(desk.given_up(), 1);
}

#[test]
fn claims_that_are_counted_and_not_listed_are_waited_for_only_so_long() {
    let (shop, mut desk) = (shop(&[("a", 1), ("b", 1)]), Desk::with_rooms(&["r"]));
    for reported in &mut shop.state().reported {
        reported.claimed_count = Some(2);
    }
    let mut reads = |now| {
        desk.sync(&shop, day(now));
        shop.calls_of("claims").join(", ")
    };
    assert_eq!([10, 11].map(&mut reads), ["claims a p1, claims b p1"; 2]);
    shop.state().claims.push(claim("a", "y"));
    assert_eq!(reads(12), "claims a p1, claims b p1");
    assert_eq!([13, 31, 32].map(reads), ["claims b p1", "claims b p1", ""]);
}

#[test]
fn a_refund_that_is_listed_without_its_amount_is_nothing_new() {
    let (shop, mut desk) = (shop(&[("a", 1)]), Desk::with_rooms(&["r"]));
    shop.state().packets[0].refund = Refund::Done { amount: None, at: None };
    for reads in [1, 0] {
        desk.sync(&shop, day(10));
        assert_eq!(shop.calls_of("claims").len(), reads);
    }
    assert_eq!(desk.column("refund_fen", "red_packets"), ["40"]);
}

#[test]
fn claims_of_several_pages_go_on_where_they_were_interrupted() {
    let (shop, mut desk) = (shop(&[("a", 1)]), Desk::with_rooms(&["r"]));
    let users = ["v", "w", "x", "y", "z"];
    shop.state().claims = users.map(|by| claim("a", by)).to_vec();
    shop.fail("claims a p2", ErrorKind::Transport, 1);
    assert!(matches!(desk.try_sync(&shop, day(10)), Err(SyncError::Vendor { .. })));
    assert_eq!(desk.column("user_id", "claims"), users[..2]);
    assert!(desk.listing(Operation::Claims, "a").unwrap().cursor.is_some());
    let listing = desk.listing(Operation::RedPackets, "channel:r").unwrap();
    assert_eq!((listing.cursor.as_deref(), listing.completed_at), (Some("@"), None));
    shop.calls();

    desk.sync(&shop, day(11));
    let again = ["claims a p1", "claims a p2", "claims a p3"];
    assert_eq!(shop.calls_of("claims"), [&["claims a p2", "claims a p3"][..], &again].concat());
    assert_eq!(desk.column("user_id", "claims"), users);
    let listing = desk.listing(Operation::Claims, "a").unwrap();
    assert_eq!((listing.complete_until, listing.is_final), (Some(day(11)), true));
}

#[test]
fn packets_that_were_read_before_an_interruption_are_not_read_again_for_its_sake() {
    let packets = [("a", 9), ("b", 9), ("c", 9), ("d", 9)];
    let (shop, mut desk) = (shop(&packets), Desk::with_rooms(&["r"]));
    desk.options.max_requests = Some(2);
    let mut calls = |now| {
        desk.try_sync(&shop, day(now)).unwrap();
        shop.calls()
    };
    assert_eq!(calls(10), ["red_packets r p1", "claims a p1"]);
    assert_eq!(calls(10), ["red_packets r p1", "claims b p1"]);
    assert_eq!(calls(10), ["red_packets r p2", "claims c p1"]);
    assert_eq!(calls(10), ["red_packets r p2", "claims d p1"]);
    assert_eq!(desk.column("red_packet_id", "claims"), ["a", "b", "c", "d"]);
}

#[test]
fn claims_that_can_not_be_read_do_not_keep_the_others_away() {
    let (shop, mut desk) = (shop(&[("a", 1), ("b", 1), ("c", 1)]), Desk::with_rooms(&["r"]));
    shop.fail("claims b", ErrorKind::NotFound, 1);
    let outcome = desk.try_sync(&shop, day(10)).unwrap();
    let (key, error) = &outcome.listings_failed[0];
    assert_eq!((key.scope.as_str(), error.kind()), ("b", ErrorKind::NotFound));
    assert_eq!((outcome.failures, outcome.is_complete), (1, false));
    assert_eq!(desk.column("red_packet_id", "claims"), ["a", "c"]);
    assert_eq!(desk.column("state", "red_packets"), ["abnormal", "abnormal", "expired"]);
    assert!(desk.listing(Operation::Claims, "b").unwrap().error.is_some());
    shop.calls();

    desk.sync(&shop, day(10));
    assert_eq!(shop.calls_of("claims"), ["claims b p1"]);
    assert_eq!(desk.column("state", "red_packets"), ["abnormal"; 3]);
    assert_eq!(desk.listing(Operation::Claims, "b").unwrap().error, None);
}

#[test]
fn a_call_that_failed_before_its_turn_is_made_again() {
    let (shop, mut desk) = (shop(&[("a", 1), ("b", 1)]), Desk::with_rooms(&["r"]));
    desk.options.read_ahead = 2;
    shop.fail("claims b", ErrorKind::Timeout, 1);
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("red_packet_id", "claims"), ["a", "b"]);
}

#[test]
fn reading_several_packets_at_once_changes_nothing() {
    let synced = |read_ahead| {
        let ids: Vec<String> = (0..7).map(|number| format!("p{number}")).collect();
        let packets: Vec<_> = ids.iter().map(|id| (id.as_str(), 1)).collect();
        let (shop, mut desk) = (shop(&packets), Desk::with_rooms(&["r"]));
        shop.state().claims.extend(["w", "y", "z"].map(|by| claim("p3", by)));
        desk.options.read_ahead = read_ahead;
        desk.sync(&shop, day(10));
        desk.column("red_packet_id || user_id", "claims")
    };
    assert_eq!(synced(1).len(), 10);
    assert_eq!(synced(1), synced(3));
}

#[test]
fn a_room_that_is_over_is_not_asked_for_again() {
    let (shop, mut desk) = (shop(&[("a", 1)]), Desk::new());
    desk.note("r", Some(day(2)));
    desk.sync(&shop, day(5));
    shop.calls();
    desk.sync(&shop, day(7));
    assert_eq!(shop.calls(), ["red_packets r p1", "red_packet_summary r"]);
    desk.sync(&shop, day(8));
    assert_eq!(shop.calls(), [""; 0]);
    desk.options.full = true;
    desk.sync(&shop, day(8));
    assert_eq!(shop.calls().len(), 3);
}

#[test]
fn a_room_is_not_over_while_a_refund_is_open() {
    let (shop, mut desk) = (shop(&[("a", 1)]), Desk::new());
    shop.state().packets.push(packet("b", day(1)));
    shop.state().packets[1].remaining = Some(Money::from_fen(1));
    desk.note("r", Some(day(2)));
    let mut calls = |now| {
        desk.sync(&shop, day(now));
        shop.calls().len()
    };
    assert_eq!((calls(10), calls(11), calls(32), calls(33)), (4, 3, 3, 0));
}
