use std::fmt::Debug;

use async_trait::async_trait;

use crate::{
    Capabilities, ClaimQuery, Claims, Cursor, Error, ErrorKind, Gift, GiftQuery, Operation, Page,
    PointsAccount, PointsQuery, RedPacket, RedPacketQuery, Result, Vendor,
};

/// The rewards of one account at one vendor, read page by page.
///
/// Every operation takes a query and where to go on ([`Page::next`] of the page before, or nothing), and
/// fails with [`Unsupported`](ErrorKind::Unsupported) where the vendor's public API has no such call;
/// [`capabilities`](Self::capabilities) tells beforehand. Streams are in [`LiveRewardsExt`](crate::LiveRewardsExt).
#[async_trait]
pub trait LiveRewards: Debug + Send + Sync {
    /// The vendor.
    fn vendor(&self) -> Vendor;

    /// What the vendor can be asked.
    fn capabilities(&self) -> Capabilities;

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

    /// One page of the gifts of a room or session.
    async fn gifts_page(&self, query: &GiftQuery, cursor: Option<&Cursor>) -> Result<Page<Gift>> {
        let _ = (query, cursor);
        Err(unsupported(self.vendor(), Operation::Gifts))
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
}

fn unsupported(vendor: Vendor, operation: Operation) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!("no published call answers {operation}; see capabilities()"),
    )
    .with_vendor(vendor)
}
