use std::{collections::HashMap, fmt, marker::PhantomData, ops::Deref};

use live_rewards_core::RejectedRow;
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use serde_path_to_error::Track;

use crate::{
    reason::reason,
    wire::{self, Care},
};

/// The rows of a page: those that could be decoded, and those that could not.
///
/// `null` is no rows, and so are `{}` and `""`, which some back ends send for an empty list. Iterating passes the rejected rows
/// over; they were reported by a tracing event.
#[derive(Clone, Debug)]
pub struct Rows<T> {
    /// The decoded rows, in the vendor's order.
    pub items: Vec<T>,
    /// The rows that could not be decoded.
    pub rejected: Vec<RejectedRow>,
}

impl<T> Rows<T> {
    /// How many rows the vendor sent.
    pub fn received(&self) -> usize {
        self.items.len() + self.rejected.len()
    }

    /// Maps the rows. One for which `map` gives an error (the reason, and what is to be shown of the row) is rejected at its place among
    /// those that could not be decoded; one for which it gives `None` is left out.
    pub fn try_map<R>(
        self,
        mut map: impl FnMut(T) -> Result<Option<R>, (String, String)>,
    ) -> (Vec<R>, Vec<RejectedRow>) {
        let (mut items, mut rejected) = (Vec::with_capacity(self.items.len()), Vec::new());
        let mut undecoded = self.rejected.into_iter().peekable();
        let mut received = 0;
        for item in self.items {
            while let Some(row) = undecoded.next_if(|row| row.position <= received) {
                reject(&mut rejected, items.len(), row);
                received += 1;
            }
            match map(item) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => {}
                Err((reason, raw)) => {
                    reject(&mut rejected, items.len(), RejectedRow::new(0, reason, raw));
                }
            }
            received += 1;
        }
        for row in undecoded {
            reject(&mut rejected, items.len(), row);
        }
        (items, rejected)
    }

    /// A member of the last row as JSON text; `null` is none. The row may be a rejected one: a listing goes on behind it nevertheless.
    pub fn last_json(&self, name: &str, of: impl FnOnce(&T) -> Option<String>) -> Option<String> {
        match self.rejected.last().filter(|row| row.position + 1 >= self.received()) {
            Some(row) => member(&row.raw, name),
            None => self.items.last().and_then(of),
        }
    }

    /// Takes a row that was read apart, if it is one, or rejects it.
    fn take(&mut self, raw: &RawValue, read: Result<Option<T>, String>) {
        match read {
            Ok(row) => self.items.extend(row),
            Err(reason) => {
                wire::reject();
                let raw = raw.get().replace(wire::NO_TEXT, "?");
                self.rejected.push(RejectedRow::new(self.received(), reason, raw));
            }
        }
    }
}

/// Adds a row that stands behind so many items.
fn reject(rejected: &mut Vec<RejectedRow>, items: usize, mut row: RejectedRow) {
    row.position = items + rejected.len();
    rejected.push(row);
}

fn member(object: &str, name: &str) -> Option<String> {
    let mut members: HashMap<String, &RawValue> = serde_json::from_str(object).ok()?;
    Some(members.remove(name)?.get()).filter(|json| *json != "null").map(str::to_owned)
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { items: Vec::new(), rejected: Vec::new() }
    }
}

impl<T> Deref for Rows<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for Rows<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    /// The decoded rows.
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowsVisitor(PhantomData))
    }
}

