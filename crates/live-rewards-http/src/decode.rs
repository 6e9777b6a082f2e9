use bytes::Bytes;
use live_rewards_core::{Error, ErrorKind, Result};
use serde_json::{Deserializer, value::RawValue};

use crate::{
    Endpoint, Shape,
    reason::reason,
    wire::{self, Care, Observation},
};

/// A decoded payload, and what was noticed on the way.
pub(crate) struct Decoded<T> {
    pub(crate) output: T,
    pub(crate) observations: Vec<Observation>,
    /// Rows that could not be decoded.
    pub(crate) rejected: usize,
}

/// Decodes a payload: once, plainly; if that fails once more with care, row by row, so that a bad row is rejected
/// with its reason and the others survive.
pub(crate) fn decode<E: Endpoint>(
    payload: &Bytes,
    look_for_fields: bool,
) -> Result<Decoded<E::Output>> {
    if let (b"[]" | b"null" | b"\"\"", Some(output)) = (payload.as_ref(), E::empty()) {
        return Ok(Decoded { output, observations: Vec::new(), rejected: 0 });
    }
    let payload = match E::INFO.shape {
        Shape::Object => object(payload)?,
        Shape::List => payload,
    };
    let (plain, noticed) = wire::observe(Care::Plain, || {
        let mut json = Deserializer::from_slice(payload);
        if look_for_fields {
            serde_ignored::deserialize(&mut json, |path| {
                wire::note(Observation::UnknownField(field_path(&path.to_string())));
            })
        } else {
            serde::Deserialize::deserialize(&mut json)
        }
    });
    if let Ok(output) = plain {
        return Ok(Decoded { output, observations: noticed.observations, rejected: 0 });
    }
    let (careful, noticed) = wire::observe(Care::RowByRow, || {
        serde_path_to_error::deserialize(&mut Deserializer::from_slice(payload))
    });
    match careful {
        Ok(output) => {
            Ok(Decoded { output, observations: noticed.observations, rejected: noticed.rejected })
        }
        Err(error) => Err(unreadable(&format!("{}: {}", error.path(), reason(error.inner())))),
    }
}

/// The object that a payload is, or that a list of one holds: tables call some objects arrays. Serde itself would read any list
/// as an object's members in their order.
fn object(payload: &[u8]) -> Result<&[u8]> {
    if payload.first() != Some(&b'[') {
        return Ok(payload);
    }
    match serde_json::from_slice::<[&RawValue; 1]>(payload) {
        Ok([object]) if object.get().starts_with('{') => Ok(object.get().as_bytes()),
        _ => Err(unreadable("expected an object, got a list")),
    }
}

fn unreadable(what: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("the answer can't be read: {what}"))
}

/// A member's path with `*` for every index, since a field is one field in whichever row it stands, and for every name that is none of
/// a spec: names are shown, and there are objects whose members are named after users.
fn field_path(path: &str) -> String {
    let parts: Vec<_> = path
        .split('.')
        .filter(|part| *part != "?")
        .map(|part| if is_field_name(part) { part } else { "*" })
        .collect();
    parts.join(".")
}

fn is_field_name(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=40).contains(&part.len()) && part.bytes().all(plain) && digits <= 3 && digits < part.len()
}
