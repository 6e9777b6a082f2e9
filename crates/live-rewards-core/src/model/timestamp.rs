use std::{fmt, str::FromStr, time::Duration};

use jiff::{civil::DateTime, tz::Offset};

/// An instant.
///
/// Vendors' local times are read as China standard time (UTC+8, no daylight saving). None of them publishes its zone; Xiaoe's own
/// data agree with the reading. `Display` is RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(jiff::Timestamp);

/// UTC+8.
const CHINA: Offset = Offset::constant(8);

impl Timestamp {
    /// The instant so many milliseconds after 1970-01-01T00:00:00Z; `None` beyond the years ±9999.
    pub fn from_epoch_ms(milliseconds: i64) -> Option<Self> {
        jiff::Timestamp::from_millisecond(milliseconds).ok().map(Self)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn epoch_ms(self) -> i64 {
        self.0.as_millisecond()
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    pub fn epoch_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// Reads a vendor's local time, `yyyy-MM-dd HH:mm:ss` with up to nine decimals, as UTC+8.
    pub fn parse_china(text: &str) -> Option<Self> {
        // jiff also reads dates alone, `T`, offsets and more; vendors write one form.
        let seconds = text.get(..19)?;
        let well_formed = seconds.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b' ',
            13 | 16 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
        let fraction = text.get(19..)?;
        let fraction_fits = fraction.is_empty()
            || fraction.strip_prefix('.').is_some_and(|digits| {
                (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
            });
        if !well_formed || !fraction_fits {
            return None;
        }
        let local: DateTime = text.parse().ok()?;
        CHINA.to_timestamp(local).ok().map(Self)
    }

    /// The instant as vendors write it: `yyyy-MM-dd HH:mm:ss` in UTC+8.
    pub fn to_china(self) -> String {
        self.china().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// The day as vendors write it: `yyyy-MM-dd` in UTC+8.
    pub fn to_china_date(self) -> String {
        self.china().strftime("%Y-%m-%d").to_string()
    }

    /// The wall clock in UTC+8.
    pub(super) fn china(self) -> DateTime {
        CHINA.to_datetime(self.0)
    }

    /// The instant so much later; `None` beyond the year 9999.
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).ok().map(Self)
    }

    /// The instant so much earlier; `None` before the year -9999.
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(duration).ok().map(Self)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| ParseTimestampError)
    }
}

/// Text that is no instant in RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTimestampError;

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an instant; write it as 2026-01-31T08:00:00Z or with its offset")
    }
}

impl std::error::Error for ParseTimestampError {}

impl From<std::time::SystemTime> for Timestamp {
    /// The instant of a system clock; the nearest that can be held if it is beyond the year 9999.
    fn from(time: std::time::SystemTime) -> Self {
        Self(time.try_into().unwrap_or_else(|_| {
            if time < std::time::UNIX_EPOCH { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vendors_local_times_are_utc_plus_8() {
        // Xiaoe's own data agree twice: a cursor's milliseconds beside their printed form, and an
        // object id's seconds beside a push's change_time.
        let printed = Timestamp::parse_china("2019-04-30 17:06:32").unwrap();
        assert_eq!(printed.epoch_ms(), 1_556_615_192_000);
        assert_eq!(printed.to_string(), "2019-04-30T09:06:32Z");
        assert_eq!(printed.to_china(), "2019-04-30 17:06:32");
        let pushed = Timestamp::parse_china("2024-06-14 11:05:36").unwrap();
        assert_eq!(pushed.epoch_seconds(), 0x666b_b380);
    }

    #[test]
    fn decimals_are_read() {
        let gift = Timestamp::parse_china("2017-06-16 16:33:09.0").unwrap();
        assert_eq!(gift.to_string(), "2017-06-16T08:33:09Z");
        let fine = Timestamp::parse_china("2017-06-16 16:33:09.123").unwrap();
        assert_eq!(fine.epoch_ms() - gift.epoch_ms(), 123);
    }

    #[test]
    fn a_day_begins_at_16_00_utc() {
        let of = |text: &str| text.parse::<Timestamp>().unwrap().to_china_date();
        assert_eq!(of("2026-01-31T15:59:59.999Z"), "2026-01-31");
        assert_eq!(of("2026-01-31T16:00:00Z"), "2026-02-01");
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "2017-06-16",
            "2017-06-16T16:33:09",
            "2017-06-16 16:33",
            "2017-06-16 16:33:09.",
            "2017-06-16 16:33:09+08:00",
            "2017-06-16 16:33:09.1234567890",
            "2017-13-16 16:33:09",
            "2017-02-30 16:33:09",
            "0000-00-00 00:00:00",
            "二〇一七-06-16 16:33:09",
        ] {
            assert_eq!(Timestamp::parse_china(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips(seconds in 0_i64..=4_102_444_800) {
            let instant = Timestamp::from_epoch_ms(seconds * 1000).unwrap();
            prop_assert_eq!(Timestamp::parse_china(&instant.to_china()), Some(instant));
            prop_assert_eq!(instant.to_string().parse::<Timestamp>().unwrap(), instant);
        }

        #[test]
        fn any_text_is_read_without_panic(text in "[0-9年: .-]{0,30}") {
            let _ = Timestamp::parse_china(&text);
        }
    }
}
