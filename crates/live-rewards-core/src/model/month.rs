use std::{fmt, str::FromStr};

use crate::Timestamp;

/// A calendar month in China standard time (UTC+8): what a points log is read by.
///
/// Of the years 0 to 9999. `Display` and `FromStr` are `yyyy-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    // Before the month, so that months are ordered by time.
    year: i16,
    month: u8,
}

impl Month {
    /// A month, from 1 to 12, of a year from 0 to 9999.
    pub fn new(year: i16, month: u8) -> Option<Self> {
        let known = (0..=9999).contains(&year) && (1..=12).contains(&month);
        known.then_some(Self { year, month })
    }

    /// The month in which an instant falls; of those before the year 0 the first one.
    pub fn of(instant: Timestamp) -> Self {
        let china = instant.china();
        let month = u8::try_from(china.month()).ok();
        month.and_then(|month| Self::new(china.year(), month)).unwrap_or(Self { year: 0, month: 1 })
    }

    /// The year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The month after it; `None` after the year 9999.
    pub fn next(self) -> Option<Self> {
        match self.month {
            12 => Self::new(self.year + 1, 1),
            month => Self::new(self.year, month + 1),
        }
    }

    /// The month as Xiaoe writes it: `yyyy_MM`.
    pub fn to_underscored(self) -> String {
        format!("{:04}_{:02}", self.year, self.month)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = ParseMonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or(ParseMonthError)
    }
}

fn parse(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-')?;
    // `parse` would also take a sign, and any number of digits.
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    Month::new(year.parse().ok()?, month.parse().ok()?)
}

/// Text that is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseMonthError;

impl fmt::Display for ParseMonthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a month; write it as 2026-01")
    }
}

impl std::error::Error for ParseMonthError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn months() -> impl Strategy<Value = Month> {
        (0_i16..=9999, 1_u8..=12).prop_map(|(year, month)| Month { year, month })
    }

    #[test]
    fn a_month_begins_at_16_00_utc() {
        let of = |text: &str| Month::of(text.parse().unwrap()).to_string();
        assert_eq!(of("2026-01-31T15:59:59.999Z"), "2026-01");
        assert_eq!(of("2026-01-31T16:00:00Z"), "2026-02");
        assert_eq!(of("2025-12-31T16:00:00Z"), "2026-01");
        assert_eq!(of("-000005-06-01T00:00:00Z"), "0000-01");
    }

    #[test]
    fn it_is_written_as_vendors_and_people_do() {
        let month = Month::new(2025, 5).unwrap();
        assert_eq!(month.to_underscored(), "2025_05");
        assert_eq!(month.to_string(), "2025-05");
        assert_eq!(Month::new(9999, 12).unwrap().next(), None);
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for (year, month) in [(2025, 0), (2025, 13), (-1, 1), (10_000, 1)] {
            assert_eq!(Month::new(year, month), None, "{year} {month}");
        }
        for text in [
            "",
            "2025",
            "2025-5",
            "2025-13",
            "2025-00",
            "+025-05",
            "2025-+5",
            "2025_05",
            "2025-05-01",
        ] {
            assert_eq!(text.parse::<Month>(), Err(ParseMonthError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips_and_is_ordered_like_time(month in months(), other in months()) {
            prop_assert_eq!(month.to_string().parse::<Month>(), Ok(month));
            prop_assert_eq!(month.cmp(&other), month.to_string().cmp(&other.to_string()));
        }

        #[test]
        fn the_next_month_is_the_one_that_follows(month in months()) {
            if let Some(next) = month.next() {
                prop_assert!(month < next);
                let count = |month: Month| i32::from(month.year) * 12 + i32::from(month.month);
                prop_assert_eq!(count(next), count(month) + 1);
            } else {
                prop_assert_eq!(month.to_string(), "9999-12");
            }
        }

        #[test]
        fn an_instant_falls_in_the_month_that_vendors_print(milliseconds in 0_i64..=4_102_444_800_000) {
            let instant = Timestamp::from_epoch_ms(milliseconds).unwrap();
            prop_assert!(instant.to_china().starts_with(&Month::of(instant).to_string()));
        }
    }
}
