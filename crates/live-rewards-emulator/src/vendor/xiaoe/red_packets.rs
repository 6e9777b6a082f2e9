//! Red packets of a live.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::calendar::beijing;
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::people;
use crate::reply::Reply;
use crate::split::Split;
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::success;
use crate::vendor::xiaoe::{Endpoint, Xiaoe, ids, paging};
use crate::wire::LooseInteger;
use crate::world::listing::Listing;
use crate::world::standing::Phase;

/// Answers a call for the red packets of a live, newest first, without a total.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Reply {
    let (number, size) = paging::asked_for(call);
    let (room, listing) = match xiaoe.room(&call.parameters) {
        Some(room) => (room, xiaoe.red_packets.listing(room, call.now())),
        None => (0, Listing::new(0..0, None)),
    };
    let rows = Rows {
        xiaoe,
        room,
        positions: page::rows(number, size, listing.count()),
        listing,
        now: call.now(),
    };
    success("success", None, &rows)
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

/// The sender's greeting.
pub(super) fn greeting(index: i64) -> Option<&'static str> {
    match index % 4 {
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
    listing: Listing,
    positions: Range<i64>,
    now: i64,
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sender = people::host(self.room);
        let common = Common {
            user_id: self.xiaoe.user_id(sender),
            resource_id: self.xiaoe.resource_id(self.room),
            wx_nickname: people::nickname(sender),
            wx_avatar: people::avatar(sender),
        };
        let indexes = self.listing.newest_first(self.positions.clone());
        serializer.collect_seq(indexes.map(|index| self.row(&common, index)))
    }
}

/// What all rows of a live have in common.
struct Common {
    user_id: Text,
    resource_id: Text,
    wx_nickname: &'static str,
    wx_avatar: Text,
}

#[derive(Serialize)]
struct Row<'a> {
    id: Text,
    app_id: &'static str,
    order_id: Text,
    user_id: &'a str,
    resource_id: &'a str,
    resource_type: i64,
    r_type: u8,
    state: u8,
    receive_type: u8,
    money: LooseInteger,
    after_deduction_money: i64,
    num: i64,
    describe_msg: Option<&'static str>,
    created_at: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    average_price: Option<i64>,
    receive_number: i64,
    wx_nickname: &'static str,
    wx_avatar: &'a str,
}

impl Rows<'_> {
    fn row<'a>(&self, common: &'a Common, index: i64) -> Row<'a> {
        let packet = self.xiaoe.red_packets.get(self.room, index);
        let standing = packet.standing(self.now);
        Row {
            id: self.xiaoe.red_packet_id(self.room, index),
            app_id: XIAOE_APP_ID,
            order_id: self.xiaoe.order_id(&packet),
            user_id: &common.user_id,
            resource_id: &common.resource_id,
            resource_type: ids::LIVE,
            r_type: 1,
            state: listed_state(standing.phase),
            receive_type: receive_type(packet.split),
            // The table says text, the example prints a number.
            money: if index % 2 == 0 {
                LooseInteger::Number(standing.issued)
            } else {
                LooseInteger::Text(standing.issued)
            },
            after_deduction_money: standing.net,
            num: standing.shares,
            describe_msg: greeting(index),
            created_at: beijing(packet.created),
            average_price: packet.average(),
            receive_number: standing.received,
            wx_nickname: common.wx_nickname,
            wx_avatar: &common.wx_avatar,
        }
    }
}
