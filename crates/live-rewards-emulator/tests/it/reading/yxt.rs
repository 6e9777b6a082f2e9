//! YXT's gifts.

use live_rewards_emulator::Emulator;

use crate::reading::{Gift, instant, number, text};
use crate::support::yxt;

/// Every gift of YXT.
pub(crate) async fn yxt_gifts(emulator: &Emulator) -> Vec<Gift> {
    let mut gifts = Vec::new();
    for room in &emulator.ready().yxt.room_ids {
        for offset in (0..).step_by(100) {
            let offset = offset.to_string();
            let query = [("roomId", room.as_str()), ("limit", "100"), ("offset", offset.as_str())];
            let rows = yxt(emulator, &query).await.at("/datas");
            let rows = rows.as_array().unwrap();
            gifts.extend(rows.iter().map(|row| Gift {
                room: room.clone(),
                pid: text(&row["pid"]),
                kind: text(&row["giftId"]),
                unit_points: number(&row["unitPoint"]),
                listed: number(&row["unitPoint"]) * number(&row["quantity"]),
                charged: number(&row["totalPoint"]),
                at: instant(&row["createTime"]).unwrap(),
            }));
            if rows.len() < 100 {
                break;
            }
        }
    }
    gifts
}
