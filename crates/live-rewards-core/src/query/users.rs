use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters},
};
use crate::{Operation, RoomRef, SessionId, UserId};

/// Asks for users.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UserQuery {
    /// Which users.
    pub scope: UserScope,
    /// Users a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

/// Which users.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserScope {
    /// Those with these ids, of the kind that [`UserCapability::id_kind`](crate::UserCapability::id_kind) says.
    Ids(Vec<UserId>),
    /// Those who attended a room.
    Room(RoomRef),
    /// Those who attended a session.
    Session(SessionId),
    /// All of the account.
    All,
}

impl UserQuery {
    /// The users with these ids. How many one query takes, the vendor's capabilities say.
    pub const fn ids(users: Vec<UserId>) -> Self {
        Self::of(UserScope::Ids(users))
    }

    /// Who attended a room.
    pub const fn in_room(room: RoomRef) -> Self {
        Self::of(UserScope::Room(room))
    }

    /// Who attended a session.
    pub fn in_session(session: impl Into<SessionId>) -> Self {
        Self::of(UserScope::Session(session.into()))
    }

    /// All users of the account.
    pub const fn all() -> Self {
        Self::of(UserScope::All)
    }

    pub(crate) const fn of(scope: UserScope) -> Self {
        Self { scope, page_size: None, read_ahead: 1 }
    }

    paging_setters!("users");
}

impl Query for UserQuery {
    fn operation(&self) -> Operation {
        Operation::Users
    }

    fn digest(&self) -> u64 {
        let digest = Digest::new();
        match &self.scope {
            UserScope::Ids(users) => users.iter().fold(digest.part("ids"), Digest::part),
            UserScope::Room(room) => digest.part("room").part(&room.id).part(room.kind),
            UserScope::Session(session) => digest.part("session").part(session),
            UserScope::All => digest.part("all"),
        }
        .finish()
    }

    fn is_by_session(&self) -> bool {
        matches!(self.scope, UserScope::Session(_))
    }

    paging!();
}
