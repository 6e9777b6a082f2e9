//! Which single values the clients read: the same as the functions in `live_rewards_http::wire`.

use super::amounts::{is_fen, is_yuan};
use super::json::Json;
use crate::FieldType;

/// Why a single value can't be read as this type, if it can't.
pub(super) fn unreadable(
    kind: &FieldType,
    value: &Json<'_>,
    required: bool,
    secret: bool,
) -> Option<String> {
    let none = match value {
        Json::Null => true,
        Json::Text(text) => is_none(kind, text, secret),
        _ => false,
    };
    if none {
        return required.then(|| "is required, but there is nothing".to_owned());
    }
    let (readable, expected) = match kind {
        FieldType::Text => (is_text(value), "text"),
        FieldType::Id => (is_text(value), "an id"),
        FieldType::Decimal | FieldType::Number => (value.characters().is_some(), "a number"),
        FieldType::Json => (true, "JSON"),
        FieldType::Integer | FieldType::Points => {
            (whole_within(value, i64::MIN.into(), i64::MAX.into()), "a whole number")
        }
        FieldType::Count => (whole_within(value, 0, u64::MAX.into()), "a count"),
        FieldType::EpochMs => (whole_within(value, FIRST_MS, LAST_MS), "epoch milliseconds"),
        FieldType::Flag => (is_flag(value), "a flag"),
        FieldType::Yuan => (value.characters().is_some_and(is_yuan), "yuan with whole fen"),
        FieldType::Fen => (value.characters().is_some_and(is_fen), "a whole number"),
        FieldType::ChinaTime => {
            let text = matches!(value, Json::Text(text) if is_china_time(text));
            (text, "`yyyy-MM-dd HH:mm:ss`")
        }
        FieldType::Label(_)
        | FieldType::Rows(_)
        | FieldType::Row(_)
        | FieldType::List(_)
        | FieldType::Values(_)
        | FieldType::Object(_)
        | FieldType::Embedded(_) => (false, "a single value"),
    };
    (!readable).then(|| format!("is {}, which can't be read as {expected}", value.what()))
}

/// First and last millisecond of the years ±9999.
const FIRST_MS: i128 = -377_705_023_201_000;
const LAST_MS: i128 = 253_402_207_200_999;

/// Whether this text means that there is no value.
fn is_none(kind: &FieldType, text: &str, secret: bool) -> bool {
    match kind {
        FieldType::Text => secret && text.is_empty(),
        FieldType::Json => false,
        FieldType::ChinaTime => text.is_empty() || text.starts_with("0000-00-00"),
        _ => text.is_empty(),
    }
}

/// Text, or a whole number, which is taken as its digits.
fn is_text(value: &Json<'_>) -> bool {
    matches!(value, Json::Text(_)) || whole(value).is_some()
}

fn whole_within(value: &Json<'_>, least: i128, most: i128) -> bool {
    whole(value).is_some_and(|number| (least..=most).contains(&number))
}

