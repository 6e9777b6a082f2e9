use std::fmt::Debug;

use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use live_rewards::{
    ClaimQuery, ClaimSource, Cursor, GiftQuery, Keyed, LiveRewards, LiveRewardsExt, Page,
    PointsQuery, RedPacketQuery, Result, RoomRef,
};

use crate::vendors::Account;

/// One thing that an account lists, read in the same way whatever it is.
#[derive(Clone, Debug)]
pub(crate) enum Listing {
    RedPackets(RoomRef),
    Claims(ClaimQuery),
    ClaimsInRoom(RoomRef),
    Gifts(RoomRef),
    PointsAccounts,
}

/// A page with its rows and their keys as text, and the cursor after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) each: Vec<String>,
    pub(crate) keys: Vec<String>,
    pub(crate) next: Option<Cursor>,
}

/// Everything that an account lists: per room what the vendor has, the claims of its largest red packet, the accounts.
pub(crate) async fn of(account: &Account) -> Vec<Listing> {
    let capabilities = account.rewards.capabilities();
    let mut listings = Vec::new();
    for room in &account.rooms {
        if capabilities.red_packets.is_some() {
            listings.push(Listing::RedPackets(room.clone()));
        }
        if matches!(capabilities.claims, Some(ClaimSource::ByPacket(_))) {
            listings.push(largest_claims(account, room).await);
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

/// The claims of a room's largest red packet.
pub(crate) async fn largest_claims(account: &Account, room: &RoomRef) -> Listing {
    let query = RedPacketQuery::new(room.clone());
    let packets: Vec<_> = account.rewards.red_packets(query).try_collect().await.unwrap();
    let largest = packets.into_iter().max_by_key(|packet| packet.claimed_count).unwrap();
    Listing::Claims(ClaimQuery::new(room.clone(), largest.id))
}

impl Listing {
    /// The pages from a cursor on, at a page size.
    pub(crate) fn stream<'a>(
        &self,
        rewards: &'a dyn LiveRewards,
        size: Option<u32>,
        from: Option<Cursor>,
    ) -> BoxStream<'a, Result<Rows>> {
        match self.clone() {
            Self::RedPackets(room) => {
                let mut query = RedPacketQuery::new(room);
                query.page_size = size;
                rewards.red_packet_pages(query, from).map_ok(rows).boxed()
            }
            Self::Claims(mut query) => {
                query.page_size = size;
                rewards.claim_pages(query, from).map_ok(|claims| rows(claims.page)).boxed()
            }
            Self::ClaimsInRoom(room) => {
                let mut query = RedPacketQuery::new(room);
                query.page_size = size;
                let pages = rewards.claim_pages_in_room(query, from);
                pages.map_ok(|claims| rows(claims.page)).boxed()
            }
            Self::Gifts(room) => {
                let mut query = GiftQuery::in_room(room);
                query.page_size = size;
                rewards.gift_pages(query, from).map_ok(rows).boxed()
            }
            Self::PointsAccounts => {
                let mut query = PointsQuery::new();
                query.page_size = size;
                rewards.points_account_pages(query, from).map_ok(rows).boxed()
            }
        }
    }

    /// All pages from a cursor on, at a page size.
    pub(crate) async fn pages(
        &self,
        rewards: &dyn LiveRewards,
        size: Option<u32>,
        from: Option<Cursor>,
    ) -> Vec<Rows> {
        self.stream(rewards, size, from).try_collect().await.unwrap()
    }

    /// All rows, at a page size.
    pub(crate) async fn rows(&self, rewards: &dyn LiveRewards, size: Option<u32>) -> Vec<String> {
        self.pages(rewards, size, None).await.into_iter().flat_map(|page| page.each).collect()
    }
}

fn rows<T: Debug + Keyed<Key: Debug>>(page: Page<T>) -> Rows {
    assert_eq!(page.rejected, []);
    Rows {
        each: page.items.iter().map(|item| format!("{item:?}")).collect(),
        keys: page.items.iter().map(|item| format!("{:?}", item.key())).collect(),
        next: page.next,
    }
}
