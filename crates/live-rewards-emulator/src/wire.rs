//! Values that the vendors print in a way of their own.

use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::text::Text;

/// Fen printed as 元: a JSON number with two decimals (`0.98`, `12.30`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Yuan(pub(crate) i64);

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Text::new();
        if self.0 < 0 {
            text.push(b'-');
        }
        let fen = self.0.unsigned_abs();
        text.decimal(fen / 100, 1);
        text.push(b'.');
        text.decimal(fen % 100, 2);
        let raw: &RawValue = serde_json::from_str(&text).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// An integer that is printed now as a number, now as text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LooseInteger {
    /// `100`.
    Number(i64),
    /// `"100"`.
    Text(i64),
}

impl Serialize for LooseInteger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => serializer.serialize_i64(*value),
            Self::Text(value) => serializer.collect_str(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_have_two_decimals() {
        let text = |fen| serde_json::to_string(&Yuan(fen)).unwrap();
        assert_eq!(text(0), "0.00");
        assert_eq!(text(98), "0.98");
        assert_eq!(text(1230), "12.30");
        assert_eq!(text(1_000_000_000), "10000000.00");
        assert_eq!(text(-5), "-0.05");
    }

    #[test]
    fn loose_integers_have_two_forms() {
        let pair = [LooseInteger::Number(7), LooseInteger::Text(7)];
        assert_eq!(serde_json::to_string(&pair).unwrap(), r#"[7,"7"]"#);
    }
}
