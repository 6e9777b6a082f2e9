use std::fmt;

use live_rewards_core::{Timestamp, Vendor};
use rusqlite::params;

use super::names;
use crate::{Ledger, LedgerError, sqlite::Columns};

/// Number of an account in its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub(crate) i64);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What makes an account the same account, whatever it is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccountIdentity {
    /// The vendor.
    pub vendor: Vendor,
    /// Host and port of the base URL.
    pub authority: String,
    /// The vendor's own id of the account, or another that its user keeps where that changes.
    pub vendor_account: String,
}

impl AccountIdentity {
    /// Whether both are of the same vendor at the same place.
    fn is_beside(&self, other: &Self) -> bool {
        self.vendor == other.vendor && self.authority == other.authority
    }
}

/// An account of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// What it is.
    pub identity: AccountIdentity,
    /// What it was called last.
    pub name: String,
    /// When it was added.
    pub first_seen_at: Timestamp,
    /// The `vendor_account` under which it was added, by which ids of findings go.
    pub origin: String,
}

impl Ledger {
    /// Finds an account by its identity, or adds it. A new name takes the place of the old one.
    ///
    /// # Errors
    ///
    /// [`LedgerError::NameHeld`] where a new account has the name of another one of the vendor.
    pub fn account(
        &mut self,
        identity: &AccountIdentity,
        name: &str,
        now: Timestamp,
    ) -> Result<AccountId, LedgerError> {
        self.account_once(identity, None, name, now)
    }

    /// The same, for an account that may have had another `vendor_account` before: one that is known by that gets the new one.
    pub fn account_once(
        &mut self,
        identity: &AccountIdentity,
        former: Option<&str>,
        name: &str,
        now: Timestamp,
    ) -> Result<AccountId, LedgerError> {
        let AccountIdentity { vendor, authority, vendor_account } = identity;
        if let Some(known) = self.known_account(identity, former)? {
            if known.name != name || known.identity != *identity {
                self.connection().execute(
                    "UPDATE accounts SET vendor_account = ?2, name = ?3 WHERE account_id = ?1",
                    params![known.id.0, vendor_account, name],
                )?;
            }
            return Ok(known.id);
        }
        if let Some(held) = self.accounts()?.into_iter().find(|account| {
            let is_first_key = || account.origin == *vendor_account;
            account.identity.vendor == *vendor
                && (account.name == name
                    || account.identity.authority == *authority && is_first_key())
        }) {
            let AccountIdentity { authority, vendor_account, .. } = held.identity;
            return Err(LedgerError::NameHeld { name: held.name, authority, vendor_account });
        }
        let connection = self.connection();
        connection.execute(
            "INSERT INTO accounts
                 (vendor, authority, vendor_account, name, first_seen_at, origin)
             VALUES (?1, ?2, ?3, ?4, ?5, ?3)",
            params![vendor.as_str(), authority, vendor_account, name, now.epoch_ms()],
        )?;
        Ok(AccountId(connection.last_insert_rowid()))
    }

    /// The account that has this identity, or else had it with another `vendor_account`.
    pub fn known_account(
        &self,
        identity: &AccountIdentity,
        former: Option<&str>,
    ) -> Result<Option<Account>, LedgerError> {
        let mut accounts = self.accounts()?;
        let index = |id: &str| {
            accounts.iter().position(|Account { identity: known, .. }| {
                known.is_beside(identity) && known.vendor_account == id
            })
        };
        let index = index(&identity.vendor_account).or_else(|| index(former?));
        Ok(index.map(|index| accounts.swap_remove(index)))
    }

