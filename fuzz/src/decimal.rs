use serde::de::IgnoredAny;

/// A JSON number as its digits, without any arithmetic on them: a second opinion on how amounts are read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    /// How many of the digits stand before the point; fewer than none if zeros stand between.
    point: i64,
}

/// Digits of which the value is taken; more of them are not read before the point, and behind it only tell that the number is inexact.
const MOST_DIGITS: usize = 30;

/// Places before and behind the point that matter.
const PLACES: i64 = 16;
const ONE: u64 = 10_u64.pow(16);

/// 10⁻⁴, which in fen is 10⁻⁶ yuan.
const NEAR: u64 = ONE / 10_000;

/// The largest amount that is read, in fen.
const MOST_FEN: i64 = 10_i64.pow(13);

impl Decimal {
    /// A number in JSON's grammar, as far as it is read: up to thirty digits before the point, up to four in the exponent.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let begins = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let ends = text.ends_with(|c: char| c.is_ascii_digit());
        if !begins || !ends || serde_json::from_str::<IgnoredAny>(text).is_err() {
            return None;
        }
        let unsigned = text.trim_start_matches('-');
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.len() > MOST_DIGITS || exponent.trim_start_matches(['+', '-']).len() > 4 {
            return None;
        }
        let all = format!("{whole}{fraction}");
        let significant = all.trim_start_matches('0');
        let digits = significant.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, point: 0 });
        }
        let zeros = length(&all) - length(significant);
        let point = length(whole) - zeros + exponent.parse::<i64>().ok()?;
        Some(Self { negative: text.starts_with('-'), digits, point })
    }

    /// The number times `10^places`, if that is a whole amount of fen or near one; and whether it is exactly that.
    pub(crate) fn fen(&self, places: i64) -> Option<(i64, bool)> {
        let point = self.point + places;
        // More than is read, and too much for the sums below.
        if point > PLACES {
            return None;
        }
        let whole = (0..point).fold(0, |fen, at| fen * 10 + i64::from(self.digit(at)));
        let rest =
            (point..point + PLACES).fold(0, |rest, at| rest * 10 + u64::from(self.digit(at)));
        let more = (point + PLACES..length(&self.digits)).any(|at| self.digit(at) > 0);
        let exact = rest == 0 && !more && self.digits.len() <= MOST_DIGITS;
        let fen = match rest {
            NEAR if more => return None,
            0..=NEAR => whole,
            _ if rest >= ONE - NEAR => whole + 1,
            _ => return None,
        };
        (fen <= MOST_FEN).then_some((if self.negative { -fen } else { fen }, exact))
    }

    /// A digit of those that are read, by its place.
    fn digit(&self, at: i64) -> u8 {
        let at = usize::try_from(at).ok().filter(|at| *at < MOST_DIGITS);
        at.and_then(|at| self.digits.as_bytes().get(at)).map_or(0, |digit| digit - b'0')
    }
}

fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}
