use live_rewards_core::{Claim, OrderId, SessionId, Vendor};

use super::{
    Record,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, room, user},
    words::USER_ID_KINDS,
};
use crate::{
    ColumnType::{Fen, Flag, Integer, Text, Time},
    Label, Person, Row, Table,
    column::{Column, column},
};

/// One claim a row.
pub static CLAIMS: Table = Table {
    name: "claims",
    label: Label { en: "Claims", zh: "领取记录" },
    time: Some("claimed_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("red_packet_id", Text, "Red packet", "红包 ID").key(),
    column("user_id", Text, "Claimant", "领取人 ID").key().person(Person::Id),
    column("claimed_at", Time, "Claimed at", "领取时间").key(),
    column("ordinal", Integer, "Ordinal among equals", "同秒序号").key(),
    ROOM_ID.required(),
    ROOM_KIND.required(),
    column("session_id", Text, "Session", "场次 ID"),
    column("user_id_kind", Text, "Kind of claimant id", "领取人 ID 类型").coded(USER_ID_KINDS),
    column("user_nickname", Text, "Claimant's nickname", "领取人昵称").person(Person::Nickname),
    column("amount_fen", Fen, "Amount", "领取金额").required().watched(),
    column("best_luck", Flag, "Best luck", "手气最佳"),
    column("order_id", Text, "Order", "关联订单"),
];

impl Record for Claim {
    const TABLE: &'static Table = &CLAIMS;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(Some(&self.room));
        let [user_id, user_id_kind, user_nickname] = user(Some(&self.user));
        vec![
            vendor.as_str().into(),
            self.red_packet.as_str().into(),
            user_id,
            self.claimed_at.into(),
            self.ordinal.into(),
            room_id,
            room_kind,
            self.session.as_ref().map(SessionId::as_str).into(),
            user_id_kind,
            user_nickname,
            self.amount.into(),
            self.best_luck.into(),
            self.order.as_ref().map(OrderId::as_str).into(),
        ]
    }
}
