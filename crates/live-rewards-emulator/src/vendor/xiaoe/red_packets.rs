//! Red packets of a live.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::calendar::beijing;
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::people;
use crate::reply::Reply;
use crate::split::Split;
use crate::truth::Totals;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::success;
use crate::vendor::xiaoe::{Endpoint, Xiaoe, ids, paging};
use crate::wire::LooseInteger;
use crate::world::red_packet::{Phase, RedPacket, State};

/// Answers a call for the red packets of a live, newest first, without a total.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Reply {
    let (number, size) = paging::asked_for(call);
    let room = xiaoe.room(&call.parameters);
    let range = room.map_or(0..0, |room| xiaoe.red_packets.visible(room, call.now()));
    let rows = Rows {
        xiaoe,
        room: room.unwrap_or(0),
        positions: page::rows(number, size, range.end),
        range,
        now: call.now(),
    };
    success("success", None, &rows)
}

/// Totals of one red packet.
pub(super) fn totals(packet: &RedPacket, state: &State) -> Totals {
    let refunded = state.refunded(packet);
    Totals {
        red_packets: 1,
        claims: state.claims.unsigned_abs(),
        issued_fen: packet.issued,
        claimed_fen: state.claimed,
        left_fen: packet.net - state.claimed - refunded,
        refunded_fen: refunded,
        fee_fen: packet.issued - packet.net,
        ..Totals::default()
    }
}

/// State in the list, which knows neither 0 nor 4.
fn listed_state(phase: Phase) -> u8 {
    match phase {
        Phase::Precreated | Phase::Open => 1,
        Phase::SoldOut => 2,
        Phase::Refunding | Phase::Refunded | Phase::Abnormal => 3,
    }
}

/// State in the records.
pub(super) fn recorded_state(phase: Phase) -> u8 {
    match phase {
        Phase::Precreated => 0,
        Phase::Abnormal => 4,
        _ => listed_state(phase),
    }
}

/// Number for the way of splitting.
pub(super) fn receive_type(split: Split) -> u8 {
    match split {
        Split::Lucky => 1,
        Split::Equal => 2,
    }
}

/// One share, where all are equal.
pub(super) fn average_price(packet: &RedPacket) -> Option<i64> {
    (packet.split == Split::Equal).then(|| packet.net / packet.shares)
}

/// The sender's greeting.
pub(super) fn greeting(packet: &RedPacket) -> Option<&'static str> {
    match packet.index % 4 {
        0 => None,
        1 => Some(""),
        2 => Some("恭喜发财，大吉大利"),
        _ => Some("听课愉快, \"冲\"!"),
    }
}

/// The rows of a page, computed as they are written.
struct Rows<'a> {
    xiaoe: &'a Xiaoe,
    room: i64,
    range: Range<i64>,
    positions: Range<i64>,
    now: i64,
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let resource_id = self.xiaoe.resource_id(self.room);
        serializer.collect_seq(page::newest_first(&self.range, self.positions.clone()).map(
            |index| {
                let packet = self.xiaoe.red_packets.get(self.room, index);
                row(self.xiaoe, &packet, &resource_id, self.now)
            },
        ))
    }
}

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    app_id: &'static str,
    order_id: String,
    user_id: String,
    resource_id: &'a str,
    resource_type: i64,
    r_type: u8,
    state: u8,
    receive_type: u8,
    money: LooseInteger,
    after_deduction_money: i64,
    num: i64,
    describe_msg: Option<&'static str>,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    average_price: Option<i64>,
    receive_number: i64,
    wx_nickname: &'static str,
    wx_avatar: String,
}

fn row<'a>(xiaoe: &Xiaoe, packet: &RedPacket, resource_id: &'a str, now: i64) -> Row<'a> {
    let state = packet.state(now);
    let sender = people::host(packet.room);
    Row {
        id: xiaoe.red_packet_id(packet.room, packet.index),
        app_id: XIAOE_APP_ID,
        order_id: xiaoe.order_id(packet),
        user_id: xiaoe.user_id(sender),
        resource_id,
        resource_type: ids::LIVE,
        r_type: 1,
        state: listed_state(state.phase),
        receive_type: receive_type(packet.split),
        // The table says text, the example prints a number.
        money: if packet.index % 2 == 0 {
            LooseInteger::Number(packet.issued)
        } else {
            LooseInteger::Text(packet.issued)
        },
        after_deduction_money: packet.net,
        num: packet.shares,
        describe_msg: greeting(packet),
        created_at: beijing(packet.created),
        average_price: average_price(packet),
        receive_number: state.claims,
        wx_nickname: people::nickname(sender),
        wx_avatar: people::avatar(sender),
    }
}
