use super::refusal;
use crate::{ErrorKind, Query, Result, Vendor};

/// What one paged listing can do.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListingCapability {
    /// Rows a page that are asked for unless the query says otherwise.
    pub page_size: u32,
    /// Most rows a page that are asked for: what the vendor publishes, or what it is known to cut at. `None` where neither is known.
    pub max_page_size: Option<u32>,
    /// Whether pages say how many rows there are in all.
    pub total: bool,
    /// Whether rows can be narrowed to a session.
    pub by_session: bool,
    /// Whether rows can be narrowed to a time range.
    pub by_time: bool,
    /// Whether a query must say from when and up to when.
    pub needs_time: bool,
    /// Most days from when to up to when that one query may ask for.
    pub longest_days: Option<u16>,
}

impl ListingCapability {
    /// A listing without total and filters.
    pub const fn new(page_size: u32, max_page_size: Option<u32>) -> Self {
        Self {
            page_size,
            max_page_size,
            total: false,
            by_session: false,
            by_time: false,
            needs_time: false,
            longest_days: None,
        }
    }

    /// The same, narrowing to a session.
    pub const fn by_session(mut self) -> Self {
        self.by_session = true;
        self
    }

    /// The same, narrowing to a time range.
    pub const fn by_time(mut self) -> Self {
        self.by_time = true;
        self
    }

    /// The same, answering nothing without a time range.
    pub const fn needs_time(mut self) -> Self {
        self.needs_time = true;
        self.by_time()
    }

    /// The same, answering time ranges of so many days at most.
    pub const fn longest_days(mut self, days: u16) -> Self {
        self.longest_days = Some(days);
        self
    }

    /// Refuses what the vendor would not answer as it is meant: with [`Unsupported`](ErrorKind::Unsupported) a query that narrows rows
    /// in a way that the vendor doesn't offer, instead of reading more than was asked; with [`InvalidInput`](ErrorKind::InvalidInput) a time
    /// range that is missing, too long, or ends before it begins.
    pub fn accept(&self, vendor: Vendor, query: &impl Query) -> Result<()> {
        let unsupported = |what| Err(refusal(vendor, query, ErrorKind::Unsupported, what));
        let invalid = |what: &str| Err(refusal(vendor, query, ErrorKind::InvalidInput, what));
        if query.is_by_session() && !self.by_session {
            return unsupported("can't be narrowed by session here");
        }
        if query.is_by_time() && !self.by_time {
            return unsupported("can't be narrowed by time here");
        }
        if query.months().is_some_and(|(first, last)| first > last) {
            return invalid("are asked for up to a month before the first one");
        }
        match (query.since(), query.until()) {
            (Some(since), Some(until)) if since > until => {
                invalid("are asked for up to an instant before the first one")
            }
            (Some(since), Some(until)) => match self.longest_days {
                Some(days) if until.epoch_ms() - since.epoch_ms() > i64::from(days) * DAY_MS => {
                    invalid(&format!("are asked for by at most {days} days here; ask in parts"))
                }
                _ => Ok(()),
            },
            _ if self.needs_time => invalid("need since and until here"),
            _ => Ok(()),
        }
    }
}

const DAY_MS: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GiftQuery, Month, PointsEntryQuery, RedPacketQuery, RoomKind, RoomRef, Timestamp};

    const PLAIN: ListingCapability = ListingCapability::new(10, None);

    fn room() -> RoomRef {
        RoomRef::new("1", RoomKind::Channel)
    }

    fn day(number: i64) -> Timestamp {
        Timestamp::from_epoch_ms(number * DAY_MS).unwrap()
    }

    fn refused(listing: ListingCapability, query: &impl Query) -> String {
        listing.accept(Vendor::Polyv, query).unwrap_err().to_string()
    }

    #[test]
    fn a_filter_that_is_not_offered_is_refused() {
        let query = RedPacketQuery::new(room());
        assert!(PLAIN.accept(Vendor::Polyv, &query).is_ok());
        insta::assert_snapshot!(refused(PLAIN, &query.clone().session("s")), @"polyv: unsupported: red_packets can't be narrowed by session here");
        insta::assert_snapshot!(refused(PLAIN, &query.clone().until(day(1))), @"polyv: unsupported: red_packets can't be narrowed by time here");
        let both = PLAIN.by_session().by_time();
        assert!(both.accept(Vendor::Polyv, &query.session("s").since(day(1))).is_ok());
    }

    #[test]
    fn a_needed_time_range_has_both_ends() {
        let listing = PLAIN.needs_time().longest_days(365);
        let query = || GiftQuery::in_room(room());
        for part in [query(), query().since(day(1)), query().until(day(1))] {
            let refused = refused(listing, &part);
            assert_eq!(refused, "polyv: invalid input: gifts need since and until here");
        }
        assert!(listing.accept(Vendor::Polyv, &query().since(day(1)).until(day(366))).is_ok());
        let long = query().since(day(1)).until(day(367));
        insta::assert_snapshot!(refused(listing, &long), @"polyv: invalid input: gifts are asked for by at most 365 days here; ask in parts");
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_refused() {
        let query = GiftQuery::in_room(room()).since(day(2)).until(day(1));
        insta::assert_snapshot!(refused(PLAIN.by_time(), &query), @"polyv: invalid input: gifts are asked for up to an instant before the first one");
        let month = |month| Month::new(2025, month).unwrap();
        assert!(PLAIN.accept(Vendor::Polyv, &PointsEntryQuery::new(month(1), month(1))).is_ok());
        let backwards = PointsEntryQuery::new(month(2), month(1));
        insta::assert_snapshot!(refused(PLAIN, &backwards), @"polyv: invalid input: points_entries are asked for up to a month before the first one");
    }
}
