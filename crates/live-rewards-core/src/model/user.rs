use super::open_enum::open_enum;
use crate::{Keyed, Timestamp, UserId};

/// A user as a record names them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UserRef {
    /// The id in the record.
    pub id: UserId,
    /// Whose id it is; the same member means three things at Polyv.
    pub id_kind: UserIdKind,
    /// The nickname in the record, if it has one.
    pub nickname: Option<String>,
}

impl UserRef {
    /// A user without nickname.
    pub fn new(id: impl Into<UserId>, id_kind: UserIdKind) -> Self {
        Self { id: id.into(), id_kind, nickname: None }
    }

    /// Adds the nickname; an empty one is none.
    pub fn with_nickname(mut self, nickname: Option<String>) -> Self {
        self.nickname = nickname.filter(|nickname| !nickname.is_empty());
        self
    }
}

open_enum! {
    /// Whose id a user's id is.
    pub enum UserIdKind {
        /// `WeChat` OpenID: the user as one `WeChat` app knows them.
        OpenId = "open_id",
        /// A viewer of the live platform.
        Viewer = "viewer",
        /// A user of the vendor's own user base.
        VendorUser = "vendor_user",
        /// The account that owns the channel.
        Account = "account",
    }
}

/// A user as the vendor's user base, or the list of who attended a room, has them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// Who: id and nickname.
    pub user: UserRef,
    /// The user's other ids, as an OpenID of `WeChat`.
    pub aliases: Vec<UserRef>,
    /// When the user was registered.
    pub created_at: Option<Timestamp>,
    /// When they came, where the list is of who attended. Who came twice stands in it twice.
    pub joined_at: Option<Timestamp>,
}

impl User {
    /// A user of whom nothing else is known.
    pub const fn new(user: UserRef) -> Self {
        Self { user, aliases: Vec::new(), created_at: None, joined_at: None }
    }
}

/// What makes a row of users the same row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UserKey {
    /// Who.
    pub user: UserId,
    /// When they came, where the list is of who attended.
    pub joined_at: Option<Timestamp>,
}

impl Keyed for User {
    type Key = UserKey;

    fn key(&self) -> Self::Key {
        UserKey { user: self.user.id.clone(), joined_at: self.joined_at }
    }
}
