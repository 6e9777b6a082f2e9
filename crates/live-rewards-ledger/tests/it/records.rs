use live_rewards_core::{
    Amount, Claim, Gift, GiftItem, GiftPayment, GiftPaymentKind, Money, Points, PointsAccount,
    PointsEntry, PointsEntryKind, Prize, PrizeActivity, PrizeKind, PrizeState, RedPacket,
    RedPacketKind, RedPacketState, RedPacketSummary, Refund, Room, RoomKind, RoomRef, Session,
    Split, Timestamp, UserIdKind, UserRef,
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
    gift.unit_price = Some(Amount::Money(fen(500)));
    gift.list_value = Some(points(1000));
    gift.charged = Some(Amount::Unstated("900.5".into()));
    gift.line_points = Some(Points::new(20));
    gift.ordinal = 3;
    gift
}

pub(crate) fn bare_gift_payment() -> GiftPayment {
    GiftPayment::new("order-1".into(), room(), fen(6660), at(1))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_gift_payment() -> GiftPayment {
    let mut payment = bare_gift_payment();
    payment.kind = Some(GiftPaymentKind::Gift);
    payment.payer = Some(UserRef::new("open-1", UserIdKind::OpenId));
    payment.payer_name = Some("小鱼".to_owned());
    payment.quantity = Some(2);
    payment
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

pub(crate) fn bare_room() -> Room {
    Room::new(room())
}

/// Every value differs from every other of its kind.
pub(crate) fn full_room() -> Room {
    let mut room = bare_room();
    room.name = Some("新品发布".to_owned());
    room.starts_at = Some(at(1));
    room.state_raw = Some("Y".to_owned());
    room
}

pub(crate) fn bare_session() -> Session {
    Session::new("session-1".into(), room(), at(1))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_session() -> Session {
    let mut session = bare_session();
    session.name = Some("第一场".to_owned());
    session.ended_at = Some(at(2));
    session
}

pub(crate) fn bare_prize_activity() -> PrizeActivity {
    PrizeActivity::new("activity-1".into(), PrizeKind::Lottery, room())
}

/// Every value differs from every other of its kind.
pub(crate) fn full_prize_activity() -> PrizeActivity {
    let mut activity = bare_prize_activity();
    activity.session = Some("session-1".into());
    activity.name = Some("抽奖".to_owned());
    activity.planned = Some(10);
    activity.winners = Some(9);
    activity.at = Some(at(1));
    activity.ends_at = Some(at(2));
    activity
}

pub(crate) fn bare_prize() -> Prize {
    Prize::new("activity-1".into(), PrizeKind::Task, user("user-1"))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_prize() -> Prize {
    let mut prize = bare_prize();
    prize.record_id = Some("record-1".into());
    prize.room = Some(room());
    prize.session = Some("session-1".into());
    prize.task = Some("分享".to_owned());
    prize.user = prize.user.with_nickname(Some("小鱼".to_owned()));
    prize.name = Some("现金".to_owned());
    prize.value = Some(Amount::Money(fen(188)));
    prize.state = Some(PrizeState::Issued);
    prize.code = Some("code-1".to_owned());
    prize.at = Some(at(1));
    prize.ordinal = 3;
    prize
}

pub(crate) fn bare_points_entry() -> PointsEntry {
    PointsEntry::new(user("user-1"), PointsEntryKind::Spent, Points::new(5), at(1))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_points_entry() -> PointsEntry {
    let mut entry = bare_points_entry();
    entry.id = Some("entry-1".into());
    entry.user = entry.user.with_nickname(Some("小鱼".to_owned()));
    entry.balance_after = Some(Points::new(95));
    entry.business = Some("LEARN_TASK".to_owned());
    entry.business_id = Some("business-1".to_owned());
    entry.reason = Some("兑换".to_owned());
    entry.order = Some("order-1".into());
    entry.freeze_days = Some(7);
    entry.ordinal = 3;
    entry
}

pub(crate) fn bare_red_packet_summary() -> RedPacketSummary {
    RedPacketSummary::new(room(), at(1))
}

/// Every value differs from every other of its kind.
pub(crate) fn full_red_packet_summary() -> RedPacketSummary {
    let mut summary = bare_red_packet_summary();
    summary.rounds = Some(2);
    summary.number = Some(20);
    summary.issued = Some(fen(1000));
    summary.net = Some(fen(994));
    summary.claimed_count = Some(18);
    summary
}
