//! Polyv's signature: every parameter between two copies of the secret, for three minutes.

use common_signing::{Algorithm, HexCase, Scheme, Signature};

use crate::credentials::{POLYV_APP_ID, POLYV_APP_SECRET};
use crate::journal::{NO_KNOWN_MISTAKE, SECRET, SignatureMismatch, masked};
use crate::parameters::Parameters;
use crate::vendor::Call;
use crate::vendor::polyv::Endpoint;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::nonces::{Nonces, Refused};

/// How far a timestamp may be off, either way.
const WINDOW_MS: i64 = 180_000;

/// What isn't signed, by its value, and what there is to say of it: as the vendor's rule has it, its
/// client in Java, and the one in TypeScript, which signs everything.
const LEFT_OUT: [(IsLeftOut, Option<&str>); 3] = [
    (str::is_empty, None),
    (|value| value.trim().is_empty(), Some("blanks aren't signed; the vendor's rule signs them")),
    (|_| false, Some("empty values are signed; the vendor's rule leaves them out")),
];

/// Whether a value isn't signed.
type IsLeftOut = fn(&str) -> bool;

/// Names and values of parameters.
type Pairs = Vec<(String, String)>;

pub(super) fn check(nonces: &Nonces, call: &Call<'_, Endpoint>) -> Result<(), Fault> {
    let given = call.request.pairs(call.route.place);
    // Nothing of a JSON body is signed.
    let signed = Parameters::from_pairs(&given);
    match signed.text("appId") {
        None => return Err(Fault::NoApplication),
        Some(POLYV_APP_ID) => {}
        Some(_) => return Err(Fault::UnknownApplication),
    }
    let timestamp = signed.integer("timestamp").ok_or(Fault::NoTimestamp)?;
    let offset_ms = timestamp.saturating_sub(call.now_ms);
    if offset_ms < -WINDOW_MS {
        return Err(Fault::StaleTimestamp(offset_ms));
    }
    if offset_ms > WINDOW_MS {
        return Err(Fault::EarlyTimestamp(offset_ms));
    }
    check_signature(&given, &call.request.body)?;
    // Whoever can't sign can't use up a nonce.
    match signed.text("signatureNonce") {
        None => Ok(()),
        Some(nonce) => {
            nonces.take(nonce, call.now_ms, call.now_ms + 2 * WINDOW_MS).map_err(|refused| {
                match refused {
                    Refused::Used => Fault::UsedNonce,
                    Refused::TooLong => Fault::LongNonce,
                }
            })
        }
    }
}

/// What there is to say of a signature that is accepted, though the rule has another.
pub(super) fn remark(given: &[(String, String)]) -> Option<&'static str> {
    // Without blanks there is no other.
    if given.iter().all(|(_, value)| !value.trim().is_empty()) {
        return None;
    }
    let place = accepted(given, algorithm(given)?)?;
    LEFT_OUT.get(place).and_then(|(_, remark)| *remark)
}

/// All parameters that aren't empty are signed, `signatureMethod` among them. What the vendor's own
/// clients make of empty ones is taken, too. Nothing of a JSON `body` is signed.
fn check_signature(given: &[(String, String)], body: &[u8]) -> Result<(), Fault> {
    let algorithm = algorithm(given).ok_or(Fault::UnknownDigest)?;
    if accepted(given, algorithm).is_some() {
        return Ok(());
    }
    let received = value(given, "sign");
    let signed = without(given, str::is_empty);
    let expected = signature(algorithm, &signed);
    let hint = hint(&signed, body, algorithm, received, &expected);
    let text = string_to_sign(&signed);
    let mismatch = SignatureMismatch::new(&text, expected.as_str(), received, hint);
    Err(Fault::InvalidSignature(Box::new(mismatch)))
}

/// Which of the accepted signatures was received, by its place in [`LEFT_OUT`].
fn accepted(given: &[(String, String)], algorithm: Algorithm) -> Option<usize> {
    let received = value(given, "sign");
    LEFT_OUT.iter().position(|(left_out, _)| {
        signature(algorithm, &without(given, *left_out)).verify(received).is_ok()
    })
}

