use std::mem;

use live_rewards_core::{
    Claim, ClaimQuery, Claims, Cursor, Delivery, Error, ErrorKind, ListingCapability, Money, Page,
    RedPacket, RedPacketId, RedPacketKind as Kind, RedPacketQuery, RedPacketState as State,
    RedPacketSummary, Refund, Result, RoomKind, RoomRef, Split, Timestamp, Vendor, assign_ordinals,
};
use live_rewards_http::{Endpoint, Rows, wire};
use serde::Deserialize;

use super::{invalid, user};
use crate::{
    XiaoeClient,
    red_packet::{
        ReceiveRecord, ReceiveType, RedPacketAnalysis, RedPacketKind, RedPacketList,
        RedPacketRecord, RedPacketRow, RedPacketState,
    },
};

pub(super) const RED_PACKETS: ListingCapability = RedPacketList::CAPABILITY;
pub(super) const CLAIMS: ListingCapability = RedPacketRecord::CAPABILITY;

/// `resource_type` of a live.
const LIVE: u32 = 4;

/// The red packets of a live.
pub(super) async fn page(
    client: &XiaoeClient,
    query: &RedPacketQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<RedPacket>> {
    RED_PACKETS.accept(Vendor::Xiaoe, query)?;
    let request = RedPacketList::new(query.room.id.as_str(), resource_type(&query.room)?);
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|rows| {
        let packets = rows.items.into_iter();
        (packets.map(|row| red_packet(&query.room, row)).collect(), rows.rejected)
    }))
}

/// The claims of a red packet, and the red packet as only this call reports it.
pub(super) async fn claims(
    client: &XiaoeClient,
    query: &ClaimQuery,
    cursor: Option<&Cursor>,
) -> Result<Claims> {
    CLAIMS.accept(Vendor::Xiaoe, query)?;
    let request = RedPacketRecord::new(
        query.room.id.as_str(),
        resource_type(&query.room)?,
        query.red_packet.as_str(),
    );
    let mut fetched = client.pipeline.page(request, query, cursor).await?;
    let Rows { mut items, mut rejected } = mem::take(&mut fetched.output.send_info);
    let sent = items.pop().map(|row| red_packet(&query.room, row));
    let rejected = rejected.pop();
    let unreadable = rejected.as_ref().and_then(|row| id_in(&row.raw));
    let rows = fetched.output.record_list.iter().filter_map(|row| row.id.as_deref());
    let ids = sent.iter().map(|packet| packet.id.as_str());
    same_red_packet(&query.red_packet, ids.chain(unreadable.as_deref()).chain(rows))?;
    let page = fetched.into_page(|page| {
        let rows = page.record_list.items.into_iter();
        let mut claims: Vec<Claim> =
            rows.map(|row| claim(&query.room, &query.red_packet, row)).collect();
        assign_ordinals(
            &mut claims,
            |claim| (claim.user.id.clone(), claim.claimed_at),
            |claim| &mut claim.ordinal,
        );
        (claims, page.record_list.rejected)
    });
    let mut claims = Claims::new(sent, page);
    claims.rejected = rejected;
    Ok(claims)
}

/// The sums of a live's red packets. Without red packets the vendor says nothing of them but zero rounds and zero claims.
pub(super) async fn summary(client: &XiaoeClient, room: &RoomRef) -> Result<RedPacketSummary> {
    let request = RedPacketAnalysis::new(room.id.as_str(), resource_type(room)?);
    let response = client.pipeline.call(&request).await?;
    let mut summary = RedPacketSummary::new(room.clone(), response.fetched_at);
    if let Some(totals) = response.output.data {
        summary.rounds = totals.total_rounds;
        summary.number = totals.total_number;
        summary.issued = totals.total_money;
        summary.net = totals.total_after_deduction_money;
        summary.claimed_count = totals.receive_total;
    }
    Ok(summary)
}

fn resource_type(room: &RoomRef) -> Result<i64> {
    match room.kind {
        RoomKind::Live => Ok(LIVE.into()),
        RoomKind::Resource(resource_type) => Ok(resource_type.into()),
        kind => Err(invalid(format!("xiaoe has no {kind}; name a live"))),
    }
}

