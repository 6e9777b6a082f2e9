//! Polyv's red packets.

use live_rewards_emulator::Emulator;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::reading::{Claim, Packet};
use crate::support::polyv;

/// Every red packet of Polyv.
pub(crate) async fn polyv_packets(emulator: &Emulator) -> Vec<Packet> {
    let mut packets = Vec::new();
    for channel in &emulator.ready().polyv.channel_ids {
        for page in 1.. {
            let number = page.to_string();
            let query = [
                ("channelId", channel.as_str()),
                ("pageNumber", number.as_str()),
                ("pageSize", "100"),
            ];
            let text = polyv(emulator, &query).await.text;
            let answer: PolyvAnswer = serde_json::from_str(&text).unwrap();
            let rows = answer.data.contents;
            if rows.is_empty() {
                break;
            }
            packets.extend(rows.into_iter().map(|row| row.packet(channel)));
        }
    }
    packets
}

#[derive(Deserialize)]
struct PolyvAnswer {
    data: PolyvData,
}

#[derive(Deserialize)]
struct PolyvData {
    contents: Vec<PolyvPacket>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PolyvPacket {
    red_pack_id: String,
    amount: Box<RawValue>,
    balance: Box<RawValue>,
    allot_type: String,
    created_time: i64,
    status: String,
    red_pack_receive_list: Vec<PolyvClaim>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PolyvClaim {
    red_pack_id: String,
    user_id: String,
    amount: Box<RawValue>,
    created_time: i64,
}

impl PolyvPacket {
    fn packet(self, channel: &str) -> Packet {
        let claims = self.red_pack_receive_list.into_iter().map(|claim| {
            assert_eq!(claim.red_pack_id, self.red_pack_id);
            Claim {
                user: claim.user_id,
                at: claim.created_time / 1000,
                amount: fen(&claim.amount),
                best_luck: false,
            }
        });
        Packet {
            room: channel.to_owned(),
            claims: claims.collect(),
            id: self.red_pack_id,
            is_equal: self.allot_type == "平均分配红包",
            state: self.status,
            created: self.created_time / 1000,
            issued: fen(&self.amount),
            net: fen(&self.amount),
            balance: fen(&self.balance),
            refunded: 0,
            refunded_at: None,
            shares: 0,
            average: None,
            received: Vec::new(),
        }
    }
}

/// Fen of an amount in 元, which has two decimals.
pub(super) fn fen(amount: &RawValue) -> i64 {
    let (yuan, decimals) = amount.get().split_once('.').unwrap();
    assert_eq!(decimals.len(), 2, "{amount}");
    format!("{yuan}{decimals}").parse().unwrap()
}
