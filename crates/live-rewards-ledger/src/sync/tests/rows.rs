//! Rows that can't be read.

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
