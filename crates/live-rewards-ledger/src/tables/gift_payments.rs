use live_rewards_core::{GiftPayment, OpenEnum, Vendor};

use super::{
    Record,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, room, user},
    words::{GIFT_PAYMENT_KINDS, USER_ID_KINDS},
};
use crate::{
    ColumnType::{Fen, Integer, Text, Time},
    Label, Person, Row, Table,
    column::{Column, column},
};

/// One payment for a gift a row: the money of a gift once more, with its order.
pub static GIFT_PAYMENTS: Table = Table {
    name: "gift_payments",
    label: Label { en: "Payments for gifts", zh: "打赏收入" },
    time: Some("paid_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("order_id", Text, "Order", "订单").key(),
    ROOM_ID.required(),
    ROOM_KIND.required(),
    column("kind", Text, "Kind: gift or cash", "打赏类型").coded(GIFT_PAYMENT_KINDS),
    column("payer_id", Text, "Payer", "付款人 ID").watched().person(Person::Id),
    column("payer_id_kind", Text, "Kind of payer id", "付款人 ID 类型").coded(USER_ID_KINDS),
    column("payer_name", Text, "Payer's name", "付款人昵称").person(Person::Nickname),
    column("quantity", Integer, "Quantity", "数量").watched(),
    column("amount_fen", Fen, "Amount", "金额").required().watched(),
    column("paid_at", Time, "Paid at", "付款时间").required().watched(),
];

impl Record for GiftPayment {
    const TABLE: &'static Table = &GIFT_PAYMENTS;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(Some(&self.room));
        let [payer_id, payer_id_kind, _] = user(self.payer.as_ref());
        vec![
            vendor.as_str().into(),
            self.order.as_str().into(),
            room_id,
            room_kind,
            self.kind.as_ref().map(OpenEnum::label).into(),
            payer_id,
            payer_id_kind,
            self.payer_name.as_ref().into(),
            self.quantity.into(),
            self.amount.into(),
            self.at.into(),
        ]
    }
}
