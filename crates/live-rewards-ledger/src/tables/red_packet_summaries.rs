use live_rewards_core::{RedPacketSummary, Vendor};

use super::{
    Record,
    parts::{ROOM_ID, ROOM_KIND, VENDOR, room},
};
use crate::{
    ColumnType::{Fen, Integer},
    Label, Row, Table,
    column::{Column, column},
};

/// What a vendor itself sums up of a room's red packets, one room a row. When it was received is no column: it would change with
/// every reading.
pub static RED_PACKET_SUMMARIES: Table = Table {
    name: "red_packet_summaries",
    label: Label {
        en: "Red packets as the vendor sums them up", zh: "红包汇总（平台口径）"
    },
    time: None,
    columns: COLUMNS,
};

const COLUMNS: &[Column] = &[
    VENDOR,
    ROOM_KIND.key(),
    ROOM_ID.key(),
    column("rounds", Integer, "Rounds", "轮次"),
    column("number", Integer, "Red packets, as the vendor counts", "红包数（平台口径）"),
    column("issued_fen", Fen, "Issued", "发放金额"),
    column("net_fen", Fen, "Net of fee", "扣费后金额"),
    column("claimed_count", Integer, "Shares claimed", "已领个数"),
];

impl Record for RedPacketSummary {
    const TABLE: &'static Table = &RED_PACKET_SUMMARIES;

    fn row(&self, vendor: Vendor) -> Row<'_> {
        let [room_id, room_kind] = room(Some(&self.room));
        vec![
            vendor.as_str().into(),
            room_kind,
            room_id,
            self.rounds.into(),
            self.number.into(),
            self.issued.into(),
            self.net.into(),
            self.claimed_count.into(),
        ]
    }
}
