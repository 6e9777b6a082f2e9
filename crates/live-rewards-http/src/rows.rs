use std::{fmt, marker::PhantomData, ops::Deref};

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
            while let Some(row) = seq.next_element()? {
                rows.items.push(row);
            }
            return Ok(rows);
        };
        let mut position = 0;
        while let Some(raw) = seq.next_element::<&RawValue>()? {
            match read_row(raw, within.as_deref()) {
                Ok(row) => rows.items.push(row),
                Err(reason) => {
                    wire::reject();
                    let raw = raw.get().replace(wire::NO_TEXT, "?");
                    rows.rejected.push(RejectedRow::new(position, reason, raw));
                }
            }
            position += 1;
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

fn read_row<'de, T: Deserialize<'de>>(
    raw: &'de RawValue,
    within: Option<&str>,
) -> Result<T, String> {
    let mut json = serde_json::Deserializer::from_str(raw.get());
    let mut track = Track::new();
    let row = wire::read(serde_path_to_error::Deserializer::new(&mut json, &mut track), within);
    row.map_err(|error| format!("{}: {}", track.path(), reason(&error)))
}
