//! Digest and HMAC signing schemes of Chinese live-streaming platforms: sign and verify, with no
//! I/O, no clock and no random numbers.
//!
//! A [`Scheme`] is a digest and the case of its hex text; its three methods are the three ways in
//! which the platforms arrange what goes into the digest. [`hmac()`] is the keyed alternative. All
//! of them give a [`Signature`], which is either sent with a request or compared with the one that
//! came with a request. What is signed (which parameters, in which encoding, at what time) is the
//! caller's to decide.
//!
//! ```
//! use common_signing::{Algorithm, HexCase, Mismatch, Scheme};
//!
//! // Polyv: MD5 in upper case over the sorted parameters between two copies of the secret.
//! let scheme = Scheme::new(Algorithm::Md5, HexCase::Upper);
//! let parameters = [("timestamp", "1660270926732"), ("appId", "g4rqgmmjuo")];
//! let signature = scheme.enclosed("fsq2k5weced1h8vui657xtdva66whf0g", parameters);
//! assert_eq!(signature.as_str(), "0545CB7811874FB16247E9A0635B121F");
//!
//! // The side that receives the request computes the same and compares in constant time.
//! assert_eq!(signature.verify("0545CB7811874FB16247E9A0635B121F"), Ok(()));
//! assert_eq!(signature.verify("0545cb7811874fb16247e9a0635b121f"), Err(Mismatch));
//! ```
//!
//! # Secrets
//!
//! A secret goes from the caller's memory straight into the hash function: it is never copied into
//! a string to sign, kept, logged or shown, and a [`Signature`] hides its text from `Debug`.
//!
//! # Strength
//!
//! MD5 and SHA-1 are here because the platforms demand them, and a plain digest over parts that
//! stand next to each other does not say where one part ends: `ab` + `c` and `a` + `bc` have one
//! signature. Take [`hmac()`] with SHA-256 wherever the choice is yours.

mod mac;
mod scheme;
mod signature;

pub use mac::{MacAlgorithm, hmac};
pub use scheme::{Algorithm, HexCase, Scheme};
pub use signature::{Mismatch, Signature};
