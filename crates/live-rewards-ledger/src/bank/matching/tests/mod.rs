mod files;

use live_rewards_core::{
    Amount, Gift, GiftItem, GiftPayment, Money, Operation, RedPacket, Refund, UserIdKind, UserRef,
};

use super::super::{BankClass, BankFormat, BankRow, MatchedBy, MovementKind, Suspense};
use super::*;
use crate::{
    LedgerError, Listing, ListingKey, Stamp,
    test_util::{room, synced},
};

fn at(china: &str) -> Timestamp {
    Timestamp::parse_china(china).unwrap()
}

fn packet(id: &str, order: Option<&str>, china: &str, fen: i64) -> RedPacket {
    let mut packet = RedPacket::new(id.into(), room(), Money::from_fen(fen), at(china));
    packet.order = order.map(Into::into);
    packet
}

fn refunded(mut packet: RedPacket, china: &str, fen: i64) -> RedPacket {
    packet.refund = Refund::Done { amount: Some(Money::from_fen(fen)), at: Some(at(china)) };
    packet
}

fn write(ledger: &mut Ledger, stamp: &Stamp, packets: &[RedPacket]) {
    let mut writing = ledger.begin().unwrap();
    writing.upsert(stamp, packets).unwrap();
    writing.commit().unwrap();
}

fn january() -> BankOptions {
    BankOptions {
        from: Some(at("2026-01-01 00:00:00")),
        until: Some(at("2026-02-01 00:00:00")),
        ..BankOptions::default()
    }
}

/// Lines of `day,amount,order,business`, and each row of the report as `class why movement line`.
fn matched(ledger: &mut Ledger, lines: &str, options: &BankOptions) -> (BankReport, Vec<String>) {
    let format: BankFormat = "date=1,amount=2,order=3,business=4".parse().unwrap();
    let mut files = [BankFile::read(lines.as_bytes(), &format).unwrap()];
    let report = ledger.match_bank(&mut files, options).unwrap();
    let mut rows = Vec::new();
    for class in BankClass::ALL {
        let each = report.each(ledger, *class, |row| {
            rows.push(shown(&row));
            Ok::<_, LedgerError>(())
        });
        each.unwrap();
    }
    (report, rows)
}

fn shown(row: &BankRow) -> String {
    let why = row.why.map_or("", Suspense::as_str);
    let by = row.by.map_or("", MatchedBy::as_str);
    let movement = row.movement.as_ref().map_or("-".to_owned(), |movement| {
        format!("{} {} {}", movement.kind, movement.row_key, movement.amount)
    });
    let line = row.line.as_ref().map_or("-".to_owned(), |line| {
        format!("{}: {} {}", line.number, line.direction, line.amount)
    });
    format!("{} {by}{why} | {movement} | {line}", row.class)
}

#[test]
fn an_order_says_what_belongs_together() {
    let (_folder, mut ledger, stamp) = synced();
    let back = refunded(
        packet("a", Some("o1"), "2026-01-10 10:00:00", 10_000),
        "2026-01-13 10:00:00",
        250,
    );
    write(
        &mut ledger,
        &stamp,
        &[
            back,
            packet("b", Some("o2"), "2026-01-11 10:00:00", 20_000),
            packet("c", Some("o3"), "2026-01-12 10:00:00", 300),
        ],
    );
    // The day makes no difference, and a fee of the same order is no other packet's money.
    let lines = "2026-01-20,-100,o1\n2026-01-20,2.50,o1\n2026-01-11,-199.99,o2\n\
        2026-01-12,-3,o1\n2026-01-12,-3,other\n";
    let (report, rows) = matched(&mut ledger, lines, &january());
    assert_eq!(
        rows,
        [
            "matched order | red_packet [\"a\"] 100.00 | 1: out 100.00",
            "matched amount_and_day | red_packet [\"c\"] 3.00 | 5: out 3.00",
            "matched order | refund [\"a\"] 2.50 | 2: in 2.50",
            "missing_in_ledger  | - | 4: out 3.00",
            "amount_differs order | red_packet [\"b\"] 200.00 | 3: out 199.99",
        ]
    );
    let totals = report.totals(BankClass::Matched);
    assert_eq!((totals.ledger.count, totals.bank.count), (3, 3));
    assert_eq!(totals.ledger.outgoing, Money::from_fen(10_300));
    assert_eq!(totals.bank.incoming, Money::from_fen(250));
    let tolerant = BankOptions { tolerance_fen: 1, ..january() };
    let (report, _) = matched(&mut ledger, lines, &tolerant);
    assert_eq!(report.totals(BankClass::AmountDiffers).ledger.count, 0);
}

#[test]
fn a_second_payment_of_an_order_is_missing_in_the_ledger() {
    let (_folder, mut ledger, stamp) = synced();
    write(&mut ledger, &stamp, &[packet("a", Some("o1"), "2026-01-10 10:00:00", 100)]);
    let (_, rows) = matched(&mut ledger, "2026-01-10,-1,o1\n2026-01-11,-1,o1\n", &january());
    assert_eq!(
        rows,
        [
            "matched order | red_packet [\"a\"] 1.00 | 1: out 1.00",
            "missing_in_ledger  | - | 2: out 1.00",
        ]
    );
    let (_, rows) = matched(&mut ledger, "2026-01-10,-2,o1\n2026-01-11,-3,o1\n", &january());
    assert_eq!(
        rows,
        [
            "suspended several_of_order | red_packet [\"a\"] 1.00 | -",
            "suspended several_of_order | - | 1: out 2.00",
            "suspended several_of_order | - | 2: out 3.00",
        ]
    );
}

