use std::fmt::Debug;

use async_trait::async_trait;

use crate::{
    Capabilities, ClaimQuery, Claims, Cursor, Error, ErrorKind, Gift, GiftPayment,
    GiftPaymentQuery, GiftQuery, Operation, Page, PointsAccount, PointsEntry, PointsEntryQuery,
    PointsQuery, Prize, PrizeActivity, PrizeActivityQuery, PrizeQuery, RedPacket, RedPacketQuery,
    RedPacketSummary, Result, Room, RoomQuery, RoomRef, Session, SessionQuery, User, UserQuery,
    Vendor,
};

/// The rewards of one account at one vendor, read page by page.
///
/// Every operation takes a query and where to go on ([`Page::next`] of the page before, or nothing), and
/// fails with [`Unsupported`](ErrorKind::Unsupported) where the vendor's public API has no such call;
/// [`capabilities`](Self::capabilities) tells beforehand. Some vendors repeat their last page instead of sending an empty one: whoever
/// follows `next` by hand must stop by themselves when nothing new comes. The streams in [`LiveRewardsExt`](crate::LiveRewardsExt) do.
#[async_trait]
pub trait LiveRewards: Debug + Send + Sync {
    /// The vendor.
    fn vendor(&self) -> Vendor;

    /// What the vendor can be asked.
    fn capabilities(&self) -> Capabilities;

    /// One page of the account's rooms.
    async fn rooms_page(&self, query: &RoomQuery, cursor: Option<&Cursor>) -> Result<Page<Room>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::Rooms))
    }

    /// One page of the sessions of a room.
    async fn sessions_page(
        &self,
        query: &SessionQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Session>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::Sessions))
    }

    /// One page of a room's red packets.
    async fn red_packets_page(
        &self,
        query: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::RedPackets))
    }

    /// One page of a red packet's claims, where claims have a call of their own.
    async fn claims_page(&self, query: &ClaimQuery, cursor: Option<&Cursor>) -> Result<Claims> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::Claims))
    }

    /// What the vendor sums up of a room's red packets.
    async fn red_packet_summary(&self, room: &RoomRef) -> Result<RedPacketSummary> {
        let _ = room;
        Err(unsupported(self.vendor(), Operation::RedPacketSummary))
    }

    /// One page of the gifts of a room or session.
    async fn gifts_page(&self, query: &GiftQuery, cursor: Option<&Cursor>) -> Result<Page<Gift>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::Gifts))
    }

    /// One page of the payments for gifts in a room. They are the gifts' money once more: never add them to the gifts.
    async fn gift_payments_page(
        &self,
        query: &GiftPaymentQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<GiftPayment>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::GiftPayments))
    }

    /// One page of what prizes are won in, of one kind, in a room.
    async fn prize_activities_page(
        &self,
        query: &PrizeActivityQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PrizeActivity>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::PrizeActivities))
    }

    /// One page of the prizes that were won in an activity.
    async fn prizes_page(
        &self,
        query: &PrizeQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Prize>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::Prizes))
    }

    /// One page of points accounts.
    async fn points_accounts_page(
        &self,
        query: &PointsQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsAccount>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::PointsAccounts))
    }

    /// One page of the points log.
    async fn points_entries_page(
        &self,
        query: &PointsEntryQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsEntry>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::PointsEntries))
    }

    /// One page of users.
    async fn users_page(&self, query: &UserQuery, cursor: Option<&Cursor>) -> Result<Page<User>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::Users))
    }
}

fn unsupported(vendor: Vendor, operation: Operation) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!("no published call answers {operation}; see capabilities()"),
    )
    .with_vendor(vendor)
}