/// The digest that is asked for; `None` if there is no such.
fn algorithm(given: &[(String, String)]) -> Option<Algorithm> {
    match value(given, "signatureMethod") {
        "" | "MD5" => Some(Algorithm::Md5),
        "SHA256" => Some(Algorithm::Sha256),
        _ => None,
    }
}

/// First value of a parameter.
fn value<'a>(given: &'a [(String, String)], name: &str) -> &'a str {
    let mut values = given.iter().filter(|(known, _)| known == name);
    values.next().map_or("", |(_, value)| value)
}

/// What is signed: neither the signature nor what is left out.
fn without(given: &[(String, String)], left_out: fn(&str) -> bool) -> Pairs {
    given.iter().filter(|(name, value)| name != "sign" && !left_out(value)).cloned().collect()
}

fn signature(algorithm: Algorithm, signed: &[(String, String)]) -> Signature {
    let pairs = signed.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Scheme::new(algorithm, HexCase::Upper).enclosed(POLYV_APP_SECRET, pairs)
}

/// What the digest is taken of, without the secret, and without what others' secrets may be.
fn string_to_sign(signed: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = signed.iter().collect();
    sorted.sort_by(|(left, _), (right, _)| left.cmp(right));
    let between: String =
        sorted.into_iter().flat_map(|(name, value)| masked(name, value)).collect();
    format!("{SECRET}{}{SECRET}", between.replace(POLYV_APP_SECRET, SECRET))
}

