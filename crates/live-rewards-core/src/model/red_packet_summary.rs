use crate::{Money, RoomRef, Timestamp};

/// What the vendor itself sums up of a room's red packets. Sums of what was read can be held against it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedPacketSummary {
    /// The room.
    pub room: RoomRef,
    /// How many rounds of red packets were sent.
    pub rounds: Option<u64>,
    /// How many red packets, as the vendor counts them.
    pub number: Option<u64>,
    /// What the senders paid.
    pub issued: Option<Money>,
    /// What could be claimed of it, after the vendor's fee.
    pub net: Option<Money>,
    /// How many shares were claimed.
    pub claimed_count: Option<u64>,
    /// When the summary was received.
    pub fetched_at: Timestamp,
}

impl RedPacketSummary {
    /// A summary of which nothing is known.
    pub const fn new(room: RoomRef, fetched_at: Timestamp) -> Self {
        Self {
            room,
            rounds: None,
            number: None,
            issued: None,
            net: None,
            claimed_count: None,
            fetched_at,
        }
    }
}
