use std::{fmt, time::SystemTime};

use live_rewards_core::{Month, Timestamp};

/// A day in China standard time (UTC+8). Of the years 0 to 9999. `Display` is `yyyy-MM-dd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

/// 0000-01-01.
const FIRST: i32 = -719_528;
/// 9999-12-31.
const LAST: i32 = 2_932_896;

const DAY_MS: i64 = 86_400_000;
const CHINA_MS: i64 = 28_800_000;

impl Day {
    /// The day so many days after 1970-01-01.
    pub fn new(number: i32) -> Option<Self> {
        (FIRST..=LAST).contains(&number).then_some(Self(number))
    }

    /// The day of an instant; the first one of those before the year 0.
    pub fn of(instant: Timestamp) -> Self {
        Self::nearest((instant.epoch_ms() + CHINA_MS).div_euclid(DAY_MS))
    }

    /// How many days after 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Its midnight, with which it begins.
    pub fn start(self) -> Timestamp {
        let start = Timestamp::from_epoch_ms(i64::from(self.0) * DAY_MS - CHINA_MS);
        // All days that there are have one.
        start.unwrap_or_else(|| SystemTime::UNIX_EPOCH.into())
    }

    /// Its month.
    pub fn month(self) -> Month {
        Month::of(self.start())
    }

    /// The day after it; `None` after the year 9999.
    pub fn next(self) -> Option<Self> {
        Self::new(self.0 + 1)
    }

    /// The day of a number that a database worked out.
    pub(super) fn nearest(number: i64) -> Self {
        let number = number.clamp(FIRST.into(), LAST.into());
        Self(i32::try_from(number).unwrap_or(FIRST))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.start().to_china_date())
    }
}

/// The number of the day of a column, in SQL.
pub(super) fn day_of(column: &str) -> String {
    format!("({column} + {CHINA_MS}) / {DAY_MS}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_16_00_utc() {
        let of = |text: &str| Day::of(text.parse().unwrap()).to_string();
        assert_eq!(of("2026-01-31T15:59:59.999Z"), "2026-01-31");
        assert_eq!(of("2026-01-31T16:00:00Z"), "2026-02-01");
        let start = Day::of("2026-02-01T12:00:00Z".parse().unwrap()).start();
        assert_eq!(start.to_string(), "2026-01-31T16:00:00Z");
    }

    #[test]
    fn days_have_numbers_and_months() {
        let day = Day::new(0).unwrap();
        assert_eq!((day.to_string().as_str(), day.number()), ("1970-01-01", 0));
        let leap = Day::of("2024-02-29T00:00:00Z".parse().unwrap());
        assert_eq!(leap.next().unwrap().to_string(), "2024-03-01");
        assert_eq!(leap.month().to_string(), "2024-02");
        assert_eq!(Day::nearest(i64::from(leap.number())), leap);
    }

    #[test]
    fn there_are_days_of_ten_thousand_years() {
        let (first, last) = (Day::new(FIRST).unwrap(), Day::new(LAST).unwrap());
        assert_eq!(first.to_string(), "0000-01-01");
        assert_eq!(last.to_string(), "9999-12-31");
        assert_eq!([Day::new(FIRST - 1), last.next()], [None, None]);
        assert_eq!([Day::nearest(i64::MIN), Day::nearest(i64::MAX)], [first, last]);
        let before = Timestamp::from_epoch_ms(-70_000_000_000_000).unwrap();
        assert_eq!(Day::of(before), first);
    }
}
