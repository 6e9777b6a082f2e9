//! Instants as the text that goes over the wire. Vendor-local times are UTC+8 without an offset.

use std::ops::{Range, RangeInclusive};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::Offset;

use crate::text::Text;

/// What Xiaoe prints where a time is absent.
pub(crate) const ZERO_DATE: &str = "0000-00-00 00:00:00";

/// Milliseconds since 1970 that have every form below: from 1970 to 9999-12-30T22:00:00Z.
pub(crate) const SPAN_MS: RangeInclusive<i64> = 0..=253_402_207_200_000;

const BEIJING: Offset = Offset::constant(8);
const OFFSET_SECONDS: i64 = 8 * 3600;
const DAY_SECONDS: i64 = 24 * 3600;

/// The nearest instant that lies in [`SPAN_MS`].
pub(crate) fn bounded(ms: i64) -> i64 {
    ms.clamp(*SPAN_MS.start(), *SPAN_MS.end())
}

/// Unix seconds as `yyyy-MM-dd HH:mm:ss` in UTC+8.
pub(crate) fn beijing(second: i64) -> Text {
    let mut text = Text::new();
    let Ok(instant) = Timestamp::from_second(second) else {
        text.push_str(ZERO_DATE);
        return text;
    };
    let time = BEIJING.to_datetime(instant);
    text.decimal(time.year().unsigned_abs().into(), 4);
    for (separator, number) in [
        (b'-', time.month()),
        (b'-', time.day()),
        (b' ', time.hour()),
        (b':', time.minute()),
        (b':', time.second()),
    ] {
        text.push(separator);
        text.decimal(number.unsigned_abs().into(), 2);
    }
    text
}

/// Number of the day in UTC+8 that an instant in Unix seconds lies on.
pub(crate) fn beijing_day(second: i64) -> i64 {
    second.saturating_add(OFFSET_SECONDS).div_euclid(DAY_SECONDS)
}

/// The seconds of a day that [`beijing_day`] numbered.
pub(crate) fn beijing_seconds(day: i64) -> Range<i64> {
    let midnight = day.saturating_mul(DAY_SECONDS).saturating_sub(OFFSET_SECONDS);
    midnight..midnight.saturating_add(DAY_SECONDS)
}

/// `yyyy-MM-dd` of such a day.
pub(crate) fn beijing_date(day: i64) -> String {
    beijing(beijing_seconds(day).start).get(..10).unwrap_or_default().to_owned()
}

/// Unix seconds of a date and time in UTC+8; `None` if the text is none.
pub(crate) fn parse_beijing(text: &str) -> Option<i64> {
    let time: DateTime = text.trim().parse().ok()?;
    BEIJING.to_timestamp(time).ok().map(jiff::Timestamp::as_second)
}

/// Milliseconds since 1970 as `2026-01-31T08:00:00Z`; `None` if out of the calendar's range.
pub(crate) fn rfc3339(ms: i64) -> Option<String> {
    Timestamp::from_millisecond(ms).ok().map(|instant| instant.to_string())
}

/// Milliseconds since 1970 of an instant in RFC 3339; `None` if the text is none.
pub(crate) fn parse_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// Milliseconds since 1970 as the value of an HTTP `Date` header.
pub(crate) fn http_date(ms: i64) -> Option<String> {
    let instant = Timestamp::from_millisecond(ms).ok()?;
    DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_plus_8() {
        assert_eq!(&*beijing(1_648_867_234), "2022-04-02 10:40:34");
        assert_eq!(parse_beijing("2022-04-02 10:40:34"), Some(1_648_867_234));
        assert_eq!(parse_beijing("yesterday"), None);
        assert_eq!(&*beijing(i64::MAX), ZERO_DATE);
    }

    #[test]
    fn days_begin_at_midnight_in_beijing() {
        // 2022-04-02 00:00:00 and the second before.
        let midnight = 1_648_828_800;
        assert_eq!(beijing_date(beijing_day(midnight)), "2022-04-02");
        assert_eq!(beijing_date(beijing_day(midnight - 1)), "2022-04-01");
        assert_eq!(beijing_seconds(beijing_day(midnight + 5)), midnight..midnight + 86_400);
    }

    #[test]
    fn the_wire_forms_of_an_instant() {
        let ms = 1_648_867_234_567;
        assert_eq!(rfc3339(1_648_867_234_000).as_deref(), Some("2022-04-02T02:40:34Z"));
        assert_eq!(http_date(ms).as_deref(), Some("Sat, 02 Apr 2022 02:40:34 GMT"));
        for text in ["2022-04-02T02:40:34.567Z", "2022-04-02T10:40:34.567+08:00"] {
            assert_eq!(parse_rfc3339(text), Some(ms), "{text}");
        }
        for text in ["2022-04-02", "2022-04-02T02:40:34", "now", ""] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn both_ends_of_the_span_have_every_form() {
        for (ms, utc, date, local) in [
            (
                *SPAN_MS.start(),
                "1970-01-01T00:00:00Z",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "1970-01-01 08:00:00",
            ),
            (
                *SPAN_MS.end(),
                "9999-12-30T22:00:00Z",
                "Thu, 30 Dec 9999 22:00:00 GMT",
                "9999-12-31 06:00:00",
            ),
        ] {
            assert_eq!(rfc3339(ms).as_deref(), Some(utc));
            assert_eq!(http_date(ms).as_deref(), Some(date));
            assert_eq!(&*beijing(ms / 1000), local);
            assert_eq!(bounded(ms), ms);
        }
        assert_eq!((bounded(-1), bounded(i64::MAX)), (0, *SPAN_MS.end()));
    }
}
