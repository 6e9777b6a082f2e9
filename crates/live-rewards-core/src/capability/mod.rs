mod listing;
mod prizes;
mod sessions;
mod users;

pub use listing::ListingCapability;
pub use prizes::PrizeCapability;
pub use sessions::SessionCapability;
pub use users::UserCapability;

use crate::{Error, ErrorKind, Query, Vendor};

/// What a vendor's public API can be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// Rooms of the account.
    pub rooms: Option<ListingCapability>,
    /// Sessions of a room.
    pub sessions: Option<SessionCapability>,
    /// Red packets of a room.
    pub red_packets: Option<ListingCapability>,
    /// Claims, and how they come.
    pub claims: Option<ClaimSource>,
    /// Whether the vendor sums up a room's red packets.
    pub red_packet_summary: bool,
    /// Gifts of a room or session.
    pub gifts: Option<ListingCapability>,
    /// Payments for gifts. At Polyv only if the client knows the live account.
    pub gift_payments: Option<ListingCapability>,
    /// What prizes are won in, by kind. A kind that stands in [`prizes`](Self::prizes) alone is not listed anywhere: the ids of its
    /// activities must be known.
    pub prize_activities: &'static [PrizeCapability],
    /// Prizes of an activity, by kind.
    pub prizes: &'static [PrizeCapability],
    /// Points accounts of users.
    pub points_accounts: Option<ListingCapability>,
    /// The points log.
    pub points_entries: Option<ListingCapability>,
    /// Users, and by what they are found.
    pub users: Option<UserCapability>,
}

/// How a vendor's claims come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimSource {
    /// Inside the red packet: [`RedPacket::claims`](crate::RedPacket::claims) is filled, unpaged, and
    /// [`claims_page`](crate::LiveRewards::claims_page) is unsupported.
    Inline,
    /// By a call for each red packet.
    ByPacket(ListingCapability),
}

/// The error for a query that the vendor doesn't take.
fn refusal(vendor: Vendor, query: &impl Query, kind: ErrorKind, what: &str) -> Error {
    Error::new(kind, format!("{} {what}", query.operation())).with_vendor(vendor)
}
