use live_rewards_core::{Amount, Gift, GiftItemId, GiftRecordId, SessionId, Vendor};

use super::{
    Record,
    key::KeyText,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, amount, room, user},
    words::USER_ID_KINDS,
};
use crate::{
    ColumnType::{Fen, Integer, Points, Text, Time},
    Label, Person, Row, Table,
    column::{Column, column},
};

/// One gift a row. List value and charged value stand side by side, each in its own unit.
pub static GIFTS: Table = Table {
    name: "gifts",
    label: Label { en: "Gifts", zh: "礼物" },
    time: Some("given_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("gift_key", Text, "Key", "主键").key().person(Person::Key),
    ROOM_ID,
    ROOM_KIND,
    column("session_id", Text, "Session", "场次 ID"),
    column("record_id", Text, "Record", "记录 ID"),
    column("giver_id", Text, "Giver", "赠送人 ID").required().watched().person(Person::Id),
    column("giver_id_kind", Text, "Kind of giver id", "赠送人 ID 类型").coded(USER_ID_KINDS),
    column("giver_nickname", Text, "Giver's nickname", "赠送人昵称").person(Person::Nickname),
    column("receiver_ids", Text, "Receivers", "接收人 ID").watched().person(Person::Ids),
    column("item_id", Text, "Gift", "礼物 ID").watched(),
    column("item_name", Text, "Gift's name", "礼物名称"),
    column("quantity", Integer, "Quantity", "数量").watched(),
    column("unit_price_fen", Fen, "List price of one, money", "单价（金额）")
        .form_of("unit_price")
        .watched(),
    column("unit_price_points", Points, "List price of one, points", "单价（积分）")
        .form_of("unit_price")
        .watched(),
    column("unit_price_unstated", Text, "List price of one, unit unstated", "单价（单位未说明）")
        .form_of("unit_price")
        .watched(),
    column("list_value_fen", Fen, "List value, money", "标价总额（金额）")
        .form_of("list_value")
        .watched(),
    column("list_value_points", Points, "List value, points", "标价总额（积分）")
        .form_of("list_value")
        .watched(),
    column("list_value_unstated", Text, "List value, unit unstated", "标价总额（单位未说明）")
        .form_of("list_value")
        .watched(),
    column("charged_fen", Fen, "Charged as reported, money", "实扣（平台口径，金额）")
        .form_of("charged")
        .watched(),
    column("charged_points", Points, "Charged as reported, points", "实扣（平台口径，积分）")
        .form_of("charged")
        .watched(),
    column(
        "charged_unstated",
        Text,
        "Charged as reported, unit unstated",
        "实扣（平台口径，单位未说明）",
    )
    .form_of("charged")
    .watched(),
    column("line_points", Points, "Product line points", "产线积分").watched(),
    column("given_at", Time, "Given at", "赠送时间").required().watched(),
    column("ordinal", Integer, "Ordinal among equals", "同秒序号").required(),
];

impl Record for Gift {
    const TABLE: &'static Table = &GIFTS;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(self.room.as_ref());
        let [giver_id, giver_id_kind, giver_nickname] = user(Some(&self.giver));
        let receivers: Vec<_> = self.receivers.iter().map(|user| user.id.as_str()).collect();
        let [unit_price_fen, unit_price_points, unit_price_unstated] =
            amount(self.unit_price.as_ref());
        let [list_value_fen, list_value_points, list_value_unstated] =
            amount(self.list_value.as_ref());
        let [charged_fen, charged_points, charged_unstated] = amount(self.charged.as_ref());
        vec![
            vendor.as_str().into(),
            gift_key(self).into(),
            room_id,
            room_kind,
            self.session.as_ref().map(SessionId::as_str).into(),
            self.record_id.as_ref().map(GiftRecordId::as_str).into(),
            giver_id,
            giver_id_kind,
            giver_nickname,
            (!receivers.is_empty()).then(|| receivers.join(" ")).into(),
            self.item.id.as_ref().map(GiftItemId::as_str).into(),
            self.item.name.as_ref().into(),
            self.quantity.into(),
            unit_price_fen,
            unit_price_points,
            unit_price_unstated,
            list_value_fen,
            list_value_points,
            list_value_unstated,
            charged_fen,
            charged_points,
            charged_unstated,
            self.line_points.into(),
            self.at.into(),
            self.ordinal.into(),
        ]
    }
}

/// [`GiftKey`](live_rewards_core::GiftKey) as text: `record|SESSION|RECORD`, or
/// `facts|ROOM|SESSION|GIVER|AT|UNIT|ITEM|CHARGED|ORDINAL` with the milliseconds since 1970 of when it was given.
fn gift_key(gift: &Gift) -> String {
    let session = gift.session.as_ref();
    match &gift.record_id {
        Some(record) => KeyText::new("record").optional(session).part(record),
        None => KeyText::new("facts")
            .optional(gift.room.as_ref().map(|room| &room.id))
            .optional(session)
            .part(&gift.giver.id)
            .part(gift.at.epoch_ms())
            .optional(gift.charged.as_ref().map(Amount::unit))
            .optional(gift.item.name.as_ref())
            .optional(gift.charged.as_ref())
            .part(gift.ordinal),
    }
    .finish()
}
