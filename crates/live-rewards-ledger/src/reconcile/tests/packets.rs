use std::collections::BTreeMap;

use super::*;

type Spoil = fn(&mut RedPacket, &mut Vec<Claim>);

fn spoiled(
    (mut packet, mut claims): (RedPacket, Vec<Claim>),
    spoil: Spoil,
) -> Vec<(CheckCode, Option<i64>)> {
    spoil(&mut packet, &mut claims);
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    of_packet(&shop.reconcile())
}

#[test]
fn each_check_finds_its_defect_in_a_red_packet_that_is_sold_out() {
    let cases: [(&str, Spoil, &[(CheckCode, Option<i64>)]); 15] = [
        ("sound", |_, _| {}, &[]),
        (
            "more than was issued",
            |packet, _| packet.issued = fen(290),
            &[(CheckCode::A2, Some(-10))],
        ),
        ("a fee", |packet, _| packet.issued = fen(303), &[]),
        ("sums", |_, claims| claims[2].amount = fen(70), &[(CheckCode::A1, Some(10))]),
        ("too few shares", |packet, _| packet.count = Some(2), &[(CheckCode::A3, None)]),
        ("another count", |packet, _| packet.claimed_count = Some(2), &[(CheckCode::A3, None)]),
        ("no count", |packet, _| packet.claimed_count = None, &[]),
        (
            "an empty share",
            |_, claims| {
                claims[2].amount = fen(0);
                claims[1].amount = fen(200);
            },
            &[(CheckCode::A4, None)],
        ),
        (
            "one too large",
            |_, claims| claims[1].amount = fen(301),
            &[(CheckCode::A1, Some(-181)), (CheckCode::A4, Some(-1))],
        ),
        ("two best lucks", |_, claims| claims[0].best_luck = Some(true), &[(CheckCode::A5, None)]),
        (
            "a small best luck",
            |_, claims| {
                claims[1].best_luck = Some(false);
                claims[2].best_luck = Some(true);
            },
            &[(CheckCode::A5, None)],
        ),
        ("no best luck", |_, claims| claims[1].best_luck = Some(false), &[(CheckCode::A5, None)]),
        (
            "luck isn't told",
            |_, claims| claims.iter_mut().for_each(|claim| claim.best_luck = None),
            &[],
        ),
        (
            "still open",
            |packet, _| packet.state = Some(RedPacketState::Open),
            &[(CheckCode::A6, None)],
        ),
        (
            "refunded all the same",
            |packet, _| {
                packet.refund = Refund::Done { amount: Some(fen(0)), at: Some(at(25 * HOUR)) };
            },
            &[(CheckCode::A6, None)],
        ),
    ];
    for (name, spoil, expected) in cases {
        assert_eq!(spoiled(xiaoe(), spoil), expected, "{name}");
    }
}

#[test]
fn each_check_finds_its_defect_in_a_red_packet_that_was_refunded() {
    let cases: [(&str, Spoil, &[(CheckCode, Option<i64>)]); 10] = [
        ("sound", |_, _| {}, &[]),
        (
            "too little went back",
            |packet, _| {
                packet.refund = Refund::Done { amount: Some(fen(67)), at: Some(at(25 * HOUR)) };
            },
            &[(CheckCode::A1, Some(13))],
        ),
        (
            "nothing went back",
            |packet, _| packet.refund = Refund::None,
            &[(CheckCode::A6, Some(80))],
        ),
        (
            "nothing went back of one that never opened",
            |packet, claims| {
                packet.state = Some(RedPacketState::Created);
                packet.refund = Refund::None;
                packet.claimed_count = Some(0);
                claims.clear();
            },
            &[],
        ),
        (
            "nothing went back of one that went wrong",
            |packet, _| {
                packet.state = Some(RedPacketState::Abnormal);
                packet.refund = Refund::None;
            },
            &[],
        ),
        (
            "before it was sent",
            |packet, _| {
                packet.refund = Refund::Done { amount: Some(fen(80)), at: Some(at(-HOUR)) };
            },
            &[(CheckCode::A7, None)],
        ),
        (
            "late",
            |packet, _| {
                packet.refund = Refund::Done { amount: Some(fen(80)), at: Some(at(97 * HOUR)) };
            },
            &[(CheckCode::A7, None)],
        ),
        ("claimed before", |_, claims| claims[0].claimed_at = at(-60), &[(CheckCode::A8, None)]),
        (
            "claimed after",
            |_, claims| claims[1].claimed_at = at(25 * HOUR + 600),
            &[(CheckCode::A8, None)],
        ),
        ("a second early", |_, claims| claims[0].claimed_at = at(-1), &[]),
    ];
    for (name, spoil, expected) in cases {
        assert_eq!(spoiled(xiaoe_refunded(), spoil), expected, "{name}");
    }
}

