//! YXT's signature: four headers, five minutes.

use common_signing::{Algorithm, HexCase, Scheme};

use crate::credentials::{YXT_APP_KEY, YXT_APP_SECRET};
use crate::reply::Refusal;
use crate::vendor::Call;
use crate::vendor::yxt::Endpoint;
use crate::vendor::yxt::errors::unauthenticated;

/// How far a timestamp may be off, either way.
const WINDOW_SECONDS: i64 = 300;
/// Most characters of a nonce.
const NONCE_LENGTH: usize = 32;

pub(super) fn check(call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
    let header = |name: &str| {
        call.request
            .header(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| unauthenticated(&format!("Header {name} is missing.")))
    };
    let (app_key, nonce) = (header("appkey")?, header("nonce")?);
    let (timestamp, signature) = (header("timestamp")?, header("signature")?);
    if app_key != YXT_APP_KEY {
        return Err(unauthenticated("Unknown app key."));
    }
    if nonce.chars().count() > NONCE_LENGTH {
        return Err(unauthenticated("The nonce is too long."));
    }
    let second: i64 = timestamp
        .parse()
        .map_err(|_| unauthenticated("The timestamp is not a number of seconds."))?;
    if call.now().saturating_sub(second).saturating_abs() > WINDOW_SECONDS {
        return Err(unauthenticated(
            "The timestamp is off by more than 5 minutes.",
        ));
    }
    Scheme::new(Algorithm::Sha256, HexCase::Lower)
        .ordered([app_key, YXT_APP_SECRET, nonce, timestamp])
        .verify(signature)
        .map_err(|_| unauthenticated("Wrong signature."))
}
