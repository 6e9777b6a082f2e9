//! Rows that a vendor had and no longer has.

use live_rewards_core::ErrorKind;

use super::{
    desk::{Desk, claim, day, gift, listed_room, packet},
    shop::Shop,
};

fn vanished(key: &str, returned: bool) -> (String, bool) {
    (format!("[\"{key}\"]"), returned)
}

#[test]
fn a_packet_that_is_gone_is_noticed_until_it_returns() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    let all = ["a", "b", "c"].map(|id| packet(id, day(9))).to_vec();
    shop.state().packets.clone_from(&all);
    desk.sync(&shop, day(10));
    shop.state().packets.remove(1);
    let outcome = desk.try_sync(&shop, day(11)).unwrap();
    assert_eq!((outcome.vanished, outcome.is_complete), (1, true));
    assert_eq!(desk.vanished(), [vanished("b", false)]);
    assert_eq!(desk.try_sync(&shop, day(12)).unwrap().vanished, 0);
    shop.state().packets = all;
    desk.sync(&shop, day(12));
    assert_eq!(desk.vanished(), [vanished("b", true)]);
    assert_eq!(desk.column("red_packet_id", "red_packets"), ["a", "b", "c"]);
}

#[test]
fn only_what_should_have_been_seen_is_missed() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = vec![packet("seen", day(9)), packet("old", day(1))];
    desk.sync(&shop, day(10));
    shop.state().packets.pop();
    desk.sync(&shop, day(11));
    assert_eq!(desk.vanished(), []);
    desk.options.full = true;
    desk.sync(&shop, day(11));
    assert_eq!(desk.vanished(), [vanished("old", false)]);
}

#[test]
fn nothing_is_missed_beside_rows_that_can_not_be_read() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = ["a", "b", "c"].map(|id| packet(id, day(9))).to_vec();
    desk.sync(&shop, day(10));
    shop.state().packets.remove(0);
    shop.state().spoiled = vec!["b".to_owned()];
    desk.try_sync(&shop, day(11)).unwrap();
    assert_eq!(desk.vanished(), []);
}

#[test]
fn nothing_is_missed_by_a_reading_that_fails_or_goes_on() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = ["a", "b", "c"].map(|id| packet(id, day(9))).to_vec();
    desk.sync(&shop, day(10));
    shop.fail("p2", ErrorKind::Decode, 1);
    assert_eq!(desk.try_sync(&shop, day(11)).unwrap().failures, 1);
    assert_eq!(desk.vanished(), []);
    shop.fail("p2", ErrorKind::Timeout, 1);
    desk.try_sync(&shop, day(11)).unwrap_err();
    desk.sync(&shop, day(11));
    assert_eq!(desk.vanished(), []);
}

#[test]
fn a_claim_that_came_with_its_packet_and_is_gone_is_noticed_until_it_returns() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    let mut with_claims = packet("a", day(9));
    let claims = vec![claim("a", "x"), claim("a", "y")];
    with_claims.claims = Some(claims.clone());
    shop.state().packets.push(with_claims);
    desk.sync(&shop, day(10));
    let mut synced = |claims| {
        shop.state().packets[0].claims = Some(claims);
        desk.sync(&shop, day(11));
        desk.vanished().into_iter().map(|(_, returned)| returned).collect::<Vec<_>>()
    };
    assert_eq!(synced(claims[..1].to_vec()), [false]);
    assert_eq!(synced(claims), [true]);
    assert_eq!(desk.column("user_id", "claims"), ["x", "y"]);
}

#[test]
fn a_claim_that_has_a_call_of_its_own_and_is_gone_is_noticed() {
    let (shop, mut desk) = (Shop::by_packet(), Desk::with_rooms(&["r"]));
    shop.state().packets.push(packet("a", day(9)));
    shop.state().claims = vec![claim("a", "x"), claim("a", "y")];
    desk.sync(&shop, day(10));
    shop.state().claims.remove(0);
    assert_eq!(desk.try_sync(&shop, day(11)).unwrap().vanished, 1);
    assert_eq!(desk.column("user_id", "claims"), ["x", "y"]);
}

#[test]
fn a_room_and_a_gift_that_are_gone_are_noticed() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().rooms = vec![listed_room("r"), listed_room("s")];
    shop.state().gifts = vec![gift("x", day(9)), gift("y", day(9))];
    desk.sync(&shop, day(10));
    shop.state().rooms.pop();
    shop.state().gifts.pop();
    assert_eq!(desk.try_sync(&shop, day(11)).unwrap().vanished, 2);
}