#[test]
fn without_order_only_what_can_be_nothing_else_is_matched() {
    let (_folder, mut ledger, stamp) = synced();
    write(
        &mut ledger,
        &stamp,
        &[
            packet("same-day", None, "2026-01-10 23:59:59", 100),
            packet("next-day", None, "2026-01-10 23:59:59", 200),
            packet("twin-1", None, "2026-01-15 10:00:00", 300),
            packet("twin-2", None, "2026-01-15 11:00:00", 300),
            packet("late", None, "2026-01-20 10:00:00", 400),
            packet("alone", None, "2026-01-21 10:00:00", 500),
        ],
    );
    let lines = "2026-01-10,-1\n2026-01-11,-1\n2026-01-11,-2\n2026-01-15,-3\n2026-01-15,-3\n\
        2026-01-22,-4\n2026-01-21,5\n";
    let (_, rows) = matched(&mut ledger, lines, &january());
    assert_eq!(
        rows,
        [
            "matched amount_and_day | red_packet [\"next-day\"] 2.00 | 3: out 2.00",
            "matched amount_and_day | red_packet [\"same-day\"] 1.00 | 1: out 1.00",
            "missing_at_bank  | red_packet [\"late\"] 4.00 | -",
            "missing_at_bank  | red_packet [\"alone\"] 5.00 | -",
            "missing_in_ledger  | - | 2: out 1.00",
            "missing_in_ledger  | - | 6: out 4.00",
            "missing_in_ledger  | - | 7: in 5.00",
            "suspended several_of_amount | red_packet [\"twin-1\"] 3.00 | -",
            "suspended several_of_amount | red_packet [\"twin-2\"] 3.00 | -",
            "suspended several_of_amount | - | 4: out 3.00",
            "suspended several_of_amount | - | 5: out 3.00",
        ]
    );
    let patient = BankOptions { day_slack: 2, ..january() };
    let (report, _) = matched(&mut ledger, lines, &patient);
    assert_eq!(report.totals(BankClass::Matched).ledger.count, 3);
}

#[test]
fn what_is_matched_can_be_chosen() {
    let (_folder, mut ledger, stamp) = synced();
    let giver = UserRef::new("u", UserIdKind::VendorUser);
    let mut gift = Gift::new(giver, GiftItem::new(None, None), at("2026-01-10 10:00:00"));
    gift.charged = Some(Amount::Money(Money::from_fen(600)));
    let mut writing = ledger.begin().unwrap();
    writing.upsert(&stamp, &[gift]).unwrap();
    writing.commit().unwrap();
    let mut unknown = packet("a", None, "2026-01-10 10:00:00", 100);
    unknown.refund = Refund::Done { amount: None, at: None };
    write(&mut ledger, &stamp, &[unknown]);
    let lines =
        "2026-01-10,6,,礼物\n2026-01-10,-1,,红包\n2026-01-10,7,,提现\n2026-02-05,-1,,红包\n";
    let count = |report: &BankReport, class| report.totals(class).bank.count;
    let (all, _) = matched(&mut ledger, lines, &january());
    assert_eq!((count(&all, BankClass::Matched), count(&all, BankClass::MissingInLedger)), (2, 1));
    assert_eq!((all.left_out, all.unknown_refunds), (1, 1));
    let gifts = BankOptions {
        kinds: vec![MovementKind::Gift],
        business: vec!["礼".to_owned()],
        ..january()
    };
    let (gifts, rows) = matched(&mut ledger, lines, &gifts);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((gifts.left_out, gifts.unknown_refunds), (3, 0));
    let none = BankOptions { accounts: Some(Vec::new()), ..january() };
    let (none, _) = matched(&mut ledger, lines, &none);
    assert_eq!(none.totals(BankClass::MissingAtBank).ledger.count, 0);
}

#[test]
fn a_payment_for_a_gift_stands_for_the_gift_and_has_its_order() {
    let (_folder, mut ledger, stamp) = synced();
    let giver = UserRef::new("u", UserIdKind::Viewer);
    let gift_at = |china| {
        let mut gift = Gift::new(giver.clone(), GiftItem::new(None, None), at(china));
        gift.room = Some(room());
        gift.charged = Some(Amount::Money(Money::from_fen(600)));
        gift
    };
    let gifts = [gift_at("2026-01-10 10:00:00"), gift_at("2026-01-12 10:00:00")];
    let paid = GiftPayment::new("o".into(), room(), Money::from_fen(600), gifts[0].at);
    let key = ListingKey {
        account: stamp.account,
        operation: Operation::GiftPayments,
        scope: "live:room-1".to_owned(),
    };
    let mut read = Listing::new(key, stamp.now, stamp.run);
    read.complete_until = Some(gifts[1].at);
    let mut writing = ledger.begin().unwrap();
    writing.upsert(&stamp, &gifts).unwrap();
    writing.upsert(&stamp, &[paid]).unwrap();
    writing.save(&read).unwrap();
    writing.commit().unwrap();
    let (report, rows) = matched(&mut ledger, "2026-01-10,6,o\n2026-01-12,6\n", &january());
    assert_eq!(report.totals(BankClass::Matched).ledger.count, 2);
    assert_eq!(rows[0], "matched order | gift_payment [\"o\"] 6.00 | 1: in 6.00");
    assert!(rows[1].contains("| gift ["), "{rows:?}");
}

#[test]
fn a_report_reads_its_own_rows_only() {
    let (_folder, mut ledger, _stamp) = synced();
    let (first, _) = matched(&mut ledger, "2026-01-10,-1\n", &january());
    let (second, _) = matched(&mut ledger, "2026-01-10,-1\n", &january());
    let reads = |report: &BankReport| {
        report.each(&ledger, BankClass::Matched, |_| Ok::<_, LedgerError>(())).is_ok()
    };
    assert_eq!((reads(&first), reads(&second)), (false, true));
}
