use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters, time_range, time_setters},
};
use crate::{Operation, RoomRef, Timestamp};

/// Asks for the payments for gifts in a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GiftPaymentQuery {
    /// The room.
    pub room: RoomRef,
    /// Only made from this instant on.
    pub since: Option<Timestamp>,
    /// Only made up to this instant.
    pub until: Option<Timestamp>,
    /// Payments a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl GiftPaymentQuery {
    /// All payments for gifts in a room.
    pub const fn in_room(room: RoomRef) -> Self {
        Self { room, since: None, until: None, page_size: None, read_ahead: 1 }
    }

    time_setters!("made");
    paging_setters!("payments");
}

impl Query for GiftPaymentQuery {
    fn operation(&self) -> Operation {
        Operation::GiftPayments
    }

    fn digest(&self) -> u64 {
        let digest = Digest::new().part(&self.room.id).part(self.room.kind);
        digest.optional(self.since).optional(self.until).finish()
    }

    paging!();
    time_range!();
}
