use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters, time_range, time_setters},
};
use crate::{Operation, RoomRef, SessionId, Timestamp};

/// Asks for the red packets of a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RedPacketQuery {
    /// The room.
    pub room: RoomRef,
    /// Only of this session.
    pub session: Option<SessionId>,
    /// Only sent from this instant on.
    pub since: Option<Timestamp>,
    /// Only sent up to this instant.
    pub until: Option<Timestamp>,
    /// Red packets a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl RedPacketQuery {
    /// All red packets of a room.
    pub const fn new(room: RoomRef) -> Self {
        Self { room, session: None, since: None, until: None, page_size: None, read_ahead: 1 }
    }

    /// Only those of a session.
    pub fn session(mut self, session: impl Into<SessionId>) -> Self {
        self.session = Some(session.into());
        self
    }

    time_setters!("sent");
    paging_setters!("red packets");
}

impl Query for RedPacketQuery {
    fn operation(&self) -> Operation {
        Operation::RedPackets
    }

    fn digest(&self) -> u64 {
        Digest::new()
            .part(&self.room.id)
            .part(self.room.kind)
            .optional(self.session.as_ref())
            .optional(self.since)
            .optional(self.until)
            .finish()
    }

    fn is_by_session(&self) -> bool {
        self.session.is_some()
    }

    paging!();
    time_range!();
}
