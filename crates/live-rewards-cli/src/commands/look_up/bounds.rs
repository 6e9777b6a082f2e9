use std::time::Duration;

use live_rewards::{ListingCapability, Timestamp};

use crate::{arguments::Times, failure::Failure, language::say};

/// Instants from one on, up to before another.
///
/// Whether a vendor includes the ends of a range is unpublished: it is asked for more than is wanted, and the rest is cut off here.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// What is asked for beyond each end.
const MARGIN: Duration = Duration::from_secs(1);

/// From 2000 to 2100, for a vendor that must be told both ends.
const EVER: [i64; 2] = [946_684_800_000, 4_102_444_800_000];

impl Bounds {
    pub(super) fn of(times: Times) -> Result<Self, Failure> {
        let Times { since, until } = times;
        if since.zip(until).is_some_and(|(since, until)| since >= until) {
            return Err(Failure::usage(say!(
                "nothing lies between --since and --until; give a later --until",
                "--since 与 --until 之间没有时间；请给出更晚的 --until"
            )));
        }
        Ok(Self { since, until })
    }

    pub(super) fn hold(self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= at) && self.until.is_none_or(|until| at < until)
    }

    /// From when to when the vendor is asked; nothing where it has no such filter.
    pub(super) fn asked(self, listing: &ListingCapability) -> [Option<Timestamp>; 2] {
        if !listing.by_time {
            return [None, None];
        }
        let since = self.since.map(|since| since.checked_sub(MARGIN).unwrap_or(since));
        let until = self.until.map(|until| until.checked_add(MARGIN).unwrap_or(until));
        if !listing.needs_time {
            return [since, until];
        }
        let [first, last] = EVER.map(Timestamp::from_epoch_ms);
        [since.or(first), until.or(last)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: ListingCapability = ListingCapability::new(10, None);

    fn bounds(since: Option<&str>, until: Option<&str>) -> Result<Bounds, Failure> {
        let [since, until] = [since, until].map(|end| end.map(|end| end.parse().unwrap()));
        Bounds::of(Times { since, until })
    }

    fn asked(bounds: Bounds, listing: &ListingCapability) -> [String; 2] {
        let shown = |end: Option<Timestamp>| end.map(|end| end.to_string()).unwrap_or_default();
        bounds.asked(listing).map(shown)
    }

    #[test]
    fn a_vendor_is_asked_as_it_takes_times() {
        let day = bounds(Some("2026-01-31T00:00:00Z"), Some("2026-02-01T00:00:00Z")).unwrap();
        let wider = ["2026-01-30T23:59:59Z", "2026-02-01T00:00:01Z"];
        assert_eq!(asked(day, &LISTING), ["", ""]);
        assert_eq!(asked(day, &LISTING.by_time()), wider);
        assert_eq!(asked(day, &LISTING.needs_time()), wider);
        let ever = bounds(None, None).unwrap();
        assert_eq!(asked(ever, &LISTING.by_time()), ["", ""]);
        let stated = ["2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"];
        assert_eq!(asked(ever, &LISTING.needs_time()), stated);
    }

    #[test]
    fn the_first_instant_is_held_and_the_last_is_not() {
        let day = bounds(Some("2026-01-31T00:00:00Z"), Some("2026-02-01T00:00:00Z")).unwrap();
        for (at, is_held) in [
            ("2026-01-30T23:59:59.999Z", false),
            ("2026-01-31T00:00:00Z", true),
            ("2026-01-31T23:59:59.999Z", true),
            ("2026-02-01T00:00:00Z", false),
        ] {
            assert_eq!(day.hold(at.parse().unwrap()), is_held, "{at}");
        }
        let failure = bounds(Some("2026-02-01T00:00:00Z"), Some("2026-02-01T00:00:00Z"));
        assert_eq!(failure.unwrap_err().code(), 2);
    }
}