#[test]
fn a_user_claims_twice_at_different_times_only() {
    let again = |seconds: i64, ordinal: u32| {
        let (packet, mut claims) = xiaoe();
        claims[2].user = claims[0].user.clone();
        claims[2].claimed_at = at(seconds);
        claims[2].ordinal = ordinal;
        let mut shop = Shop::of(Vendor::Xiaoe);
        shop.add(&packet, &claims);
        let found = shop.reconcile();
        let evidence = found.findings.first().map_or(0, |finding| finding.evidence.len());
        (of_packet(&found), evidence)
    };
    // The red packet and both claims.
    assert_eq!(again(500, 0), (vec![(CheckCode::A9, None)], 3));
    assert_eq!(again(60, 1), (vec![], 0));
}

#[test]
fn the_fee_may_be_in_the_refund_or_not() {
    let mut shop = Shop::of(Vendor::Xiaoe);
    for (id, refund) in [("without", 80), ("within", 90), ("neither", 85)] {
        let (mut packet, mut claims) = xiaoe_refunded();
        packet.id = id.into();
        packet.issued = fen(310);
        packet.refund = Refund::Done { amount: Some(fen(refund)), at: Some(at(25 * HOUR)) };
        claims.iter_mut().for_each(|claim| claim.red_packet = id.into());
        shop.add(&packet, &claims);
    }
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), [(CheckCode::A1, "neither".to_owned(), Some(-5))]);
    let values = &reconciliation.findings[0].evidence[1].values;
    assert!(values.contains(&("difference_with_fee_in_refund_fen".to_owned(), "5".to_owned())));
    let check = &reconciliation.checks[0];
    assert_eq!(check.code, CheckCode::A1);
    assert_eq!(
        check.notes[0].en,
        "of the refunds of red packets with a fee 1 are without it, 1 have it in them"
    );
}

#[test]
fn a_refund_counts_once_it_is_done() {
    let (mut packet, claims) = xiaoe_refunded();
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    assert_eq!(shop.found(), []);
    packet.refund = Refund::Pending;
    shop.write(&[packet]);
    let reconciliation = shop.reconcile();
    // That amount and time went is told of, too.
    let codes: Vec<_> = of_packet(&reconciliation).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, [CheckCode::A6, CheckCode::D1, CheckCode::D1]);
    let balance = &reconciliation.balances[0];
    assert!(balance.days.iter().all(|day| day.refunded == fen(0)));
    assert_eq!(balance.closing.still_open, fen(80));
}

#[test]
fn what_equal_shares_leave_over_is_noted() {
    let equal = |amounts: &[i64]| {
        let mut packet = RedPacket::new("p".into(), live(), fen(100), at(0));
        packet.net = Some(fen(100));
        packet.split = Some(Split::Equal);
        packet.state = Some(RedPacketState::Ended);
        packet.refund = Refund::None;
        packet.count = Some(3);
        let mut shop = Shop::of(Vendor::Xiaoe);
        shop.add(&packet, &claims("p", &live(), amounts));
        let reconciliation = shop.reconcile();
        (of_packet(&reconciliation), reconciliation.checks[0].notes.len())
    };
    assert_eq!(equal(&[33, 33, 33]), (vec![], 1));
    assert_eq!(equal(&[33, 33, 34]), (vec![], 0));
    assert_eq!(equal(&[33, 33, 32]), (vec![(CheckCode::A1, Some(2)), (CheckCode::A4, None)], 0));
    assert_eq!(equal(&[34, 33, 32]), (vec![(CheckCode::A4, None)], 1));
    assert_eq!(equal(&[33, 33, 31]), (vec![(CheckCode::A1, Some(3)), (CheckCode::A4, None)], 0));
}

#[test]
fn money_may_be_off_by_the_tolerance() {
    let (packet, mut claims) = xiaoe();
    claims[2].amount = fen(70);
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    let mut with = |tolerance_fen| {
        let options = ReconcileOptions { tolerance_fen, ..ReconcileOptions::default() };
        of_packet(&shop.reconcile_with(&options))
    };
    assert_eq!(with(9), [(CheckCode::A1, Some(10))]);
    assert_eq!(with(10), []);
    let account_tolerance_fen = BTreeMap::from([(shop.stamp.account, 9)]);
    let options = ReconcileOptions {
        tolerance_fen: 10,
        account_tolerance_fen,
        ..ReconcileOptions::default()
    };
    assert_eq!(of_packet(&shop.reconcile_with(&options)), [(CheckCode::A1, Some(10))]);
}

