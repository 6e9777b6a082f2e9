use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt,
};

use live_rewards_core::Timestamp;

use super::CallbackError;

/// The names and values that a callback brings, decoded, sorted by the names' bytes.
///
/// `Debug` shows names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

/// Names that one callback may have. The vendors' have about ten.
const MOST: usize = 256;

impl Fields {
    /// No fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field. A name that comes twice with different values is refused: which of them was signed can't be told.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<(), CallbackError> {
        let full = self.0.len() >= MOST;
        let value = value.into();
        match self.0.entry(name.into()) {
            Entry::Occupied(known) if *known.get() == value => Ok(()),
            Entry::Occupied(_) => Err(CallbackError::unreadable("a parameter comes twice")),
            Entry::Vacant(_) if full => Err(CallbackError::unreadable("too many parameters")),
            Entry::Vacant(entry) => {
                entry.insert(value);
                Ok(())
            }
        }
    }

    /// Adds all fields of another part of the request.
    pub fn join(&mut self, other: Self) -> Result<(), CallbackError> {
        other.0.into_iter().try_for_each(|(name, value)| self.add(name, value))
    }

    /// A value; it may be empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A value that must be there and not be empty.
    pub fn required(&self, name: &'static str) -> Result<&str, CallbackError> {
        self.get(name).filter(|value| !value.is_empty()).ok_or_else(|| CallbackError::missing(name))
    }

    /// An instant in seconds since 1970.
    pub fn epoch_seconds(&self, name: &'static str) -> Result<Timestamp, CallbackError> {
        self.instant(name, 1000)
    }

    /// An instant in milliseconds since 1970.
    pub fn epoch_ms(&self, name: &'static str) -> Result<Timestamp, CallbackError> {
        self.instant(name, 1)
    }

    /// Names and values, by the names' bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn instant(&self, name: &'static str, unit_ms: i64) -> Result<Timestamp, CallbackError> {
        let text = self.required(name)?;
        // `parse` would also take a sign.
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = plain.then(|| text.parse::<i64>().ok()).flatten();
        number
            .and_then(|number| number.checked_mul(unit_ms))
            .and_then(Timestamp::from_epoch_ms)
            .ok_or_else(|| {
                CallbackError::unreadable("its time is not a number of seconds or milliseconds")
            })
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::CallbackErrorKind;

    fn fields<const N: usize>(pairs: [(&str, &str); N]) -> Fields {
        let mut fields = Fields::new();
        for (name, value) in pairs {
            fields.add(name, value).unwrap();
        }
        fields
    }

    #[test]
    fn a_name_has_one_value() {
        let mut all = fields([("a", "1"), ("a", "1")]);
        assert_eq!(all.add("a", "2").unwrap_err().kind(), CallbackErrorKind::Unreadable);
        assert_eq!(all.join(fields([("a", "1"), ("b", "2")])), Ok(()));
        assert!(all.join(fields([("b", "3")])).is_err());
        assert_eq!(all.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
    }

    #[test]
    fn there_are_not_too_many() {
        let mut all = Fields::new();
        for number in 0..MOST {
            all.add(number.to_string(), "").unwrap();
        }
        assert!(all.add("1", "").is_ok());
        assert_eq!(all.add("one more", "").unwrap_err().kind(), CallbackErrorKind::Unreadable);
    }

    #[test]
    fn an_empty_value_is_missing() {
        let fields = fields([("sessionId", "")]);
        assert_eq!(fields.get("sessionId"), Some(""));
        for name in ["sessionId", "sign"] {
            let error = fields.required(name).unwrap_err();
            assert_eq!(error.to_string(), format!("callback refused: missing parameter: {name}"));
        }
    }

    #[test]
    fn instants_are_plain_digits() {
        let fields = fields([
            ("s", "1718334336"),
            ("ms", "1718334336123"),
            ("signed", "+1718334336"),
            ("long", "99999999999999999999"),
            ("far", "9999999999999999"),
            ("word", "now"),
        ]);
        assert_eq!(fields.epoch_seconds("s").unwrap().epoch_ms(), 1_718_334_336_000);
        assert_eq!(fields.epoch_ms("ms").unwrap().epoch_ms(), 1_718_334_336_123);
        for name in ["signed", "long", "far", "word"] {
            let error = fields.epoch_seconds(name).unwrap_err();
            assert_eq!(error.kind(), CallbackErrorKind::Unreadable, "{name}");
        }
    }

    #[test]
    fn debug_shows_names_only() {
        assert_eq!(format!("{:?}", fields([("sign", "C0FFEE")])), "{\"sign\"}");
    }
}
