use std::fmt;

use super::decimal::{Decimal, Scaled};

/// An amount of CNY in whole fen (分; 100 fen are 1 yuan).
///
/// Arithmetic is checked; there is no conversion from or to floating point. `Display` writes yuan with
/// two decimals, as `12.34`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money(i64);

/// Largest magnitude that is read from a vendor: 10^13 fen, a hundred billion yuan. Anything above is a defect.
const MAX_FEN: i64 = 10_000_000_000_000;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of whole fen.
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// The amount in fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum, unless it overflows.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, unless it overflows.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The multiple, unless it overflows.
    pub fn checked_mul(self, factor: i64) -> Option<Self> {
        self.0.checked_mul(factor).map(Self)
    }

    /// The sum of all, unless it overflows.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Reads a whole number of fen from its digits, as JSON writes integers; at most 10^13 in magnitude.
    pub fn parse_fen(text: &str) -> Result<Self, ParseMoneyError> {
        let decimal = Decimal::parse(text)?;
        match decimal.scaled(0)? {
            Scaled::Exact(fen) => Self::within_bounds(fen),
            Scaled::Near(_) | Scaled::Between => Err(ParseMoneyError::NotWholeFen),
        }
    }

    /// Reads yuan from the characters of a JSON number: digits, decimals, exponent (`0.98`, `12.30`,
    /// `1.0E7`), as long as it is a whole number of fen and at most 10^13 fen in magnitude.
    ///
    /// What a float leaves behind, within 10⁻⁶ yuan of a whole fen (`0.9800000190734863`), is read
    /// as that fen, and [`YuanReading::exact`] is false.
    pub fn parse_yuan(text: &str) -> Result<YuanReading, ParseMoneyError> {
        let decimal = Decimal::parse(text)?;
        let (fen, exact) = match decimal.scaled(2)? {
            Scaled::Exact(fen) => (fen, true),
            Scaled::Near(fen) => (fen, false),
            Scaled::Between => return Err(ParseMoneyError::NotWholeFen),
        };
        Ok(YuanReading { money: Self::within_bounds(fen)?, exact })
    }

    fn within_bounds(fen: i128) -> Result<Self, ParseMoneyError> {
        i64::try_from(fen)
            .ok()
            .filter(|fen| fen.unsigned_abs() <= MAX_FEN.unsigned_abs())
            .map(Self)
            .ok_or(ParseMoneyError::TooLarge)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let text = format!("{}.{:02}", fen / 100, fen % 100);
        f.pad_integral(self.0 >= 0, "", &text)
    }
}

/// Yuan as read from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct YuanReading {
    /// The amount.
    pub money: Money,
    /// Whether the text was a whole number of fen; false if binary noise was taken off.
    pub exact: bool,
}

/// Text that is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseMoneyError {
    /// It is not written as a JSON number.
    NotANumber,
    /// It is not a whole number of fen.
    NotWholeFen,
    /// It is above 10^13 fen in magnitude.
    TooLarge,
}

impl fmt::Display for ParseMoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a number",
            Self::NotWholeFen => "not a whole number of fen",
            Self::TooLarge => "more than 10^13 fen",
        })
    }
}

