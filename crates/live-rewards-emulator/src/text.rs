//! Short text that needs no memory of its own.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

/// Most bytes of a [`Text`]: more than any id or time of the vendors' has.
const CAPACITY: usize = 64;
/// Digits of the largest number.
const DIGITS: usize = 20;

/// Up to 64 bytes of ASCII: the ids and times that make up a row. What doesn't fit is left out.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0 }
    }

    /// Appends one character.
    pub(crate) fn push(&mut self, character: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = character;
            self.length += 1;
        }
    }

    /// Appends text.
    pub(crate) fn push_str(&mut self, text: &str) {
        self.push_bytes(text.as_bytes());
    }

    /// Appends a number in decimal, with zeros in front of it up to `width` digits.
    pub(crate) fn decimal(&mut self, number: u64, width: usize) {
        self.digits::<10>(number, width);
    }

    /// Appends a number in lower-case hex, with zeros in front of it up to `width` digits.
    pub(crate) fn hex(&mut self, number: u64, width: usize) {
        self.digits::<16>(number, width);
    }

    fn push_bytes(&mut self, bytes: &[u8]) {
        let end = self.length + bytes.len();
        if let Some(place) = self.bytes.get_mut(self.length..end) {
            place.copy_from_slice(bytes);
            self.length = end;
        }
    }

    fn digits<const BASE: u64>(&mut self, mut number: u64, width: usize) {
        let mut digits = [b'0'; DIGITS];
        let mut count = 0;
        for place in digits.iter_mut().rev() {
            if number == 0 && count >= width.max(1) {
                break;
            }
            *place = digit(number % BASE);
            number /= BASE;
            count += 1;
        }
        self.push_bytes(digits.get(DIGITS - count..).unwrap_or_default());
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.bytes
            .get(..self.length)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

fn digit(value: u64) -> u8 {
    usize::try_from(value)
        .ok()
        .and_then(|position| b"0123456789abcdef".get(position))
        .copied()
        .unwrap_or(b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_padded_and_never_cut() {
        let mut text = Text::new();
        text.decimal(7, 3);
        text.push(b'-');
        text.decimal(1234, 2);
        text.push(b'-');
        text.decimal(0, 0);
        text.push_str("-0x");
        text.hex(0xbeef, 6);
        assert_eq!(&*text, "007-1234-0-0x00beef");

        let mut largest = Text::new();
        largest.decimal(u64::MAX, 1);
        assert_eq!(&*largest, "18446744073709551615");
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut text = Text::new();
        text.push_str(&"a".repeat(60));
        text.push_str("bbbbb");
        assert_eq!(text.len(), 60);
        text.push_str("cccc");
        text.push(b'd');
        assert_eq!((text.len(), text.ends_with("cccc")), (64, true));
    }
}
