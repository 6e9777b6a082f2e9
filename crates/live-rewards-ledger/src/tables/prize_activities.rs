use live_rewards_core::{PrizeActivity, SessionId, Vendor};

use super::{
    Record,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, room},
    words::PRIZE_KINDS,
};
use crate::{
    ColumnType::{Integer, Text, Time},
    Label, Row, Table,
    column::{Column, column},
};

/// One lottery, lucky bag or activity of tasks a row.
pub static PRIZE_ACTIVITIES: Table = Table {
    name: "prize_activities",
    label: Label { en: "Prize activities", zh: "抽奖与任务活动" },
    time: Some("starts_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    column("kind", Text, "Kind", "活动类型").coded(PRIZE_KINDS).key(),
    column("activity_id", Text, "Activity", "活动 ID").key(),
    ROOM_ID.required(),
    ROOM_KIND.required(),
    column("session_id", Text, "Session", "场次 ID"),
    column("name", Text, "Name", "名称"),
    column("planned", Integer, "Are to win", "计划中奖人数"),
    column("winners", Integer, "Won", "中奖人数"),
    column("starts_at", Time, "Drawn at, or starts at", "开奖或开始时间"),
    column("ends_at", Time, "Ends at", "结束时间"),
];

impl Record for PrizeActivity {
    const TABLE: &'static Table = &PRIZE_ACTIVITIES;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(Some(&self.room));
        vec![
            vendor.as_str().into(),
            self.kind.as_str().into(),
            self.id.as_str().into(),
            room_id,
            room_kind,
            self.session.as_ref().map(SessionId::as_str).into(),
            self.name.as_ref().into(),
            self.planned.into(),
            self.winners.into(),
            self.at.into(),
            self.ends_at.into(),
        ]
    }
}
