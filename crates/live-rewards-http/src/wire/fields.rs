use std::{collections::BTreeMap, ops::Range};

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Observation, note};

/// The members of a payload, and where in memory they stand. By that a row that is read apart is told whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PayloadMembers(Vec<(String, Range<usize>)>);

impl PayloadMembers {
    /// Those of a payload; a list has none.
    pub(crate) fn of(payload: &[u8]) -> Self {
        let members: BTreeMap<String, &RawValue> =
            serde_json::from_slice(payload).unwrap_or_default();
        Self(members.into_iter().map(|(name, value)| (name, place(value))).collect())
    }

    /// Name of the member that a value of the payload is or stands in; nothing if it stands in none.
    pub(crate) fn holder(&self, value: &RawValue) -> &str {
        let at = place(value).start;
        let holder = self.0.iter().find(|(_, member)| member.contains(&at));
        holder.map_or("", |(name, _)| name)
    }
}

fn place(value: &RawValue) -> Range<usize> {
    let Range { start, end } = value.get().as_bytes().as_ptr_range();
    start.addr()..end.addr()
}

/// Reads a value. Members that nobody asks for are noted by their paths `within` the payload, if they are looked for.
pub(crate) fn read<'de, D, T>(json: D, within: Option<&str>) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let Some(within) = within else {
        return T::deserialize(json);
    };
    serde_ignored::deserialize(json, |path| note_field(&format!("{within}.{path}")))
}

/// Notes a member that nobody asks for.
pub(crate) fn note_field(path: &str) {
    note(Observation::UnknownField(field_path(path)));
}

/// A member's path with `*` for every index, since a field is one field in whichever row it stands, and for every name that is none of
/// a spec: names are shown, and there are objects whose members are named after users.
fn field_path(path: &str) -> String {
    let parts: Vec<_> = path
        .split('.')
        .filter(|part| !matches!(*part, "" | "?"))
        .map(|part| if is_field_name(part) { part } else { "*" })
        .collect();
    parts.join(".")
}

fn is_field_name(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=40).contains(&part.len()) && part.bytes().all(plain) && digits <= 3 && digits < part.len()
}
