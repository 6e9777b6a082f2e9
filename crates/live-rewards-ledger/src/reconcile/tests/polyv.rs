use super::*;

/// A red packet of Polyv's with so much left, and claims of 100 and 120.
fn with(state: RedPacketState, issued: i64, remaining: i64) -> (RedPacket, Vec<Claim>) {
    let mut packet = RedPacket::new("p".into(), channel(), fen(issued), at(0));
    packet.split = Some(Split::Random);
    packet.refund = match state {
        RedPacketState::Refunding => Refund::Pending,
        RedPacketState::Refunded => Refund::Done { amount: None, at: None },
        _ => Refund::NotReported,
    };
    packet.state = Some(state);
    packet.remaining = Some(fen(remaining));
    (packet, claims("p", &channel(), &[100, 120]))
}

fn judged((packet, claims): (RedPacket, Vec<Claim>)) -> Vec<(CheckCode, Option<i64>)> {
    let mut shop = Shop::of(Vendor::Polyv);
    shop.add(&packet, &claims);
    of_packet(&shop.reconcile())
}

#[test]
fn claims_and_balance_make_the_amount() {
    use RedPacketState::{Ended, Open, Refunded, Refunding};

    for (state, issued, remaining, expected) in [
        (Ended, 220, 0, vec![]),
        (Ended, 257, 0, vec![(CheckCode::A1, Some(37))]),
        (Ended, 300, 80, vec![(CheckCode::A6, Some(80))]),
        (Open, 220, 0, vec![(CheckCode::A6, None)]),
        (Open, 300, 80, vec![(CheckCode::A6, Some(80))]),
        (Refunding, 300, 80, vec![(CheckCode::A6, Some(80))]),
        // Whether the balance of a refunded one becomes 0 is not published.
        (Refunded, 300, 80, vec![]),
        (Refunded, 300, 0, vec![]),
        (Refunded, 300, 43, vec![(CheckCode::A1, Some(37))]),
        (Refunded, 300, 101, vec![(CheckCode::A1, Some(-21))]),
        (Refunded, 220, 0, vec![(CheckCode::A6, None)]),
        (Refunded, 200, 0, vec![(CheckCode::A1, Some(-20)), (CheckCode::A6, None)]),
    ] {
        assert_eq!(judged(with(state.clone(), issued, remaining)), expected, "{state:?} {issued}");
    }
}

#[test]
fn a_balance_that_moves_is_not_judged() {
    let (mut packet, mut claims) = with(RedPacketState::Open, 300, 120);
    packet.created_at = at(10 * DAY - HOUR);
    claims.iter_mut().for_each(|claim| claim.claimed_at = at(10 * DAY - 60));
    assert_eq!(judged((packet.clone(), claims.clone())), []);
    packet.state = Some(RedPacketState::Ended);
    assert_eq!(judged((packet, claims)), [(CheckCode::A1, Some(-40))]);
}

#[test]
fn equal_shares_are_equal() {
    let equal = |amounts: &[i64]| {
        let (mut packet, _) = with(RedPacketState::Ended, amounts.iter().sum(), 0);
        packet.split = Some(Split::Equal);
        judged((packet, claims("p", &channel(), amounts)))
    };
    assert_eq!(equal(&[50, 50, 50]), []);
    assert_eq!(equal(&[50, 50, 51]), []);
    assert_eq!(equal(&[51, 49, 50]), [(CheckCode::A4, None)]);
    assert_eq!(equal(&[51, 49]), [(CheckCode::A4, None)]);
}

#[test]
fn a_room_that_was_never_read_is_not_judged() {
    let (packet, claims) = with(RedPacketState::Open, 300, 80);
    let mut shop = Shop::of(Vendor::Polyv);
    shop.write(&[packet]);
    shop.write(&claims);
    let reconciliation = shop.reconcile();
    assert_eq!(of_packet(&reconciliation), []);
    assert!(matches!(state(&reconciliation, CheckCode::A6), CheckState::NotRun { .. }));
    assert_eq!(state(&reconciliation, CheckCode::A1), CheckState::Passed { examined: 1 });
}

#[test]
fn a_red_packet_of_an_unknown_room_is_found_where_rooms_are_listed() {
    let (packet, claims) = with(RedPacketState::Ended, 220, 0);
    let mut shop = Shop::of(Vendor::Polyv);
    shop.add(&packet, &claims);
    assert_eq!(shop.found(), []);
    let other = RoomRef::new("room-2", RoomKind::Channel);
    shop.write(&[live_rewards_core::Room::new(other)]);
    assert_eq!(shop.found(), [], "rooms may not all be there");
    shop.read(Operation::Rooms, "");
    assert_eq!(shop.found(), [(CheckCode::A10, "room-1".to_owned(), None)]);
    shop.write(&[live_rewards_core::Room::new(channel())]);
    assert_eq!(shop.found(), []);
}
