//! YXT's signature: four headers, five minutes.

use common_signing::{Algorithm, HexCase, Scheme, Signature};

use crate::credentials::{YXT_APP_KEY, YXT_APP_SECRET};
use crate::journal::{NO_KNOWN_MISTAKE, SECRET, SignatureMismatch, clock_offset};
use crate::reply::Refusal;
use crate::request::Request;
use crate::vendor::Call;
use crate::vendor::yxt::Endpoint;
use crate::vendor::yxt::errors::unauthenticated;

/// How far a timestamp may be off, either way.
const WINDOW_SECONDS: i64 = 300;
/// Most characters of a nonce.
const NONCE_LENGTH: usize = 32;
/// Seconds that no clock shows before the year 5000: milliseconds were meant.
const MILLISECONDS: i64 = 100_000_000_000;

pub(super) fn check(call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
    let header = |name: &str| {
        let value = call.request.header(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| missing(call.request, name))
    };
    let (app_key, nonce) = (header("appkey")?, header("nonce")?);
    let (timestamp, received) = (header("timestamp")?, header("signature")?);
    if app_key != YXT_APP_KEY {
        return Err(unauthenticated("appkey", "Unknown app key."));
    }
    if nonce.chars().count() > NONCE_LENGTH {
        return Err(unauthenticated("nonce", "The nonce is too long."));
    }
    check_time(timestamp, call.now_ms)?;
    let expected = signature(Algorithm::Sha256, HexCase::Lower, nonce, timestamp);
    expected.verify(received).map_err(|_| {
        let text = format!("{app_key}{SECRET}{nonce}{timestamp}");
        let text = text.replace(YXT_APP_SECRET, SECRET);
        let hint = hint(nonce, timestamp, received);
        unauthenticated("signature", "Wrong signature.").signature(SignatureMismatch::new(
            &text,
            expected.as_str(),
            received,
            hint,
        ))
    })
}

fn missing(request: &Request, name: &str) -> Refusal {
    let fault = if request.headers.contains_key(name) { "empty or not ASCII" } else { "missing" };
    unauthenticated(name, &format!("Header {name} is {fault}."))
}

fn check_time(timestamp: &str, now_ms: i64) -> Result<(), Refusal> {
    let Ok(second) = timestamp.parse::<i64>() else {
        return Err(unauthenticated("timestamp", "The timestamp is not a number of seconds."));
    };
    if second > MILLISECONDS {
        return Err(unauthenticated("timestamp", "The timestamp has to be in seconds."));
    }
    let offset = second.saturating_sub(now_ms.div_euclid(1000));
    if offset.saturating_abs() <= WINDOW_SECONDS {
        return Ok(());
    }
    let offset_ms = offset.saturating_mul(1000);
    let mut refusal = unauthenticated("timestamp", "The timestamp is off by more than 5 minutes.");
    refusal.reason.text = clock_offset(offset_ms, "5 minutes");
    Err(refusal.clock_offset(offset_ms))
}

fn signature(algorithm: Algorithm, case: HexCase, nonce: &str, timestamp: &str) -> Signature {
    Scheme::new(algorithm, case).ordered([YXT_APP_KEY, YXT_APP_SECRET, nonce, timestamp])
}

/// The mistake that gives the signature received, among those that clients are known to make.
fn hint(nonce: &str, timestamp: &str, received: &str) -> &'static str {
    let gives = |expected: Signature| expected.as_str() == received;
    if gives(signature(Algorithm::Sha256, HexCase::Upper, nonce, timestamp)) {
        return "the digest has to be in lower case";
    }
    let lower = received.to_ascii_lowercase();
    let other = [Algorithm::Sha1, Algorithm::Md5]
        .into_iter()
        .any(|algorithm| signature(algorithm, HexCase::Lower, nonce, timestamp).as_str() == lower);
    if other {
        return "the digest has to be SHA-256";
    }
    let mut parts = [YXT_APP_KEY, YXT_APP_SECRET, nonce, timestamp];
    parts.sort_unstable();
    let sorted = Scheme::new(Algorithm::Sha256, HexCase::Lower).ordered(parts);
    if gives(sorted) {
        return "the parts are not sorted: app key, secret, nonce, timestamp";
    }
    let swapped = [YXT_APP_KEY, YXT_APP_SECRET, timestamp, nonce];
    if gives(Scheme::new(Algorithm::Sha256, HexCase::Lower).ordered(swapped)) {
        return "the nonce comes before the timestamp";
    }
    NO_KNOWN_MISTAKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_mistakes_are_named() {
        let (nonce, timestamp) = ("14314", "1408706337");
        let sha256 = |parts: [&str; 4]| {
            let signature = Scheme::new(Algorithm::Sha256, HexCase::Lower).ordered(parts);
            signature.as_str().to_owned()
        };
        let right = sha256([YXT_APP_KEY, YXT_APP_SECRET, nonce, timestamp]);
        let mut sorted = [YXT_APP_KEY, YXT_APP_SECRET, nonce, timestamp];
        sorted.sort_unstable();
        let sha1 = signature(Algorithm::Sha1, HexCase::Lower, nonce, timestamp);
        for (received, word) in [
            (right.to_uppercase(), "lower case"),
            (sha1.as_str().to_owned(), "SHA-256"),
            (sha256([YXT_APP_KEY, YXT_APP_SECRET, timestamp, nonce]), "before the timestamp"),
            (sha256(sorted), "sorted"),
        ] {
            let hint = hint(nonce, timestamp, &received);
            assert!(hint.contains(word), "{hint}");
        }
        assert_eq!(hint(nonce, timestamp, "45beb7cc"), NO_KNOWN_MISTAKE);
    }
}
