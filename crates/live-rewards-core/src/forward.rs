//! A pointer to a [`LiveRewards`] is one too.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    Capabilities, ClaimQuery, Claims, Cursor, Gift, GiftPayment, GiftPaymentQuery, GiftQuery,
    LiveRewards, Page, PointsAccount, PointsEntry, PointsEntryQuery, PointsQuery, Prize,
    PrizeActivity, PrizeActivityQuery, PrizeQuery, RedPacket, RedPacketQuery, RedPacketSummary,
    Result, Room, RoomQuery, RoomRef, Session, SessionQuery, User, UserQuery, Vendor,
};

macro_rules! forward {
    ($pointer:ty) => {
        // A method left out here would silently become `Unsupported`.
        #[deny(clippy::missing_trait_methods)]
        #[async_trait]
        impl<T: LiveRewards + ?Sized> LiveRewards for $pointer {
            fn vendor(&self) -> Vendor {
                T::vendor(self)
            }

            fn capabilities(&self) -> Capabilities {
                T::capabilities(self)
            }

            async fn rooms_page(
                &self,
                query: &RoomQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<Room>> {
                T::rooms_page(self, query, cursor).await
            }

            async fn sessions_page(
                &self,
                query: &SessionQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<Session>> {
                T::sessions_page(self, query, cursor).await
            }

            async fn red_packets_page(
                &self,
                query: &RedPacketQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<RedPacket>> {
                T::red_packets_page(self, query, cursor).await
            }

            async fn claims_page(
                &self,
                query: &ClaimQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Claims> {
                T::claims_page(self, query, cursor).await
            }

            async fn red_packet_summary(&self, room: &RoomRef) -> Result<RedPacketSummary> {
                T::red_packet_summary(self, room).await
            }

            async fn gifts_page(
                &self,
                query: &GiftQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<Gift>> {
                T::gifts_page(self, query, cursor).await
            }

            async fn gift_payments_page(
                &self,
                query: &GiftPaymentQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<GiftPayment>> {
                T::gift_payments_page(self, query, cursor).await
            }

            async fn prize_activities_page(
                &self,
                query: &PrizeActivityQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<PrizeActivity>> {
                T::prize_activities_page(self, query, cursor).await
            }

            async fn prizes_page(
                &self,
                query: &PrizeQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<Prize>> {
                T::prizes_page(self, query, cursor).await
            }

            async fn points_accounts_page(
                &self,
                query: &PointsQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<PointsAccount>> {
                T::points_accounts_page(self, query, cursor).await
            }

            async fn points_entries_page(
                &self,
                query: &PointsEntryQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<PointsEntry>> {
                T::points_entries_page(self, query, cursor).await
            }

            async fn users_page(
                &self,
                query: &UserQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<User>> {
                T::users_page(self, query, cursor).await
            }
        }
    };
}

forward!(Arc<T>);
forward!(Box<T>);
forward!(&T);
