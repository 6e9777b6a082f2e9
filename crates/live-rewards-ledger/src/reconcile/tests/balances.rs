use super::*;
use crate::reconcile::{Balance, BalanceRow};

fn rows(balance: &Balance) -> Vec<(&str, [i64; 6])> {
    let row = |row: &BalanceRow| {
        let BalanceRow { opening, issued, claimed, refunded, fee, closing, .. } = row;
        [opening, issued, claimed, refunded, fee, closing].map(|money| money.fen())
    };
    balance.days.iter().map(|day| (day.period.as_str(), row(day))).collect()
}

#[test]
fn claims_and_refunds_count_on_their_own_day() {
    let (mut packet, mut claims) = xiaoe_refunded();
    packet.issued = fen(303);
    // 2023-11-15 06:13:20 in Beijing, and 18 hours later.
    claims[1].claimed_at = at(18 * HOUR);
    let mut shop = Shop::of(Vendor::Xiaoe);
    shop.add(&packet, &claims);
    let reconciliation = shop.reconcile();
    assert_eq!(found(&reconciliation), []);
    let [balance] = reconciliation.balances.as_slice() else {
        panic!("one account");
    };
    assert_eq!(
        rows(balance),
        [("2023-11-15", [0, 303, 100, 0, 3, 200]), ("2023-11-16", [200, 0, 120, 80, 0, 0]),]
    );
    assert_eq!(balance.closing.total(), Some(fen(0)));
    assert_eq!(state(&reconciliation, CheckCode::B3), CheckState::Passed { examined: 2 });
}

#[test]
fn what_is_left_is_told_apart() {
    let mut shop = Shop::of(Vendor::Polyv);
    let mut add = |id: &str, state: RedPacketState, refund, remaining: i64, amounts: &[i64]| {
        let mut packet = RedPacket::new(id.into(), channel(), fen(300), at(0));
        packet.state = Some(state);
        packet.refund = refund;
        packet.remaining = Some(fen(remaining));
        shop.add(&packet, &claims(id, &channel(), amounts));
    };
    let done = Refund::Done { amount: None, at: None };
    add("open", RedPacketState::Ended, Refund::NotReported, 200, &[100]);
    add("refunded", RedPacketState::Refunded, done, 0, &[250]);
    add("short", RedPacketState::Refunded, done, 13, &[280]);
    let balance = shop.reconcile().balances.remove(0);
    assert_eq!(rows(&balance), [("2023-11-15", [0, 900, 630, 0, 0, 270])]);
    let closing = balance.closing;
    assert_eq!(closing.still_open, fen(200));
    assert_eq!(closing.refunded_unreported, fen(50 + 13));
    assert_eq!(closing.differences, fen(7));
}
