use live_rewards_core::{Amount, Gift, GiftItemId, GiftRecordId, SessionId, Vendor};

use super::{Record, user};
use crate::{
    ColumnType::{Integer, Points, Text, Time},
    Label, Row, Table,
    column::{Column, column},
};

/// One gift a row. List value and charged value stand side by side, each with its unit.
pub static GIFTS: Table =
    Table { name: "gifts", label: Label { en: "Gifts", zh: "礼物" }, columns: COLUMNS };

const COLUMNS: &[Column] = &[
    column("vendor", Text, "Vendor", "平台").key().required(),
    column("room_id", Text, "Room", "直播间 ID"),
    column("room_kind", Text, "Kind of room", "直播间类型"),
    column("session_id", Text, "Session", "场次 ID").key(),
    column("record_id", Text, "Record", "记录 ID").key(),
    column("giver_id", Text, "Giver", "赠送人 ID").key().required(),
    column("giver_id_kind", Text, "Kind of giver id", "赠送人 ID 类型"),
    column("giver_nickname", Text, "Giver's nickname", "赠送人昵称"),
    column("receiver_ids", Text, "Receivers", "接收人 ID"),
    column("item_id", Text, "Gift", "礼物 ID"),
    column("item_name", Text, "Gift's name", "礼物名称"),
    column("quantity", Integer, "Quantity", "数量"),
    column("unit_price", Text, "List price of one", "单价"),
    column("list_value", Text, "List value", "标价总额"),
    column("charged", Text, "Charged, as reported", "实扣（平台口径）"),
    column("unit", Text, "Unit of the three", "单位"),
    column("line_points", Points, "Product line points", "产线积分"),
    column("given_at", Time, "Given at", "赠送时间").key().required(),
    column("ordinal", Integer, "Ordinal among equals", "同秒序号").key().required(),
];

impl Record for Gift {
    const TABLE: &'static Table = &GIFTS;

    fn row(&self, vendor: Vendor) -> Row {
        let [giver_id, giver_id_kind, giver_nickname] = user(Some(&self.giver));
        let receivers: Vec<_> = self.receivers.iter().map(|user| user.id.as_str()).collect();
        let amounts = [&self.unit_price, &self.list_value, &self.charged];
        let unit = amounts.into_iter().flatten().map(Amount::unit).next();
        let [unit_price, list_value, charged] =
            amounts.map(|amount| amount.as_ref().map(ToString::to_string).into());
        vec![
            vendor.as_str().into(),
            self.room.as_ref().map(|room| room.id.as_str()).into(),
            self.room.as_ref().map(|room| room.kind.to_string()).into(),
            self.session.as_ref().map(SessionId::as_str).into(),
            self.record_id.as_ref().map(GiftRecordId::as_str).into(),
            giver_id,
            giver_id_kind,
            giver_nickname,
            (!receivers.is_empty()).then(|| receivers.join(" ")).into(),
            self.item.id.as_ref().map(GiftItemId::as_str).into(),
            self.item.name.as_ref().into(),
            self.quantity.into(),
            unit_price,
            list_value,
            charged,
            unit.into(),
            self.line_points.into(),
            self.at.into(),
            self.ordinal.into(),
        ]
    }
}
