use live_rewards_core::RedPacketSummary;

use super::*;

fn summary(issued: i64, net: i64, claims: u64) -> RedPacketSummary {
    let mut summary = RedPacketSummary::new(live(), at(0));
    summary.rounds = Some(7);
    summary.issued = Some(fen(issued));
    summary.net = Some(fen(net));
    summary.claimed_count = Some(claims);
    summary
}

/// Two red packets of 300 fen, one of them abnormal, five claims.
fn shop() -> Shop {
    let mut shop = Shop::of(Vendor::Xiaoe);
    let (packet, claims) = xiaoe();
    shop.add(&packet, &claims);
    let (mut packet, mut claims) = xiaoe_refunded();
    packet.id = "q".into();
    packet.state = Some(RedPacketState::Abnormal);
    claims.iter_mut().for_each(|claim| claim.red_packet = "q".into());
    shop.add(&packet, &claims);
    shop
}

#[test]
fn rows_make_the_sums_of_their_vendor() {
    let mut shop = shop();
    shop.read(Operation::RedPacketSummary, "live:room-1");
    let mut told = |summary: RedPacketSummary| {
        shop.write(&[summary]);
        let reconciliation = shop.reconcile();
        (of_packet(&reconciliation), state(&reconciliation, CheckCode::B1))
    };
    let passed = CheckState::Passed { examined: 1 };
    assert_eq!(told(summary(600, 600, 5)), (vec![], passed));
    // Without the abnormal one.
    assert_eq!(told(summary(300, 300, 3)), (vec![], passed));
    let found = CheckState::Found { examined: 1, findings: 1 };
    assert_eq!(told(summary(650, 600, 5)), (vec![(CheckCode::B1, Some(50))], found));
    assert_eq!(told(summary(600, 600, 6)), (vec![(CheckCode::B1, None)], found));
    assert_eq!(told(summary(600, 300, 5)), (vec![(CheckCode::B1, None)], found));
}

#[test]
fn a_room_is_compared_once_it_rests() {
    let is_compared = |change: fn(&mut Shop)| {
        let mut shop = shop();
        shop.write(&[summary(999, 999, 9)]);
        shop.read(Operation::RedPacketSummary, "live:room-1");
        change(&mut shop);
        let code = CheckCode::B1;
        found(&shop.reconcile()).iter().any(|(found, ..)| *found == code)
    };
    assert!(is_compared(|_| {}));
    assert!(!is_compared(|shop| {
        let (mut packet, _) = xiaoe();
        packet.id = "new".into();
        packet.created_at = at(9 * DAY);
        packet.state = Some(RedPacketState::Open);
        packet.claimed_count = Some(0);
        shop.add(&packet, &[]);
    }));
    assert!(!is_compared(|shop| {
        shop.read_at(Operation::RedPacketSummary, "live:room-1", at(DAY));
    }));
    assert!(!is_compared(|shop| {
        let when = shop.stamp.now;
        shop.save(Operation::RedPackets, "live:room-1", |listing| {
            listing.completed_at = Some(when);
            listing.cursor = Some("2".to_owned());
        });
    }));
}

/// A channel's sessions, read with so many rows.
fn counted(shop: &mut Shop, total: Option<u64>, counted: u64) {
    let when = shop.stamp.now;
    shop.save(Operation::Sessions, "channel:room-1", |listing| {
        listing.completed_at = Some(when);
        (listing.total, listing.counted) = (total, counted);
    });
}

#[test]
fn a_listing_has_no_fewer_rows_than_its_vendor_says() {
    let read = |total: Option<u64>, rows: u64| {
        let mut shop = Shop::of(Vendor::Polyv);
        counted(&mut shop, total, rows);
        shop.reconcile()
    };
    for rows in [3, 4] {
        let reconciliation = read(Some(3), rows);
        assert_eq!(found(&reconciliation), []);
        assert_eq!(state(&reconciliation, CheckCode::B2), CheckState::Passed { examined: 1 });
    }
    assert!(matches!(state(&read(None, 3), CheckCode::B2), CheckState::NotRun { .. }));

    let reconciliation = read(Some(3), 2);
    let id = "sessions channel:room-1".to_owned();
    assert_eq!(found(&reconciliation), [(CheckCode::B2, id, None)]);
    let finding = &reconciliation.findings[0];
    assert_eq!(finding.room, Some(channel()));
    assert_eq!(finding.text.en, "2 rows of sessions came, and the vendor says that there are 3");
    let found = CheckState::Found { examined: 1, findings: 1 };
    assert_eq!(state(&reconciliation, CheckCode::B2), found);
}

#[test]
fn a_listing_that_was_not_read_to_its_end_is_not_counted() {
    let mut shop = Shop::of(Vendor::Polyv);
    shop.save(Operation::Sessions, "channel:room-1", |listing| listing.total = Some(3));
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), []);
    assert!(matches!(state(&reconciliation, CheckCode::B2), CheckState::NotRun { .. }));
}

#[test]
fn as_many_missing_rows_are_the_same_finding() {
    let mut shop = Shop::of(Vendor::Polyv);
    let when = shop.stamp.now;
    shop.save(Operation::Rooms, "", |listing| {
        listing.completed_at = Some(when);
        (listing.total, listing.counted) = (Some(1), 1);
    });
    let mut read = |total: Option<u64>, rows: u64| -> Vec<String> {
        counted(&mut shop, total, rows);
        shop.reconcile().findings.into_iter().map(|finding| finding.id).collect()
    };
    let first = read(Some(5), 3);
    assert_eq!(first.len(), 1);
    assert_eq!(read(Some(6), 4), first);
    assert_eq!(read(None, 4), first, "nothing can be said of it");
    assert_ne!(read(Some(6), 5), first);
    assert!(read(Some(6), 6).is_empty());
}

#[test]
fn rows_that_could_not_be_read_are_found() {
    let mut shop = shop();
    let key = ListingKey {
        account: shop.stamp.account,
        operation: Operation::Claims,
        scope: "p".to_owned(),
    };
    let stamp = shop.stamp;
    let mut reject = |raw: &str| {
        let row = live_rewards_core::RejectedRow::new(0, "money".into(), raw.into());
        let mut writing = shop.ledger.begin().unwrap();
        writing.reject(&stamp, &key, None, &[row]).unwrap();
        writing.commit().unwrap();
        let reconciliation = shop.reconcile();
        let ids: Vec<String> =
            reconciliation.findings.iter().map(|finding| finding.id.clone()).collect();
        (found(&reconciliation), ids)
    };
    let (found, first) = reject("{}");
    assert_eq!(found, [(CheckCode::X1, "p".to_owned(), None)]);
    let (found, second) = reject("[]");
    assert_eq!(found, [(CheckCode::X1, "p".to_owned(), None)]);
    assert_ne!(first, second, "another row is another finding");
}
