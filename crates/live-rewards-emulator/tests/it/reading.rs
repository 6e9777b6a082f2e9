//! Reads everything that an emulator serves, as a client does that asks for the largest pages.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use live_rewards_emulator::{Emulator, EmulatorBuilder, Totals, VendorTruth};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::support::{
    ACCOUNTS, RECORDS, RED_PACKETS, START_MS, http, polyv, send, xiaoe, xiaoe_token, yxt,
};

/// A red packet of either vendor. Money is in fen, instants are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    pub(crate) room: String,
    pub(crate) id: String,
    pub(crate) is_equal: bool,
    /// Label or number of the state.
    pub(crate) state: String,
    pub(crate) created: i64,
    pub(crate) issued: i64,
    pub(crate) net: i64,
    /// Polyv.
    pub(crate) balance: i64,
    /// Xiaoe.
    pub(crate) refunded: i64,
    pub(crate) refunded_at: Option<i64>,
    pub(crate) shares: i64,
    pub(crate) average: Option<i64>,
    /// Every number of claims that is told.
    pub(crate) received: Vec<i64>,
    /// Oldest first.
    pub(crate) claims: Vec<Claim>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) user: String,
    pub(crate) at: i64,
    pub(crate) amount: i64,
    pub(crate) best_luck: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gift {
    pub(crate) room: String,
    pub(crate) pid: String,
    pub(crate) kind: String,
    pub(crate) unit_points: i64,
    pub(crate) listed: i64,
    pub(crate) charged: i64,
    pub(crate) at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Account {
    pub(crate) user: String,
    pub(crate) total: i64,
    pub(crate) available: i64,
    pub(crate) frozen: i64,
}

/// Starts an emulator without limits whose clock stands still at the start of its data.
pub(crate) async fn still(builder: EmulatorBuilder) -> Emulator {
    let emulator = builder.start_at(START_MS).limits(false).start().await.unwrap();
    let admin = emulator.ready().admin.clone().unwrap();
    let clock = json!({"now_ms": START_MS, "rate_milli": 0});
    let answer = send(http().post(format!("{}/clock", admin.base_url)).json(&clock)).await;
    assert_eq!((answer.status, emulator.now_ms()), (200, START_MS));
    emulator
}

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

/// Every red packet of Xiaoe with its claims.
pub(crate) async fn xiaoe_packets(emulator: &Emulator) -> Vec<Packet> {
    let token = xiaoe_token(emulator).await;
    let mut packets = Vec::new();
    for live in &emulator.ready().xiaoe.resource_ids {
        let listing = json!({"resource_id": live, "resource_type": 4, "limit": 100});
        for page in 1.. {
            let list = xiaoe(emulator, RED_PACKETS, &token, with_page(&listing, page)).await;
            let rows = list.at("/data");
            let rows = rows.as_array().unwrap();
            for row in rows {
                packets.push(xiaoe_packet(emulator, &token, live, &listing, row).await);
            }
            if rows.len() < 100 {
                break;
            }
        }
    }
    packets
}

async fn xiaoe_packet(
    emulator: &Emulator,
    token: &str,
    live: &str,
    listing: &Value,
    listed: &Value,
) -> Packet {
    let mut body = listing.clone();
    body["red_packet_id"] = listed["id"].clone();
    let mut claims = Vec::new();
    let mut sent = Value::Null;
    for page in 1.. {
        let answer = xiaoe(emulator, RECORDS, token, with_page(&body, page)).await;
        let rows = answer.at("/data/record_list");
        let rows = rows.as_array().unwrap();
        claims.extend(rows.iter().map(|row| Claim {
            user: text(&row["user_id"]),
            at: instant(&row["created_at"]).unwrap(),
            amount: number(&row["money"]),
            best_luck: row["is_optimum_luck"].as_bool().unwrap(),
        }));
        sent = answer.at("/data/send_info");
        if rows.len() < 100 {
            break;
        }
    }
    claims.reverse();
    let told = [&listed["receive_number"], &sent["receive_number"]];
    assert_eq!(number(&listed["money"]), number(&sent["money"]));
    Packet {
        room: live.to_owned(),
        id: text(&sent["id"]),
        is_equal: sent["receive_type"] == 2,
        state: sent["state"].to_string(),
        created: instant(&sent["created_at"]).unwrap(),
        issued: number(&sent["money"]),
        net: number(&sent["after_deduction_money"]),
        balance: 0,
        refunded: number(&sent["refund_money"]),
        refunded_at: instant(&sent["refund_time"]),
        shares: number(&sent["num"]),
        average: sent.get("average_price").map(number),
        received: told.into_iter().filter(|told| !told.is_null()).map(number).collect(),
        claims,
    }
}

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

/// Every points account of Xiaoe.
pub(crate) async fn xiaoe_accounts(emulator: &Emulator) -> Vec<Account> {
    let token = xiaoe_token(emulator).await;
    let mut accounts = Vec::new();
    for page in 1.. {
        let body = json!({"page": page, "page_size": 100, "user_ids": null});
        let rows = xiaoe(emulator, ACCOUNTS, &token, body).await.at("/data/list");
        let rows = rows.as_array().unwrap();
        accounts.extend(rows.iter().map(|row| Account {
            user: text(&row["user_id"]),
            total: number(&row["total_balance"]),
            available: number(&row["balance"]),
            frozen: number(&row["freeze_balance"]),
        }));
        if rows.len() < 100 {
            break;
        }
    }
    accounts
}

/// Sums of red packets by room, and by the day in Beijing.
pub(crate) fn packet_sums(packets: &[Packet]) -> Sums {
    sums(packets.iter().map(|packet| {
        let mut totals = Totals::default();
        let claimed = packet.claims.iter().map(|claim| claim.amount).sum();
        totals.red_packets = 1;
        totals.claims = packet.claims.len() as u64;
        totals.issued_fen = packet.issued;
        totals.claimed_fen = claimed;
        totals.refunded_fen = packet.refunded;
        totals.fee_fen = packet.issued - packet.net;
        totals.left_fen = if packet.shares == 0 {
            packet.balance
        } else {
            packet.net - claimed - packet.refunded
        };
        (packet.room.clone(), packet.created, totals)
    }))
}

/// Sums of gifts by room, and by the day in Beijing.
pub(crate) fn gift_sums(gifts: &[Gift]) -> Sums {
    sums(gifts.iter().map(|gift| {
        let mut totals = Totals::default();
        totals.gifts = 1;
        totals.gift_points_charged = gift.charged;
        totals.gift_points_listed = gift.listed;
        (gift.room.clone(), gift.at, totals)
    }))
}

/// Totals by room and by day.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    rooms: BTreeMap<String, Totals>,
    days: BTreeMap<String, Totals>,
}

