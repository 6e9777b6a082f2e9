use crate::{Keyed, RoomId, RoomRef, SessionId, Timestamp};

/// A session (场次) of a room: one live from its start to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Session {
    /// The vendor's id.
    pub id: SessionId,
    /// The room.
    pub room: RoomRef,
    /// Its name.
    pub name: Option<String>,
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

impl Session {
    /// A session of which nothing else is known.
    pub const fn new(id: SessionId, room: RoomRef, started_at: Timestamp) -> Self {
        Self { id, room, name: None, started_at, ended_at: None }
    }
}

/// What makes a session the same session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SessionKey {
    /// The room.
    pub room: RoomId,
    /// The session.
    pub session: SessionId,
}

impl Keyed for Session {
    type Key = SessionKey;

    fn key(&self) -> Self::Key {
        SessionKey { room: self.room.id.clone(), session: self.id.clone() }
    }
}