/// Where a row says that it belongs, if it says so; otherwise to the room that was asked for. Without a type it is of the one asked for.
fn room_of(asked: &RoomRef, id: Option<String>, resource_type: Option<i64>) -> RoomRef {
    let Some(id) = id else {
        return asked.clone();
    };
    let kind = match resource_type.and_then(|number| u32::try_from(number).ok()) {
        None => asked.kind,
        // As the caller names a live.
        Some(LIVE) if asked.kind == RoomKind::Resource(LIVE) => asked.kind,
        Some(LIVE) => RoomKind::Live,
        Some(number) => RoomKind::Resource(number),
    };
    RoomRef::new(id, kind)
}

fn red_packet(asked: &RoomRef, row: RedPacketRow) -> RedPacket {
    let room = room_of(asked, row.resource_id, row.resource_type);
    let mut packet = RedPacket::new(row.id.into(), room, row.money, row.created_at);
    packet.order = row.order_id.map(Into::into);
    packet.sender = row.user_id.map(|id| user(id, row.wx_nickname));
    packet.kind = row.r_type.map(kind);
    packet.split = row.receive_type.map(split);
    packet.state = row.state.map(state);
    packet.message = row.describe_msg.filter(|message| !message.is_empty());
    packet.net = row.after_deduction_money;
    packet.refund = refund(row.refund_money, row.refund_time);
    packet.count = row.num;
    packet.claimed_count = row.receive_number;
    packet.share_raw = row.average_price;
    packet
}

/// The id in the text of a red packet that can't be read.
fn id_in(raw: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(deserialize_with = "wire::id")]
        id: String,
    }

    wire::from_object::<Named>(raw.as_bytes()).ok().map(|named| named.id)
}

/// By which key the vendor takes the red packet's id is not known for certain; an answer about another one is no answer.
fn same_red_packet<'a>(
    asked: &RedPacketId,
    mut answered: impl Iterator<Item = &'a str>,
) -> Result<()> {
    if answered.all(|id| id == asked.as_str()) {
        return Ok(());
    }
    let what = format!("asked for the claims of {asked}, got those of another red packet");
    Err(Error::new(ErrorKind::Decode, what)
        .with_vendor(Vendor::Xiaoe)
        .with_endpoint(RedPacketRecord::INFO.id)
        .with_delivery(Delivery::Unknown))
}

fn claim(asked: &RoomRef, red_packet: &RedPacketId, row: ReceiveRecord) -> Claim {
    let room = room_of(asked, row.resource_id, row.resource_type);
    let user = user(row.user_id, row.wx_nickname);
    let mut claim = Claim::new(red_packet.clone(), room, user, row.money, row.created_at);
    claim.best_luck = row.is_optimum_luck;
    claim.order = row.order_id.map(Into::into);
    claim
}

fn kind(label: RedPacketKind) -> Kind {
    match label {
        RedPacketKind::Ordinary => Kind::Ordinary,
        RedPacketKind::Unknown(label) => Kind::Unknown(label),
    }
}

fn split(label: ReceiveType) -> Split {
    match label {
        ReceiveType::Lucky => Split::Random,
        ReceiveType::Equal => Split::Equal,
        ReceiveType::Unknown(label) => Split::Unknown(label),
    }
}

fn state(label: RedPacketState) -> State {
    match label {
        RedPacketState::Created => State::Created,
        RedPacketState::Open => State::Open,
        RedPacketState::Ended => State::Ended,
        RedPacketState::Expired => State::Expired,
        RedPacketState::Abnormal => State::Abnormal,
        RedPacketState::Unknown(label) => State::Unknown(label),
    }
}

fn refund(amount: Option<Money>, at: Option<Timestamp>) -> Refund {
    match (amount, at) {
        (None, None) => Refund::NotReported,
        (Some(Money::ZERO), None) => Refund::None,
        (amount, at) => Refund::Done { amount, at },
    }
}
