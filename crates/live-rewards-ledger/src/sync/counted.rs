use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, ClaimQuery, Claims, Cursor, Error, ErrorKind, Gift, GiftPayment,
    GiftPaymentQuery, GiftQuery, LiveRewards, Page, PointsAccount, PointsEntry, PointsEntryQuery,
    PointsQuery, Prize, PrizeActivity, PrizeActivityQuery, PrizeQuery, RedPacket, RedPacketQuery,
    RedPacketSummary, Result, Room, RoomQuery, RoomRef, Session, SessionQuery, User, UserQuery,
    Vendor,
};

/// Counts calls, and refuses those beyond a number.
///
/// A call counts once, however often the client repeats it.
#[derive(Debug)]
pub(super) struct Counted<'a> {
    rewards: &'a dyn LiveRewards,
    most: u64,
    asked: AtomicU64,
}

impl<'a> Counted<'a> {
    pub(super) fn new(rewards: &'a dyn LiveRewards, most: Option<u64>) -> Self {
        Self { rewards, most: most.unwrap_or(u64::MAX), asked: AtomicU64::new(0) }
    }

    /// Calls that were made.
    pub(super) fn made(&self) -> u64 {
        self.asked.load(Ordering::Relaxed).min(self.most)
    }

    /// Whether a call was refused.
    pub(super) fn is_spent(&self) -> bool {
        self.asked.load(Ordering::Relaxed) > self.most
    }

    fn count(&self) -> Result<()> {
        if self.asked.fetch_add(1, Ordering::Relaxed) < self.most {
            return Ok(());
        }
        let error = Error::new(ErrorKind::RateLimited, "this run may make no more requests");
        Err(error.with_vendor(self.rewards.vendor()))
    }
}

// A method left out here would silently become `Unsupported`.
#[deny(clippy::missing_trait_methods)]
#[async_trait]
impl LiveRewards for Counted<'_> {
    fn vendor(&self) -> Vendor {
        self.rewards.vendor()
    }

    fn capabilities(&self) -> Capabilities {
        self.rewards.capabilities()
    }

    async fn rooms_page(&self, query: &RoomQuery, cursor: Option<&Cursor>) -> Result<Page<Room>> {
        self.count()?;
        self.rewards.rooms_page(query, cursor).await
    }

    async fn sessions_page(
        &self,
        query: &SessionQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Session>> {
        self.count()?;
        self.rewards.sessions_page(query, cursor).await
    }

    async fn red_packets_page(
        &self,
        query: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        self.count()?;
        self.rewards.red_packets_page(query, cursor).await
    }

    async fn claims_page(&self, query: &ClaimQuery, cursor: Option<&Cursor>) -> Result<Claims> {
        self.count()?;
        self.rewards.claims_page(query, cursor).await
    }

    async fn red_packet_summary(&self, room: &RoomRef) -> Result<RedPacketSummary> {
        self.count()?;
        self.rewards.red_packet_summary(room).await
    }

    async fn gifts_page(&self, query: &GiftQuery, cursor: Option<&Cursor>) -> Result<Page<Gift>> {
        self.count()?;
        self.rewards.gifts_page(query, cursor).await
    }

    async fn gift_payments_page(
        &self,
        query: &GiftPaymentQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<GiftPayment>> {
        self.count()?;
        self.rewards.gift_payments_page(query, cursor).await
    }

    async fn prize_activities_page(
        &self,
        query: &PrizeActivityQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PrizeActivity>> {
        self.count()?;
        self.rewards.prize_activities_page(query, cursor).await
    }

    async fn prizes_page(
        &self,
        query: &PrizeQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Prize>> {
        self.count()?;
        self.rewards.prizes_page(query, cursor).await
    }

    async fn points_accounts_page(
        &self,
        query: &PointsQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsAccount>> {
        self.count()?;
        self.rewards.points_accounts_page(query, cursor).await
    }

    async fn points_entries_page(
        &self,
        query: &PointsEntryQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PointsEntry>> {
        self.count()?;
        self.rewards.points_entries_page(query, cursor).await
    }

    async fn users_page(&self, query: &UserQuery, cursor: Option<&Cursor>) -> Result<Page<User>> {
        self.count()?;
        self.rewards.users_page(query, cursor).await
    }
}