    /// All accounts, in the order in which they were added.
    pub fn accounts(&self) -> Result<Vec<Account>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT account_id, vendor, authority, vendor_account, name, first_seen_at, origin
             FROM accounts ORDER BY account_id",
        )?;
        let accounts = statement.query_map([], |row| {
            Ok(Account {
                id: AccountId(row.get(0)?),
                identity: AccountIdentity {
                    vendor: row.named(1, names::vendor)?,
                    authority: row.get(2)?,
                    vendor_account: row.get(3)?,
                },
                name: row.get(4)?,
                first_seen_at: row.time(5)?,
                origin: row.get(6)?,
            })
        })?;
        Ok(accounts.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::Vendor;

    use super::AccountIdentity;
    use crate::{
        Ledger, LedgerError,
        test_util::{at, identity, ledger},
    };

    /// What the ledger knows each account by, as what it was added, and its name.
    fn known(ledger: &Ledger) -> Vec<(String, String, String)> {
        let accounts = ledger.accounts().unwrap().into_iter();
        accounts.map(|one| (one.identity.vendor_account, one.origin, one.name)).collect()
    }

    fn of(accounts: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        let owned = |(id, origin, name): &(&str, &str, &str)| {
            ((*id).to_owned(), (*origin).to_owned(), (*name).to_owned())
        };
        accounts.iter().map(owned).collect()
    }

    #[test]
    fn renaming_an_account_doubles_nothing() {
        let (_folder, mut ledger) = ledger();
        let id = ledger.account(&identity("a"), "old", at(1)).unwrap();
        assert_eq!(ledger.account(&identity("a"), "new", at(2)).unwrap(), id);
        // The old name is free.
        assert_ne!(ledger.account(&identity("b"), "old", at(3)).unwrap(), id);
        assert_eq!(known(&ledger), of(&[("a", "a", "new"), ("b", "b", "old")]));
        let accounts = ledger.accounts().unwrap();
        assert_eq!([&accounts[0], &accounts[1]].map(|one| one.first_seen_at), [at(1), at(3)]);
        // Names can be exchanged.
        assert_eq!(ledger.account(&identity("a"), "old", at(4)).unwrap(), id);
        ledger.account(&identity("b"), "new", at(4)).unwrap();
        assert_eq!(known(&ledger), of(&[("a", "a", "old"), ("b", "b", "new")]));
    }

    #[test]
    fn an_id_that_is_given_later_takes_the_place_of_the_key() {
        let (_folder, mut ledger) = ledger();
        let id = ledger.account(&identity("key"), "a", at(1)).unwrap();
        for key in ["key", "new key"] {
            let same = ledger.account_once(&identity("ours"), Some(key), "a", at(2)).unwrap();
            assert_eq!(same, id);
        }
        assert_eq!(known(&ledger), of(&[("ours", "key", "a")]));
    }

    #[test]
    fn two_accounts_may_share_a_key() {
        let (_folder, mut ledger) = ledger();
        let id = ledger.account_once(&identity("one"), Some("key"), "a", at(1)).unwrap();
        assert_ne!(ledger.account_once(&identity("two"), Some("key"), "b", at(1)).unwrap(), id);
        assert_eq!(known(&ledger), of(&[("one", "one", "a"), ("two", "two", "b")]));
    }

    #[test]
    fn an_unknown_key_under_a_known_name_is_refused() {
        let (_folder, mut ledger) = ledger();
        ledger.account(&identity("old"), "a", at(1)).unwrap();
        let refused = |ledger: &mut Ledger, id, former, name| {
            let refused = ledger.account_once(&identity(id), former, name, at(2));
            let Err(LedgerError::NameHeld { name, vendor_account, .. }) = refused else {
                panic!("{refused:?}")
            };
            (name, vendor_account)
        };
        let held = |id: &str| ("a".to_owned(), id.to_owned());
        assert_eq!(refused(&mut ledger, "new", None, "a"), held("old"));
        assert_eq!(refused(&mut ledger, "ours", Some("new"), "a"), held("old"));
        ledger.account_once(&identity("ours"), Some("old"), "a", at(2)).unwrap();
        assert_eq!(refused(&mut ledger, "old", None, "b"), held("ours"));
        let elsewhere = AccountIdentity { vendor: Vendor::Yxt, ..identity("new") };
        ledger.account(&elsewhere, "a", at(3)).unwrap();
        assert_eq!(known(&ledger), of(&[("ours", "old", "a"), ("new", "new", "a")]));
    }
}
