mod claims;
mod digest;
mod gifts;
mod points;
mod red_packets;

pub use claims::ClaimQuery;
pub use gifts::{GiftQuery, GiftScope};
pub use points::PointsQuery;
pub use red_packets::RedPacketQuery;

use crate::Operation;

/// What a page operation is asked.
pub trait Query: Send + Sync {
    /// The operation that answers it.
    fn operation(&self) -> Operation;

    /// A number that differs between queries that ask for different rows. The same for all versions and machines; the page size is no part of it.
    fn digest(&self) -> u64;

    /// Rows a page, if the caller said so.
    fn page_size(&self) -> Option<u32>;

    /// How many calls may be under way at once when a stream reads the pages. 1, and 0 too, reads one after the other. No part of
    /// [`digest`](Self::digest).
    fn read_ahead(&self) -> usize {
        1
    }

    /// Whether it narrows rows to a session.
    fn is_by_session(&self) -> bool {
        false
    }

    /// Whether it narrows rows to a time range.
    fn is_by_time(&self) -> bool {
        false
    }
}
