//! A pointer to a [`LiveRewards`] is one too.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    Capabilities, ClaimQuery, Claims, Cursor, Gift, GiftQuery, LiveRewards, Page, PointsAccount,
    PointsQuery, RedPacket, RedPacketQuery, Result, Vendor,
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

            async fn gifts_page(
                &self,
                query: &GiftQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<Gift>> {
                T::gifts_page(self, query, cursor).await
            }

            async fn points_accounts_page(
                &self,
                query: &PointsQuery,
                cursor: Option<&Cursor>,
            ) -> Result<Page<PointsAccount>> {
                T::points_accounts_page(self, query, cursor).await
            }
        }
    };
}

forward!(Arc<T>);
forward!(Box<T>);
forward!(&T);
