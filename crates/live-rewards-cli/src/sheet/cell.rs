use live_rewards::{Money, Timestamp};
use serde_json::{Value, json};

use crate::{
    language::{say, yes_or_no},
    output,
};

/// A value of a row.
#[derive(Debug)]
pub(crate) enum Cell {
    /// There is none.
    Nothing,
    /// There is none, which people read in words.
    Missing(String),
    /// Text, also of vendors: tables show no control characters of it.
    Text(String),
    /// A name for machines, which people read in words.
    Word(&'static str, String),
    /// A number.
    Integer(i64),
    /// Money: yuan for people, fen for machines.
    Money(Money),
    /// Beijing time for people, UTC for machines.
    Time(Timestamp),
    /// Yes or no.
    Flag(bool),
    /// What only JSON can show whole; its text elsewhere.
    Json(Value),
}

impl Cell {
    /// A time; where there is none people read `otherwise`.
    pub(crate) fn time_or(time: Option<Timestamp>, otherwise: String) -> Self {
        time.map_or(Self::Missing(otherwise), Self::Time)
    }

    /// Up to when something was read completely.
    pub(crate) fn complete_until(time: Option<Timestamp>) -> Self {
        Self::time_or(time, say!("never", "从未"))
    }

    pub(super) const fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Money(_))
    }

    pub(super) fn for_people(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Missing(words) | Self::Word(_, words) => words.clone(),
            Self::Text(text) => output::plain(text),
            Self::Integer(number) => number.to_string(),
            Self::Money(money) => money.to_string(),
            Self::Time(time) => output::beijing(*time),
            Self::Flag(flag) => yes_or_no(*flag),
            Self::Json(value) => output::plain(&value.to_string()),
        }
    }

    pub(super) fn json(&self) -> Value {
        match self {
            Self::Nothing | Self::Missing(_) => Value::Null,
            Self::Text(text) => json!(text),
            Self::Word(name, _) => json!(name),
            Self::Integer(number) => json!(number),
            Self::Money(money) => json!(money.fen()),
            Self::Time(time) => json!(time.to_string()),
            Self::Flag(flag) => json!(flag),
            Self::Json(value) => value.clone(),
        }
    }

    pub(super) fn csv(&self) -> String {
        match self.json() {
            Value::Null => String::new(),
            Value::String(text) => text,
            value => value.to_string(),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u64> for Cell {
    /// A count beyond `i64` can't be; the largest stands for it.
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Money> for Cell {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<Timestamp> for Cell {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}
