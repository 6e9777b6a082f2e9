//! Rows that can't be read.

use live_rewards_core::Operation;

use super::{
    desk::{Desk, claim, day, packet},
    shop::Shop,
};

#[test]
fn rows_that_can_not_be_read_are_kept_and_counted_and_the_others_are_written() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = ["a", "b", "c"].map(|id| packet(id, day(9))).to_vec();
    shop.state().spoiled = vec!["b".to_owned()];
    for now in [10, 11] {
        let outcome = desk.try_sync(&shop, day(now)).unwrap();
        assert_eq!((outcome.rejected, outcome.failures, outcome.vanished), (1, 0, 0));
        assert_eq!(desk.column("red_packet_id", "red_packets"), ["a", "c"]);
    }
    let rejected = desk.ledger.rejected(Some(desk.account)).unwrap();
    assert_eq!(rejected.len(), 1);
    assert_eq!((rejected[0].raw.as_str(), rejected[0].key.scope.as_str()), ("b", "channel:r"));
}

#[test]
fn a_packet_that_the_claims_call_garbles_is_kept_beside_its_claims() {
    let (shop, mut desk) = (Shop::by_packet(), Desk::with_rooms(&["r"]));
    shop.state().packets.push(packet("a", day(9)));
    shop.state().claims = vec![claim("a", "x"), claim("a", "y"), claim("a", "z")];
    shop.state().garbled = vec!["a".to_owned()];
    let outcome = desk.try_sync(&shop, day(10)).unwrap();
    // Each of the two pages of claims says it.
    assert_eq!((outcome.rejected, outcome.failures), (2, 0));
    assert_eq!(desk.column("red_packet_id", "red_packets"), ["a"]);
    assert_eq!(desk.column("user_id", "claims"), ["x", "y", "z"]);
    let rejected = desk.ledger.rejected(None).unwrap();
    assert_eq!(rejected.len(), 1);
    assert_eq!((rejected[0].raw.as_str(), rejected[0].key.scope.as_str()), ("packet a", "a"));
}

#[test]
fn a_row_older_than_the_lookback_is_asked_for_until_it_can_be_read() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = vec![packet("bad", day(1)), packet("good", day(9))];
    shop.state().spoiled = vec!["bad".to_owned()];
    for now in [10, 12] {
        assert_eq!(desk.try_sync(&shop, day(now)).unwrap().rejected, 1);
        assert_eq!(desk.complete(Operation::RedPackets, "channel:r"), None);
    }
    shop.state().spoiled.clear();
    assert_eq!(desk.sync(&shop, day(20)).new, 1);
    assert_eq!(desk.column("red_packet_id", "red_packets"), ["bad", "good"]);
    assert_eq!(desk.complete(Operation::RedPackets, "channel:r"), Some(day(20)));
    assert_eq!(desk.ledger.rejected(None).unwrap()[0].resolved_at, Some(day(20)));
    assert_eq!(desk.ledger.status(desk.account, day(0)).unwrap().rejected, 0);
}

#[test]
fn a_bad_row_that_only_a_full_sync_met_is_asked_for_from_there() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = vec![packet("a", day(1)), packet("b", day(9))];
    desk.sync(&shop, day(10));
    shop.state().spoiled = vec!["a".to_owned()];
    desk.options.full = true;
    assert_eq!(desk.try_sync(&shop, day(20)).unwrap().rejected, 1);
    desk.options.full = false;
    assert_eq!(desk.try_sync(&shop, day(21)).unwrap().rejected, 1);
    assert_eq!(desk.complete(Operation::RedPackets, "channel:r"), Some(day(10)));
}

#[test]
fn a_row_that_can_not_be_read_for_long_is_given_up() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = vec![packet("bad", day(1)), packet("good", day(9))];
    shop.state().spoiled = vec!["bad".to_owned()];
    let mut synced = |now| {
        let rejected = desk.try_sync(&shop, day(now)).unwrap().rejected;
        (rejected, desk.complete(Operation::RedPackets, "channel:r"), desk.given_up())
    };
    assert_eq!(synced(10), (1, None, 0));
    assert_eq!(synced(39), (1, None, 0));
    assert_eq!(synced(40), (1, Some(day(40)), 0));
    assert_eq!(synced(41), (0, Some(day(41)), 1));
    assert_eq!(desk.ledger.rejected(None).unwrap()[0].resolved_at, None);
}
