use std::fmt::Debug;

use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use live_rewards::{
    ClaimQuery, ClaimSource, Claims, Cursor, GiftPaymentQuery, GiftQuery, Keyed, LiveRewards,
    LiveRewardsExt, Page, PointsEntryQuery, PointsQuery, PrizeActivityQuery, PrizeKind, PrizeQuery,
    RedPacketQuery, RejectedRow, Result, RoomQuery, RoomRef, SessionQuery, UserQuery, UserScope,
};

use crate::{queries, vendors::Account};

/// One thing that an account lists, read in the same way whatever it is.
#[derive(Clone, Debug)]
pub(crate) enum Listing {
    Rooms(RoomQuery),
    Sessions(SessionQuery),
    RedPackets(RedPacketQuery),
    Claims(ClaimQuery),
    ClaimsInRoom(RedPacketQuery),
    Gifts(GiftQuery),
    GiftPayments(GiftPaymentQuery),
    PrizeActivities(PrizeActivityQuery),
    Prizes(PrizeQuery),
    PointsAccounts(PointsQuery),
    PointsEntries(PointsEntryQuery),
    Users(UserQuery),
}

/// A page with its rows and their keys as text, those that were rejected, and the cursor after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) each: Vec<String>,
    pub(crate) keys: Vec<String>,
    pub(crate) rejected: Vec<RejectedRow>,
    pub(crate) next: Option<Cursor>,
}

/// Everything that an account lists: per room what the vendor has, the claims of its largest red packet, the most prizes of each kind.
pub(crate) async fn of(account: &Account) -> Vec<Listing> {
    let capabilities = account.rewards.capabilities();
    let mut listings = Vec::new();
    for room in &account.rooms {
        if capabilities.red_packets.is_some() {
            listings.push(Listing::RedPackets(RedPacketQuery::new(room.clone())));
        }
        if matches!(capabilities.claims, Some(ClaimSource::ByPacket(_))) {
            listings.push(largest_claims(account, room).await);
        }
        if capabilities.gifts.is_some() {
            listings.push(Listing::Gifts(queries::gifts(account, room)));
        }
        if capabilities.gift_payments.is_some() {
            listings.push(Listing::GiftPayments(queries::gift_payments(account, room)));
        }
        if capabilities.sessions.is_some() {
            listings.push(Listing::Sessions(SessionQuery::in_room(room.clone())));
        }
        for listed in capabilities.prize_activities {
            // The last of them has the rows.
            let latest = queries::prize_activities(account, room, listed).pop();
            listings.extend(latest.map(Listing::PrizeActivities));
        }
    }
    for prizes in capabilities.prizes {
        listings.push(most_prizes(account, prizes.kind).await);
    }
    if capabilities.rooms.is_some() {
        listings.push(Listing::Rooms(RoomQuery::new()));
    }
    if capabilities.points_accounts.is_some() {
        listings.push(Listing::PointsAccounts(PointsQuery::new()));
    }
    if capabilities.points_entries.is_some() {
        listings.push(Listing::PointsEntries(queries::points_entries(account)));
    }
    listings.extend(queries::users(account).into_iter().map(Listing::Users));
    listings
}

/// The claims of a room's largest red packet.
pub(crate) async fn largest_claims(account: &Account, room: &RoomRef) -> Listing {
    let query = RedPacketQuery::new(room.clone());
    let packets: Vec<_> = account.rewards.red_packets(query).try_collect().await.unwrap();
    let largest = packets.into_iter().max_by_key(|packet| packet.claimed_count).unwrap();
    Listing::Claims(ClaimQuery::new(room.clone(), largest.id))
}

/// The prizes of the activity of a kind that has most.
pub(crate) async fn most_prizes(account: &Account, kind: PrizeKind) -> Listing {
    let mut most = (0, None);
    for query in queries::prizes(account, kind).await {
        let listing = Listing::Prizes(query);
        let rows = listing.rows(&*account.rewards, None).await.len();
        if rows > most.0 {
            most = (rows, Some(listing));
        }
    }
    most.1.unwrap()
}

