use super::ListingCapability;
use crate::{Result, SessionQuery, Vendor};

/// How the sessions of a room are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionCapability {
    /// What the listing can do.
    pub listing: ListingCapability,
}

impl SessionCapability {
    /// What a listing can do.
    pub const fn new(listing: ListingCapability) -> Self {
        Self { listing }
    }

    /// Refuses what [`ListingCapability::accept`] refuses.
    pub fn accept(&self, vendor: Vendor, query: &SessionQuery) -> Result<()> {
        self.listing.accept(vendor, query)
    }
}