struct RowsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for RowsVisitor<T> {
    type Value = Rows<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut rows = Rows::default();
        let Care::RowByRow { within } = wire::care() else {
            while let Some(wire::Object(row)) = seq.next_element()? {
                wire::most_rows(rows.items.len())?;
                rows.items.push(row);
            }
            return Ok(rows);
        };
        let mut path = None;
        while let Some(raw) = seq.next_element::<&RawValue>()? {
            wire::most_rows(rows.received())?;
            if let (None, Some(members)) = (&path, &within) {
                path = Some(format!("{}.*", members.holder(raw)));
            }
            let row = read_apart(raw, path.as_deref());
            rows.take(raw, row.map(|wire::Object(row)| Some(row)));
        }
        Ok(rows)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Rows::default())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() {
            Ok(Rows::default())
        } else {
            Err(E::custom("expected a list of rows"))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_key::<&str>()? {
            None => Ok(Rows::default()),
            Some(_) => Err(A::Error::custom("expected a list of rows, got an object")),
        }
    }
}

/// An object that is read like a row: one that can't be read doesn't spoil what stands beside it. `null`, `[]` and `""` are none.
pub fn row<'de, D, T>(deserializer: D) -> Result<Rows<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let mut rows = Rows::<T>::default();
    let Care::RowByRow { within } = wire::care() else {
        rows.items.extend(wire::optional::object::<_, T>(deserializer)?);
        return Ok(rows);
    };
    let raw = <&RawValue>::deserialize(deserializer)?;
    let row = read_apart(raw, within.as_ref().map(|members| members.holder(raw)));
    rows.take(raw, row.map(|wire::Maybe(row)| row));
    Ok(rows)
}

fn read_apart<'de, T: Deserialize<'de>>(
    raw: &'de RawValue,
    within: Option<&str>,
) -> Result<T, String> {
    let mut json = serde_json::Deserializer::from_str(raw.get());
    let mut track = Track::new();
    wire::read(serde_path_to_error::Deserializer::new(&mut json, &mut track), within)
        .map_err(|error| format!("{}: {}", track.path(), reason(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(kinds: &str) -> Rows<char> {
        let mut rows = Rows::default();
        for (position, kind) in kinds.chars().enumerate() {
            if kind == 'x' {
                let (reason, raw) = ("x".to_owned(), format!(r#"{{"next":{{"at":{position}}}}}"#));
                rows.rejected.push(RejectedRow::new(position, reason, raw));
            } else {
                rows.items.push(kind);
            }
        }
        rows
    }

    /// Maps `r` to a rejected row and `n` to none, and writes down what comes out of it, in the order in which streams give it.
    fn mapped(kinds: &str) -> String {
        let (items, rejected) = rows(kinds).try_map(|kind| match kind {
            'r' => Err(("r".to_owned(), String::new())),
            'n' => Ok(None),
            kind => Ok(Some(kind)),
        });
        let mut items = items.into_iter();
        let mut written = String::new();
        for row in rejected {
            let before = row.position - written.len();
            written.extend(items.by_ref().take(before));
            assert_eq!(written.len(), row.position);
            written.push_str(&row.reason);
        }
        written.extend(items);
        written
    }

    #[test]
    fn rejected_rows_keep_their_place_whoever_rejects_them() {
        for (kinds, out) in [
            ("", ""),
            ("abc", "abc"),
            ("xarxb", "xarxb"),
            ("rrxxa", "rrxxa"),
            ("abxx", "abxx"),
            ("rab", "rab"),
            ("nanxnrnb", "axrb"),
            ("nnx", "x"),
            ("n", ""),
        ] {
            assert_eq!(mapped(kinds), out, "{kinds}");
        }
    }

    #[test]
    fn the_last_row_tells_where_to_go_on_even_if_it_is_rejected() {
        let next = |kinds: &str| rows(kinds).last_json("next", |kind| Some(format!("\"{kind}\"")));
        assert_eq!(next("xa").as_deref(), Some("\"a\""));
        assert_eq!(next("ax").as_deref(), Some(r#"{"at":1}"#));
        assert_eq!(next("xx").as_deref(), Some(r#"{"at":1}"#));
        assert_eq!(next(""), None);
        assert_eq!(member(r#"{"next":null}"#, "next"), None);
        assert_eq!(member("7", "next"), None);
    }
}
