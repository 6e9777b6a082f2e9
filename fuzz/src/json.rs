use serde_json::{Deserializer, de::StrRead};

/// What a reader makes of a JSON text, if it reads it to its end.
pub(crate) fn read<'de, T>(
    json: &'de str,
    read: impl FnOnce(&mut Deserializer<StrRead<'de>>) -> serde_json::Result<T>,
) -> Option<T> {
    let mut json = Deserializer::from_str(json);
    let value = read(&mut json).ok()?;
    json.end().ok().map(|()| value)
}

/// Text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a text, if it is JSON, is a value other than text with nothing around it.
pub(crate) fn is_bare(text: &str) -> bool {
    !text.starts_with('"') && text.trim() == text
}

/// A whole number from its digits, with or without leading zeros.
pub(crate) fn whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// Whether a number is written as JSON writes it.
pub(crate) fn is_canonical(number: i64, text: &str) -> bool {
    number.to_string() == text
}
