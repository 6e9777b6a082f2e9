use live_rewards_core::{OpenEnum, OrderId, PointsEntry, PointsEntryId, Vendor};

use super::{
    Record,
    key::KeyText,
    parts::{VENDOR, user},
    words::{POINTS_ENTRY_KINDS, USER_ID_KINDS},
};
use crate::{
    ColumnType::{Integer, Points, Text, Time},
    Label, Person, Row, Table,
    column::{Column, column},
};

/// One entry of the points log a row.
pub static POINTS_ENTRIES: Table = Table {
    name: "points_entries",
    label: Label { en: "Points log", zh: "积分流水" },
    time: Some("entered_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("entry_key", Text, "Key", "主键").key().person(Person::Key),
    column("entry_id", Text, "Entry", "流水 ID"),
    column("user_id", Text, "User", "用户 ID").required().watched().person(Person::Id),
    column("user_id_kind", Text, "Kind of user id", "用户 ID 类型").coded(USER_ID_KINDS),
    column("user_nickname", Text, "User's nickname", "用户昵称").person(Person::Nickname),
    column("kind", Text, "Kind: earned, spent or frozen", "增减类型")
        .coded(POINTS_ENTRY_KINDS)
        .required()
        .watched(),
    column("change", Points, "Points, as reported", "变动积分（平台口径）").required().watched(),
    column("balance_after", Points, "Balance after it", "变动后余额"),
    column("business", Text, "Cause", "业务类型"),
    column("business_id", Text, "Cause's id", "业务 ID"),
    column("reason", Text, "Reason", "原因").person(Person::Text),
    column("order_id", Text, "Order", "关联订单"),
    column("freeze_days", Integer, "Days frozen", "冻结天数"),
    column("entered_at", Time, "Entered at", "变动时间").required().watched(),
    column("ordinal", Integer, "Ordinal among equals", "同秒序号").required(),
];

impl Record for PointsEntry {
    const TABLE: &'static Table = &POINTS_ENTRIES;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [user_id, user_id_kind, user_nickname] = user(Some(&self.user));
        vec![
            vendor.as_str().into(),
            entry_key(self).into(),
            self.id.as_ref().map(PointsEntryId::as_str).into(),
            user_id,
            user_id_kind,
            user_nickname,
            self.kind.label().into(),
            self.change.into(),
            self.balance_after.into(),
            self.business.as_ref().into(),
            self.business_id.as_ref().into(),
            self.reason.as_ref().into(),
            self.order.as_ref().map(OrderId::as_str).into(),
            self.freeze_days.into(),
            self.at.into(),
            self.ordinal.into(),
        ]
    }
}

/// [`PointsEntryKey`](live_rewards_core::PointsEntryKey) as text: `flow|USER|ID`, or
/// `facts|USER|AT|BUSINESS_ID|KIND|CHANGE|ORDINAL` with the milliseconds since 1970 of when it was entered.
fn entry_key(entry: &PointsEntry) -> String {
    match &entry.id {
        Some(id) => KeyText::new("flow").part(&entry.user.id).part(id),
        None => KeyText::new("facts")
            .part(&entry.user.id)
            .part(entry.at.epoch_ms())
            .optional(entry.business_id.as_ref())
            .part(entry.kind.label())
            .part(entry.change)
            .part(entry.ordinal),
    }
    .finish()
}
