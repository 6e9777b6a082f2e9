use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters, time_range, time_setters},
};
use crate::{Operation, RoomRef, Timestamp};

/// Asks for the sessions of a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionQuery {
    /// Whose sessions.
    pub room: RoomRef,
    /// Only from this instant on. Whether it is the start or the end that counts is the vendor's.
    pub since: Option<Timestamp>,
    /// Only up to this instant.
    pub until: Option<Timestamp>,
    /// Sessions a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl SessionQuery {
    /// All sessions of a room.
    pub const fn in_room(room: RoomRef) -> Self {
        Self { room, since: None, until: None, page_size: None, read_ahead: 1 }
    }

    time_setters!("held");
    paging_setters!("sessions");
}

impl Query for SessionQuery {
    fn operation(&self) -> Operation {
        Operation::Sessions
    }

    fn digest(&self) -> u64 {
        let digest = Digest::new().part(&self.room.id).part(self.room.kind);
        digest.optional(self.since).optional(self.until).finish()
    }

    paging!();
    time_range!();
}
