use bytes::Bytes;
use live_rewards_core::{Error, ErrorKind, Result};
use serde_json::Deserializer;

use crate::{
    Endpoint, Shape,
    reason::reason,
    wire::{self, Observation},
};

/// Decodes a payload: once, plainly; if that fails once more with care, row by row, so that a bad row is rejected
/// with its reason and the others survive. What was noticed on the way comes along.
pub(crate) fn decode<E: Endpoint>(
    payload: &Bytes,
    look_for_fields: bool,
) -> Result<(E::Output, Vec<Observation>)> {
    let payload = match (E::INFO.shape, payload.as_ref()) {
        // What PHP and error paths send for an object without members.
        (Shape::Object, b"[]" | b"null" | b"\"\"") => b"{}",
        (_, payload) => payload,
    };
    let (plain, observations) = wire::observe(wire::Care::Plain, || {
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
        return Ok((output, observations));
    }
    let (careful, observations) = wire::observe(wire::Care::RowByRow, || {
        serde_path_to_error::deserialize(&mut Deserializer::from_slice(payload))
    });
    match careful {
        Ok(output) => Ok((output, observations)),
        Err(error) => {
            let what = format!("{}: {}", error.path(), reason(error.inner()));
            Err(Error::new(
                ErrorKind::Decode,
                format!("the answer can't be read: {what}"),
            ))
        }
    }
}

/// A member's path with `*` for every index: a field is one field in whichever row it stands.
fn field_path(path: &str) -> String {
    let is_index = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<_> = path
        .split('.')
        .filter(|part| *part != "?")
        .map(|part| if is_index(part) { "*" } else { part })
        .collect();
    parts.join(".")
}
