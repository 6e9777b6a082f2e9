use serde::{Deserialize, Deserializer};

use super::{Observation, note};

/// Reads a value. Members that nobody asks for are noted by their paths `within` the payload, if they are looked for.
pub(crate) fn read<'de, D, T>(json: D, within: Option<&str>) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let Some(within) = within else {
        return T::deserialize(json);
    };
    serde_ignored::deserialize(json, |path| {
        note(Observation::UnknownField(field_path(&format!("{within}.{path}"))));
    })
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
