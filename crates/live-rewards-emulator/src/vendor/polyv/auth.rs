//! Polyv's signature: every parameter between two copies of the secret, for three minutes.

use common_signing::{Algorithm, HexCase, Scheme};

use crate::credentials::{POLYV_APP_ID, POLYV_APP_SECRET};
use crate::vendor::Call;
use crate::vendor::polyv::Endpoint;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::nonces::Nonces;

/// How far a timestamp may be off, either way.
const WINDOW_MS: i64 = 180_000;

pub(super) fn check(nonces: &Nonces, call: &Call<'_, Endpoint>) -> Result<(), Fault> {
    match call.parameters.text("appId") {
        None => return Err(Fault::NoApplication),
        Some(POLYV_APP_ID) => {}
        Some(_) => return Err(Fault::UnknownApplication),
    }
    let timestamp = call
        .parameters
        .integer("timestamp")
        .ok_or(Fault::InvalidTimestamp)?;
    let age = call.now_ms.saturating_sub(timestamp);
    if age > WINDOW_MS {
        return Err(Fault::StaleTimestamp);
    }
    if age < -WINDOW_MS {
        return Err(Fault::InvalidTimestamp);
    }
    check_signature(call)?;
    // Whoever can't sign can't use up a nonce.
    match call.parameters.text("signatureNonce") {
        Some(nonce) if !nonces.take(nonce, call.now_ms, call.now_ms + 2 * WINDOW_MS) => {
            Err(Fault::UsedNonce)
        }
        _ => Ok(()),
    }
}

/// All query parameters that aren't empty are signed, `signatureMethod` among them.
fn check_signature(call: &Call<'_, Endpoint>) -> Result<(), Fault> {
    let algorithm = match call.parameters.text("signatureMethod") {
        None | Some("MD5") => Algorithm::Md5,
        Some("SHA256") => Algorithm::Sha256,
        Some(_) => return Err(Fault::InvalidSignature),
    };
    let presented = call.parameters.text("sign").unwrap_or_default();
    let signed = call
        .request
        .query
        .iter()
        .filter(|(name, value)| name != "sign" && !value.is_empty())
        .map(|(name, value)| (name.as_str(), value.as_str()));
    Scheme::new(algorithm, HexCase::Upper)
        .enclosed(POLYV_APP_SECRET, signed)
        .verify(presented)
        .map_err(|_| Fault::InvalidSignature)
}
