//! Syncs that are interrupted, and those that go on.

use live_rewards_core::{ErrorKind, Operation};

use super::{
    desk::{Desk, day, packet},
    shop::Shop,
};
use crate::sync::{Stop, SyncError};

const PACKETS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// A shop with three pages of packets.
fn shop() -> Shop {
    let shop = Shop::inline();
    shop.state().packets = PACKETS.map(|id| packet(id, day(1))).to_vec();
    shop
}

/// A sync that ends on the second page of packets.
fn interrupted(shop: &Shop) -> Desk {
    let mut desk = Desk::with_rooms(&["r"]);
    shop.fail("red_packets r p2", ErrorKind::Timeout, 1);
    let error = desk.try_sync(shop, day(10)).unwrap_err();
    let SyncError::Vendor { error, outcome } = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!((outcome.requests, outcome.written.new), (4, 2));
    shop.calls();
    desk
}

#[test]
fn the_pages_before_an_error_stay_and_the_next_sync_goes_on_after_them() {
    let shop = shop();
    let mut desk = interrupted(&shop);
    assert_eq!(desk.column("red_packet_id", "red_packets"), PACKETS[..2]);
    let listing = desk.listing(Operation::RedPackets, "channel:r").unwrap();
    assert!(listing.cursor.unwrap().ends_with(".p2.2"));
    assert_eq!((listing.rows, listing.complete_until, listing.error), (2, None, None));

    desk.sync(&shop, day(11));
    assert_eq!(desk.column("red_packet_id", "red_packets"), PACKETS);
    // What came in since the reading began is not on the pages that are left.
    let again = "red_packets r 2026-01-06 23:59:59.. p1";
    assert_eq!(shop.calls_of("red_packets"), ["red_packets r p2", "red_packets r p3", again]);
    let listing = desk.listing(Operation::RedPackets, "channel:r").unwrap();
    assert_eq!((listing.cursor, listing.complete_until), (None, Some(day(11))));
}

#[test]
fn a_cursor_that_is_refused_is_dropped() {
    for text in ["1.polyv.red_packets.0000000000000000.p2.2", "no cursor"] {
        let shop = shop();
        let mut desk = interrupted(&shop);
        let mut listing = desk.listing(Operation::RedPackets, "channel:r").unwrap();
        listing.cursor = Some(text.to_owned());
        let mut writing = desk.ledger.begin().unwrap();
        writing.save(&listing).unwrap();
        writing.commit().unwrap();
        desk.sync(&shop, day(11));
        let all = ["red_packets r p1", "red_packets r p2", "red_packets r p3"];
        assert_eq!(shop.calls_of("red_packets"), all, "{text}");
        assert_eq!(desk.column("red_packet_id", "red_packets"), PACKETS);
    }
}

#[test]
fn a_narrowed_sync_leaves_an_interrupted_one_alone() {
    let shop = shop();
    let mut desk = interrupted(&shop);
    let listing = desk.listing(Operation::RedPackets, "channel:r");
    desk.options.since = Some(day(0));
    desk.sync(&shop, day(11));
    assert_eq!(desk.column("red_packet_id", "red_packets"), PACKETS);
    assert_eq!(desk.listing(Operation::RedPackets, "channel:r"), listing);
}

#[test]
fn a_narrowed_sync_goes_on_if_its_times_are_the_same() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    desk.options.since = Some(day(0));
    shop.fail("red_packets r 2025-12-31 23:59:59.. p2", ErrorKind::Timeout, 1);
    desk.try_sync(&shop, day(10)).unwrap_err();
    shop.calls();
    desk.sync(&shop, day(11));
    let calls = shop.calls_of("red_packets");
    assert!(calls[0].ends_with("p2"), "{calls:?}");
    assert_eq!(desk.complete(Operation::RedPackets, "channel:r"), None);
}

#[test]
fn a_sync_that_is_to_stop_commits_the_page_under_way() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    shop.state().stop_at = Some(("red_packets r p1", desk.stop.clone()));
    let error = desk.try_sync(&shop, day(10)).unwrap_err();
    assert!(matches!(error, SyncError::Stopped(_)), "{error:?}");
    assert_eq!(error.outcome().written.new, 2);
    assert_eq!(desk.column("red_packet_id", "red_packets"), PACKETS[..2]);

    shop.state().stop_at = None;
    shop.calls();
    let error = desk.try_sync(&shop, day(10)).unwrap_err();
    assert_eq!((error.outcome().requests, shop.calls()), (0, Vec::new()));

    desk.stop = Stop::new();
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("red_packet_id", "red_packets"), PACKETS);
}

#[test]
fn syncs_that_may_make_few_calls_get_everywhere() {
    let (shop, mut desk) = (shop(), Desk::with_rooms(&["r"]));
    desk.options.max_requests = Some(4);
    let mut runs = 0;
    loop {
        runs += 1;
        let outcome = desk.try_sync(&shop, day(10 + runs)).unwrap();
        assert!(outcome.requests <= 4);
        assert_eq!(outcome.requests, shop.calls().len() as u64);
        if outcome.is_complete {
            break;
        }
        assert!(runs < 5);
    }
    assert_eq!(desk.column("red_packet_id", "red_packets"), PACKETS);
    assert!(desk.complete(Operation::Gifts, "channel:r").is_some());
}
