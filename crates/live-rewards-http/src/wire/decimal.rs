use std::borrow::Cow;

use live_rewards_core::Money;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

use super::{Observation, note};

/// A number, as its characters: what it counts is not known, so nothing is computed with it.
pub fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_decimal(deserializer)?.ok_or_else(expected)
}

/// A number as its characters, or nothing.
pub fn optional_decimal<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let Some(text) = characters(deserializer)? else {
        return Ok(None);
    };
    number(&text).map(|number| Some(number.to_owned())).ok_or_else(expected)
}

/// A number that is yuan in some of the rows, as its characters. A float's binary noise is noted.
pub fn decimal_or_yuan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_decimal_or_yuan(deserializer)?.ok_or_else(expected)
}

/// The same, or nothing.
pub fn optional_decimal_or_yuan<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let text = optional_decimal(deserializer)?;
    if let Some(text) = &text
        && Money::parse_yuan(text).is_ok_and(|reading| !reading.exact)
    {
        note(Observation::InexactYuan(text.clone()));
    }
    Ok(text)
}

/// The characters of the JSON number that a text is; `None` if it is none.
pub fn number(text: &str) -> Option<&str> {
    let number = serde_json::from_str::<&RawValue>(text).ok()?.get();
    number.starts_with(|first: char| first == '-' || first.is_ascii_digit()).then_some(number)
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
        _ => return Err(expected()),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn expected<E: Error>() -> E {
    E::custom("expected a number")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Care, observe};

    fn read(json: &str) -> Result<Option<String>, String> {
        optional_decimal(&mut serde_json::Deserializer::from_str(json))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_number_keeps_its_characters_and_any_other_text_is_none() {
        for (json, number) in
            [("6.60", "6.60"), (r#""6.60""#, "6.60"), ("-1e3", "-1e3"), (r#"" 5 ""#, "5")]
        {
            assert_eq!(read(json).unwrap().as_deref(), Some(number), "{json}");
        }
        for json in ["null", r#""""#] {
            assert_eq!(read(json), Ok(None), "{json}");
        }
        for json in [r#""免费""#, r#""1,000""#, r#""NaN""#, r#""+5""#, r#""null""#, "true", "[5]"]
        {
            assert_eq!(read(json), Err("expected a number".to_owned()), "{json}");
        }
    }

    #[test]
    fn binary_noise_is_noted_where_the_number_may_be_yuan() {
        for (json, noise) in [("0.98", 0), ("0.9800000190734863", 1), ("0.985", 0)] {
            let (read, noticed) = observe(Care::Plain, || {
                decimal_or_yuan(&mut serde_json::Deserializer::from_str(json))
            });
            assert_eq!(read.unwrap(), json);
            assert_eq!(noticed.observations.len(), noise, "{json}");
        }
    }
}
