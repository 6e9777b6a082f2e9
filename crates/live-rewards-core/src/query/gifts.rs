use super::{Query, digest::Digest};
use crate::{Operation, RoomRef, SessionId, Timestamp};

/// Asks for the gifts of a room or session.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GiftQuery {
    /// Where they were given.
    pub scope: GiftScope,
    /// Only given from this instant on.
    pub since: Option<Timestamp>,
    /// Only given up to this instant.
    pub until: Option<Timestamp>,
    /// Gifts a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

/// Where gifts were given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GiftScope {
    /// In all sessions of a room.
    Room(RoomRef),
    /// In one session.
    Session(SessionId),
}

impl GiftQuery {
    /// All gifts of a room.
    pub const fn in_room(room: RoomRef) -> Self {
        Self::of(GiftScope::Room(room))
    }

    /// All gifts of a session.
    pub fn in_session(session: impl Into<SessionId>) -> Self {
        Self::of(GiftScope::Session(session.into()))
    }

    const fn of(scope: GiftScope) -> Self {
        Self { scope, since: None, until: None, page_size: None, read_ahead: 1 }
    }

    /// Only those given from an instant on.
    pub fn since(mut self, since: Timestamp) -> Self {
        self.since = Some(since);
        self
    }

    /// Only those given up to an instant.
    pub fn until(mut self, until: Timestamp) -> Self {
        self.until = Some(until);
        self
    }

    /// Asks for so many gifts a page.
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

impl Query for GiftQuery {
    fn operation(&self) -> Operation {
        Operation::Gifts
    }

    fn digest(&self) -> u64 {
        let digest = match &self.scope {
            GiftScope::Room(room) => Digest::new().part("room").part(&room.id).part(room.kind),
            GiftScope::Session(session) => Digest::new().part("session").part(session),
        };
        digest.optional(self.since).optional(self.until).finish()
    }

    fn page_size(&self) -> Option<u32> {
        self.page_size
    }

    fn read_ahead(&self) -> usize {
        self.read_ahead
    }

    fn is_by_session(&self) -> bool {
        matches!(self.scope, GiftScope::Session(_))
    }

    fn is_by_time(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }
}
