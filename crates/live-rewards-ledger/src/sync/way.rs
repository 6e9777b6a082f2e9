use live_rewards_core::{ListingCapability, Timestamp};

use super::{
    SyncOptions,
    window::{Bounds, days_after, days_before, month_start},
};

/// How a listing is narrowed to what is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It isn't: all of it is read each time.
    Whole,
    /// By time.
    ByTime {
        /// Whether the vendor must be told both ends.
        is_needed: bool,
        /// Most days that one query may ask for.
        days: Option<u16>,
    },
    /// By calendar months.
    ByMonth,
}

/// Days back from now that are read at first where a query may ask only for so many.
const FIRST_DAYS: u16 = 365;

/// Days after the beginning of a reading up to which such a vendor is asked: its clock may be ahead.
const DAYS_AHEAD: u16 = 2;

impl Way {
    pub(super) const fn of(listing: &ListingCapability) -> Self {
        if listing.by_time {
            Self::ByTime { is_needed: listing.needs_time, days: listing.longest_days }
        } else {
            Self::Whole
        }
    }

    /// Where a first reading begins; nothing if it has everything.
    pub(super) fn earliest(self, now: Timestamp, options: &SyncOptions) -> Option<Timestamp> {
        match self {
            Self::Whole | Self::ByTime { days: None, .. } => None,
            Self::ByTime { days: Some(_), .. } => Some(days_before(now, FIRST_DAYS)),
            Self::ByMonth => Some(month_start(now, options.points_months)),
        }
    }

    /// Where a reading of everything begins; nothing if that needn't be said.
    pub(super) fn first(self, now: Timestamp, options: &SyncOptions) -> Option<Timestamp> {
        match self {
            Self::ByTime { days: Some(_), .. } => Bounds::default().stated().since,
            _ => self.earliest(now, options),
        }
    }

    /// Where a reading begins if everything from an instant on is to be read again.
    pub(super) fn from(self, instant: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Whole => None,
            Self::ByTime { .. } => Some(instant),
            Self::ByMonth => Some(month_start(instant, 0)),
        }
    }

    /// The part of a reading's bounds that begins at an instant, or all of them, and where the next part begins.
    pub(super) fn part(
        self,
        bounds: Bounds,
        from: Option<Timestamp>,
        began_at: Timestamp,
    ) -> (Bounds, Option<Timestamp>) {
        match (self, from.or(bounds.since)) {
            (Self::ByTime { days: Some(days), .. }, Some(from)) => {
                bounds.part(from, days, days_after(began_at, DAYS_AHEAD))
            }
            _ => (bounds, None),
        }
    }

    /// What the vendor is asked for to get all of such a part.
    pub(super) fn asked(self, part: Bounds, began_at: Timestamp) -> Bounds {
        match self {
            Self::Whole => Bounds::default(),
            Self::ByTime { is_needed, days } => {
                let ahead = days_after(began_at, DAYS_AHEAD);
                let end = part.since.map_or(ahead, |since| since.max(ahead));
                let until = part.until.or(days.map(|_| end));
                let asked = Bounds { until, ..part }.widened();
                if is_needed { asked.stated() } else { asked }
            }
            Self::ByMonth => Bounds { until: part.until.or(Some(began_at)), ..part },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: ListingCapability = ListingCapability::new(10, None);

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// What is asked for in a first reading that begins then.
    fn asked(way: Way, now: &str) -> Vec<String> {
        let now = at(now);
        let bounds = Bounds { since: way.earliest(now, &SyncOptions::default()), until: None };
        let mut shown = Vec::new();
        let mut from = None;
        loop {
            let (part, next) = way.part(bounds, from, now);
            let asked = way.asked(part, now);
            let show = |end: Option<Timestamp>| end.map_or("…".to_owned(), |end| end.to_string());
            shown.push(format!("{} to {}", show(asked.since), show(asked.until)));
            from = next;
            if from.is_none() {
                return shown;
            }
        }
    }

    #[test]
    fn a_vendor_is_asked_as_it_takes_times() {
        let now = "2026-03-01T00:00:00Z";
        assert_eq!(asked(Way::of(&LISTING), now), ["… to …"]);
        assert_eq!(asked(Way::of(&LISTING.by_time()), now), ["… to …"]);
        let ever = "2000-01-01T00:00:00Z to 2100-01-01T00:00:00Z";
        assert_eq!(asked(Way::of(&LISTING.needs_time()), now), [ever]);
        let parts = asked(Way::of(&LISTING.needs_time().longest_days(365)), now);
        let first = "2025-02-28T23:59:59Z to 2026-02-28T23:59:59Z";
        let second = "2026-02-28T23:59:57Z to 2026-03-03T00:00:01Z";
        assert_eq!(parts, [first, second]);
        let months = "2025-02-28T16:00:00Z to 2026-03-01T00:00:00Z";
        assert_eq!(asked(Way::ByMonth, now), [months]);
    }

    #[test]
    fn given_ends_are_asked_for_with_a_margin() {
        let since = Some(at("2026-01-01T00:00:00Z"));
        let until = Some(at("2026-01-02T00:00:00Z"));
        let way = Way::of(&LISTING.needs_time());
        let asked = way.asked(Bounds { since, until }, at("2026-03-01T00:00:00Z"));
        assert_eq!(asked.since, Some(at("2025-12-31T23:59:59Z")));
        assert_eq!(asked.until, Some(at("2026-01-02T00:00:01Z")));
    }
}
