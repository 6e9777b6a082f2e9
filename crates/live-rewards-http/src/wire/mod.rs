//! How single values are read from the vendors' JSON: numbers as text, empty text for nothing, money from its characters.
//!
//! For `#[serde(deserialize_with = "wire::…")]` in generated code. Everything here reads from JSON text (a slice or
//! string); amounts can't be read from a `serde_json::Value`, which has turned them into floats already.

mod context;
mod decimal;
mod fields;
mod json;
mod lists;
mod money;
mod object;
mod scalar;
mod unicode;
mod values;

use live_rewards_core::{OpenEnum, Points, Timestamp};
use secrecy::SecretString;
use serde::Deserializer;

pub use crate::rows::row;
pub(crate) use context::{Care, Observation, care, note, observe, reject};
pub use decimal::{decimal, decimal_or_yuan, number};
pub(crate) use fields::{PayloadMembers, note_field, read};
pub use json::json;
pub(crate) use lists::Maybe;
pub use lists::{list, list_of};
pub use money::{fen, yuan};
pub use object::from_object;
pub(crate) use object::{Object, most_rows};
use scalar::required;
pub(crate) use unicode::NO_TEXT;
pub use unicode::as_unicode;
use values::{ChinaTime, EpochMs, Flag, Id, Integer, Label, PointsNumber, Secret, Text};

/// Text. A number is taken as its digits.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    required::<Text, _>(deserializer)
}

/// An id: text or a whole number, as text.
pub fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    required::<Id, _>(deserializer)
}

/// A whole number, or text of one.
pub fn integer<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i128>,
{
    required::<Integer<T>, _>(deserializer)
}

/// A flag: true or false, 1 or 0, `Y` or `N`, as JSON or as text.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    required::<Flag, _>(deserializer)
}

/// Points: a whole number, or text of one.
pub fn points<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Points, D::Error> {
    required::<PointsNumber, _>(deserializer)
}

/// An instant in milliseconds since 1970.
pub fn epoch_ms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    required::<EpochMs, _>(deserializer)
}

/// A local time `yyyy-MM-dd HH:mm:ss[.f]`, read as UTC+8.
pub fn china_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    required::<ChinaTime, _>(deserializer)
}

/// A label of an open enum, as text or as a whole number.
pub fn label<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: OpenEnum,
{
    required::<Label<T>, _>(deserializer)
}

/// Text that must not be shown.
pub fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    required::<Secret, _>(deserializer)
}

/// The same values where they may be missing: `null` is none, and so is empty text, except for [`text`](optional::text) and
/// [`list`](optional::list).
pub mod optional {
    use super::{
        ChinaTime, Deserializer, EpochMs, Flag, Id, Integer, Label, OpenEnum, Points, PointsNumber,
        Secret, SecretString, Text, Timestamp, scalar::optional,
    };

    pub use super::decimal::{
        optional_decimal as decimal, optional_decimal_or_yuan as decimal_or_yuan,
    };
    pub use super::json::{embedded, optional_json as json};
    pub use super::lists::{object, optional_list as list};
    pub use super::money::{optional_fen as fen, optional_yuan as yuan};

    /// Text; empty text stays empty text.
    pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
        optional::<Text, _>(deserializer)
    }

    /// An id.
    pub fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
        optional::<Id, _>(deserializer)
    }

    /// A whole number.
    pub fn integer<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        D: Deserializer<'de>,
        T: TryFrom<i128>,
    {
        optional::<Integer<T>, _>(deserializer)
    }

    /// A flag.
    pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
        optional::<Flag, _>(deserializer)
    }

    /// Points.
    pub fn points<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Points>, D::Error> {
        optional::<PointsNumber, _>(deserializer)
    }

    /// An instant in milliseconds since 1970; 0 is none.
    pub fn epoch_ms<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        optional::<EpochMs, _>(deserializer)
    }

    /// A local time; the zero date `0000-00-00 00:00:00` is none.
    pub fn china_time<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        optional::<ChinaTime, _>(deserializer)
    }

    /// A label of an open enum.
    pub fn label<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        D: Deserializer<'de>,
        T: OpenEnum,
    {
        optional::<Label<T>, _>(deserializer)
    }

    /// Text that must not be shown.
    pub fn secret<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<SecretString>, D::Error> {
        optional::<Secret, _>(deserializer)
    }
}
