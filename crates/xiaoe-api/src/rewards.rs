use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, Claim, ClaimQuery, ClaimSource, Claims, Cursor, Delivery, Error, ErrorKind,
    ListingCapability, LiveRewards, Money, Page, PointsAccount, PointsQuery, RedPacket,
    RedPacketId, RedPacketKind as Kind, RedPacketQuery, RedPacketState as State, Refund, Result,
    RoomKind, RoomRef, Split, Timestamp, UserIdKind, UserRef, Vendor, assign_ordinals,
};
use live_rewards_http::{Endpoint, Listing};

use crate::{
    XiaoeClient,
    points::{AccountInfo, AccountInfoBatch},
    red_packet::{
        ReceiveRecord, ReceiveType, RedPacketKind, RedPacketList, RedPacketRecord, RedPacketRow,
        RedPacketState, SentRedPacket,
    },
};

const RED_PACKETS: ListingCapability = RedPacketList::PAGING.capability();
const CLAIMS: ListingCapability = RedPacketRecord::PAGING.capability();
const POINTS_ACCOUNTS: ListingCapability = AccountInfoBatch::PAGING.capability().by_time();

/// Users that the vendor takes in one query.
const MOST_USERS: usize = 100;

/// `resource_type` of a live.
const LIVE: u32 = 4;

#[async_trait]
impl LiveRewards for XiaoeClient {
    fn vendor(&self) -> Vendor {
        Vendor::Xiaoe
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::default();
        capabilities.red_packets = Some(RED_PACKETS);
        capabilities.claims = Some(ClaimSource::ByPacket(CLAIMS));
        capabilities.points_accounts = Some(POINTS_ACCOUNTS);
        capabilities
    }

    async fn red_packets_page(
        &self,
        query: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        RED_PACKETS.accept(Vendor::Xiaoe, query)?;
        let request = RedPacketList::new(query.room.id.as_str(), resource_type(&query.room)?);
        let fetched = self.pipeline.page(request, query, cursor).await?;
        Ok(fetched.into_page(|rows| {
            let packets = rows.items.into_iter();
            (packets.map(|row| listed(&query.room, row)).collect(), rows.rejected)
        }))
    }

    async fn claims_page(&self, query: &ClaimQuery, cursor: Option<&Cursor>) -> Result<Claims> {
        CLAIMS.accept(Vendor::Xiaoe, query)?;
        let request = RedPacketRecord::new(
            query.room.id.as_str(),
            resource_type(&query.room)?,
            query.red_packet.as_str(),
        );
        let mut fetched = self.pipeline.page(request, query, cursor).await?;
        let sent = fetched.output.send_info.take().map(|info| sent(&query.room, info));
        let rows = fetched.output.record_list.iter().filter_map(|row| row.id.as_deref());
        let ids = sent.iter().map(|packet| packet.id.as_str()).chain(rows);
        same_red_packet(&query.red_packet, ids)?;
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
        Ok(Claims::new(sent, page))
    }

    async fn points_accounts_page(
        &self,
        query: &PointsQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsAccount>> {
        POINTS_ACCOUNTS.accept(Vendor::Xiaoe, query)?;
        if query.users.as_ref().is_some_and(|users| users.len() > MOST_USERS) {
            let what = format!("xiaoe takes at most {MOST_USERS} users a query; ask in parts");
            return Err(Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Xiaoe));
        }
        let mut request = AccountInfoBatch::new();
        if let Some(users) = &query.users {
            request = request.user_ids(users.iter().map(ToString::to_string).collect());
        }
        if let Some(since) = query.since {
            request = request.create_time_start(since);
        }
        if let Some(until) = query.until {
            request = request.create_time_end(until);
        }
        let fetched = self.pipeline.page(request, query, cursor).await?;
        Ok(fetched.into_page(|page| {
            (page.list.items.into_iter().map(points_account).collect(), page.list.rejected)
        }))
    }
}

fn resource_type(room: &RoomRef) -> Result<i64> {
    match room.kind {
        RoomKind::Live => Ok(LIVE.into()),
        RoomKind::Resource(resource_type) => Ok(resource_type.into()),
        kind => {
            let what = format!("xiaoe has no {kind}; name a live");
            Err(Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Xiaoe))
        }
    }
}

fn listed(room: &RoomRef, row: RedPacketRow) -> RedPacket {
    let mut packet = RedPacket::new(row.id.into(), room.clone(), row.money, row.created_at);
    packet.order = row.order_id.map(Into::into);
    packet.sender = row.user_id.map(|id| user(id, row.wx_nickname));
    packet.kind = row.r_type.map(kind);
    packet.split = row.receive_type.map(split);
    packet.state = row.state.map(state);
    packet.message = row.describe_msg;
    packet.net = row.after_deduction_money;
    packet.count = row.num;
    packet.claimed_count = row.receive_number;
    packet.share_raw = row.average_price;
    packet
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

/// The red packet as the claims call reports it.
fn sent(room: &RoomRef, info: SentRedPacket) -> RedPacket {
    let mut packet = RedPacket::new(info.id.into(), room.clone(), info.money, info.created_at);
    packet.order = info.order_id.map(Into::into);
    packet.sender = info.user_id.map(|id| user(id, info.wx_nickname));
    packet.kind = info.r_type.map(kind);
    packet.split = info.receive_type.map(split);
    packet.state = info.state.map(state);
    packet.message = info.describe_msg;
    packet.net = info.after_deduction_money;
    packet.refund = refund(info.refund_money, info.refund_time);
    packet.count = info.num;
    packet.claimed_count = info.receive_number;
    packet.share_raw = info.average_price;
    packet
}

fn claim(room: &RoomRef, red_packet: &RedPacketId, row: ReceiveRecord) -> Claim {
    let user = user(row.user_id, row.wx_nickname);
    let mut claim = Claim::new(red_packet.clone(), room.clone(), user, row.money, row.created_at);
    claim.best_luck = row.is_optimum_luck;
    claim.order = row.order_id.map(Into::into);
    claim
}

fn points_account(row: AccountInfo) -> PointsAccount {
    let mut account = PointsAccount::new(user(row.user_id, None), row.balance);
    account.frozen = row.freeze_balance;
    account.reported_total = row.total_balance;
    account.first_earned_at = row.created_at;
    account
}

fn user(id: String, nickname: Option<String>) -> UserRef {
    UserRef::new(id, UserIdKind::VendorUser).with_nickname(nickname)
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
