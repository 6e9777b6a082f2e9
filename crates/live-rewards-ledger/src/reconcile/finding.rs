use std::fmt::Display;

use live_rewards_core::{RoomRef, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{CheckCode, Severity, Words};
use crate::{AccountId, RunId};

/// Something that a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Its id: the same whenever the same is found, in whatever ledger of the account. Another amount is another finding.
    pub id: String,
    /// The check.
    pub code: CheckCode,
    /// How much it weighs.
    pub severity: Severity,
    /// The account.
    pub account: AccountId,
    /// The room, if it belongs to one.
    pub room: Option<RoomRef>,
    /// What it is about.
    pub subject: FindingSubject,
    /// Money: above 0 where it is missing or due, below 0 where there is too much; of a change what was added.
    pub amount_fen: Option<i64>,
    /// Points, likewise.
    pub points: Option<i64>,
    /// What is wrong.
    pub text: Words,
    /// The rows that show it: the first twenty, if there are more.
    pub evidence: Vec<Evidence>,
    /// Whether somebody has seen to it.
    pub status: FindingStatus,
    /// When it was first found.
    pub first_found_at: Timestamp,
    /// The newest run that there was then.
    pub first_run: Option<RunId>,
}

/// What a finding is about: a row, or rows that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FindingSubject {
    /// The table.
    pub table: String,
    /// The natural key, or the part of it that the rows have in common, as a JSON array.
    pub key: String,
    /// The vendor's id of it, as far as there is one.
    pub id: String,
}

/// A row that shows what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// The table.
    pub table: String,
    /// The natural key, or the part of it that the rows have in common, as a JSON array.
    pub key: String,
    /// Names and values. Instants are in UTC, as `2026-01-31T08:00:00Z`.
    pub values: Vec<(String, String)>,
}

/// Whether somebody has seen to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingStatus {
    /// Nobody has.
    Open,
    /// Somebody has, and said why it may stay.
    Acknowledged {
        /// What they said.
        note: String,
        /// When.
        at: Timestamp,
    },
    /// It no longer holds.
    Gone {
        /// Since when.
        at: Timestamp,
    },
}

/// Rows of evidence that a finding has at most.
pub(super) const MOST_EVIDENCE: usize = 20;

impl FindingSubject {
    pub(super) fn new<const N: usize>(table: &str, key: [Value; N], id: &str) -> Self {
        Self { table: table.to_owned(), key: row_key(key), id: id.to_owned() }
    }

    pub(super) fn red_packet(id: &str) -> Self {
        Self::new("red_packets", [id.into()], id)
    }
}

impl Evidence {
    pub(super) fn new<const N: usize>(table: &str, key: [Value; N]) -> Self {
        Self { table: table.to_owned(), key: row_key(key), values: Vec::new() }
    }

    pub(super) fn with(mut self, name: &str, value: impl Display) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }

    /// Leaves out what isn't known.
    pub(super) fn with_known(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// An instant in milliseconds since 1970, as evidence has it.
pub(super) fn utc(ms: i64) -> String {
    Timestamp::from_epoch_ms(ms).map_or_else(|| ms.to_string(), |at| at.to_string())
}

/// A natural key as the ledger writes it.
fn row_key<const N: usize>(parts: [Value; N]) -> String {
    Value::Array(parts.into()).to_string()
}

/// `A1-0123456789abcdef`: the code, and 64 bits of a digest of parts that tell it from every other.
pub(super) fn finding_id(code: CheckCode, parts: &[&str]) -> String {
    let mut id = format!("{code}-{}", digest(parts));
    id.truncate(code.as_str().len() + "-".len() + 16);
    id
}

/// An id as it is kept, from one that a person typed.
pub(super) fn as_written(id: &str) -> String {
    let id = id.trim();
    match id.split_once('-') {
        Some((code, digits)) => {
            format!("{}-{}", code.to_ascii_uppercase(), digits.to_ascii_lowercase())
        }
        None => id.to_owned(),
    }
}

/// SHA-256 of parts, in hexadecimal digits.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        // No part has one in it but by intent.
        hash.update([0x1f]);
    }
    let bytes: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_apart_by_every_part() {
        let id = |parts: &[&str]| finding_id(CheckCode::A1, parts);
        let one = id(&["xiaoe", "a", "p1"]);
        assert_eq!(one, id(&["xiaoe", "a", "p1"]));
        assert_eq!(one.len(), "A1-".len() + 16);
        for other in [["xiaoe", "a", "p2"], ["xiaoe", "b", "p1"], ["xiaoe", "ap", "1"]] {
            assert_ne!(one, id(&other));
        }
    }

    #[test]
    fn an_id_may_be_typed_in_any_case() {
        assert_eq!(as_written(" a10-00FFa\n"), "A10-00ffa");
        assert_eq!(as_written("nothing"), "nothing");
    }

    #[test]
    fn keys_are_json() {
        let subject = FindingSubject::new("claims", ["p|\"1".into(), "u".into(), 5.into()], "p");
        assert_eq!(subject.key, "[\"p|\\\"1\",\"u\",5]");
    }
}
