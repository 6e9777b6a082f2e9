mod gift_payments;
mod gifts;
mod prize_activities;
mod prizes;
mod red_packets;
mod rooms;
mod sessions;
mod users;

use std::borrow::Cow;

use async_trait::async_trait;
use live_rewards_core::{
    Capabilities, ClaimSource, Cursor, Error, ErrorKind, Gift, GiftPayment, GiftPaymentQuery,
    GiftQuery, LiveRewards, Page, Prize, PrizeActivity, PrizeActivityQuery, PrizeQuery, RedPacket,
    RedPacketQuery, Result, Room, RoomKind, RoomQuery, RoomRef, Session, SessionQuery, User,
    UserQuery, Vendor,
};

use crate::PolyvClient;

/// A row that names another channel than was asked for belongs to that.
#[async_trait]
impl LiveRewards for PolyvClient {
    fn vendor(&self) -> Vendor {
        Vendor::Polyv
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::default();
        capabilities.rooms = Some(rooms::ROOMS);
        capabilities.sessions = Some(sessions::SESSIONS);
        capabilities.red_packets = Some(red_packets::RED_PACKETS);
        capabilities.claims = Some(ClaimSource::Inline);
        capabilities.gifts = Some(gifts::GIFTS);
        capabilities.gift_payments =
            self.live_account.is_some().then_some(gift_payments::GIFT_PAYMENTS);
        capabilities.prize_activities = prize_activities::PRIZE_ACTIVITIES;
        capabilities.prizes = prizes::PRIZES;
        capabilities.users = Some(users::USERS);
        capabilities
    }

    async fn rooms_page(&self, query: &RoomQuery, cursor: Option<&Cursor>) -> Result<Page<Room>> {
        rooms::page(self, query, cursor).await
    }

    /// The sessions of a channel. The vendor takes their bounds in whole seconds.
    async fn sessions_page(
        &self,
        query: &SessionQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Session>> {
        sessions::page(self, query, cursor).await
    }

    async fn red_packets_page(
        &self,
        query: &RedPacketQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RedPacket>> {
        red_packets::page(self, query, cursor).await
    }

    /// The donations in a channel. Cash is money; of gifts and points the vendor states no unit.
    ///
    /// [`gift_payments_page`](Self::gift_payments_page) lists those that were paid with money again: match the two, never add them.
    async fn gifts_page(&self, query: &GiftQuery, cursor: Option<&Cursor>) -> Result<Page<Gift>> {
        gifts::page(self, query, cursor).await
    }

    /// The donations that were paid with money again, with order numbers, from the account's
    /// [`IncomeDetail`](crate::income::IncomeDetail): never add them to the gifts. Entry is left out, as it is no reward; what is of an
    /// unknown type is not.
    ///
    /// No id tells which payment is for which gift. Match them by channel, time, nickname and amount. That these are the same in both is
    /// inferred, and so is the unit of the amount, yuan. A payment has no session, and its payer is an OpenID where the giver of the
    /// gift is a viewer.
    ///
    /// If the [`PolyvConfig`](crate::PolyvConfig) has no `live_account`, this is no capability, and an error of kind
    /// [`Config`](ErrorKind::Config). The vendor takes days; what lies outside the times is left out here, the bounds themselves are not.
    async fn gift_payments_page(
        &self,
        query: &GiftPaymentQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<GiftPayment>> {
        gift_payments::page(self, query, cursor).await
    }

    /// Lotteries, which need a time range of at most 365 days, or task reward activities, which take none. No published call lists
    /// lucky bags.
    async fn prize_activities_page(
        &self,
        query: &PrizeActivityQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<PrizeActivity>> {
        prize_activities::page(self, query, cursor).await
    }

    /// The prizes of a lottery, a lucky bag or a task reward activity. All but lucky bags are read by room and id; those of lucky bags name
    /// no room.
    async fn prizes_page(
        &self,
        query: &PrizeQuery,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Prize>> {
        prizes::page(self, query, cursor).await
    }

    /// The viewers of the account, or one of them. An answer about another viewer than was asked for is an error of kind
    /// [`Decode`](ErrorKind::Decode).
    async fn users_page(&self, query: &UserQuery, cursor: Option<&Cursor>) -> Result<Page<User>> {
        users::page(self, query, cursor).await
    }
}

/// Where a row says that it belongs, if it says so; otherwise to the room that was asked for.
fn room_of(asked: &RoomRef, channel: Option<String>) -> RoomRef {
    channel.map_or_else(|| asked.clone(), |id| RoomRef::new(id, RoomKind::Channel))
}

/// What no published call can answer.
fn unsupported(what: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Unsupported, what).with_vendor(Vendor::Polyv)
}
