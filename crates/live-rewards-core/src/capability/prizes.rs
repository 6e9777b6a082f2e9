use super::ListingCapability;
use crate::PrizeKind;

/// How one kind of prize, or of what prizes are won in, is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrizeCapability {
    /// Which kind.
    pub kind: PrizeKind,
    /// What the listing can do.
    pub listing: ListingCapability,
}

impl PrizeCapability {
    /// A kind and its listing.
    pub const fn new(kind: PrizeKind, listing: ListingCapability) -> Self {
        Self { kind, listing }
    }
}
