use std::borrow::Cow;

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

/// A number, as its characters: what it counts is not known, so nothing is computed with it.
pub fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_decimal(deserializer)?.ok_or_else(|| D::Error::custom("expected a number"))
}

/// A number as its characters, or nothing.
pub fn optional_decimal<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    Ok(characters(deserializer)?.map(Cow::into_owned))
}

/// The characters of a JSON number, or of the text that stands for one; nothing for `null` and empty text.
///
/// Any other way to a number in serde leads through a float.
pub(super) fn characters<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Cow<'de, str>>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?.get();
    let text = match raw.as_bytes().first() {
        Some(b'n') => return Ok(None),
        Some(b'"') => serde_json::from_str(raw).map_err(D::Error::custom)?,
        Some(b'-' | b'0'..=b'9') => Cow::Borrowed(raw),
        _ => return Err(D::Error::custom("expected a number")),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}