/// A whole number, or text of one.
fn whole(value: &Json<'_>) -> Option<i128> {
    match value {
        // What fits no 64 bits, and the zero below zero, come out of the JSON as floats.
        Json::Number("-0") => None,
        Json::Number(number) => {
            digits(number).filter(|it| (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(it))
        }
        Json::Text(text) => digits(text),
        _ => None,
    }
}

/// Plain digits with an optional minus.
fn digits(text: &str) -> Option<i128> {
    is_digits(text.strip_prefix('-').unwrap_or(text)).then(|| text.parse().ok())?
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_flag(value: &Json<'_>) -> bool {
    match value {
        Json::Flag | Json::Number("0" | "1") => true,
        Json::Text(text) => matches!(text.as_str(), "Y" | "N" | "1" | "0" | "true" | "false"),
        _ => false,
    }
}

/// `yyyy-MM-dd HH:mm:ss` of a day that there is, up to nine decimals of a second allowed.
fn is_china_time(text: &str) -> bool {
    let Some((seconds, decimals)) = text.split_at_checked(19) else {
        return false;
    };
    let well_formed = seconds.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        10 => byte == b' ',
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let decimals_fit = decimals.is_empty()
        || decimals.strip_prefix('.').is_some_and(|digits| digits.len() <= 9 && is_digits(digits));
    let number = |from: usize, to: usize| -> u32 {
        let digits = seconds.get(from..to).unwrap_or_default();
        digits.parse().unwrap_or(u32::MAX)
    };
    well_formed
        && decimals_fit
        && (1..=days_in(number(0, 4), number(5, 7))).contains(&number(8, 10))
        && number(11, 13) < 24
        && number(14, 16) < 60
        // A leap second counts as the one before it.
        && number(17, 19) <= 60
}

fn days_in(year: u32, month: u32) -> u32 {
    let leaps = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leaps => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    fn readable(kind: &FieldType, json: &str, required: bool) -> bool {
        let raw: &RawValue = serde_json::from_str(json).unwrap();
        unreadable(kind, &Json::read(raw).unwrap(), required, false).is_none()
    }

    #[test]
    fn what_vendors_send_loosely_is_readable() {
        for (kind, json) in [
            (FieldType::Text, "7"),
            (FieldType::Id, "2812610"),
            (FieldType::Count, "\"10\""),
            (FieldType::Integer, "-4"),
            (FieldType::Integer, "\"-0\""),
            (FieldType::Decimal, "\"1.98\""),
            (FieldType::Number, "163.0"),
            (FieldType::Json, "[{}]"),
            (FieldType::Json, "\"\""),
            (FieldType::Fen, "\"100\""),
            (FieldType::Fen, "1E2"),
            (FieldType::Yuan, "0.00"),
            (FieldType::Yuan, "1.0E7"),
            (FieldType::Yuan, "0.9800000190734863"),
            (FieldType::Flag, "\"Y\""),
            (FieldType::EpochMs, "-1"),
            (FieldType::ChinaTime, "\"2017-06-16 16:33:09.0\""),
            (FieldType::ChinaTime, "\"2020-02-29 23:59:60\""),
        ] {
            assert!(readable(&kind, json, true), "{kind:?} {json}");
        }
    }

    #[test]
    fn other_types_are_not() {
        for (kind, json) in [
            (FieldType::Text, "{}"),
            (FieldType::Text, "1.5"),
            (FieldType::Id, "1.5"),
            (FieldType::Id, "true"),
            (FieldType::Count, "-1"),
            (FieldType::Count, "1e3"),
            (FieldType::Integer, "-0"),
            (FieldType::Integer, "9223372036854775808"),
            (FieldType::Points, "\"+1\""),
            (FieldType::Fen, "1.5"),
            (FieldType::Yuan, "0.001"),
            (FieldType::Flag, "2"),
            (FieldType::EpochMs, "\"2017\u{5e74}\""),
            (FieldType::EpochMs, "253402207201000"),
            (FieldType::ChinaTime, "1648867234000"),
            (FieldType::ChinaTime, "\"2021-02-29 00:00:00\""),
            (FieldType::ChinaTime, "\"2021-04-21 24:00:00\""),
            (FieldType::ChinaTime, "\"2021-04-21 14:47:13.\""),
        ] {
            assert!(!readable(&kind, json, false), "{kind:?} {json}");
        }
    }

    #[test]
    fn nothing_is_enough_only_where_nothing_is_required() {
        for (kind, json) in [
            (FieldType::Text, "null"),
            (FieldType::Json, "null"),
            (FieldType::Id, "\"\""),
            (FieldType::ChinaTime, "\"0000-00-00 00:00:00\""),
        ] {
            assert!(readable(&kind, json, false), "{kind:?} {json}");
            assert!(!readable(&kind, json, true), "{kind:?} {json}");
        }
    }

    #[test]
    fn empty_text_is_text_but_no_secret() {
        let empty = Json::Text(String::new());
        assert!(unreadable(&FieldType::Text, &empty, true, false).is_none());
        assert!(unreadable(&FieldType::Text, &empty, true, true).is_some());
    }
}
