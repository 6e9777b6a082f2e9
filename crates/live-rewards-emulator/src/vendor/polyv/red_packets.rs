//! Red packets of a channel, each with its claims.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::ids;
use crate::page;
use crate::people;
use crate::reply::Reply;
use crate::seed::Purpose;
use crate::split::Split;
use crate::truth::Totals;
use crate::vendor::Call;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::wire::Yuan;
use crate::world::red_packet::{Claim, Phase, RedPacket, State};
use crate::world::timeline;

/// Page size where the tables give none.
const DEFAULT_SIZE: i64 = 10;

/// Answers a call for the red packets of a channel, newest first.
pub(super) fn statistics(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Fault> {
    let (number, size) = page_asked_for(call)?;
    let (room, range) = selected(polyv, call);
    let total = range.end - range.start;
    let data = Data {
        page_number: number,
        page_size: size,
        total_pages: page::count(total, size),
        total_items: total,
        contents: Contents {
            polyv,
            room,
            positions: page::rows(number, size, total),
            range,
            now: call.now(),
        },
    };
    Ok(polyv.success(&data))
}

/// Totals of one red packet.
pub(super) fn totals(packet: &RedPacket, state: &State) -> Totals {
    Totals {
        red_packets: 1,
        claims: state.claims.unsigned_abs(),
        issued_fen: packet.issued,
        claimed_fen: state.claimed,
        left_fen: packet.net - state.claimed,
        ..Totals::default()
    }
}

fn page_asked_for(call: &Call<'_, Endpoint>) -> Result<(i64, i64), Fault> {
    let Some(rules) = &call.route.paging else {
        return Ok((1, DEFAULT_SIZE));
    };
    let number = call.parameters.integer(rules.position).unwrap_or(1);
    let default_size = rules.default_size.map_or(DEFAULT_SIZE, i64::from);
    let size = call.parameters.integer(rules.size).unwrap_or(default_size);
    if number < 1 {
        return Err(Fault::Page(rules.position));
    }
    if size < 1 || rules.max_size.is_some_and(|most| size > i64::from(most)) {
        return Err(Fault::Page(rules.size));
    }
    Ok((number, size))
}

/// The channel and the indexes of its red packets that the filters let through.
fn selected(polyv: &Polyv, call: &Call<'_, Endpoint>) -> (i64, Range<i64>) {
    let parameters = &call.parameters;
    let channel = parameters.integer("channelId");
    let mut rooms = polyv.red_packets.timeline.rooms();
    let Some(room) = rooms.find(|room| channel == Some(polyv.channel_id(*room))) else {
        return (0, 0..0);
    };
    // Rows lie on whole seconds: a bound between two seconds takes the later or the earlier one.
    let from = parameters
        .integer("startTime")
        .map(|ms| ms.saturating_sub(1).div_euclid(1000).saturating_add(1));
    let to = parameters.integer("endTime").map(|ms| ms.div_euclid(1000));
    let schedule = polyv.red_packets.schedule(room);
    let range = schedule.between(from, to, call.now());
    match parameters.text("sessionId") {
        None => (room, range),
        Some(session_id) => {
            let timeline = &polyv.red_packets.timeline;
            let rows = (0..timeline.sessions)
                .find(|session| polyv.session_id(room, *session) == session_id)
                .map_or(0..0, |session| timeline.session_rows(room, session));
            (room, timeline::overlap(&range, &rows))
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    page_number: i64,
    page_size: i64,
    total_pages: i64,
    total_items: i64,
    contents: Contents<'a>,
}

/// The rows of a page, computed as they are written.
struct Contents<'a> {
    polyv: &'a Polyv,
    room: i64,
    range: Range<i64>,
    positions: Range<i64>,
    now: i64,
}

impl Serialize for Contents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let timeline = &self.polyv.red_packets.timeline;
        serializer.collect_seq(page::newest_first(&self.range, self.positions.clone()).map(
            |index| {
                let packet = self.polyv.red_packets.get(self.room, index);
                let session = timeline.session_of(self.room, index);
                row(self.polyv, &packet, session, self.now)
            },
        ))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    red_pack_id: String,
    user_id: String,
    channel_id: i64,
    nick_name: &'static str,
    amount: Yuan,
    balance: Yuan,
    allot_type: &'static str,
    created_time: i64,
    channel_session_id: String,
    status: &'static str,
    red_pack_type: &'static str,
    red_pack_receive_list: Receives<'a>,
}

fn row<'a>(polyv: &'a Polyv, packet: &RedPacket, session: i64, now: i64) -> Row<'a> {
    let state = packet.state(now);
    let sender = people::host(packet.room);
    let red_pack_id = polyv.red_pack_id(packet);
    Row {
        user_id: polyv.open_id(sender),
        channel_id: polyv.channel_id(packet.room),
        nick_name: people::nickname(sender),
        amount: Yuan(packet.issued),
        balance: Yuan(packet.net - state.claimed),
        allot_type: match packet.split {
            Split::Lucky => "随机分配红包",
            Split::Equal => "平均分配红包",
        },
        created_time: packet.created * 1000,
        channel_session_id: polyv.session_id(packet.room, session),
        status: match state.phase {
            Phase::Precreated | Phase::Open => "进行中",
            Phase::SoldOut | Phase::Abnormal => "已结束",
            Phase::Refunding => "退款中",
            Phase::Refunded => "已退款",
        },
        red_pack_type: match packet.index / 2 % 3 {
            0 => "普通红包",
            1 => "红包雨",
            _ => "口令红包",
        },
        red_pack_receive_list: Receives {
            polyv,
            red_pack_id: red_pack_id.clone(),
            packet: *packet,
            now,
        },
        red_pack_id,
    }
}

/// The claims of a red packet, computed as they are written.
struct Receives<'a> {
    polyv: &'a Polyv,
    red_pack_id: String,
    packet: RedPacket,
    now: i64,
}

impl Serialize for Receives<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            self.packet
                .claims(self.now)
                .map(|claim| receive(self.polyv, &self.red_pack_id, claim)),
        )
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Receive<'a> {
    red_pack_id: &'a str,
    user_id: String,
    nick_name: &'static str,
    avatar: String,
    amount: Yuan,
    created_time: i64,
}

fn receive<'a>(polyv: &Polyv, red_pack_id: &'a str, claim: Claim) -> Receive<'a> {
    Receive {
        red_pack_id,
        user_id: polyv.open_id(claim.person),
        nick_name: people::nickname(claim.person),
        avatar: people::avatar(claim.person),
        amount: Yuan(claim.amount),
        created_time: claim.at * 1000,
    }
}

impl Polyv {
    fn red_pack_id(&self, packet: &RedPacket) -> String {
        let draws = self.draws.of(Purpose::RedPacket);
        ids::letters(draws.at(packet.room).at(packet.index), ids::HEX, 32)
    }

    /// WeChat's id of a person.
    fn open_id(&self, person: i64) -> String {
        let draws = self.draws.of(Purpose::Person).at(person);
        format!("ovtl9t{}", ids::letters(draws, ids::MIXED, 22))
    }
}
