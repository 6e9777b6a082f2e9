use live_rewards_core::{Money, Points, Timestamp};

/// One value of a row. `Null` means that the vendor doesn't say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// Not said by the vendor.
    Null,
    /// Text.
    Text(String),
    /// A whole number without unit.
    Integer(i64),
    /// Money.
    Money(Money),
    /// Points.
    Points(Points),
    /// True or false.
    Flag(bool),
    /// An instant.
    Time(Timestamp),
}

/// The values of one row, in the order of its table's columns.
pub type Row = Vec<Value>;

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<u64> for Value {
    /// A count beyond `i64` can't be; it would be kept as text.
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::Integer)
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<Points> for Value {
    fn from(points: Points) -> Self {
        Self::Points(points)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Timestamp> for Value {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}