impl Sums {
    /// The sums that an emulator tells of a vendor of whose rooms none is empty.
    pub(crate) fn told(truth: &VendorTruth) -> Self {
        let rooms = truth.rooms.iter().map(|room| (room.room.clone(), room.totals));
        Self { rooms: rooms.collect(), days: truth.days.clone() }
    }
}

fn sums(rows: impl Iterator<Item = (String, i64, Totals)>) -> Sums {
    let mut sums = Sums::default();
    for (room, at, totals) in rows {
        let day = Offset::constant(8).to_datetime(Timestamp::from_second(at).unwrap()).date();
        for sum in
            [sums.rooms.entry(room).or_default(), sums.days.entry(day.to_string()).or_default()]
        {
            *sum = sum.checked_add(totals).unwrap();
        }
    }
    sums
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
fn fen(amount: &RawValue) -> i64 {
    let (yuan, decimals) = amount.get().split_once('.').unwrap();
    assert_eq!(decimals.len(), 2, "{amount}");
    format!("{yuan}{decimals}").parse().unwrap()
}

/// A number that is printed as such or as text.
fn number(value: &Value) -> i64 {
    match value {
        Value::String(text) => text.parse().unwrap(),
        other => other.as_i64().unwrap(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Unix seconds of a date and time in Beijing; `None` for the date that stands for none.
fn instant(value: &Value) -> Option<i64> {
    let text = value.as_str().unwrap();
    if text.starts_with("0000") {
        return None;
    }
    let time: DateTime = text.parse().unwrap();
    Some(Offset::constant(8).to_timestamp(time).unwrap().as_second())
}

fn with_page(body: &Value, page: i64) -> Value {
    let mut body = body.clone();
    body["page"] = json!(page);
    body
}
