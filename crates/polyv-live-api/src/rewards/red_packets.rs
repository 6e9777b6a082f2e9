use live_rewards_core::{
    Claim, Cursor, ListingCapability, Page, RedPacket, RedPacketKind, RedPacketQuery,
    RedPacketState, Refund, Result, RoomKind, RoomRef, SessionId, Split, UserIdKind, UserRef,
    Vendor, assign_ordinals,
};

use super::room_of;
use crate::{
    PolyvClient,
    red_pack::{AllotType, RedPack, RedPackReceive, RedPackStatistics, RedPackStatus, RedPackType},
};

pub(super) const RED_PACKETS: ListingCapability = RedPackStatistics::CAPABILITY;

/// The red packets of a channel, with their claims.
pub(super) async fn page(
    client: &PolyvClient,
    query: &RedPacketQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<RedPacket>> {
    RED_PACKETS.accept(Vendor::Polyv, query)?;
    let channel = query.room.id_of_kind(Vendor::Polyv, RoomKind::Channel)?;
    let mut request = RedPackStatistics::new(channel);
    if let Some(session) = &query.session {
        request = request.session_id(session.as_str());
    }
    if let Some(since) = query.since {
        request = request.start_time(since);
    }
    if let Some(until) = query.until {
        request = request.end_time(until);
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rejected = page.contents.rejected;
        let packets = page.contents.items.into_iter();
        (packets.map(|packet| red_packet(&query.room, packet)).collect(), rejected)
    }))
}

fn red_packet(asked: &RoomRef, row: RedPack) -> RedPacket {
    let room = room_of(asked, row.channel_id);
    let session: Option<SessionId> = row.channel_session_id.map(Into::into);
    let mut packet = RedPacket::new(row.red_pack_id.into(), room, row.amount, row.created_time);
    let receives = row.red_pack_receive_list;
    packet.claims = receives.map(|rows| claims(&packet, session.as_ref(), rows));
    packet.session = session;
    packet.sender =
        row.user_id.map(|id| UserRef::new(id, UserIdKind::OpenId).with_nickname(row.nick_name));
    packet.kind = row.red_pack_type.map(kind);
    packet.split = row.allot_type.map(split);
    packet.refund = row.status.as_ref().map_or(Refund::NotReported, refund);
    packet.state = row.status.map(state);
    packet.remaining = row.balance;
    packet
}

fn claims(
    packet: &RedPacket,
    session: Option<&SessionId>,
    rows: Vec<RedPackReceive>,
) -> Vec<Claim> {
    let claims = rows.into_iter().map(|row| claim(packet, session.cloned(), row));
    let mut claims: Vec<Claim> = claims.collect();
    assign_ordinals(
        &mut claims,
        |claim| (claim.user.id.clone(), claim.claimed_at),
        |claim| &mut claim.ordinal,
    );
    claims
}

fn claim(packet: &RedPacket, session: Option<SessionId>, row: RedPackReceive) -> Claim {
    let user = UserRef::new(row.user_id, UserIdKind::OpenId).with_nickname(row.nick_name);
    let mut claim =
        Claim::new(packet.id.clone(), packet.room.clone(), user, row.amount, row.created_time);
    claim.session = session;
    claim
}

fn kind(label: RedPackType) -> RedPacketKind {
    match label {
        RedPackType::Ordinary => RedPacketKind::Ordinary,
        RedPackType::Password => RedPacketKind::Password,
        RedPackType::Rain => RedPacketKind::Rain,
        RedPackType::Unknown(label) => RedPacketKind::Unknown(label),
    }
}

fn split(label: AllotType) -> Split {
    match label {
        AllotType::Random => Split::Random,
        AllotType::Equal => Split::Equal,
        AllotType::Unknown(label) => Split::Unknown(label),
    }
}

fn state(label: RedPackStatus) -> RedPacketState {
    match label {
        RedPackStatus::InProgress => RedPacketState::Open,
        RedPackStatus::Ended => RedPacketState::Ended,
        RedPackStatus::Refunding => RedPacketState::Refunding,
        RedPackStatus::Refunded => RedPacketState::Refunded,
        RedPackStatus::Unknown(label) => RedPacketState::Unknown(label),
    }
}

/// The state is all that Polyv says of refunds: neither amount nor time, and nothing of red packets in other states.
fn refund(label: &RedPackStatus) -> Refund {
    match label {
        RedPackStatus::Refunding => Refund::Pending,
        RedPackStatus::Refunded => Refund::Done { amount: None, at: None },
        _ => Refund::NotReported,
    }
}
