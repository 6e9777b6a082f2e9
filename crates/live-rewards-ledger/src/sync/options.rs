use live_rewards_core::{ListingCapability, Timestamp};

/// What a sync reads, and how much at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncOptions {
    /// Only what happened from this instant on.
    pub since: Option<Timestamp>,
    /// Only what happened before this instant.
    pub until: Option<Timestamp>,
    /// Reads everything, also what is final.
    pub full: bool,
    /// Most calls; then the sync ends, and the next one goes on. Fewer than ten may get nowhere.
    pub max_requests: Option<u64>,
    /// Calls that may be under way at once.
    pub read_ahead: usize,
    /// Rows a page; the client chooses unless said.
    pub page_size: Option<u32>,
    /// Days before the last complete reading that are read again.
    pub lookback_days: u16,
    /// Days for which what isn't settled is read again.
    pub settle_days: u16,
    /// Months of the points log before the current one that are read at first.
    pub points_months: u16,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            since: None,
            until: None,
            full: false,
            max_requests: None,
            read_ahead: 1,
            page_size: None,
            lookback_days: 4,
            settle_days: 30,
            points_months: 12,
        }
    }
}

impl SyncOptions {
    /// Whether times narrow what is read.
    pub(super) fn is_narrowed(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Rows to ask a listing for.
    pub(super) fn size_for(&self, listing: &ListingCapability) -> Option<u32> {
        let size = self.page_size?;
        Some(listing.max_page_size.map_or(size, |most| size.min(most)))
    }
}
