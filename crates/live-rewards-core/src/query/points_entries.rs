use super::{
    Query,
    digest::Digest,
    shared::{paging, paging_setters},
};
use crate::{Month, OpenEnum, Operation, PointsEntryKind, UserId};

/// Asks for the points log, month by month.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PointsEntryQuery {
    /// The month that is read first.
    pub first: Month,
    /// The month that is read last.
    pub last: Month,
    /// Only of this user.
    pub user: Option<UserId>,
    /// Only of this kind.
    pub kind: Option<PointsEntryKind>,
    /// Entries a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Calls that a stream may have under way at once; 1 unless said.
    pub read_ahead: usize,
}

impl PointsEntryQuery {
    /// All entries from one month to another, both of them whole.
    pub const fn new(first: Month, last: Month) -> Self {
        Self { first, last, user: None, kind: None, page_size: None, read_ahead: 1 }
    }

    /// Only those of a user.
    pub fn user(mut self, user: impl Into<UserId>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Only those of a kind.
    pub fn kind(mut self, kind: PointsEntryKind) -> Self {
        self.kind = Some(kind);
        self
    }

    paging_setters!("entries");
}

impl Query for PointsEntryQuery {
    fn operation(&self) -> Operation {
        Operation::PointsEntries
    }

    fn digest(&self) -> u64 {
        Digest::new()
            .part(self.first)
            .part(self.last)
            .optional(self.user.as_ref())
            .optional(self.kind.as_ref().map(OpenEnum::label))
            .finish()
    }

    fn months(&self) -> Option<(Month, Month)> {
        Some((self.first, self.last))
    }

    paging!();
}
