mod claims;
mod digest;
mod gift_payments;
mod gifts;
mod points;
mod points_entries;
mod prize_activities;
mod prizes;
mod red_packets;
mod rooms;
mod sessions;
mod shared;
mod users;

pub use claims::ClaimQuery;
pub use gift_payments::GiftPaymentQuery;
pub use gifts::{GiftQuery, GiftScope};
pub use points::PointsQuery;
pub use points_entries::PointsEntryQuery;
pub use prize_activities::PrizeActivityQuery;
pub use prizes::PrizeQuery;
pub use red_packets::RedPacketQuery;
pub use rooms::RoomQuery;
pub use sessions::SessionQuery;
pub use users::{UserQuery, UserScope};

use crate::{Month, Operation, Timestamp};

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
        self.since().is_some() || self.until().is_some()
    }

    /// Rows only from this instant on.
    fn since(&self) -> Option<Timestamp> {
        None
    }

    /// Rows only up to this instant.
    fn until(&self) -> Option<Timestamp> {
        None
    }

    /// The first and the last month of a listing that is read month by month.
    fn months(&self) -> Option<(Month, Month)> {
        None
    }
}
