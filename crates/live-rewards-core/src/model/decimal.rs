use super::ParseMoneyError;

/// A decimal number as its characters say: `digits × 10^exponent`.
pub(super) struct Decimal {
    negative: bool,
    digits: u128,
    exponent: i32,
    /// Whether digits other than zero were left out at the end.
    cut: bool,
}

pub(super) enum Scaled {
    Exact(i128),
    Near(i128),
    Between,
}

impl Decimal {
    /// No digit is read beyond this: thirty digits, where a double needs seventeen.
    const MOST: u128 = 10_u128.pow(29);

    pub(super) fn parse(text: &str) -> Result<Self, ParseMoneyError> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return Err(ParseMoneyError::NotANumber),
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || leading_zero || !all_digits {
            return Err(ParseMoneyError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let mut decimal = Self { negative, digits: 0, exponent, cut: false };
        for byte in whole.bytes() {
            decimal.push(byte).ok_or(ParseMoneyError::TooLarge)?;
        }
        for byte in fraction.bytes() {
            // A double printed in full has fifty decimals; what is beyond the thirtieth digit only tells that it is inexact.
            match decimal.push(byte) {
                Some(()) => decimal.exponent = decimal.exponent.saturating_sub(1),
                None => decimal.cut |= byte != b'0',
            }
        }
        Ok(decimal)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        if self.digits >= Self::MOST {
            return None;
        }
        self.digits = self.digits * 10 + u128::from(byte - b'0');
        Some(())
    }

    /// The number times `10^places`, as an integer where it is one or within 10⁻⁴ of one (which is 10⁻⁶ yuan in fen).
    pub(super) fn scaled(&self, places: i32) -> Result<Scaled, ParseMoneyError> {
        let sign = if self.negative { -1 } else { 1 };
        let signed = |magnitude: u128| {
            i128::try_from(magnitude).map(|n| n * sign).map_err(|_| ParseMoneyError::TooLarge)
        };
        if self.digits == 0 {
            return Ok(if self.cut { Scaled::Near(0) } else { Scaled::Exact(0) });
        }
        let power = self.exponent.saturating_add(places);
        if power >= 0 {
            // What was cut stands behind thirty digits: more than is ever read.
            let scaled = 10_u128
                .checked_pow(power.unsigned_abs())
                .filter(|_| !self.cut)
                .and_then(|factor| self.digits.checked_mul(factor))
                .ok_or(ParseMoneyError::TooLarge)?;
            return signed(scaled).map(Scaled::Exact);
        }
        // Beyond 10^37 the divisor is larger than any number read here by so much that only noise is left.
        let Some(divisor) =
            10_u128.checked_pow(power.unsigned_abs()).filter(|d| *d <= 10_u128.pow(37))
        else {
            return Ok(Scaled::Near(0));
        };
        let (quotient, remainder) = (self.digits / divisor, self.digits % divisor);
        if remainder == 0 && !self.cut {
            return signed(quotient).map(Scaled::Exact);
        }
        let tolerance = divisor / 10_000;
        if remainder <= tolerance {
            signed(quotient).map(Scaled::Near)
        } else if divisor - remainder <= tolerance {
            signed(quotient + 1).map(Scaled::Near)
        } else {
            Ok(Scaled::Between)
        }
    }
}

fn parse_exponent(text: &str) -> Result<i32, ParseMoneyError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ParseMoneyError::NotANumber);
    }
    text.parse().map_err(|_| ParseMoneyError::NotANumber)
}
