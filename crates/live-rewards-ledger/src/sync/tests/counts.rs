//! What came, beside what the vendor says there is.

use live_rewards_core::{ErrorKind, Operation, PrizeActivity, PrizeKind};

use super::{
    desk::{Desk, claim, day, gift, packet, room},
    shop::Shop,
};

/// Rows of a listing of room `r`: as the vendor counts, as they came, as they are written.
fn told(desk: &Desk, operation: Operation) -> (Option<u64>, u64, u64) {
    let listing = desk.listing(operation, "channel:r").unwrap();
    (listing.total, listing.counted, listing.rows)
}

#[test]
fn rows_are_counted_as_they_come() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    let packets = [("after", 8), ("spoiled", 7), ("first", 5)];
    let mut packets = packets.map(|(id, sent)| packet(id, day(sent)));
    // Claims that come with red packets are not counted.
    packets[2].claims = Some(vec![claim("first", "x"), claim("first", "y")]);
    shop.state().packets = packets.to_vec();
    shop.state().spoiled = vec!["spoiled".to_owned()];
    shop.state().gifts = ["x", "y", "y"].map(|by| gift(by, day(6))).to_vec();
    (desk.options.since, desk.options.until) = (Some(day(5)), Some(day(8)));
    desk.sync(&shop, day(10));
    assert_eq!(told(&desk, Operation::RedPackets), (Some(3), 3, 1));
    assert_eq!(told(&desk, Operation::Gifts), (Some(3), 3, 2));
}

#[test]
fn rows_are_counted_over_an_interruption_and_anew_in_each_reading() {
    let (shop, mut desk) = (Shop::inline(), Desk::with_rooms(&["r"]));
    shop.state().packets = ["a", "b", "c", "d", "e"].map(|id| packet(id, day(9))).to_vec();
    shop.fail("red_packets r p3", ErrorKind::Timeout, 1);
    desk.try_sync(&shop, day(10)).unwrap_err();
    assert_eq!(told(&desk, Operation::RedPackets), (None, 4, 4));
    // Then nothing is begun anew.
    desk.options.max_requests = Some(10);
    desk.try_sync(&shop, day(10)).unwrap();
    assert_eq!(told(&desk, Operation::RedPackets), (Some(5), 5, 5));
    shop.fail("red_packets r", ErrorKind::Vendor, 1);
    desk.try_sync(&shop, day(11)).unwrap();
    assert_eq!(told(&desk, Operation::RedPackets), (None, 0, 0));
    desk.sync(&shop, day(11));
    assert_eq!(told(&desk, Operation::RedPackets), (Some(5), 5, 5));
}

#[test]
fn a_reading_in_parts_has_no_total() {
    let (shop, mut desk) = (Shop::prizes(), Desk::with_rooms(&["r"]));
    let mut lottery = PrizeActivity::new("l".into(), PrizeKind::Lottery, room("r"));
    lottery.at = Some(day(9));
    shop.state().activities.push(lottery);
    let mut told = |now| {
        desk.sync(&shop, day(now));
        let listing = desk.listing(Operation::PrizeActivities, "channel:r/lottery").unwrap();
        (listing.total, listing.counted)
    };
    assert_eq!(told(10), (None, 1));
    assert_eq!(told(11), (Some(1), 1));
}
