//! What is read of an account, and in which order.

use live_rewards_core::{LiveRewards, Operation, RoomRef};

use super::{
    desk::{Desk, day, listed_room, packet, room},
    shop::Shop,
};
use crate::{
    AccountId, Ledger,
    sync::{PlannedListing, SyncOptions, plan},
};

#[test]
fn rooms_that_the_vendor_lists_are_read_in_the_same_sync() {
    let (shop, mut desk) = (Shop::inline(), Desk::new());
    shop.state().rooms.push(listed_room("r"));
    desk.sync(&shop, day(10));
    assert_eq!(shop.calls_of("red_packets"), ["red_packets r p1"]);
    shop.state().rooms.push(listed_room("s"));
    desk.sync(&shop, day(11));
    let calls = shop.calls();
    assert_eq!(calls[0], "rooms p1");
    assert!(calls.contains(&"red_packets s p1".to_owned()), "{calls:?}");
}

#[test]
fn what_has_waited_longest_is_read_first() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["q", "r"]));
    desk.options.max_requests = Some(6);
    desk.try_sync(&shop, day(10)).unwrap();
    shop.calls();
    desk.try_sync(&shop, day(11)).unwrap();
    assert_eq!(shop.calls_of("sessions")[0], "sessions r 2026-01-06 23:59:59.. p1");
}

#[test]
fn without_rooms_nothing_is_complete() {
    let (shop, mut desk) = (Shop::inline(), Desk::new());
    let outcome = desk.try_sync(&shop, day(10)).unwrap();
    assert_eq!((outcome.has_no_rooms, outcome.is_complete, outcome.failures), (true, false, 0));
    desk.note("r", None);
    desk.sync(&shop, day(10));
    let outcome = Desk::new().try_sync(&Shop::points(), day(10)).unwrap();
    assert_eq!((outcome.has_no_rooms, outcome.is_complete), (false, true));
}

fn shown(listing: &PlannedListing) -> String {
    let PlannedListing { operation, scope, since, is_resumed, is_final, .. } = listing;
    let since = since.map_or("start".to_owned(), |since| since.to_string());
    format!("{operation} {scope} {since} {is_resumed} {is_final}")
}

#[test]
fn a_plan_says_what_would_be_read() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    let options = SyncOptions::default();
    let planned = |known: Option<(&Ledger, AccountId)>, rooms: &[RoomRef], now| {
        let planned = plan(known, rooms, &shop.capabilities(), &options, now).unwrap();
        planned.iter().map(shown).collect::<Vec<_>>()
    };
    let first = [
        "rooms  start false false",
        "sessions channel:r start false false",
        "red_packets channel:r start false false",
        "gifts channel:r start false false",
    ];
    assert_eq!(planned(None, &[room("r")], day(10)), first);
    assert_eq!(planned(Some((&desk.ledger, desk.account)), &[room("r")], day(10)), first);
    desk.sync(&shop, day(10));
    let second = planned(Some((&desk.ledger, desk.account)), &[room("s")], day(11));
    let new = "gifts channel:s start false false".to_owned();
    assert!(second.contains(&new), "{second:?}");
    assert_eq!(second.last().unwrap(), "gifts channel:r 2026-01-07T00:00:00Z false false");
}

#[test]
fn a_plan_says_what_goes_on_and_what_is_final() {
    let (shop, mut desk) = (Shop::by_packet(), Desk::new());
    desk.note("r", Some(day(2)));
    let packets = ["a", "b", "c"].map(|id| packet(id, day(1)));
    shop.state().packets = packets.to_vec();
    desk.options.max_requests = Some(3);
    desk.try_sync(&shop, day(10)).unwrap();
    let planned = |desk: &Desk| {
        let known = Some((&desk.ledger, desk.account));
        let options = SyncOptions::default();
        plan(known, &[], &shop.capabilities(), &options, day(11)).unwrap()
    };
    let under_way = planned(&desk);
    assert_eq!(under_way[0].operation, Operation::RedPackets);
    assert!(under_way[0].is_resumed && !under_way[0].is_final);
    desk.options.max_requests = None;
    desk.sync(&shop, day(10));
    assert!(planned(&desk).iter().all(|listing| listing.is_final && !listing.is_resumed));
}
