use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters},
};
use crate::{Operation, PrizeActivity, PrizeActivityId, PrizeKind, RoomRef, SessionId};

/// Asks for the prizes that were won in one activity.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PrizeQuery {
    /// What the activity is.
    pub kind: PrizeKind,
    /// The activity.
    pub activity: PrizeActivityId,
    /// The room of the activity. Some vendors must be told.
    pub room: Option<RoomRef>,
    /// Only of this session.
    pub session: Option<SessionId>,
    /// Prizes a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl PrizeQuery {
    /// All prizes of an activity.
    pub fn new(kind: PrizeKind, activity: impl Into<PrizeActivityId>) -> Self {
        Self {
            kind,
            activity: activity.into(),
            room: None,
            session: None,
            page_size: None,
            read_ahead: 1,
        }
    }

    /// All prizes of an activity that a vendor listed.
    pub fn of(activity: &PrizeActivity) -> Self {
        Self::new(activity.kind, activity.id.clone()).room(activity.room.clone())
    }

    /// Names the room of the activity.
    pub fn room(mut self, room: RoomRef) -> Self {
        self.room = Some(room);
        self
    }

    /// Only those of a session.
    pub fn session(mut self, session: impl Into<SessionId>) -> Self {
        self.session = Some(session.into());
        self
    }

    paging_setters!("prizes");
}

impl Query for PrizeQuery {
    fn operation(&self) -> Operation {
        Operation::Prizes
    }

    fn digest(&self) -> u64 {
        Digest::new()
            .part(self.kind)
            .part(&self.activity)
            .optional(self.room.as_ref().map(|room| &room.id))
            .optional(self.room.as_ref().map(|room| room.kind))
            .optional(self.session.as_ref())
            .finish()
    }

    fn is_by_session(&self) -> bool {
        self.session.is_some()
    }

    paging!();
}