impl std::error::Error for ParseMoneyError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn yuan(text: &str) -> Result<(i64, bool), ParseMoneyError> {
        Money::parse_yuan(text).map(|reading| (reading.money.fen(), reading.exact))
    }

    #[test]
    fn yuan_are_read_from_their_characters() {
        for (text, fen) in [
            ("0", 0),
            ("0.00", 0),
            ("-0.0", 0),
            ("0.98", 98),
            ("0.41", 41),
            ("12.3", 1230),
            ("12.300000", 1230),
            ("-12.34", -1234),
            ("1.0E7", 1_000_000_000),
            ("1e7", 1_000_000_000),
            ("1.234567E4", 1_234_567),
            ("98E-2", 98),
            ("100000000000", 10_000_000_000_000),
            ("0e9999", 0),
        ] {
            assert_eq!(yuan(text), Ok((fen, true)), "{text}");
        }
    }

    #[test]
    fn what_a_float_leaves_behind_is_taken_off_and_told() {
        for (text, fen) in [
            // Java's `new BigDecimal(0.98)` prints the double in full.
            ("0.979999999999999982236431605997495353221893310546875", 98),
            ("0.0000000000000000000000000000000000000000000000000001", 0),
            ("0.9800000190734863", 98),
            ("0.5699999928474426", 57),
            ("0.30000000000000004", 30),
            ("19.990000000000002", 1999),
            ("-0.30000000000000004", -30),
            ("1e-300", 0),
            ("0.010001", 1),
        ] {
            assert_eq!(yuan(text), Ok((fen, false)), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_fen_is_refused() {
        use ParseMoneyError::{NotANumber, NotWholeFen, TooLarge};
        for (text, error) in [
            ("0.985", NotWholeFen),
            ("0.010002", NotWholeFen),
            ("1e-3", NotWholeFen),
            ("100000000000.01", TooLarge),
            ("1e20", TooLarge),
            ("1e9999", TooLarge),
            ("1.000000000000000000000000000001e47", TooLarge),
            ("1234567890123456789012345678901", TooLarge),
            ("", NotANumber),
            ("-", NotANumber),
            ("+1", NotANumber),
            (".5", NotANumber),
            ("5.", NotANumber),
            ("01", NotANumber),
            ("1_000", NotANumber),
            ("1,000", NotANumber),
            (" 1", NotANumber),
            ("1e", NotANumber),
            ("1e12345", NotANumber),
            ("NaN", NotANumber),
            ("Infinity", NotANumber),
            ("0x10", NotANumber),
            ("１", NotANumber),
        ] {
            assert_eq!(yuan(text), Err(error), "{text}");
        }
    }

    #[test]
    fn fen_are_whole() {
        assert_eq!(Money::parse_fen("100"), Ok(Money::from_fen(100)));
        assert_eq!(Money::parse_fen("100.0"), Ok(Money::from_fen(100)));
        assert_eq!(Money::parse_fen("1E2"), Ok(Money::from_fen(100)));
        assert_eq!(Money::parse_fen("0.98"), Err(ParseMoneyError::NotWholeFen));
        assert_eq!(Money::parse_fen("10000000000001"), Err(ParseMoneyError::TooLarge));
    }

    #[test]
    fn display_has_two_decimals() {
        for (fen, text) in [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123_456, "1234.56")] {
            assert_eq!(Money::from_fen(fen).to_string(), text);
        }
        assert_eq!(Money::from_fen(i64::MIN).to_string(), "-92233720368547758.08");
        assert_eq!(format!("{:>8}", Money::from_fen(98)), "    0.98");
    }

    proptest! {
        #[test]
        fn display_is_read_back(fen in -MAX_FEN..=MAX_FEN) {
            let money = Money::from_fen(fen);
            prop_assert_eq!(yuan(&money.to_string()), Ok((fen, true)));
        }

        #[test]
        fn a_double_of_a_whole_fen_is_that_fen(fen in -100_000_000_000_i64..=100_000_000_000) {
            let double: f64 = format!("{fen}e-2").parse().unwrap();
            for text in [format!("{double}"), format!("{double:e}")] {
                prop_assert_eq!(yuan(&text).unwrap().0, fen, "{}", text);
            }
        }

        #[test]
        fn arithmetic_is_checked(a: i64, b: i64) {
            let (left, right) = (Money::from_fen(a), Money::from_fen(b));
            prop_assert_eq!(left.checked_add(right).map(Money::fen), a.checked_add(b));
            prop_assert_eq!(left.checked_sub(right).map(Money::fen), a.checked_sub(b));
            prop_assert_eq!(left.checked_mul(b).map(Money::fen), a.checked_mul(b));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "[-+0-9.eE]{0,50}") {
            let _ = Money::parse_yuan(&text);
            let _ = Money::parse_fen(&text);
        }
    }
}
