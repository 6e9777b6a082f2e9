//! Codes: numbers as ten letters and digits that show no order and can be read back.

use crate::ids;
use crate::seed::Draws;
use crate::text::Text;

/// Characters of a code.
const LENGTH: usize = 10;

/// One alphabet's codes. Multiplying by a factor coprime to their number only shuffles them.
#[derive(Debug)]
pub(crate) struct Code<const RADIX: u64> {
    alphabet: &'static str,
    factor: u128,
    /// `factor * inverse` leaves 1 when divided by the number of codes.
    inverse: u128,
}

/// Codes of letters of both cases and digits.
pub(crate) const MIXED: Code<62> = Code {
    alphabet: ids::MIXED,
    factor: 814_095_046_255_437_479,
    inverse: 816_679_752_251_457_815,
};

/// Codes of lower-case letters and digits.
pub(crate) const LOWER: Code<36> =
    Code { alphabet: ids::LOWER, factor: 3_141_592_653_589_793, inverse: 294_104_826_271_457 };

impl<const RADIX: u64> Code<RADIX> {
    /// Number of codes.
    const COUNT: u128 = (RADIX as u128).pow(10);

    /// Writes a number from 0 on.
    pub(crate) fn encode(&self, number: i64, key: Draws) -> Text {
        let number = u128::from(number.unsigned_abs());
        let scattered = (number * self.factor + offset(key)) % Self::COUNT;
        let mut rest = u64::try_from(scattered).unwrap_or(0);
        let mut code = Text::new();
        for _ in 0..LENGTH {
            code.push(self.letter(rest % RADIX));
            rest /= RADIX;
        }
        code
    }

    /// Reads the number of a code back; `None` if the text isn't of a code's form.
    pub(crate) fn decode(&self, code: &str, key: Draws) -> Option<i64> {
        if code.len() != LENGTH {
            return None;
        }
        let mut value: u128 = 0;
        for character in code.chars().rev() {
            let digit = u128::try_from(self.alphabet.find(character)?).ok()?;
            value = value * u128::from(RADIX) + digit;
        }
        let scattered = value + Self::COUNT - offset(key) % Self::COUNT;
        i64::try_from(scattered % Self::COUNT * self.inverse % Self::COUNT).ok()
    }

    fn letter(&self, digit: u64) -> u8 {
        usize::try_from(digit)
            .ok()
            .and_then(|position| self.alphabet.as_bytes().get(position))
            .copied()
            .unwrap_or(b'0')
    }
}

fn offset(mut key: Draws) -> u128 {
    u128::from(key.draw())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        let key = Draws::new(5);
        for number in [0, 1, 2, 61, 62, 1 << 40, (3 << 40) + 17, 3_656_158_440_062_975] {
            let code = MIXED.encode(number, key);
            assert_eq!(code.len(), 10);
            assert_eq!(MIXED.decode(&code, key), Some(number), "{code}");
            let code = LOWER.encode(number, key);
            assert_eq!(LOWER.decode(&code, key), Some(number), "{code}");
            assert!(!code.bytes().any(|letter| letter.is_ascii_uppercase()), "{code}");
        }
        let largest = 839_299_365_868_340_223;
        assert_eq!(MIXED.decode(&MIXED.encode(largest, key), key), Some(largest));
    }

    #[test]
    fn other_text_is_not_a_code() {
        let key = Draws::new(5);
        for text in ["", "short", "with space", "红包红", "a long text"] {
            assert_eq!(MIXED.decode(text, key), None, "{text}");
        }
        assert_eq!(LOWER.decode("ABCDEFGHIJ", key), None);
    }
}
