use std::time::Duration;

use live_rewards::{
    Month, PointsEntryQuery, PointsQuery, PrizeKind, RedPacketQuery, RoomQuery, SessionQuery,
    UserQuery, Vendor,
};

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

/// Endpoints with enough rows for pages that are not as they should be, asked for by number.
const PAGED: &[&str] = &[
    "account_info_batch",
    "attendees",
    "donation_records",
    "gift_records",
    "income_detail",
    "lucky_bag_winners",
    "red_pack_statistics",
    "red_packet_list",
    "red_packet_record",
    "task_reward_viewer_details",
];

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

    pub(crate) fn gift_payments(account: &Account) -> Self {
        let listing = Listing::GiftPayments(queries::gift_payments(account, &account.rooms[0]));
        Self { listing, size: 5, endpoint: "income_detail" }
    }

    /// Of the last months.
    pub(crate) fn points_entries(account: &Account) -> Self {
        let [_, until] = account.times();
        let since = until.checked_sub(Duration::from_secs(100 * 86_400)).unwrap();
        let query = PointsEntryQuery::new(Month::of(since), Month::of(until));
        Self { listing: Listing::PointsEntries(query), size: 10, endpoint: "account_flow_list" }
    }

    pub(crate) fn rooms() -> Self {
        Self { listing: Listing::Rooms(RoomQuery::new()), size: 1, endpoint: "channel_list" }
    }

    pub(crate) fn sessions(account: &Account) -> Self {
        let listing = Listing::Sessions(SessionQuery::in_room(account.rooms[0].clone()));
        Self { listing, size: 1, endpoint: "session_list" }
    }

    pub(crate) fn prize_activities(account: &Account, kind: PrizeKind) -> Self {
        let endpoint = match kind {
            PrizeKind::Lottery => "lottery_list",
            _ => "task_reward_activities",
        };
        let mut listed = account.rewards.capabilities().prize_activities.iter();
        let listed = listed.find(|listed| listed.kind == kind).unwrap();
        // The last of them has the rows.
        let query = queries::prize_activities(account, &account.rooms[0], listed).pop().unwrap();
        Self { listing: Listing::PrizeActivities(query), size: 1, endpoint }
    }

    pub(crate) async fn prizes(account: &Account, kind: PrizeKind) -> Self {
        let (size, endpoint) = match kind {
            PrizeKind::Lottery => (2, "lottery_winners"),
            PrizeKind::LuckyBag => (5, "lucky_bag_winners"),
            _ => (5, "task_reward_viewer_details"),
        };
        Self { listing: most_prizes(account, kind).await, size, endpoint }
    }

    /// All users, or those of a room.
    pub(crate) fn users(account: &Account) -> Self {
        let (size, endpoint) = match account.vendor {
            Vendor::Xiaoe => (50, "user_list"),
            Vendor::Polyv => (500, "viewer_list"),
            _ => (10, "attendees"),
        };
        Self { listing: Listing::Users(queries::users(account).remove(0)), size, endpoint }
    }

    /// Some users by their ids: as many as the vendor takes, or eight.
    pub(crate) async fn users_by_ids(account: &Account) -> Self {
        let endpoint = match account.vendor {
            Vendor::Xiaoe => "users_by_ids",
            _ => "viewer_detail",
        };
        let size = account.rewards.capabilities().users.unwrap().most_ids.unwrap().min(8);
        let query = UserQuery::all().page_size(size);
        let users = account.rewards.users_page(&query, None).await.unwrap().items;
        let ids = users.into_iter().map(|user| user.user.id).collect();
        Self { listing: Listing::Users(UserQuery::ids(ids)), size, endpoint }
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
                Self::gift_payments(account),
                Self::sessions(account),
                Self::prizes(account, PrizeKind::Lottery).await,
                Self::prizes(account, PrizeKind::LuckyBag).await,
                Self::prizes(account, PrizeKind::Task).await,
                Self::users(account),
            ],
            _ => vec![Self::gifts(account), Self::users(account)],
        }
    }

    /// Whether pages can be tried that are not as they should be.
    pub(super) fn has_pages(&self) -> bool {
        PAGED.contains(&self.endpoint)
    }

    /// Whether the claims of several red packets are read, each a listing of its own.
    pub(super) fn is_of_room(&self) -> bool {
        matches!(self.listing, Listing::ClaimsInRoom(_))
    }
}
