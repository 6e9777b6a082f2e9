use super::json::Json;
use crate::FieldType;

/// Why a single value can't be read as this type, if it can't.
pub(super) fn unreadable(kind: &FieldType, value: &Json<'_>, required: bool) -> Option<String> {
    let none = match value {
        Json::Null => true,
        Json::Text(text) => is_none(kind, text),
        _ => false,
    };
    if none {
        return required.then(|| "is required, but there is nothing".to_owned());
    }
    let (readable, expected) = match kind {
        FieldType::Text => (value.characters().is_some(), "text"),
        FieldType::Decimal => (value.characters().is_some(), "a number"),
        FieldType::Id => (is_id(value), "an id"),
        FieldType::Integer | FieldType::Points | FieldType::Fen => {
            (value.characters().is_some_and(is_whole), "a whole number")
        }
        FieldType::Count => (value.characters().is_some_and(is_digits), "a count"),
        FieldType::EpochMs => (
            value.characters().is_some_and(is_digits),
            "epoch milliseconds",
        ),
        FieldType::Flag => (is_flag(value), "a flag"),
        FieldType::Yuan => (
            value.characters().is_some_and(is_yuan),
            "yuan with whole fen",
        ),
        FieldType::ChinaTime => {
            let text = matches!(value, Json::Text(text) if is_china_time(text));
            (text, "`yyyy-MM-dd HH:mm:ss`")
        }
        FieldType::Label(_) | FieldType::Rows(_) | FieldType::List(_) | FieldType::Object(_) => {
            (false, "a single value")
        }
    };
    (!readable).then(|| format!("is {}, which can't be read as {expected}", value.what()))
}

/// Whether this text means that there is no value.
fn is_none(kind: &FieldType, text: &str) -> bool {
    match kind {
        FieldType::Text => false,
        FieldType::ChinaTime => text.is_empty() || text.starts_with("0000-00-00"),
        _ => text.is_empty(),
    }
}

fn is_id(value: &Json<'_>) -> bool {
    match value {
        Json::Text(_) => true,
        Json::Number(number) => is_whole(number),
        _ => false,
    }
}

fn is_flag(value: &Json<'_>) -> bool {
    match value {
        Json::Flag | Json::Number("0" | "1") => true,
        Json::Text(text) => matches!(text.as_str(), "Y" | "N" | "1" | "0" | "true" | "false"),
        _ => false,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_whole(text: &str) -> bool {
    is_digits(text.strip_prefix('-').unwrap_or(text))
}

/// A plain decimal with no more than two decimals that count.
fn is_yuan(text: &str) -> bool {
    match text.split_once('.') {
        None => is_whole(text),
        Some((whole, decimals)) => {
            is_whole(whole) && is_digits(decimals) && decimals.trim_end_matches('0').len() <= 2
        }
    }
}

/// `yyyy-MM-dd HH:mm:ss`, decimals of a second allowed.
fn is_china_time(text: &str) -> bool {
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, "0"));
    seconds.len() == 19
        && is_digits(decimals)
        && seconds.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b' ',
            13 | 16 => byte == b':',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    fn readable(kind: &FieldType, json: &str, required: bool) -> bool {
        let raw: &RawValue = serde_json::from_str(json).unwrap();
        unreadable(kind, &Json::read(raw).unwrap(), required).is_none()
    }

    #[test]
    fn what_vendors_send_loosely_is_readable() {
        for (kind, json) in [
            (FieldType::Text, "7"),
            (FieldType::Id, "2812610"),
            (FieldType::Count, "\"10\""),
            (FieldType::Integer, "-4"),
            (FieldType::Fen, "\"100\""),
            (FieldType::Yuan, "0.00"),
            (FieldType::Yuan, "12.300"),
            (FieldType::Flag, "\"Y\""),
            (FieldType::ChinaTime, "\"2017-06-16 16:33:09.0\""),
        ] {
            assert!(readable(&kind, json, true), "{kind:?} {json}");
        }
    }

    #[test]
    fn other_types_are_not() {
        for (kind, json) in [
            (FieldType::Text, "{}"),
            (FieldType::Id, "1.5"),
            (FieldType::Count, "-1"),
            (FieldType::Fen, "1.5"),
            (FieldType::Yuan, "0.001"),
            (FieldType::Flag, "2"),
            (FieldType::EpochMs, "\"2017\u{5e74}\""),
            (FieldType::ChinaTime, "1648867234000"),
        ] {
            assert!(!readable(&kind, json, false), "{kind:?} {json}");
        }
    }

    #[test]
    fn nothing_is_enough_only_where_nothing_is_required() {
        for (kind, json) in [
            (FieldType::Text, "null"),
            (FieldType::Id, "\"\""),
            (FieldType::ChinaTime, "\"0000-00-00 00:00:00\""),
        ] {
            assert!(readable(&kind, json, false), "{kind:?} {json}");
            assert!(!readable(&kind, json, true), "{kind:?} {json}");
        }
    }
}
