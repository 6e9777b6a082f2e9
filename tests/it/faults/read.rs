use live_rewards::Vendor;

use crate::{
    listings::{Listing, largest_claims},
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
        Self { listing: Listing::RedPackets(account.rooms[0].clone()), size: 5, endpoint }
    }

    pub(crate) async fn claims(account: &Account) -> Self {
        let listing = largest_claims(account, &account.rooms[0]).await;
        Self { listing, size: 100, endpoint: "red_packet_record" }
    }

    /// Of the room with fewer red packets.
    pub(crate) fn claims_in_room(account: &Account, endpoint: &'static str) -> Self {
        Self { listing: Listing::ClaimsInRoom(account.rooms[1].clone()), size: 5, endpoint }
    }

    pub(crate) fn points_accounts() -> Self {
        Self { listing: Listing::PointsAccounts, size: 10, endpoint: "account_info_batch" }
    }

    /// What needs a token first.
    pub(crate) fn tokens(account: &Account) -> Self {
        Self { endpoint: "token", ..Self::red_packets(account) }
    }

    pub(crate) fn gifts(account: &Account) -> Self {
        Self {
            listing: Listing::Gifts(account.rooms[0].clone()),
            size: 5,
            endpoint: "gift_records",
        }
    }

    /// All that can be read of the account page by page, and what it needs first.
    pub(crate) async fn all(account: &Account) -> Vec<Self> {
        match account.vendor {
            Vendor::Xiaoe => vec![
                Self::tokens(account),
                Self::red_packets(account),
                Self::claims(account).await,
                Self::points_accounts(),
            ],
            Vendor::Polyv => vec![Self::red_packets(account)],
            _ => vec![Self::gifts(account)],
        }
    }

    /// Whether the claims of several red packets are read, each a listing of its own.
    pub(super) fn is_of_room(&self) -> bool {
        matches!(self.listing, Listing::ClaimsInRoom(_))
    }
}
