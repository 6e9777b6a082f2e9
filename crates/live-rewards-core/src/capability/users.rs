use super::{ListingCapability, refusal};
use crate::{Error, ErrorKind, Result, UserIdKind, UserQuery, UserScope, Vendor};

/// By what users are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserCapability {
    /// What the listing can do.
    pub listing: ListingCapability,
    /// Whose the ids are that users are asked for by, and found with.
    pub id_kind: &'static UserIdKind,
    /// How many ids one query takes; `None` where users aren't found by id.
    pub most_ids: Option<u32>,
    /// Whether those who attended a room are found.
    pub in_room: bool,
    /// Whether those who attended a session are found.
    pub in_session: bool,
    /// Whether all of the account are found.
    pub all: bool,
}

impl UserCapability {
    /// Users whose ids are of this kind, found by nothing yet.
    pub const fn new(listing: ListingCapability, id_kind: &'static UserIdKind) -> Self {
        Self { listing, id_kind, most_ids: None, in_room: false, in_session: false, all: false }
    }

    /// The same, found by so many ids at most.
    pub const fn by_ids(mut self, most: u32) -> Self {
        self.most_ids = Some(most);
        self
    }

    /// The same, found by the room that they attended.
    pub const fn in_room(mut self) -> Self {
        self.in_room = true;
        self
    }

    /// The same, found by the session that they attended.
    pub const fn in_session(mut self) -> Self {
        self.in_session = true;
        self
    }

    /// The same, found without a question.
    pub const fn all(mut self) -> Self {
        self.all = true;
        self
    }

    /// Refuses what users aren't found by with [`Unsupported`](ErrorKind::Unsupported), and no id or too many ids with
    /// [`InvalidInput`](ErrorKind::InvalidInput).
    pub fn accept(&self, vendor: Vendor, query: &UserQuery) -> Result<()> {
        let offered = match &query.scope {
            UserScope::Ids(ids) => return self.accept_ids(vendor, query, ids.len()),
            UserScope::Room(_) => self.in_room,
            UserScope::Session(_) => self.in_session,
            UserScope::All => self.all,
        };
        if offered { Ok(()) } else { Err(self.unsupported(vendor, query)) }
    }

    fn accept_ids(&self, vendor: Vendor, query: &UserQuery, ids: usize) -> Result<()> {
        let Some(most) = self.most_ids else {
            return Err(self.unsupported(vendor, query));
        };
        let fits = u32::try_from(ids).is_ok_and(|ids| (1..=most).contains(&ids));
        if fits {
            return Ok(());
        }
        let what = format!("are asked for by 1 to {most} ids a query here; ask in parts");
        Err(refusal(vendor, query, ErrorKind::InvalidInput, &what))
    }

    fn unsupported(&self, vendor: Vendor, query: &UserQuery) -> Error {
        let ways = [
            (self.most_ids.is_some(), "by id"),
            (self.in_room, "by room"),
            (self.in_session, "by session"),
            (self.all, "all at once"),
        ];
        let ways: Vec<_> = ways.into_iter().filter(|way| way.0).map(|way| way.1).collect();
        let what = format!("are found only {} here", ways.join(" or "));
        refusal(vendor, query, ErrorKind::Unsupported, &what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RoomKind, RoomRef};

    const USERS: UserCapability =
        UserCapability::new(ListingCapability::new(50, None), &UserIdKind::Viewer);

    fn ids(count: u32) -> UserQuery {
        UserQuery::ids((0..count).map(|id| id.to_string().into()).collect())
    }

    fn refused(users: UserCapability, query: &UserQuery) -> String {
        users.accept(Vendor::Yxt, query).unwrap_err().to_string()
    }

    #[test]
    fn users_are_asked_for_only_as_they_are_found() {
        let room = UserQuery::in_room(RoomRef::new("r", RoomKind::Room));
        let attended = USERS.in_room().in_session();
        for query in [&room, &UserQuery::in_session("s")] {
            assert!(attended.accept(Vendor::Yxt, query).is_ok());
            let refused = refused(USERS.by_ids(50).all(), query);
            let what = "users are found only by id or all at once here";
            assert_eq!(refused, format!("yxt: unsupported: {what}"));
        }
        for query in [&UserQuery::all(), &ids(1)] {
            assert!(USERS.by_ids(50).all().accept(Vendor::Yxt, query).is_ok());
            let refused = refused(attended, query);
            let what = "users are found only by room or by session here";
            assert_eq!(refused, format!("yxt: unsupported: {what}"));
        }
    }

    #[test]
    fn no_id_and_too_many_are_refused() {
        let users = USERS.by_ids(50);
        assert!(users.accept(Vendor::Yxt, &ids(50)).is_ok());
        for count in [0, 51] {
            let what = "users are asked for by 1 to 50 ids a query here; ask in parts";
            assert_eq!(refused(users, &ids(count)), format!("yxt: invalid input: {what}"));
        }
    }
}
