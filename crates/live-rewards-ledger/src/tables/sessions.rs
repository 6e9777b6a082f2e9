use live_rewards_core::{Session, Vendor};

use super::{
    Record,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, room},
};
use crate::{
    ColumnType::{Text, Time},
    Label, Row, Table,
    column::{Column, column},
};

/// One session a row.
pub static SESSIONS: Table = Table {
    name: "sessions",
    label: Label { en: "Sessions", zh: "场次" },
    time: Some("started_at"),
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    ROOM_ID.key(),
    column("session_id", Text, "Session", "场次 ID").key(),
    ROOM_KIND.required(),
    column("name", Text, "Name", "名称"),
    column("started_at", Time, "Started at", "开始时间").required(),
    column("ended_at", Time, "Ended at", "结束时间"),
];

impl Record for Session {
    const TABLE: &'static Table = &SESSIONS;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(Some(&self.room));
        vec![
            vendor.as_str().into(),
            room_id,
            self.id.as_str().into(),
            room_kind,
            self.name.as_ref().into(),
            self.started_at.into(),
            self.ended_at.into(),
        ]
    }
}
