use live_rewards_core::{PointsAccount, Vendor};

use super::{
    Record,
    parts::{VENDOR, user},
    words::USER_ID_KINDS,
};
use crate::{
    ColumnType::{Points, Text, Time},
    Label, Person, Row, Table,
    column::{Column, column},
};

/// One points account a row.
pub static POINTS_ACCOUNTS: Table = Table {
    name: "points_accounts",
    label: Label { en: "Points accounts", zh: "积分账户" },
    time: None,
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("user_id", Text, "User", "用户 ID").key().person(Person::Id),
    column("user_id_kind", Text, "Kind of user id", "用户 ID 类型").coded(USER_ID_KINDS),
    column("user_nickname", Text, "User's nickname", "用户昵称").person(Person::Nickname),
    column("available", Points, "Available", "可用积分").required(),
    column("frozen", Points, "Frozen", "冻结积分"),
    column("reported_total", Points, "Total, as reported", "总积分（平台口径）"),
    column("first_earned_at", Time, "First earned at", "首次获得时间"),
];

impl Record for PointsAccount {
    const TABLE: &'static Table = &POINTS_ACCOUNTS;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [user_id, user_id_kind, user_nickname] = user(Some(&self.user));
        vec![
            vendor.as_str().into(),
            user_id,
            user_id_kind,
            user_nickname,
            self.available.into(),
            self.frozen.into(),
            self.reported_total.into(),
            self.first_earned_at.into(),
        ]
    }
}
