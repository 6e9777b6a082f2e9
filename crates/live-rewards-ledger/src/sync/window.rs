//! From when to when a listing is read. Whether a vendor includes the ends of a range is unpublished: it is asked for more than is
//! wanted, and the rest is cut off here.

use std::time::Duration;

use live_rewards_core::{Month, Timestamp};

/// Instants from one on, up to before another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
}

/// From 2000 to 2100, for a vendor that must be told both ends.
const EVER: [i64; 2] = [946_684_800_000, 4_102_444_800_000];

/// What is asked for beyond each end.
const MARGIN: Duration = Duration::from_secs(1);

const DAY: u64 = 86_400;

impl Bounds {
    pub(super) fn holds(self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= at) && self.until.is_none_or(|until| at < until)
    }

    pub(super) fn is_empty(self) -> bool {
        self.since.zip(self.until).is_some_and(|(since, until)| since >= until)
    }

    /// A margin more at each end.
    pub(super) fn widened(self) -> Self {
        Self {
            since: self.since.map(|since| since.checked_sub(MARGIN).unwrap_or(since)),
            until: self.until.map(|until| until.checked_add(MARGIN).unwrap_or(until)),
        }
    }

    /// The same with both ends.
    pub(super) fn stated(self) -> Self {
        let [first, last] = EVER.map(Timestamp::from_epoch_ms);
        Self { since: self.since.or(first), until: self.until.or(last) }
    }

    /// The part from an instant on that a vendor answers who takes so many days at most, margins included, and where the next part
    /// begins. Open bounds end with `end`.
    pub(super) fn part(
        self,
        from: Timestamp,
        days: u16,
        end: Timestamp,
    ) -> (Self, Option<Timestamp>) {
        let margins = 2 * MARGIN.as_secs();
        let length = (u64::from(days) * DAY).saturating_sub(margins).max(1);
        let next = from.checked_add(Duration::from_secs(length));
        let next = next.filter(|next| *next < self.until.unwrap_or(end));
        (Self { since: Some(from), until: next.or(self.until) }, next)
    }
}

/// So many days earlier.
pub(super) fn days_before(at: Timestamp, days: u16) -> Timestamp {
    at.checked_sub(Duration::from_secs(u64::from(days) * DAY)).unwrap_or(at)
}

/// So many days later.
pub(super) fn days_after(at: Timestamp, days: u16) -> Timestamp {
    at.checked_add(Duration::from_secs(u64::from(days) * DAY)).unwrap_or(at)
}

/// When the month of an instant began, or the one so many months before.
pub(super) fn month_start(at: Timestamp, months_before: u16) -> Timestamp {
    let month = Month::of(at);
    let index = i32::from(month.year()) * 12 + i32::from(month.month()) - 1;
    let index = index - i32::from(months_before);
    let year = i16::try_from(index.div_euclid(12)).ok();
    let number = u8::try_from(index.rem_euclid(12) + 1).ok();
    let first = year.zip(number).and_then(|(year, number)| Month::new(year, number));
    let first = first.unwrap_or(month);
    Timestamp::parse_china(&format!("{first}-01 00:00:00")).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Between 2000 and 2100, where all records lie.
    fn instants() -> impl Strategy<Value = Timestamp> {
        (EVER[0]..EVER[1]).prop_map(|ms| Timestamp::from_epoch_ms(ms).unwrap())
    }

    fn ends() -> impl Strategy<Value = Option<Timestamp>> {
        proptest::option::of(instants())
    }

    fn bounds() -> impl Strategy<Value = Bounds> {
        (ends(), ends()).prop_map(|(since, until)| Bounds { since, until })
    }

    fn parts(bounds: Bounds, days: u16, end: Timestamp) -> Vec<Bounds> {
        let mut parts = Vec::new();
        let mut from = bounds.since;
        while let Some(start) = from {
            let (part, next) = bounds.part(start, days, end);
            parts.push(part);
            from = next;
        }
        parts
    }

    #[test]
    fn bounds_are_half_open() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let day = Bounds {
            since: Some(at("2026-01-01T00:00:00Z")),
            until: Some(at("2026-01-02T00:00:00Z")),
        };
        assert!(day.holds(at("2026-01-01T00:00:00Z")));
        assert!(day.holds(at("2026-01-01T23:59:59.999Z")));
        assert!(!day.holds(at("2026-01-02T00:00:00Z")));
        assert!(!day.is_empty());
        assert!(Bounds { since: day.until, until: day.until }.is_empty());
    }

    #[test]
    fn a_month_begins_in_china() {
        let at: Timestamp = "2026-01-31T16:00:00Z".parse().unwrap();
        assert_eq!(month_start(at, 0), at);
        assert_eq!(month_start(at, 1).to_string(), "2025-12-31T16:00:00Z");
        assert_eq!(month_start(at, 14).to_string(), "2024-11-30T16:00:00Z");
    }

    proptest! {
        #[test]
        fn what_is_wanted_is_asked_for(bounds in bounds(), at in instants()) {
            prop_assert!(!bounds.holds(at) || bounds.widened().holds(at));
            prop_assert!(!bounds.holds(at) || bounds.widened().stated().holds(at));
        }

        #[test]
        fn every_wanted_instant_is_in_one_part_and_no_other_in_any(
            since in instants(),
            until in ends(),
            end in instants(),
            days in 100_u16..400,
            at in instants(),
        ) {
            let bounds = Bounds { since: Some(since), until };
            prop_assume!(!bounds.is_empty());
            let parts = parts(bounds, days, end);
            let holding = parts.iter().filter(|part| part.holds(at)).count();
            prop_assert_eq!(holding, usize::from(bounds.holds(at)));
        }

        #[test]
        fn no_part_is_longer_than_the_vendor_takes(
            since in instants(),
            until in instants(),
            days in 1_u16..400,
        ) {
            prop_assume!(since < until);
            // Of a long range the first parts show it.
            let bounds = Bounds { since: Some(since), until: Some(until) };
            let (part, next) = bounds.part(since, days, until);
            let asked = part.widened();
            let (since, until) = asked.since.zip(asked.until).unwrap();
            let length = until.epoch_ms() - since.epoch_ms();
            prop_assert!(length <= i64::from(days) * 86_400_000);
            prop_assert!(next.is_none_or(|next| part.until == Some(next)));
        }

        #[test]
        fn a_month_start_is_at_or_before_it(at in instants(), months in 0_u16..30) {
            let start = month_start(at, months);
            prop_assert!(start <= at);
            prop_assert!(months == 0 || Month::of(start) < Month::of(at));
            prop_assert!(start.to_china().ends_with("-01 00:00:00"));
        }
    }
}
