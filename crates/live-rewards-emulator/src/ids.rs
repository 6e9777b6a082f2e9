//! Ids of the vendors' forms: drawn text, and codes that can be read back into a number.

use crate::seed::Draws;

/// Lower-case letters and digits.
pub(crate) const LOWER: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
/// Letters of both cases and digits.
pub(crate) const MIXED: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Hex digits.
pub(crate) const HEX: &str = "0123456789abcdef";

/// Characters of a code.
const CODE_LENGTH: usize = 10;
/// 62^10, the number of codes.
const CODES: i128 = 839_299_365_868_340_224;
/// Coprime to [`CODES`], so that multiplying by it only shuffles the codes.
const FACTOR: i128 = 814_095_046_255_437_479;
/// `FACTOR * INVERSE` leaves 1 when divided by [`CODES`].
const INVERSE: i128 = 816_679_752_251_457_815;

/// Draws `length` characters of the alphabet.
pub(crate) fn letters(mut draws: Draws, alphabet: &str, length: usize) -> String {
    let bound = i64::try_from(alphabet.len()).unwrap_or(1);
    (0..length)
        .map(|_| letter(alphabet, draws.below(bound)))
        .collect()
}

/// Draws a UUID of version 4.
pub(crate) fn uuid(mut draws: Draws) -> String {
    let (high, low) = (draws.draw(), draws.draw());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | ((low >> 48) & 0x3fff),
        low & 0xffff_ffff_ffff
    )
}

/// Writes a number from 0 to 62^10 − 1 as ten letters and digits that show no order.
pub(crate) fn encode(number: i64, key: Draws) -> String {
    let scattered = (i128::from(number) * FACTOR + offset(key)).rem_euclid(CODES);
    let mut rest = i64::try_from(scattered).unwrap_or(0);
    let mut code = String::with_capacity(CODE_LENGTH);
    for _ in 0..CODE_LENGTH {
        code.push(letter(MIXED, rest % 62));
        rest /= 62;
    }
    code
}

/// Reads the number of a code back; `None` if the text isn't of a code's form.
pub(crate) fn decode(code: &str, key: Draws) -> Option<i64> {
    if code.len() != CODE_LENGTH {
        return None;
    }
    let mut value: i128 = 0;
    for character in code.chars().rev() {
        value = value * 62 + i128::try_from(MIXED.find(character)?).ok()?;
    }
    i64::try_from(((value - offset(key)) * INVERSE).rem_euclid(CODES)).ok()
}

fn offset(mut key: Draws) -> i128 {
    i128::from(key.draw())
}

fn letter(alphabet: &str, number: i64) -> char {
    usize::try_from(number)
        .ok()
        .and_then(|position| alphabet.as_bytes().get(position))
        .map_or('0', |byte| char::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        let key = Draws::new(5);
        for number in [
            0,
            1,
            2,
            61,
            62,
            1 << 40,
            (3 << 40) + 17,
            839_299_365_868_340_223,
        ] {
            let code = encode(number, key);
            assert_eq!(code.len(), 10);
            assert_eq!(decode(&code, key), Some(number), "{code}");
        }
    }

    #[test]
    fn other_text_is_not_a_code() {
        let key = Draws::new(5);
        assert_eq!(decode("", key), None);
        assert_eq!(decode("short", key), None);
        assert_eq!(decode("with space", key), None);
        assert_eq!(decode("红包红", key), None);
    }

    #[test]
    fn uuids_have_their_form() {
        let uuid = uuid(Draws::new(3));
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(uuid.as_bytes()[14], b'4');
    }
}
