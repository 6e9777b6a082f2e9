use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters, time_range, time_setters},
};
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

    time_setters!("given");
    paging_setters!("gifts");
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

    fn is_by_session(&self) -> bool {
        matches!(self.scope, GiftScope::Session(_))
    }

    paging!();
    time_range!();
}
