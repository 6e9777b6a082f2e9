use live_rewards_core::Timestamp;

use super::{AccountId, RunId};
use crate::{Ledger, LedgerError, sqlite::Columns};

/// A value that a vendor reported otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The account.
    pub account: AccountId,
    /// The table of the row.
    pub table: String,
    /// The row's natural key as a JSON array.
    pub row_key: String,
    /// The column.
    pub column: String,
    /// What was known before; nothing if nothing was.
    pub old: Option<String>,
    /// What is known now.
    pub new: Option<String>,
    /// When it was seen.
    pub changed_at: Option<Timestamp>,
    /// The run that saw it.
    pub run: RunId,
}

impl Ledger {
    /// What changed after it was first seen, of all accounts or one, in the order in which it was seen.
    pub fn changes(&self, account: Option<AccountId>) -> Result<Vec<Change>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT account_id, table_name, row_key, column_name, old, new, changed_at, run_id
             FROM changes WHERE ?1 IS NULL OR account_id = ?1 ORDER BY change_id",
        )?;
        let changes = statement.query_map([account.map(|account| account.0)], |row| {
            Ok(Change {
                account: AccountId(row.get(0)?),
                table: row.get(1)?,
                row_key: row.get(2)?,
                column: row.get(3)?,
                old: row.get(4)?,
                new: row.get(5)?,
                changed_at: row.optional_time(6)?,
                run: RunId(row.get(7)?),
            })
        })?;
        Ok(changes.collect::<Result<_, _>>()?)
    }
}
