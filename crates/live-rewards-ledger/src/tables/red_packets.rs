use live_rewards_core::{OpenEnum, OrderId, RedPacket, Refund, SessionId, Vendor};

use super::{
    Record,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, room, user},
    words::{RED_PACKET_KINDS, RED_PACKET_STATES, REFUNDS, SPLITS, USER_ID_KINDS},
};
use crate::{
    ColumnType::{Fen, Integer, Text, Time},
    Label, Person, Row, Table, Value,
    column::{Column, column},
};

/// One red packet a row.
pub static RED_PACKETS: Table = Table {
    name: "red_packets",
    label: Label { en: "Red packets", zh: "红包" },
    time: Some("created_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("red_packet_id", Text, "Red packet", "红包 ID").key(),
    ROOM_ID.required(),
    ROOM_KIND.required(),
    column("session_id", Text, "Session", "场次 ID"),
    column("order_id", Text, "Order", "关联订单"),
    column("sender_id", Text, "Sender", "发送人 ID").watched().person(Person::Id),
    column("sender_id_kind", Text, "Kind of sender id", "发送人 ID 类型").coded(USER_ID_KINDS),
    column("sender_nickname", Text, "Sender's nickname", "发送人昵称").person(Person::Nickname),
    column("kind", Text, "Kind", "红包类型").coded(RED_PACKET_KINDS),
    column("split", Text, "Split", "分配方式").coded(SPLITS),
    column("state", Text, "State", "状态").coded(RED_PACKET_STATES),
    column("message", Text, "Message", "祝福语").person(Person::Text),
    column("issued_fen", Fen, "Issued", "发放金额").required().watched(),
    column("net_fen", Fen, "Net of fee", "扣费后金额").watched(),
    column("remaining_fen", Fen, "Not claimed yet", "剩余金额"),
    column("refund", Text, "Refund: none, pending or done", "退款情况").coded(REFUNDS),
    column("refund_fen", Fen, "Refunded", "退款金额").watched(),
    column("refunded_at", Time, "Refunded at", "退款时间").watched(),
    column("share_count", Integer, "Shares", "红包个数").watched(),
    column("claimed_count", Integer, "Shares claimed", "已领个数"),
    column("share_raw", Text, "Share as printed (unit unpublished)", "单个金额原值（单位未公布）"),
    column("created_at", Time, "Sent at", "发送时间").required().watched(),
];

impl Record for RedPacket {
    const TABLE: &'static Table = &RED_PACKETS;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let (refunded, refunded_at) = match self.refund {
            Refund::Done { amount, at } => (amount, at),
            _ => (None, None),
        };
        let [room_id, room_kind] = room(Some(&self.room));
        let [sender_id, sender_id_kind, sender_nickname] = user(self.sender.as_ref());
        vec![
            vendor.as_str().into(),
            self.id.as_str().into(),
            room_id,
            room_kind,
            self.session.as_ref().map(SessionId::as_str).into(),
            self.order.as_ref().map(OrderId::as_str).into(),
            sender_id,
            sender_id_kind,
            sender_nickname,
            self.kind.as_ref().map(OpenEnum::label).into(),
            self.split.as_ref().map(OpenEnum::label).into(),
            self.state.as_ref().map(OpenEnum::label).into(),
            self.message.as_ref().into(),
            self.issued.into(),
            self.net.into(),
            self.remaining.into(),
            refund(self.refund),
            refunded.into(),
            refunded_at.into(),
            self.count.into(),
            self.claimed_count.into(),
            self.share_raw.as_ref().into(),
            self.created_at.into(),
        ]
    }
}

/// A vendor that reports no refunds says nothing, like one that leaves out any other value.
fn refund(refund: Refund) -> Value<'static> {
    match refund {
        Refund::NotReported => Value::Null,
        reported => reported.as_str().into(),
    }
}
