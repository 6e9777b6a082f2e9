//! The text of a digest, and its comparison with a text that somebody presents.

use std::error::Error;
use std::fmt;
use std::str;

use subtle::ConstantTimeEq;

use crate::HexCase;

/// Hex digits of the longest digest, SHA-256.
const CAPACITY: usize = 64;

/// Hex text of a digest.
///
/// Whoever knows it can send the request that it signs, so `Debug` shows none of it and there is no
/// `Display`: who needs the text asks for it with [`as_str`](Self::as_str). There is no `PartialEq`
/// either, because it would not run in constant time: see [`verify`](Self::verify).
#[derive(Clone)]
pub struct Signature {
    text: [u8; CAPACITY],
    length: usize,
}

impl Signature {
    /// Hex text of a digest of at most 32 bytes.
    pub(crate) fn from_digest(digest: &[u8], case: HexCase) -> Self {
        debug_assert!(digest.len() * 2 <= CAPACITY, "the digest is too long");
        let mut text = [0; CAPACITY];
        let (pairs, _) = text.as_chunks_mut::<2>();
        let mut length = 0;
        for (pair, byte) in pairs.iter_mut().zip(digest) {
            *pair = [hex_digit(byte >> 4, case), hex_digit(byte & 0x0f, case)];
            length += pair.len();
        }
        Self { text, length }
    }

    /// The text, 32 to 64 hex digits.
    pub fn as_str(&self) -> &str {
        // Hex digits are UTF-8: the empty text is never taken.
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// Compares with the signature that came with a request, exactly, including the case.
    ///
    /// The time taken depends on the length of `presented` alone, never on where it differs.
    ///
    /// # Errors
    ///
    /// [`Mismatch`] if the two differ in any character or in length.
    pub fn verify(&self, presented: &str) -> Result<(), Mismatch> {
        if self.as_bytes().ct_eq(presented.as_bytes()).into() { Ok(()) } else { Err(Mismatch) }
    }

    fn as_bytes(&self) -> &[u8] {
        self.text.get(..self.length).unwrap_or(&self.text)
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Signature(..)")
    }
}

/// The signature is not the one that the secret and the signed parts give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the signature does not match")
    }
}

impl Error for Mismatch {}

fn hex_digit(nibble: u8, case: HexCase) -> u8 {
    match (nibble, case) {
        (0..=9, _) => b'0' + nibble,
        (_, HexCase::Lower) => b'a' + (nibble - 10),
        (_, HexCase::Upper) => b'A' + (nibble - 10),
    }
}
