//! Ids of the vendors' forms: drawn text and UUIDs.

use crate::seed::Draws;
use crate::text::Text;

/// Lower-case letters and digits.
pub(crate) const LOWER: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
/// Letters of both cases and digits.
pub(crate) const MIXED: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Hex digits.
pub(crate) const HEX: &str = "0123456789abcdef";

/// The last twelve digits of a UUID.
const NODE: u64 = (1 << 48) - 1;
/// Odd, so that multiplying by it only shuffles the numbers below 2^48.
const FACTOR: u64 = 0x5dee_ce66_d7a1;
/// `FACTOR * INVERSE` leaves 1 when divided by 2^48.
const INVERSE: u64 = 0x8fc7_fab4_cc61;

/// Draws `length` characters of the alphabet.
pub(crate) fn letters(draws: Draws, alphabet: &str, length: usize) -> String {
    drawn(draws, alphabet, length).map(char::from).collect()
}

/// Appends `length` drawn characters of the alphabet.
pub(crate) fn push_letters(text: &mut Text, draws: Draws, alphabet: &str, length: usize) {
    drawn(draws, alphabet, length).for_each(|letter| text.push(letter));
}

/// Draws a UUID of version 4.
pub(crate) fn uuid(mut draws: Draws) -> Text {
    let (high, low) = (draws.draw(), draws.draw());
    uuid_of(high, low >> 48, low)
}

/// Draws the UUID of a number from 0 to 2^48 − 1, which can be read back.
pub(crate) fn numbered_uuid(number: i64, key: Draws) -> Text {
    let mut draws = key.at(number);
    let (high, low) = (draws.draw(), draws.draw());
    let node = number.cast_unsigned().wrapping_mul(FACTOR).wrapping_add(offset(key));
    uuid_of(high, low, node)
}

/// The number of a UUID that [`numbered_uuid`] drew; `None` for other text.
pub(crate) fn uuid_number(uuid: &str, key: Draws) -> Option<i64> {
    let (_, node) = uuid.rsplit_once('-')?;
    let node = u64::from_str_radix(node, 16).ok()?;
    let number = node.wrapping_sub(offset(key)).wrapping_mul(INVERSE) & NODE;
    let number = i64::try_from(number).ok()?;
    (*numbered_uuid(number, key) == *uuid).then_some(number)
}

fn drawn(mut draws: Draws, alphabet: &str, length: usize) -> impl Iterator<Item = u8> {
    (0..length).map(move |_| draws.pick(alphabet.as_bytes()))
}

fn uuid_of(high: u64, middle: u64, node: u64) -> Text {
    let mut text = Text::new();
    text.hex(high >> 32, 8);
    text.push(b'-');
    text.hex((high >> 16) & 0xffff, 4);
    text.push_str("-4");
    text.hex(high & 0xfff, 3);
    text.push(b'-');
    text.hex(0x8000 | (middle & 0x3fff), 4);
    text.push(b'-');
    text.hex(node & NODE, 12);
    text
}

fn offset(mut key: Draws) -> u64 {
    key.draw()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_the_alphabets() {
        let drawn = letters(Draws::new(1), HEX, 500);
        assert_eq!(drawn.len(), 500);
        assert!(HEX.chars().all(|letter| drawn.contains(letter)));
        assert!(drawn.chars().all(|letter| HEX.contains(letter)));
        let mut text = Text::new();
        push_letters(&mut text, Draws::new(1), HEX, 20);
        assert!(drawn.starts_with(&*text));
    }

    #[test]
    fn uuids_have_their_form() {
        for uuid in [uuid(Draws::new(3)), numbered_uuid(0, Draws::new(3))] {
            let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12]);
            assert_eq!(uuid.as_bytes()[14], b'4');
            assert!(b"89ab".contains(&uuid.as_bytes()[19]));
        }
    }

    #[test]
    fn numbers_of_uuids_are_read_back() {
        let key = Draws::new(8);
        for number in [0, 1, 77, 1 << 24, (63 << 24) + 5, (1 << 48) - 1] {
            assert_eq!(uuid_number(&numbered_uuid(number, key), key), Some(number));
        }
        for other in [&*uuid(key), "442afd28-35a9-4d32-9fef-828e66928fc4", "", "a-b", "-"] {
            assert_eq!(uuid_number(other, key), None, "{other}");
        }
    }
}
