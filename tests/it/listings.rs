use futures_util::{Stream, StreamExt, TryStreamExt};
use live_rewards::{
    ClaimQuery, ClaimSource, Cursor, GiftQuery, LiveRewards, LiveRewardsExt, Page, PointsQuery,
    RedPacketQuery, Result, RoomRef,
};

use crate::vendors::Account;

/// One thing that an account lists, read in the same way whatever it is.
#[derive(Clone, Debug)]
pub(crate) enum Listing {
    RedPackets(RoomRef),
    Claims(ClaimQuery),
    Gifts(RoomRef),
    PointsAccounts,
}

/// A page with its rows as text, and the cursor after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) rows: Vec<String>,
    pub(crate) next: Option<Cursor>,
}

/// Everything that an account lists: per room what the vendor has, the claims of its largest red packet, the accounts.
pub(crate) async fn of(account: &Account) -> Vec<Listing> {
    let rewards = &*account.rewards;
    let capabilities = rewards.capabilities();
    let mut listings = Vec::new();
    for room in &account.rooms {
        if capabilities.red_packets.is_some() {
            listings.push(Listing::RedPackets(room.clone()));
        }
        if matches!(capabilities.claims, Some(ClaimSource::ByPacket(_))) {
            let packets: Vec<_> =
                rewards.red_packets(RedPacketQuery::new(room.clone())).try_collect().await.unwrap();
            let largest = packets.into_iter().max_by_key(|packet| packet.claimed_count).unwrap();
            listings.push(Listing::Claims(ClaimQuery::new(room.clone(), largest.id)));
        }
        if capabilities.gifts.is_some() {
            listings.push(Listing::Gifts(room.clone()));
        }
    }
    if capabilities.points_accounts.is_some() {
        listings.push(Listing::PointsAccounts);
    }
    listings
}

impl Listing {
    /// All pages from a cursor on, at a page size.
    pub(crate) async fn pages(
        &self,
        rewards: &dyn LiveRewards,
        size: Option<u32>,
        from: Option<Cursor>,
    ) -> Vec<Rows> {
        match self.clone() {
            Self::RedPackets(room) => {
                let mut query = RedPacketQuery::new(room);
                query.page_size = size;
                collect(rewards.red_packet_pages(query, from)).await
            }
            Self::Claims(mut query) => {
                query.page_size = size;
                collect(rewards.claim_pages(query, from).map_ok(|claims| claims.page)).await
            }
            Self::Gifts(room) => {
                let mut query = GiftQuery::in_room(room);
                query.page_size = size;
                collect(rewards.gift_pages(query, from)).await
            }
            Self::PointsAccounts => {
                let mut query = PointsQuery::new();
                query.page_size = size;
                collect(rewards.points_account_pages(query, from)).await
            }
        }
    }

    /// All rows, at a page size.
    pub(crate) async fn rows(&self, rewards: &dyn LiveRewards, size: Option<u32>) -> Vec<String> {
        self.pages(rewards, size, None).await.into_iter().flat_map(|page| page.rows).collect()
    }
}

async fn collect<T: std::fmt::Debug>(pages: impl Stream<Item = Result<Page<T>>>) -> Vec<Rows> {
    let pages = pages.map(|page| {
        let page = page.unwrap();
        assert_eq!(page.rejected, []);
        let rows = page.items.iter().map(|item| format!("{item:?}")).collect();
        Rows { rows, next: page.next }
    });
    pages.collect().await
}
