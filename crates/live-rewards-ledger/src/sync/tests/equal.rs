//! Rows without an id that are equal in all that identifies them.

use live_rewards_core::{Gift, Operation};

use super::{
    desk::{Desk, day, gift},
    shop::Shop,
};

/// One of some gifts that are equal but for their ordinal.
fn equal(ordinal: u32) -> Gift {
    let mut equal = gift("x", day(9));
    equal.ordinal = ordinal;
    equal
}

fn repeated(desk: &Desk) -> u64 {
    desk.listing(Operation::Gifts, "channel:r").unwrap().repeated
}

#[test]
fn equal_rows_that_come_to_stand_on_two_pages_have_not_vanished() {
    let (shop, mut desk) = (Shop::gifts(), Desk::with_rooms(&["r"]));
    shop.state().gifts = vec![equal(0), equal(1)];
    desk.sync(&shop, day(10));
    assert_eq!((desk.column("ordinal", "gifts").len(), repeated(&desk)), (2, 0));
    // Each page has its own ordinals.
    shop.state().gifts = vec![gift("y", day(9)), equal(0), equal(0)];
    desk.sync(&shop, day(11));
    assert_eq!(desk.column("ordinal", "gifts"), ["0", "0", "1"]);
    assert_eq!((desk.vanished().len(), repeated(&desk)), (0, 1));
    shop.state().gifts.truncate(1);
    assert_eq!(desk.try_sync(&shop, day(12)).unwrap().vanished, 2);
}

#[test]
fn equal_rows_on_two_pages_are_one_and_it_is_told() {
    let (shop, mut desk) = (Shop::gifts(), Desk::with_rooms(&["r"]));
    shop.state().gifts = vec![gift("y", day(9)), equal(0), equal(0)];
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("giver_id", "gifts"), ["x", "y"]);
    assert_eq!(repeated(&desk), 1);
}
