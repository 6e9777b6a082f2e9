use super::{ListingCapability, refusal};
use crate::{ErrorKind, Result, SessionQuery, SessionScope, Vendor};

/// How sessions are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionCapability {
    /// What the listing can do.
    pub listing: ListingCapability,
    /// Whether those of all rooms are listed by one query. Those of a room always are.
    pub of_account: bool,
}

impl SessionCapability {
    /// Sessions of a room.
    pub const fn new(listing: ListingCapability) -> Self {
        Self { listing, of_account: false }
    }

    /// The same, and those of the account.
    pub const fn of_account(mut self) -> Self {
        self.of_account = true;
        self
    }

    /// Refuses a scope that isn't offered, and what [`ListingCapability::accept`] refuses.
    pub fn accept(&self, vendor: Vendor, query: &SessionQuery) -> Result<()> {
        if query.scope == SessionScope::Account && !self.of_account {
            let what = "are listed room by room here";
            return Err(refusal(vendor, query, ErrorKind::Unsupported, what));
        }
        self.listing.accept(vendor, query)
    }
}
