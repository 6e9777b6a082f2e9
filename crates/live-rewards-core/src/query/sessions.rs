use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters, time_range, time_setters},
};
use crate::{Operation, RoomRef, Timestamp};

/// Asks for sessions.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionQuery {
    /// Whose sessions.
    pub scope: SessionScope,
    /// Only from this instant on. Whether it is the start or the end that counts is the vendor's.
    pub since: Option<Timestamp>,
    /// Only up to this instant.
    pub until: Option<Timestamp>,
    /// Sessions a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

/// Whose sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionScope {
    /// Those of a room.
    Room(RoomRef),
    /// Those of all rooms of the account.
    Account,
}

impl SessionQuery {
    /// All sessions of a room.
    pub const fn in_room(room: RoomRef) -> Self {
        Self::of(SessionScope::Room(room))
    }

    /// All sessions of the account.
    pub const fn of_account() -> Self {
        Self::of(SessionScope::Account)
    }

    const fn of(scope: SessionScope) -> Self {
        Self { scope, since: None, until: None, page_size: None, read_ahead: 1 }
    }

    time_setters!("held");
    paging_setters!("sessions");
}

impl Query for SessionQuery {
    fn operation(&self) -> Operation {
        Operation::Sessions
    }

    fn digest(&self) -> u64 {
        let digest = match &self.scope {
            SessionScope::Room(room) => Digest::new().part("room").part(&room.id).part(room.kind),
            SessionScope::Account => Digest::new().part("account"),
        };
        digest.optional(self.since).optional(self.until).finish()
    }

    paging!();
    time_range!();
}
