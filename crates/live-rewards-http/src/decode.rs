use std::collections::BTreeMap;

use bytes::Bytes;
use live_rewards_core::{Error, ErrorKind, Result};
use serde_json::{Deserializer, value::RawValue};
use serde_path_to_error::Track;

use crate::{
    Endpoint, Shape,
    reason::reason,
    wire::{self, Care, Observation, PayloadMembers},
};

/// A decoded payload, and what was noticed on the way.
pub(crate) struct Decoded<T> {
    pub(crate) output: T,
    pub(crate) observations: Vec<Observation>,
    /// Rows that could not be decoded.
    pub(crate) rejected: usize,
}

/// Decodes a payload: once, plainly; if that fails once more with care, row by row, so that a bad row is rejected
/// with its reason and the others survive. Either way members that the spec doesn't know are noted, if they are looked for.
pub(crate) fn decode<E: Endpoint>(
    payload: &Bytes,
    look_for_fields: bool,
) -> Result<Decoded<E::Output>> {
    let nothing = matches!(payload.as_ref(), b"[]" | b"null" | b"\"\"");
    if (nothing || E::INFO.shape == Shape::Nothing)
        && let Some(output) = E::empty()
    {
        return Ok(Decoded { output, observations: Vec::new(), rejected: 0 });
    }
    let (payload, beside) = match E::INFO.shape {
        Shape::Object => (object(payload)?, Vec::new()),
        Shape::List | Shape::Nothing => (&payload[..], Vec::new()),
        Shape::ListIn(member) => list_in(payload, member)?,
    };
    let note_beside = || {
        if look_for_fields {
            for name in &beside {
                wire::note_field(name);
            }
        }
    };
    let (plain, noticed) = wire::observe(Care::Plain, || {
        note_beside();
        wire::read(&mut Deserializer::from_slice(payload), look_for_fields.then_some(""))
    });
    if let Ok(output) = plain {
        return Ok(Decoded { output, observations: noticed.observations, rejected: 0 });
    }
    let within = look_for_fields.then(|| PayloadMembers::of(payload));
    let mut track = Track::new();
    let (careful, noticed) = wire::observe(Care::RowByRow { within }, || {
        note_beside();
        let mut json = Deserializer::from_slice(payload);
        let json = serde_path_to_error::Deserializer::new(&mut json, &mut track);
        wire::read(json, look_for_fields.then_some(""))
    });
    match careful {
        Ok(output) => {
            Ok(Decoded { output, observations: noticed.observations, rejected: noticed.rejected })
        }
        Err(error) => Err(unreadable(&format!("{}: {}", track.path(), reason(&error)))),
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

/// The list that a payload is or that its object has as this member, and the names of the object's other members. An object without
/// any has no rows.
fn list_in<'a>(payload: &'a [u8], member: &str) -> Result<(&'a [u8], Vec<String>)> {
    if payload.first() != Some(&b'{') {
        return Ok((payload, Vec::new()));
    }
    let mut members: BTreeMap<String, &RawValue> =
        serde_json::from_slice(payload).map_err(|error| unreadable(&reason(&error)))?;
    match members.remove(member) {
        Some(list) => Ok((list.get().as_bytes(), members.into_keys().collect())),
        None if members.is_empty() => Ok((payload, Vec::new())),
        None => Err(unreadable(&format!("missing field `{member}`"))),
    }
}

fn unreadable(what: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("the answer can't be read: {what}"))
}
