use live_rewards_core::{Room, Vendor};

use super::{
    Record,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, room},
};
use crate::{
    ColumnType::{Text, Time},
    Label, Row, Table,
    column::{Column, column},
};

/// One room a row, as its vendor lists it.
pub static ROOMS: Table = Table {
    name: "rooms",
    label: Label { en: "Rooms", zh: "直播间" },
    time: None,
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    ROOM_KIND.key(),
    ROOM_ID.key(),
    column("name", Text, "Name", "名称"),
    column("starts_at", Time, "Starts at", "计划开始时间"),
    column("state_raw", Text, "State, in the vendor's word", "状态（平台原文）"),
];

impl Record for Room {
    const TABLE: &'static Table = &ROOMS;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(Some(&self.room));
        vec![
            vendor.as_str().into(),
            room_kind,
            room_id,
            self.name.as_ref().into(),
            self.starts_at.into(),
            self.state_raw.as_ref().into(),
        ]
    }
}
