use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters, time_range, time_setters},
};
use crate::{Operation, Timestamp, UserId};

/// Asks for points accounts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PointsQuery {
    /// Only of these users. `None` asks for all; an empty list asks for nobody.
    pub users: Option<Vec<UserId>>,
    /// Only of users who first got points from this instant on.
    pub since: Option<Timestamp>,
    /// Only of users who first got points up to this instant.
    pub until: Option<Timestamp>,
    /// Accounts a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl PointsQuery {
    /// All accounts.
    pub const fn new() -> Self {
        Self { users: None, since: None, until: None, page_size: None, read_ahead: 1 }
    }

    /// Only those of these users.
    pub fn users(mut self, users: Vec<UserId>) -> Self {
        self.users = Some(users);
        self
    }

    time_setters!("of users who first got points");
    paging_setters!("accounts");
}

impl Default for PointsQuery {
    fn default() -> Self {
        Self::new()
    }
}

impl Query for PointsQuery {
    fn operation(&self) -> Operation {
        Operation::PointsAccounts
    }

    fn digest(&self) -> u64 {
        let digest = Digest::new().optional(self.since).optional(self.until);
        match &self.users {
            None => digest.part("all").finish(),
            Some(users) => users.iter().fold(digest.part("users"), Digest::part).finish(),
        }
    }

    paging!();
    time_range!();
}
