mod findings;

use std::fmt::{self, Write};

use hmac::{Hmac, KeyInit, Mac};
use live_rewards_core::Vendor;
use live_rewards_ledger::{Column, Person, StoredRow, Table, Value};
use sha2::Sha256;

/// Stands for people in what is shared: the same key gives the same person the same pseudonym, in every table and every export, and
/// nobody can tell the person from it without the key.
///
/// It is the beginning of HMAC-SHA256 of what is replaced, its vendor, and the text:
///
/// | replaced | pseudonym |
/// |---|---|
/// | id of a user | `u_` and 32 hexadecimal digits |
/// | nickname | `n_` and 32 hexadecimal digits |
/// | key that has the id of a user in it | `k_` and 32 hexadecimal digits |
/// | text that may name a person | nothing |
///
/// Ids of orders and red packets, titles of rooms, times and amounts stay: who has other data with these can still find people by
/// them. What comes out is personal data without names, not anonymous data.
#[derive(Clone)]
pub struct Pseudonyms {
    mac: Hmac<Sha256>,
}

/// A key of less than 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyTooShort;

/// The shortest key, in bytes.
const LEAST: usize = 16;

/// Bytes of a pseudonym.
const SHOWN: usize = 16;

/// Between what is replaced, the vendor and the text.
const BETWEEN: &[u8] = &[0x1f];

impl Pseudonyms {
    /// Pseudonyms by a secret key of at least 16 bytes.
    pub fn new(key: &[u8]) -> Result<Self, KeyTooShort> {
        if key.len() < LEAST {
            return Err(KeyTooShort);
        }
        // HMAC takes keys of any length.
        let mac = Hmac::new_from_slice(key).map_err(|_| KeyTooShort)?;
        Ok(Self { mac })
    }

    /// The pseudonym of a user's id. An empty id is nobody's and stays.
    pub fn user(&self, vendor: Vendor, id: &str) -> String {
        self.pseudonym("u_", "user", vendor, id)
    }

    /// The pseudonym of a nickname. An empty one stays.
    pub fn nickname(&self, vendor: Vendor, nickname: &str) -> String {
        self.pseudonym("n_", "nickname", vendor, nickname)
    }

    /// The values of a row, without people.
    pub(crate) fn values<'v>(&self, table: &Table, row: &StoredRow<'v>) -> Vec<Value<'v>> {
        let vendor = row.account.identity.vendor;
        let value = |(column, value): (&Column, &Value<'v>)| match (column.person, value) {
            (None, value) => value.clone(),
            (Some(person), Value::Text(text)) => self.text(vendor, person, text).into(),
            (Some(_), _) => Value::Null,
        };
        table.columns.iter().zip(row.values).map(value).collect()
    }

    /// What stands for the text of a column that is about a person.
    fn text(&self, vendor: Vendor, person: Person, text: &str) -> Option<String> {
        match person {
            Person::Id => Some(self.user(vendor, text)),
            Person::Ids => {
                let ids: Vec<_> = text.split(' ').map(|id| self.user(vendor, id)).collect();
                Some(ids.join(" "))
            }
            Person::Nickname => Some(self.nickname(vendor, text)),
            Person::Key => Some(self.key(vendor, text)),
            _ => None,
        }
    }

    /// A key that is made from a record's id names nobody, nor does what is no such key.
    fn key(&self, vendor: Vendor, key: &str) -> String {
        if !key.contains('|') || key.starts_with("record|") {
            key.to_owned()
        } else {
            self.pseudonym("k_", "key", vendor, key)
        }
    }

    fn pseudonym(&self, prefix: &str, what: &str, vendor: Vendor, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let mut mac = self.mac.clone();
        mac.update(what.as_bytes());
        mac.update(BETWEEN);
        mac.update(vendor.as_str().as_bytes());
        mac.update(BETWEEN);
        mac.update(text.as_bytes());
        let mut pseudonym = prefix.to_owned();
        for byte in mac.finalize().into_bytes().iter().take(SHOWN) {
            // Writing to a string can't fail.
            let _ = write!(pseudonym, "{byte:02x}");
        }
        pseudonym
    }
}

/// Shows nothing of the key.
impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pseudonyms").finish_non_exhaustive()
    }
}

impl fmt::Display for KeyTooShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key of pseudonyms needs at least 16 bytes")
    }
}

impl std::error::Error for KeyTooShort {}

#[cfg(test)]
mod tests {
    use super::*;

    fn pseudonyms(key: &[u8]) -> Pseudonyms {
        Pseudonyms::new(key).unwrap()
    }

    #[test]
    fn they_are_what_anyone_with_the_key_works_out() {
        // printf 'user\x1fpolyv\x1fu1' | openssl dgst -sha256 -hmac '0123456789abcdef'
        let known = pseudonyms(b"0123456789abcdef");
        assert_eq!(known.user(Vendor::Polyv, "u1"), "u_397c9fb6fd0014b8c0bccf1fa6dd3c6c");
        assert_eq!(known.nickname(Vendor::Polyv, "小鱼"), "n_143b0e92bc568ca284e990c59792a586");
    }

    #[test]
    fn they_are_told_apart_by_key_vendor_kind_and_text() {
        let (one, other) = (pseudonyms(&[1; 16]), pseudonyms(&[2; 16]));
        let user = one.user(Vendor::Polyv, "a");
        assert_eq!(user, one.user(Vendor::Polyv, "a"));
        assert_ne!(user, other.user(Vendor::Polyv, "a"));
        assert_ne!(user, one.user(Vendor::Xiaoe, "a"));
        assert_ne!(user, one.user(Vendor::Polyv, "b"));
        assert_ne!(user[2..], one.nickname(Vendor::Polyv, "a")[2..]);
        assert_eq!(one.user(Vendor::Polyv, ""), "");
    }

    #[test]
    fn keys_that_name_nobody_stay() {
        let key = |text| pseudonyms(&[1; 16]).key(Vendor::Yxt, text);
        assert_eq!(key("record|s|7"), "record|s|7");
        assert_eq!(key("2026-01"), "2026-01");
        for naming in ["facts|||u|1|cny|火箭|9.90|0", "flow|u|1"] {
            assert!(key(naming).starts_with("k_"), "{naming}");
        }
    }

    #[test]
    fn short_keys_are_refused_and_keys_never_shown() {
        assert_eq!(Pseudonyms::new(&[7; 15]).unwrap_err(), KeyTooShort);
        assert_eq!(format!("{:?}", pseudonyms(b"0123456789abcdef")), "Pseudonyms { .. }");
    }
}
