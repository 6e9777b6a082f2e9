//! Red packets of a channel, each with its claims.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::people;
use crate::reply::{Refusal, Reply};
use crate::split::Split;
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::times::bounds;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::wire::{LooseInteger, Yuan};
use crate::world::listing::Listing;
use crate::world::standing::{Claim, Phase, Standing};
use crate::world::timeline;

/// Answers a call for the red packets of a channel, newest first.
pub(super) fn statistics(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let (room, listing) = selected(polyv, call);
    let total = listing.count();
    let positions = asked.rows(total);
    let contents = Contents { polyv, room, positions, listing, now: call.now() };
    Ok(polyv.page(call, asked, total, contents))
}

/// What is left of a red packet as the vendor tells it: also when it has gone back.
pub(super) fn balance(standing: &Standing) -> i64 {
    standing.left + standing.refunded
}

/// The channel and those of its red packets that the filters let through.
fn selected(polyv: &Polyv, call: &Call<'_, Endpoint>) -> (i64, Listing) {
    let (parameters, red_packets) = (&call.parameters, &polyv.red_packets);
    let Some(room) = polyv.channel(parameters) else {
        return (0, Listing::new(0..0, None));
    };
    let (from, to) = bounds(parameters, "startTime", "endTime");
    let range = red_packets.schedule(room).between(from, to, call.now());
    let range = match parameters.text("sessionId") {
        None => range,
        Some(session_id) => {
            let rows = polyv
                .session(room, session_id)
                .map_or(0..0, |session| red_packets.timeline.session_rows(room, session));
            timeline::overlap(&range, &rows)
        }
    };
    (room, red_packets.listed(room, range, call.now()))
}

/// The rows of a page, computed as they are written.
struct Contents<'a> {
    polyv: &'a Polyv,
    room: i64,
    listing: Listing,
    positions: Range<i64>,
    now: i64,
}

impl Serialize for Contents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let indexes = self.listing.newest_first(self.positions.clone());
        serializer.collect_seq(indexes.map(|index| row(self.polyv, self.room, index, self.now)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    red_pack_id: Text,
    user_id: Text,
    channel_id: LooseInteger,
    nick_name: &'static str,
    amount: Yuan,
    balance: Yuan,
    allot_type: &'static str,
    created_time: i64,
    channel_session_id: Text,
    status: &'static str,
    red_pack_type: &'static str,
    red_pack_receive_list: Receives<'a>,
}

fn row(polyv: &Polyv, room: i64, index: i64, now: i64) -> Row<'_> {
    let packet = polyv.red_packets.get(room, index);
    let (standing, claims) = packet.served(now);
    let sender = people::host(room);
    let channel_id = polyv.channel_id(room);
    let session = polyv.red_packets.timeline.session_of(room, index);
    let red_pack_id = polyv.red_pack_id(room, index);
    Row {
        red_pack_id,
        user_id: polyv.open_id(sender),
        // The table says text, the example prints a number.
        channel_id: if index % 2 == 0 {
            LooseInteger::Number(channel_id)
        } else {
            LooseInteger::Text(channel_id)
        },
        nick_name: people::nickname(sender),
        amount: Yuan(standing.issued),
        balance: Yuan(balance(&standing)),
        allot_type: match packet.split {
            Split::Lucky => "随机分配红包",
            Split::Equal => "平均分配红包",
        },
        created_time: packet.created * 1000,
        channel_session_id: polyv.session_id(room, session),
        status: match standing.phase {
            Phase::Precreated | Phase::Open => "进行中",
            Phase::SoldOut | Phase::Abnormal => "已结束",
            Phase::Refunding => "退款中",
            Phase::Refunded => "已退款",
        },
        red_pack_type: match index / 2 % 3 {
            0 => "普通红包",
            1 => "红包雨",
            _ => "口令红包",
        },
        red_pack_receive_list: Receives { polyv, red_pack_id, claims },
    }
}

/// The claims of a red packet, written one by one.
struct Receives<'a> {
    polyv: &'a Polyv,
    red_pack_id: Text,
    claims: Vec<Claim>,
}

impl Serialize for Receives<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.claims.iter().map(|claim| Receive {
            red_pack_id: &self.red_pack_id,
            user_id: self.polyv.open_id(claim.person),
            nick_name: people::nickname(claim.person),
            avatar: people::avatar(claim.person),
            amount: Yuan(claim.amount),
            created_time: claim.at * 1000,
        }))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Receive<'a> {
    red_pack_id: &'a str,
    user_id: Text,
    nick_name: &'static str,
    avatar: Text,
    amount: Yuan,
    created_time: i64,
}