/// The mistake that gives the signature received, among those that clients are known to make.
fn hint(
    signed: &[(String, String)],
    body: &[u8],
    algorithm: Algorithm,
    received: &str,
    expected: &Signature,
) -> &'static str {
    if received.is_empty() {
        return "the parameter sign is missing";
    }
    if expected.as_str().eq_ignore_ascii_case(received) {
        return "the digest has to be in upper case";
    }
    let matches = |algorithm, pairs: &[(String, String)]| {
        signature(algorithm, pairs).as_str().eq_ignore_ascii_case(received)
    };
    let other = if algorithm == Algorithm::Md5 { Algorithm::Sha256 } else { Algorithm::Md5 };
    if matches(other, signed) {
        return "the digest is not the one that signatureMethod names, MD5 without it";
    }
    let mut changed = signed.to_vec();
    changed.retain(|(name, _)| name != "signatureMethod");
    if matches(algorithm, &changed) {
        return "signatureMethod is a parameter, too, and has to be signed";
    }
    let mut changed = signed.to_vec();
    for (_, value) in &mut changed {
        *value = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    }
    if matches(algorithm, &changed) {
        return "values have to be signed as they are, not as they are encoded in the URL";
    }
    let mut changed = signed.to_vec();
    let unsigned = Parameters::from_json(body).unwrap_or_default();
    let members = unsigned.texts().filter(|(name, value)| *name != "sign" && !value.is_empty());
    changed.extend(members.map(|(name, value)| (name.to_owned(), value.into_owned())));
    if changed.len() > signed.len() && matches(algorithm, &changed) {
        return "the parameters of a JSON body are not signed, only those of the query";
    }
    NO_KNOWN_MISTAKE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Pairs {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    const GIVEN: &[(&str, &str)] =
        &[("timestamp", "1660270926732"), ("appId", "a"), ("page", ""), ("note", "红 &")];

    /// Mismatch for a signature over these, sent with the parameters above.
    fn mismatch(algorithm: Algorithm, signed: &[(&str, &str)]) -> SignatureMismatch {
        let sign = signature(algorithm, &pairs(signed));
        let mut given = pairs(GIVEN);
        given.push(("sign".to_owned(), sign.as_str().to_owned()));
        match check_signature(&given, b"") {
            Err(Fault::InvalidSignature(mismatch)) => *mismatch,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_string_to_sign_is_shown_without_the_secret() {
        let given = [("b", "2"), ("a", POLYV_APP_SECRET), ("B", "1")];
        assert_eq!(string_to_sign(&pairs(&given)), "[secret]B1a[secret]b2[secret]");
        let mismatch = mismatch(Algorithm::Md5, &[]);
        let text = "[secret]appIdanote红 &timestamp1660270926732[secret]";
        assert_eq!(mismatch.string_to_sign, text);
        assert_eq!((mismatch.expected.len(), mismatch.received.len()), (6, 6));
        assert_eq!(mismatch.hint, Some(NO_KNOWN_MISTAKE));
    }

    #[test]
    fn known_mistakes_are_named() {
        let right = [("timestamp", "1660270926732"), ("appId", "a"), ("note", "红 &")];
        let encoded = [("timestamp", "1660270926732"), ("appId", "a"), ("note", "%E7%BA%A2+%26")];
        for (algorithm, signed, word) in [
            (Algorithm::Sha256, right.as_slice(), "signatureMethod names"),
            (Algorithm::Md5, encoded.as_slice(), "encoded"),
        ] {
            let hint = mismatch(algorithm, signed).hint.unwrap();
            assert!(hint.contains(word), "{hint}");
        }
        let mut given = pairs(&right);
        let sign = signature(Algorithm::Md5, &given).as_str().to_lowercase();
        given.push(("sign".to_owned(), sign));
        let refused = check_signature(&given, b"");
        let Err(Fault::InvalidSignature(mismatch)) = refused else { panic!() };
        assert!(mismatch.hint.unwrap().contains("upper case"));
    }

    #[test]
    fn a_body_that_was_signed_is_named() {
        let body = br#"{"pageSize":7,"channelIds":["1","2"],"none":""}"#;
        let signed = [("appId", "a"), ("pageSize", "7"), ("channelIds", "1,2")];
        let sign = signature(Algorithm::Md5, &pairs(&signed));
        let given = pairs(&[("appId", "a"), ("sign", sign.as_str())]);
        let refused = check_signature(&given, body);
        let Err(Fault::InvalidSignature(mismatch)) = refused else { panic!() };
        assert!(mismatch.hint.unwrap().contains("JSON body"));
        assert_eq!(mismatch.string_to_sign, "[secret]appIda[secret]");
    }

    #[test]
    fn what_may_be_the_secret_of_another_is_masked() {
        let given = [
            ("access_token", "REAL"),
            ("appSecret", "REAL"),
            ("signatureMethod", "MD5"),
            ("{\"appSecret\":\"REAL\"}", "1"),
        ];
        assert_eq!(
            string_to_sign(&pairs(&given)),
            "[secret]access_token[masked]appSecret[masked]signatureMethodMD5[masked][masked][secret]"
        );
    }

    #[test]
    fn what_says_nothing_may_be_signed_or_left_out() {
        let given = pairs(&[("appId", "a"), ("note", " "), ("page", "")]);
        for (signed, is_taken, remarked) in [
            (&[("appId", "a"), ("note", " ")][..], true, None),
            (&[("appId", "a")][..], true, Some("blanks aren't signed")),
            (&[("appId", "a"), ("note", " "), ("page", "")][..], true, Some("empty values are")),
            // No client signs the empty one and leaves the blank one out.
            (&[("appId", "a"), ("page", "")][..], false, None),
        ] {
            let mut given = given.clone();
            let sign = signature(Algorithm::Md5, &pairs(signed));
            given.push(("sign".to_owned(), sign.as_str().to_owned()));
            let checked = check_signature(&given, b"");
            assert_eq!(checked.is_ok(), is_taken, "{signed:?}");
            let remark = remark(&given);
            assert_eq!(remark.is_some(), remarked.is_some(), "{signed:?}");
            assert!(remarked.is_none_or(|word| remark.unwrap().contains(word)));
        }
    }
}
