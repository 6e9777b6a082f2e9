use live_rewards_core::{
    Amount, Gift, GiftItem, Points, PointsAccount, PointsEntry, PointsEntryKind,
};

use super::*;

/// Rows with several findings of several checks.
#[derive(Default)]
struct Rows {
    packets: Vec<RedPacket>,
    claims: Vec<Claim>,
    accounts: Vec<PointsAccount>,
    entries: Vec<PointsEntry>,
    gifts: Vec<Gift>,
}

impl Rows {
    fn spoilt() -> Self {
        let mut rows = Self::default();
        let points = |points| Some(Amount::Points(Points::new(points)));
        for number in 0..4_i64 {
            let id = format!("p{number}");
            let (mut packet, mut claims) = xiaoe();
            packet.id = id.as_str().into();
            claims.iter_mut().for_each(|claim| claim.red_packet = id.as_str().into());
            // A1 and A5, then A8 and A9.
            claims[0].amount = fen(90 - number);
            claims[2].best_luck = Some(true);
            claims[2].user = claims[1].user.clone();
            claims[2].claimed_at = at(-60 - number);
            rows.packets.push(packet);
            rows.claims.extend(claims);
            // A10.
            rows.claims.extend(super::claims(&format!("gone{number}"), &live(), &[5, 6]));
            let user = UserRef::new(format!("u{number}"), UserIdKind::VendorUser);
            // C2.
            let mut account = PointsAccount::new(user.clone(), Points::new(10));
            account.frozen = Some(Points::new(20));
            account.reported_total = Some(Points::new(31 + number));
            rows.accounts.push(account);
            // C4, and entries of one second.
            for (second, balance) in [(1, 5), (1, 9), (2, 77)] {
                let kind = PointsEntryKind::Earned;
                let mut entry = PointsEntry::new(user.clone(), kind, Points::new(4), at(second));
                entry.id = Some(format!("{number}-{balance}").into());
                entry.balance_after = Some(Points::new(balance));
                rows.entries.push(entry);
            }
            // C1 and C3.
            let item = GiftItem::new(Some("rocket".into()), None);
            let mut gift = Gift::new(user, item, at(number));
            gift.record_id = Some(format!("g{number}").into());
            gift.quantity = Some(1);
            gift.unit_price = points(500 + number % 3);
            gift.list_value = points(500 + number % 3);
            gift.charged = points(1);
            rows.gifts.push(gift);
        }
        rows
    }

    fn reverse(&mut self) {
        self.packets.reverse();
        self.claims.reverse();
        self.accounts.reverse();
        self.entries.reverse();
        self.gifts.reverse();
    }

    fn reconciled(self) -> Reconciliation {
        let mut shop = Shop::of(Vendor::Xiaoe);
        shop.write(&self.gifts);
        shop.write(&self.entries);
        shop.write(&self.accounts);
        shop.write(&self.claims);
        shop.write(&self.packets);
        for packet in &self.packets {
            shop.read(Operation::Claims, packet.id.as_str());
        }
        shop.read(Operation::RedPackets, "live:room-1");
        shop.read(Operation::PointsEntries, "");
        shop.reconcile()
    }
}

#[test]
fn the_order_in_which_rows_were_written_makes_no_difference() {
    use CheckCode::{A1, A5, A8, A9, A10, C1, C2, C3, C4};

    let one = Rows::spoilt().reconciled();
    let mut rows = Rows::spoilt();
    rows.reverse();
    let other = rows.reconciled();
    assert_eq!(format!("{one:#?}"), format!("{other:#?}"));
    let mut codes: Vec<CheckCode> = one.findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    assert_eq!(codes, [A1, A5, A8, A9, A10, C1, C2, C3, C4]);
}

#[test]
fn evidence_has_instants_in_utc() {
    let findings = Rows::spoilt().reconciled().findings;
    let values: Vec<&(String, String)> =
        findings.iter().flat_map(|finding| &finding.evidence).flat_map(|row| &row.values).collect();
    let sent = ("created_at".to_owned(), "2023-11-14T22:13:20Z".to_owned());
    assert!(values.contains(&&sent));
    for (name, value) in values {
        let is_time = name.ends_with("_at") || ["first", "last"].contains(&name.as_str());
        let is_instant = value.parse::<Timestamp>().is_ok();
        assert_eq!(is_time, is_instant, "{name} {value}");
    }
}
