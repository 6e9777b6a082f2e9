//! Plain digests: which hash, in which case, over which arrangement of the parts.

use std::iter;

use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::Sha256;

use crate::Signature;

/// Hash function of a [`Scheme`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// MD5: 32 hex digits.
    Md5,
    /// SHA-1: 40 hex digits.
    Sha1,
    /// SHA-256: 64 hex digits.
    Sha256,
}

/// Case of the letters in hex text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HexCase {
    /// `0123456789abcdef`.
    Lower,
    /// `0123456789ABCDEF`.
    Upper,
}

/// A digest and the case of its hex text.
///
/// Text is signed as its UTF-8 bytes and every part exactly as it is given: nothing is encoded,
/// trimmed or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scheme {
    algorithm: Algorithm,
    case: HexCase,
}

impl Scheme {
    /// Scheme of this digest, written in this case.
    pub const fn new(algorithm: Algorithm, case: HexCase) -> Self {
        Self { algorithm, case }
    }

    /// The hash function.
    pub const fn algorithm(self) -> Algorithm {
        self.algorithm
    }

    /// The case of the hex text.
    pub const fn case(self) -> HexCase {
        self.case
    }

    /// Digest of the parts one after the other, nothing between them.
    ///
    /// YXT's API calls are signed this way: app key, secret, nonce, timestamp.
    pub fn ordered<P>(self, parts: impl IntoIterator<Item = P>) -> Signature
    where
        P: AsRef<[u8]>,
    {
        match self.algorithm {
            Algorithm::Md5 => digest::<Md5, P>(self.case, parts),
            Algorithm::Sha1 => digest::<Sha1, P>(self.case, parts),
            Algorithm::Sha256 => digest::<Sha256, P>(self.case, parts),
        }
    }

    /// Digest of the parts sorted by their bytes, nothing between them.
    ///
    /// Xiaoe's message pushes are signed this way: token, timestamp, nonce, encrypted text.
    pub fn sorted<P>(self, parts: impl IntoIterator<Item = P>) -> Signature
    where
        P: AsRef<[u8]>,
    {
        let mut parts: Vec<P> = parts.into_iter().collect();
        parts.sort_unstable_by(|left, right| left.as_ref().cmp(right.as_ref()));
        self.ordered(parts)
    }

    /// Digest of secret, name, value, name, value …, secret, the parameters sorted by the bytes of
    /// their names.
    ///
    /// Polyv's API calls are signed this way. No parameter is dropped: to leave out those with an
    /// empty value is Polyv's rule and the caller's work. Parameters of one name keep the order in
    /// which they are given.
    pub fn enclosed<N, V>(
        self,
        secret: impl AsRef<[u8]>,
        parameters: impl IntoIterator<Item = (N, V)>,
    ) -> Signature
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]>,
    {
        let mut parameters: Vec<(N, V)> = parameters.into_iter().collect();
        parameters.sort_by(|(left, _), (right, _)| left.as_ref().cmp(right.as_ref()));
        let between = parameters.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]);
        let secret = iter::once(secret.as_ref());
        self.ordered(secret.clone().chain(between).chain(secret))
    }
}

fn digest<D, P>(case: HexCase, parts: impl IntoIterator<Item = P>) -> Signature
where
    D: Digest,
    P: AsRef<[u8]>,
{
    let mut hasher = D::new();
    for part in parts {
        hasher.update(part);
    }
    Signature::from_digest(&hasher.finalize(), case)
}
