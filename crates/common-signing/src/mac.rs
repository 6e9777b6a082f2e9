//! HMAC (RFC 2104) as hex text.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::{HexCase, Signature};

/// Hash function under an [`hmac()`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MacAlgorithm {
    /// HMAC-SHA-1: 40 hex digits.
    Sha1,
    /// HMAC-SHA-256: 64 hex digits.
    Sha256,
}

/// HMAC of the message under the key, as hex text.
///
/// The parts of the message are fed one after the other with nothing between them. The key may have
/// any length.
///
/// ```
/// use common_signing::{HexCase, MacAlgorithm, hmac};
///
/// let message = ["what do ya want ", "for nothing?"];
/// let signature = hmac(MacAlgorithm::Sha1, HexCase::Lower, "Jefe", message);
/// assert_eq!(signature.as_str(), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
/// ```
pub fn hmac<P>(
    algorithm: MacAlgorithm,
    case: HexCase,
    key: impl AsRef<[u8]>,
    message: impl IntoIterator<Item = P>,
) -> Signature
where
    P: AsRef<[u8]>,
{
    let key = key.as_ref();
    match algorithm {
        MacAlgorithm::Sha1 => code::<Hmac<Sha1>, P>(case, key, message),
        MacAlgorithm::Sha256 => code::<Hmac<Sha256>, P>(case, key, message),
    }
}

fn code<M, P>(case: HexCase, key: &[u8], message: impl IntoIterator<Item = P>) -> Signature
where
    M: Mac + KeyInit,
    P: AsRef<[u8]>,
{
    // The error belongs to the trait: HMAC pads a short key and hashes a long one.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else {
        unreachable!("HMAC takes a key of any length")
    };
    for part in message {
        mac.update(part.as_ref());
    }
    Signature::from_digest(&mac.finalize().into_bytes(), case)
}
