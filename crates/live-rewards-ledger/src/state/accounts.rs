use std::fmt;

use live_rewards_core::{Timestamp, Vendor};
use rusqlite::{OptionalExtension, params};

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
    /// The vendor's own id of the account.
    pub vendor_account: String,
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
}

impl Ledger {
    /// Finds an account by its identity, or adds it. A new name takes the place of the old one.
    pub fn account(
        &mut self,
        identity: &AccountIdentity,
        name: &str,
        now: Timestamp,
    ) -> Result<AccountId, LedgerError> {
        let AccountIdentity { vendor, authority, vendor_account } = identity;
        let connection = self.connection();
        let known = connection
            .query_row(
                "SELECT account_id, name FROM accounts
                 WHERE vendor = ?1 AND authority = ?2 AND vendor_account = ?3",
                params![vendor.as_str(), authority, vendor_account],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
            )
            .optional()?;
        let id = if let Some((id, old)) = known {
            if old != name {
                let rename = "UPDATE accounts SET name = ?2 WHERE account_id = ?1";
                connection.execute(rename, params![id, name])?;
            }
            id
        } else {
            connection.execute(
                "INSERT INTO accounts (vendor, authority, vendor_account, name, first_seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![vendor.as_str(), authority, vendor_account, name, now.epoch_ms()],
            )?;
            connection.last_insert_rowid()
        };
        Ok(AccountId(id))
    }

    /// All accounts, in the order in which they were added.
    pub fn accounts(&self) -> Result<Vec<Account>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT account_id, vendor, authority, vendor_account, name, first_seen_at
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
            })
        })?;
        Ok(accounts.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::test_util::{at, identity, ledger};

    #[test]
    fn renaming_an_account_doubles_nothing() {
        let (_folder, mut ledger) = ledger();
        let id = ledger.account(&identity("a"), "old", at(1)).unwrap();
        assert_eq!(ledger.account(&identity("a"), "new", at(2)).unwrap(), id);
        let other = ledger.account(&identity("b"), "new", at(3)).unwrap();
        assert_ne!(other, id);
        let accounts = ledger.accounts().unwrap();
        let shown: Vec<_> = accounts
            .iter()
            .map(|account| (account.id, account.name.as_str(), account.first_seen_at))
            .collect();
        assert_eq!(shown, [(id, "new", at(1)), (other, "new", at(3))]);
        assert_eq!(accounts[0].identity, identity("a"));
    }
}
