//! Payments for gifts.

use live_rewards_core::Operation;

use super::{
    desk::{Desk, day, gift, payment},
    shop::Shop,
};

#[test]
fn payments_are_read_after_gifts_and_like_them() {
    let (shop, mut desk) = (Shop::gifts(), Desk::with_rooms(&["r"]));
    shop.state().gifts = vec![gift("x", day(1))];
    shop.state().payments = ["a", "b", "c"].map(|order| payment(order, day(1))).to_vec();
    desk.sync(&shop, day(10));
    let ever = "r 2000-01-01 00:00:00..2100-01-01 00:00:00";
    let first = ["gifts", "gift_payments"].map(|listing| format!("{listing} {ever} p1"));
    assert_eq!(shop.calls(), [&first[..], &[format!("gift_payments {ever} p2")]].concat());
    assert_eq!(desk.column("order_id", "gift_payments"), ["a", "b", "c"]);
    let second = desk.sync(&shop, day(11));
    assert_eq!((second.new, second.changed), (0, 0));
    let again = "gift_payments r 2026-01-06 23:59:59..2100-01-01 00:00:00 p1";
    assert_eq!(shop.calls_of("gift_payments"), [again]);
    assert_eq!(desk.complete(Operation::GiftPayments, "channel:r"), Some(day(11)));
}

#[test]
fn given_times_cut_payments_and_one_that_is_gone_is_noticed() {
    let (shop, mut desk) = (Shop::gifts(), Desk::with_rooms(&["r"]));
    shop.state().payments = vec![payment("a", day(8)), payment("b", day(9)), payment("c", day(9))];
    desk.options.until = Some(day(9));
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("order_id", "gift_payments"), ["a"]);
    desk.options.until = None;
    desk.sync(&shop, day(10));
    assert_eq!(desk.column("order_id", "gift_payments"), ["a", "b", "c"]);
    shop.state().payments.pop();
    assert_eq!(desk.try_sync(&shop, day(11)).unwrap().vanished, 1);
    assert_eq!(desk.vanished(), [("[\"c\"]".to_owned(), false)]);
}
