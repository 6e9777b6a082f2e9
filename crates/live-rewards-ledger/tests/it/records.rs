use live_rewards_core::{
    Amount, Claim, Gift, GiftItem, Money, Points, PointsAccount, RedPacket, RedPacketKind,
    RedPacketState, Refund, RoomKind, RoomRef, Split, Timestamp, UserIdKind, UserRef,
};

/// So many seconds after 2023-11-14T22:13:20Z.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_epoch_ms((1_700_000_000 + seconds) * 1000).unwrap()
}

fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

fn points(points: i64) -> Amount {
    Amount::Points(Points::new(points))
}

fn room() -> RoomRef {
    RoomRef::new("room-1", RoomKind::Live)
}

fn user(id: &str) -> UserRef {
    UserRef::new(id, UserIdKind::VendorUser)
}

pub(crate) fn bare_red_packet() -> RedPacket {
    RedPacket::new("packet-1".into(), room(), fen(5000), at(1))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_red_packet() -> RedPacket {
    let mut packet = bare_red_packet();
    packet.session = Some("session-1".into());
    packet.order = Some("order-1".into());
    packet.sender = Some(user("user-1").with_nickname(Some("小鱼".to_owned())));
    packet.kind = Some(RedPacketKind::Rain);
    packet.split = Some(Split::Equal);
    packet.state = Some(RedPacketState::Expired);
    packet.message = Some("恭喜发财".to_owned());
    packet.net = Some(fen(4970));
    packet.remaining = Some(fen(970));
    packet.refund = Refund::Done { amount: Some(fen(900)), at: Some(at(2)) };
    packet.count = Some(10);
    packet.claimed_count = Some(8);
    packet.share_raw = Some("497".to_owned());
    packet
}

pub(crate) fn bare_claim() -> Claim {
    Claim::new("packet-1".into(), room(), user("user-1"), fen(497), at(1))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_claim() -> Claim {
    let mut claim = bare_claim();
    claim.session = Some("session-1".into());
    claim.user = claim.user.with_nickname(Some("小鱼".to_owned()));
    claim.best_luck = Some(true);
    claim.order = Some("order-1".into());
    claim.ordinal = 3;
    claim
}

pub(crate) fn bare_gift() -> Gift {
    Gift::new(user("user-1"), GiftItem::new(None, None), at(1))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_gift() -> Gift {
    let mut gift = bare_gift();
    gift.record_id = Some("record-1".into());
    gift.room = Some(room());
    gift.session = Some("session-1".into());
    gift.giver = gift.giver.with_nickname(Some("小鱼".to_owned()));
    gift.receivers = vec![user("user-2"), user("user-3")];
    gift.item = GiftItem::new(Some("item-1".into()), Some("火箭".to_owned()));
    gift.quantity = Some(2);
    gift.unit_price = Some(points(500));
    gift.list_value = Some(points(1000));
    gift.charged = Some(points(900));
    gift.line_points = Some(Points::new(20));
    gift.ordinal = 3;
    gift
}

pub(crate) fn bare_points_account() -> PointsAccount {
    PointsAccount::new(user("user-1"), Points::new(10))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_points_account() -> PointsAccount {
    let mut account = bare_points_account();
    account.user = account.user.with_nickname(Some("小鱼".to_owned()));
    account.frozen = Some(Points::new(20));
    account.reported_total = Some(Points::new(35));
    account.first_earned_at = Some(at(1));
    account
}
