use live_rewards::{PointsQuery, PrizeKind, RedPacketQuery, SessionQuery, Vendor};

use crate::{
    listings::{Listing, largest_claims, most_prizes},
    queries,
    vendors::Account,
};

/// What is read, in how large pages, and the endpoint that fails meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    pub(crate) listing: Listing,
    pub(crate) size: u32,
    pub(crate) endpoint: &'static str,
}

impl Read {
    pub(crate) fn red_packets(account: &Account) -> Self {
        let endpoint = match account.vendor {
            Vendor::Xiaoe => "red_packet_list",
            _ => "red_pack_statistics",
        };
        let listing = Listing::RedPackets(RedPacketQuery::new(account.rooms[0].clone()));
        Self { listing, size: 5, endpoint }
    }

    pub(crate) async fn claims(account: &Account) -> Self {
        let listing = largest_claims(account, &account.rooms[0]).await;
        Self { listing, size: 100, endpoint: "red_packet_record" }
    }

    /// Of the room with fewer red packets.
    pub(crate) fn claims_in_room(account: &Account, endpoint: &'static str) -> Self {
        let listing = Listing::ClaimsInRoom(RedPacketQuery::new(account.rooms[1].clone()));
        Self { listing, size: 5, endpoint }
    }

    pub(crate) fn points_accounts() -> Self {
        let listing = Listing::PointsAccounts(PointsQuery::new());
        Self { listing, size: 10, endpoint: "account_info_batch" }
    }

    /// What needs a token first.
    pub(crate) fn tokens(account: &Account) -> Self {
        Self { endpoint: "token", ..Self::red_packets(account) }
    }

    pub(crate) fn gifts(account: &Account) -> Self {
        let endpoint = match account.vendor {
            Vendor::Yxt => "gift_records",
            _ => "donation_records",
        };
        let listing = Listing::Gifts(queries::gifts(account, &account.rooms[0]));
        Self { listing, size: 5, endpoint }
    }

    fn points_entries(account: &Account) -> Self {
        let listing = Listing::PointsEntries(queries::points_entries(account));
        Self { listing, size: 10, endpoint: "account_flow_list" }
    }

    fn sessions(account: &Account) -> Self {
        let listing = Listing::Sessions(SessionQuery::in_room(account.rooms[0].clone()));
        Self { listing, size: 1, endpoint: "session_list" }
    }

    async fn prizes(account: &Account, kind: PrizeKind, endpoint: &'static str) -> Self {
        Self { listing: most_prizes(account, kind).await, size: 5, endpoint }
    }

    /// All users, or those of a room.
    fn users(account: &Account) -> Self {
        let (size, endpoint) = match account.vendor {
            Vendor::Polyv => (500, "viewer_list"),
            _ => (10, "attendees"),
        };
        Self { listing: Listing::Users(queries::users(account).remove(0)), size, endpoint }
    }

    /// What can be read of the account page by page, and what it needs first. Xiaoe's users are left out: the cursors of that listing
    /// name the last one.
    pub(crate) async fn all(account: &Account) -> Vec<Self> {
        match account.vendor {
            Vendor::Xiaoe => vec![
                Self::tokens(account),
                Self::red_packets(account),
                Self::claims(account).await,
                Self::points_accounts(),
                Self::points_entries(account),
            ],
            Vendor::Polyv => vec![
                Self::red_packets(account),
                Self::gifts(account),
                Self::sessions(account),
                Self::prizes(account, PrizeKind::Lottery, "lottery_winners").await,
                Self::prizes(account, PrizeKind::LuckyBag, "lucky_bag_winners").await,
                Self::prizes(account, PrizeKind::Task, "task_reward_viewer_details").await,
                Self::users(account),
            ],
            _ => vec![Self::gifts(account), Self::users(account)],
        }
    }

    /// Whether the claims of several red packets are read, each a listing of its own.
    pub(super) fn is_of_room(&self) -> bool {
        matches!(self.listing, Listing::ClaimsInRoom(_))
    }
}
