use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

/// How one kind of value is read from whatever JSON type it comes as.
pub(super) trait Scalar {
    type Value;
    /// What stands in the error when it can't be read.
    const EXPECTED: &'static str;
    /// Whether the number 0 means that there is no value.
    const ZERO_IS_NONE: bool = false;

    fn from_text(text: &str) -> Option<Self::Value>;

    fn from_owned(text: String) -> Option<Self::Value> {
        Self::from_text(&text)
    }

    fn from_integer(number: i128) -> Option<Self::Value> {
        Self::from_text(&number.to_string())
    }

    fn from_bool(_: bool) -> Option<Self::Value> {
        None
    }

    /// Whether the text means that there is no value.
    fn is_none(text: &str) -> bool {
        text.is_empty()
    }
}

pub(super) fn required<'de, S: Scalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<S::Value, D::Error> {
    deserializer.deserialize_any(Required(PhantomData::<S>))
}

pub(super) fn optional<'de, S: Scalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<S::Value>, D::Error> {
    deserializer.deserialize_any(Optional(PhantomData::<S>))
}

struct Required<S>(PhantomData<S>);
struct Optional<S>(PhantomData<S>);

// The error names what was expected, never the value: it may be somebody's name.
fn expected<T, S: Scalar, E: Error>(value: Option<T>) -> Result<T, E> {
    value.ok_or_else(|| E::custom(format_args!("expected {}", S::EXPECTED)))
}

impl<S: Scalar> Visitor<'_> for Required<S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(S::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        expected::<_, S, E>(S::from_text(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        expected::<_, S, E>(S::from_owned(text))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        expected::<_, S, E>(S::from_integer(number.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        expected::<_, S, E>(S::from_integer(number.into()))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        expected::<_, S, E>(S::from_bool(flag))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        expected::<_, S, E>(None)
    }
}

impl<S: Scalar> Visitor<'_> for Optional<S> {
    type Value = Option<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} or nothing", S::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if S::is_none(text) {
            return Ok(None);
        }
        Required(PhantomData::<S>).visit_str(text).map(Some)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        if S::is_none(&text) {
            return Ok(None);
        }
        Required(PhantomData::<S>).visit_string(text).map(Some)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        if S::ZERO_IS_NONE && number == 0 {
            return Ok(None);
        }
        Required(PhantomData::<S>).visit_u64(number).map(Some)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Required(PhantomData::<S>).visit_i64(number).map(Some)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Required(PhantomData::<S>).visit_bool(flag).map(Some)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Required(PhantomData::<S>).visit_f64(number).map(Some)
    }
}
