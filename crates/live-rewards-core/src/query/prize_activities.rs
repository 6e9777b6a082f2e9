use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters, time_range, time_setters},
};
use crate::{Operation, PrizeKind, RoomRef, SessionId, Timestamp};

/// Asks for what prizes were won in, of one kind, in a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PrizeActivityQuery {
    /// The room.
    pub room: RoomRef,
    /// Of what kind.
    pub kind: PrizeKind,
    /// Only of this session.
    pub session: Option<SessionId>,
    /// Only from this instant on.
    pub since: Option<Timestamp>,
    /// Only up to this instant.
    pub until: Option<Timestamp>,
    /// Activities a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl PrizeActivityQuery {
    /// All activities of a kind in a room.
    pub const fn new(room: RoomRef, kind: PrizeKind) -> Self {
        Self { room, kind, session: None, since: None, until: None, page_size: None, read_ahead: 1 }
    }

    /// Only those of a session.
    pub fn session(mut self, session: impl Into<SessionId>) -> Self {
        self.session = Some(session.into());
        self
    }

    time_setters!("held");
    paging_setters!("activities");
}

impl Query for PrizeActivityQuery {
    fn operation(&self) -> Operation {
        Operation::PrizeActivities
    }

    fn digest(&self) -> u64 {
        Digest::new()
            .part(self.kind)
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
