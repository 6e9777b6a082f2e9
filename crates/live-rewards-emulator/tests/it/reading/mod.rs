//! Reads everything that an emulator serves, as a client does that asks for the largest pages.

mod donations;
mod entries;
mod polyv;
mod prizes;
mod sums;
mod xiaoe;
mod yxt;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use live_rewards_emulator::{Emulator, EmulatorBuilder};
use serde_json::{Value, json};

use crate::support::{START_MS, http, send};

pub(crate) use self::donations::{Donation, Income, polyv_donations, polyv_income};
pub(crate) use self::entries::{Entry, xiaoe_entries};
pub(crate) use self::polyv::polyv_packets;
pub(crate) use self::prizes::{Prizes, polyv_prizes};
pub(crate) use self::sums::{Sums, flow_sums, gift_sums, packet_sums, polyv_sums};
pub(crate) use self::xiaoe::{xiaoe_accounts, xiaoe_packets};
pub(crate) use self::yxt::yxt_gifts;

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
    emulator.set_clock_rate_milli(0);
    let clock = json!({"now_ms": START_MS});
    let answer = send(http().post(format!("{}/clock", admin.base_url)).json(&clock)).await;
    assert_eq!((answer.status, emulator.now_ms()), (200, START_MS));
    emulator
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