#[test]
fn expiry_and_grace_are_configured() {
    let (mut packet, claims) = xiaoe_refunded();
    packet.refund = Refund::None;
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    shop.read_at(Operation::Claims, "p", at(50 * HOUR));
    let mut with = |expiry: u32, grace: u32, as_of: Option<Timestamp>| {
        let options = ReconcileOptions {
            as_of,
            expiry_hours: BTreeMap::from([(Vendor::Xiaoe, expiry)]),
            refund_grace_hours: grace,
            ..ReconcileOptions::default()
        };
        of_packet(&shop.reconcile_with(&options))
    };
    assert_eq!(with(72, 24, None), []);
    assert_eq!(with(24, 27, None), []);
    assert_eq!(with(24, 26, None), [(CheckCode::A6, Some(80))]);
    assert_eq!(with(24, 26, Some(at(49 * HOUR))), []);
    // What was not read yet can't be judged.
    assert_eq!(with(24, 27, Some(at(99 * HOUR))), []);
    let of_account = ReconcileOptions {
        expiry_hours: BTreeMap::from([(Vendor::Xiaoe, 72)]),
        account_expiry_hours: BTreeMap::from([(shop.stamp.account, 24)]),
        ..ReconcileOptions::default()
    };
    assert_eq!(of_packet(&shop.reconcile_with(&of_account)), [(CheckCode::A6, Some(80))]);
}

#[test]
fn red_packets_whose_claims_are_not_all_there_are_left_out() {
    let spoils: [fn(&mut Shop); 4] = [
        |shop| {
            shop.ledger.reset_listing(shop.stamp.account, Some(Operation::Claims), None).unwrap();
        },
        |shop| {
            let when = shop.stamp.now;
            shop.save(Operation::Claims, "p", |listing| {
                listing.completed_at = Some(when);
                listing.cursor = Some("2".to_owned());
            });
        },
        |shop| {
            let when = shop.stamp.now;
            shop.save(Operation::Claims, "p", |listing| {
                listing.completed_at = Some(when);
                listing.error = Some("no".to_owned());
            });
        },
        // The refund came after the reading had begun.
        |shop| shop.read_at(Operation::Claims, "p", at(24 * HOUR)),
    ];
    let (packet, mut claims) = xiaoe_refunded();
    claims.pop();
    for (number, spoil) in spoils.into_iter().enumerate() {
        let mut shop = Shop::of(Vendor::Xiaoe);
        shop.add(&packet, &claims);
        assert_eq!(of_packet(&shop.reconcile()).len(), 2, "A1 and A3");
        let mut shop = Shop::of(Vendor::Xiaoe);
        shop.add(&packet, &claims);
        spoil(&mut shop);
        let reconciliation = shop.reconcile();
        assert_eq!(of_packet(&reconciliation), [], "{number}");
        assert!(matches!(state(&reconciliation, CheckCode::A1), CheckState::NotRun { .. }));
    }
}

#[test]
fn one_that_can_still_be_claimed_is_in_order() {
    let (mut packet, mut claims) = xiaoe();
    packet.state = Some(RedPacketState::Open);
    // The count is of a call before the claims.
    packet.claimed_count = Some(1);
    packet.created_at = at(10 * DAY - HOUR);
    claims.pop();
    claims.iter_mut().for_each(|claim| claim.claimed_at = at(10 * DAY - 60));
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    assert_eq!(shop.found(), []);
}

#[test]
fn claims_without_red_packet_are_found() {
    let (packet, claims_of) = xiaoe();
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims_of);
    assert_eq!(shop.found(), []);
    shop.write(&claims("gone", &live(), &[5, 6]));
    assert_eq!(shop.found(), [(CheckCode::A10, "gone".to_owned(), Some(-11))]);
}

#[test]
fn what_a_vendor_does_not_report_is_not_run() {
    let (packet, claims) = xiaoe();
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    let reconciliation = shop.reconcile();
    for code in [CheckCode::B2, CheckCode::C1, CheckCode::C3] {
        assert!(matches!(state(&reconciliation, code), CheckState::NotRun { .. }), "{code}");
    }
    assert_eq!(state(&reconciliation, CheckCode::A1), CheckState::Passed { examined: 1 });
    // Nothing to look at yet: no refund.
    assert!(matches!(state(&reconciliation, CheckCode::A7), CheckState::NotRun { .. }));
}
