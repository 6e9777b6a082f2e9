//! Errors of one listing, and errors that end the sync of an account.

use live_rewards_core::{ErrorKind, Operation};

use super::{
    desk::{Desk, day, packet},
    shop::Shop,
};
use crate::sync::SyncError;

#[test]
fn a_listing_that_can_not_be_read_does_not_keep_the_others_away() {
    let kinds = [
        ErrorKind::NotFound,
        ErrorKind::PermissionDenied,
        ErrorKind::Unsupported,
        ErrorKind::InvalidInput,
        ErrorKind::Decode,
        ErrorKind::Vendor,
    ];
    for kind in kinds {
        let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["q", "r"]));
        shop.state().packets.push(packet("a", day(9)));
        shop.fail("red_packets q", kind, 1);
        let outcome = desk.try_sync(&shop, day(10)).unwrap();
        let (key, error) = &outcome.listings_failed[0];
        assert_eq!((key.scope.as_str(), error.kind()), ("channel:q", kind));
        assert_eq!((outcome.failures, outcome.is_complete), (1, false));
        assert_eq!(desk.column("red_packet_id", "red_packets"), ["a"]);
        let failed = desk.listing(Operation::RedPackets, "channel:q").unwrap();
        assert_eq!(failed.error, Some(error.to_string()));
        assert_eq!((failed.cursor, failed.complete_until), (None, None));
        assert!(desk.complete(Operation::Gifts, "channel:q").is_some());

        desk.sync(&shop, day(10));
        let read = desk.listing(Operation::RedPackets, "channel:q").unwrap();
        assert_eq!((read.error, read.complete_until), (None, Some(day(10))));
    }
}

#[test]
fn what_concerns_the_account_ends_its_sync() {
    let kinds = [
        ErrorKind::Unauthenticated,
        ErrorKind::Blocked,
        ErrorKind::Config,
        ErrorKind::ClockSkew,
        ErrorKind::RateLimited,
        ErrorKind::Timeout,
        ErrorKind::Transport,
    ];
    for ordered in kinds {
        let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["q", "r"]));
        shop.fail("red_packets q", ordered, 1);
        let error = desk.try_sync(&shop, day(10)).unwrap_err();
        let SyncError::Vendor { error, outcome } = error else { panic!("{error:?}") };
        assert_eq!((error.kind(), outcome.is_complete), (ordered, false));
        assert_eq!(shop.calls(), ["rooms p1", "sessions q p1", "red_packets q p1"]);
    }
}

#[test]
fn an_account_that_may_do_nothing_has_failed() {
    let (shop, mut desk) = (Shop::by_packet(), Desk::with_rooms(&["r"]));
    shop.fail("", ErrorKind::PermissionDenied, usize::MAX);
    let mut error = desk.try_sync(&shop, day(10)).unwrap_err();
    assert_eq!(error.to_string(), "xiaoe: permission denied: as ordered");
    assert_eq!((error.outcome().failures, error.take_outcome().requests), (2, 2));
}
