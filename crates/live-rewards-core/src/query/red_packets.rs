use super::{Query, digest::Digest};
use crate::{Operation, RoomRef, SessionId, Timestamp};

/// Asks for the red packets of a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RedPacketQuery {
    /// The room.
    pub room: RoomRef,
    /// Only of this session.
    pub session: Option<SessionId>,
    /// Only sent from this instant on. Whether the vendor includes the instant itself is unpublished.
    pub since: Option<Timestamp>,
    /// Only sent up to this instant. Whether the vendor includes the instant itself is unpublished.
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

    /// Only those sent from an instant on.
    pub fn since(mut self, since: Timestamp) -> Self {
        self.since = Some(since);
        self
    }

    /// Only those sent up to an instant.
    pub fn until(mut self, until: Timestamp) -> Self {
        self.until = Some(until);
        self
    }

    /// Asks for so many red packets a page.
    pub fn page_size(mut self, size: u32) -> Self {
        self.page_size = Some(size);
        self
    }

    /// Lets a stream have up to so many calls under way at once. The rows and their order don't depend on it.
    pub fn read_ahead(mut self, calls: usize) -> Self {
        self.read_ahead = calls;
        self
    }
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

    fn page_size(&self) -> Option<u32> {
        self.page_size
    }

    fn read_ahead(&self) -> usize {
        self.read_ahead
    }

    fn is_by_session(&self) -> bool {
        self.session.is_some()
    }

    fn is_by_time(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }
}
