//! Which amounts of money the clients read, from their characters.

/// Whether this is an amount in yuan: a whole number of fen, or within 10⁻⁶ yuan of one, which is
/// what a float leaves behind.
pub(super) fn is_yuan(text: &str) -> bool {
    let Some((fen, rest)) = Decimal::parse(text).map(|decimal| decimal.split(2)) else {
        return false;
    };
    let below = rest.starts_with("0000") || rest.trim_end_matches('0') == "0001";
    if is_none(&rest) || below {
        return is_within_bounds(&fen);
    }
    // The next fen is meant, which must not be too many, either.
    rest.starts_with("9999") && fen.len() < MOST_FEN.len()
}

/// Whether this is an amount in fen, which is whole.
pub(super) fn is_fen(text: &str) -> bool {
    let split = Decimal::parse(text).map(|decimal| decimal.split(0));
    split.is_some_and(|(fen, rest)| is_none(&rest) && is_within_bounds(&fen))
}

/// 10^13 fen: the largest amount that is read.
const MOST_FEN: &str = "10000000000000";

fn is_within_bounds(fen: &str) -> bool {
    fen.len() < MOST_FEN.len() || fen == MOST_FEN
}

fn is_none(digits: &str) -> bool {
    digits.bytes().all(|digit| digit == b'0')
}

/// A number as JSON writes it, without its sign.
struct Decimal {
    digits: String,
    /// How many of the digits stand before the point; fewer than none where zeros lie between.
    before_point: i64,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        let digits = format!("{whole}{fraction}");
        if whole.is_empty() || leading_zero || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let before_point = i64::try_from(whole.len()).ok()? + exponent;
        Some(Self { digits, before_point })
    }

    /// The digits of the number times 10^places: those of its whole part without leading zeros, and
    /// those after the point.
    fn split(&self, places: i64) -> (String, String) {
        let point = self.before_point + places;
        let Ok(before) = usize::try_from(point) else {
            let zeros = usize::try_from(point.unsigned_abs()).unwrap_or(usize::MAX);
            return (String::new(), "0".repeat(zeros) + &self.digits);
        };
        let digits = self.digits.chars().chain(std::iter::repeat('0'));
        let whole: String = digits.take(before).collect();
        let rest = self.digits.get(before..).unwrap_or_default();
        (whole.trim_start_matches('0').to_owned(), rest.to_owned())
    }
}

/// Four digits at most, so that no number is longer than can be written out.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_whole_fen_however_they_are_written() {
        for text in [
            "0",
            "0.00",
            "-0.0",
            "0.98",
            "12.300",
            "-12.34",
            "1.0E7",
            "1e7",
            "98E-2",
            "0e9999",
            "1E+2",
            "100000000000",
            "1.234567E4",
        ] {
            assert!(is_yuan(text), "{text}");
        }
        for text in [
            "0.985",
            "1e-3",
            "100000000000.01",
            "1e9999",
            "",
            "-",
            "+1",
            ".5",
            "5.",
            "01",
            "1,0",
            "1e",
            "1e12345",
            "NaN",
        ] {
            assert!(!is_yuan(text), "{text}");
        }
    }

    #[test]
    fn what_a_float_leaves_behind_is_no_obstacle() {
        for text in [
            "0.9800000190734863",
            "0.5699999928474426",
            "-0.30000000000000004",
            "1e-300",
            "0.010001",
            "0.979999999999999982236431605997495353221893310546875",
        ] {
            assert!(is_yuan(text), "{text}");
        }
        for text in ["0.010002", "0.0099", "100000000000.00999999"] {
            assert!(!is_yuan(text), "{text}");
        }
    }

    #[test]
    fn fen_are_whole() {
        for text in ["100", "-100", "100.0", "1E2", "10000000000000"] {
            assert!(is_fen(text), "{text}");
        }
        for text in ["0.98", "100.00001", "10000000000001"] {
            assert!(!is_fen(text), "{text}");
        }
    }
}
