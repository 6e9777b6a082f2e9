mod points;
mod red_packets;
mod users;

use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, ClaimQuery, ClaimSource, Claims, Cursor, Error, ErrorKind, LiveRewards, Page,
    PointsAccount, PointsEntry, PointsEntryQuery, PointsQuery, RedPacket, RedPacketQuery,
    RedPacketSummary, Result, RoomRef, User, UserIdKind, UserQuery, UserRef, Vendor,
};

use crate::XiaoeClient;

#[async_trait]
impl LiveRewards for XiaoeClient {
    fn vendor(&self) -> Vendor {
        Vendor::Xiaoe
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::default();
        capabilities.red_packets = Some(red_packets::RED_PACKETS);
        capabilities.claims = Some(ClaimSource::ByPacket(red_packets::CLAIMS));
        capabilities.red_packet_summary = true;
        capabilities.points_accounts = Some(points::ACCOUNTS);
        capabilities.points_entries = Some(points::ENTRIES);
        capabilities.users = Some(users::USERS);
        capabilities
    }

    /// The red packets of a live or another resource. One that names another resource than was asked for belongs to that.
    async fn red_packets_page(
        &self,
        query: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        red_packets::page(self, query, cursor).await
    }

    async fn claims_page(&self, query: &ClaimQuery, cursor: Option<&Cursor>) -> Result<Claims> {
        red_packets::claims(self, query, cursor).await
    }

    async fn red_packet_summary(&self, room: &RoomRef) -> Result<RedPacketSummary> {
        red_packets::summary(self, room).await
    }

    /// Points accounts. The vendor takes the bounds of the time in whole seconds.
    async fn points_accounts_page(
        &self,
        query: &PointsQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsAccount>> {
        points::accounts(self, query, cursor).await
    }

    /// The points log, month by month. Where the vendor answers in the older edition of the call, entries have no id.
    async fn points_entries_page(
        &self,
        query: &PointsEntryQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsEntry>> {
        points::entries(self, query, cursor).await
    }

    /// Up to 50 users by their ids, or all of the shop. By ids, rows of others are left out, and who isn't found by the last page isn't
    /// there.
    async fn users_page(&self, query: &UserQuery, cursor: Option<&Cursor>) -> Result<Page<User>> {
        users::page(self, query, cursor).await
    }
}

fn user(id: String, nickname: Option<String>) -> UserRef {
    UserRef::new(id, UserIdKind::VendorUser).with_nickname(nickname)
}

fn invalid(what: String) -> Error {
    Error::new(ErrorKind::InvalidInput, what).with_vendor(Vendor::Xiaoe)
}