/// Does the same with the query of any listing.
macro_rules! with_query {
    ($listing:expr, $query:ident => $done:expr) => {
        match $listing {
            Self::Rooms($query) => $done,
            Self::Sessions($query) => $done,
            Self::RedPackets($query) | Self::ClaimsInRoom($query) => $done,
            Self::Claims($query) => $done,
            Self::Gifts($query) => $done,
            Self::GiftPayments($query) => $done,
            Self::PrizeActivities($query) => $done,
            Self::Prizes($query) => $done,
            Self::PointsAccounts($query) => $done,
            Self::PointsEntries($query) => $done,
            Self::Users($query) => $done,
        }
    };
}

impl Listing {
    /// The same with so many calls under way at once.
    pub(crate) fn read_ahead(mut self, calls: usize) -> Self {
        with_query!(&mut self, query => query.read_ahead = calls);
        self
    }

    /// The pages from a cursor on, at a page size.
    pub(crate) fn stream<'a>(
        &self,
        rewards: &'a dyn LiveRewards,
        size: Option<u32>,
        from: Option<Cursor>,
    ) -> BoxStream<'a, Result<Rows>> {
        let mut listing = self.clone();
        with_query!(&mut listing, query => query.page_size = size);
        match listing {
            Self::Rooms(query) => rewards.room_pages(query, from).map_ok(rows).boxed(),
            Self::Sessions(query) => rewards.session_pages(query, from).map_ok(rows).boxed(),
            Self::RedPackets(query) => rewards.red_packet_pages(query, from).map_ok(rows).boxed(),
            Self::Claims(query) => rewards.claim_pages(query, from).map_ok(rows_of_claims).boxed(),
            Self::ClaimsInRoom(query) => {
                rewards.claim_pages_in_room(query, from).map_ok(rows_of_claims).boxed()
            }
            Self::Gifts(query) => rewards.gift_pages(query, from).map_ok(rows).boxed(),
            Self::GiftPayments(query) => {
                rewards.gift_payment_pages(query, from).map_ok(rows).boxed()
            }
            Self::PrizeActivities(query) => {
                rewards.prize_activity_pages(query, from).map_ok(rows).boxed()
            }
            Self::Prizes(query) => rewards.prize_pages(query, from).map_ok(rows).boxed(),
            Self::PointsAccounts(query) => {
                rewards.points_account_pages(query, from).map_ok(rows).boxed()
            }
            Self::PointsEntries(query) => {
                rewards.points_entry_pages(query, from).map_ok(rows).boxed()
            }
            Self::Users(query) => rewards.user_pages(query, from).map_ok(rows).boxed(),
        }
    }

    /// All pages from a cursor on, at a page size. No row of them is rejected.
    pub(crate) async fn pages(
        &self,
        rewards: &dyn LiveRewards,
        size: Option<u32>,
        from: Option<Cursor>,
    ) -> Vec<Rows> {
        let pages: Vec<Rows> = self.stream(rewards, size, from).try_collect().await.unwrap();
        assert!(pages.iter().all(|page| page.rejected.is_empty()), "{pages:?}");
        pages
    }

    /// All rows, at a page size.
    pub(crate) async fn rows(&self, rewards: &dyn LiveRewards, size: Option<u32>) -> Vec<String> {
        self.pages(rewards, size, None).await.into_iter().flat_map(|page| page.each).collect()
    }

    /// Whether it is of hundreds of rows, which are not to be read one by one.
    pub(crate) fn is_large(&self) -> bool {
        matches!(self, Self::Users(query) if query.scope == UserScope::All)
    }

    /// Whether a vendor has few of it.
    pub(crate) fn is_small(&self) -> bool {
        matches!(
            self,
            Self::Rooms(_)
                | Self::Sessions(_)
                | Self::GiftPayments(_)
                | Self::PrizeActivities(_)
                | Self::Prizes(_)
        )
    }
}

fn rows_of_claims(claims: Claims) -> Rows {
    let mut rows = rows(claims.page);
    rows.rejected.extend(claims.rejected);
    rows
}

fn rows<T: Debug + Keyed<Key: Debug>>(page: Page<T>) -> Rows {
    Rows {
        each: page.items.iter().map(|item| format!("{item:?}")).collect(),
        keys: page.items.iter().map(|item| format!("{:?}", item.key())).collect(),
        rejected: page.rejected,
        next: page.next,
    }
}
