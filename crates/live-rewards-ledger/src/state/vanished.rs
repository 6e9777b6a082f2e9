use live_rewards_core::Timestamp;

use super::{AccountId, RunId};
use crate::{Ledger, LedgerError, sqlite::Columns};

/// A row that its vendor no longer lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VanishedRow {
    /// The account.
    pub account: AccountId,
    /// The table of the row.
    pub table: String,
    /// The row's natural key as a JSON array.
    pub row_key: String,
    /// When it was missed.
    pub noticed_at: Timestamp,
    /// The run that missed it.
    pub run: RunId,
    /// When it was listed again.
    pub returned_at: Option<Timestamp>,
}

impl Ledger {
    /// The rows that vanished, of all accounts or one, those that returned too.
    pub fn vanished(&self, account: Option<AccountId>) -> Result<Vec<VanishedRow>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT account_id, table_name, row_key, noticed_at, run_id, returned_at
             FROM vanished WHERE ?1 IS NULL OR account_id = ?1
             ORDER BY account_id, table_name, row_key",
        )?;
        let rows = statement.query_map([account.map(|account| account.0)], |row| {
            Ok(VanishedRow {
                account: AccountId(row.get(0)?),
                table: row.get(1)?,
                row_key: row.get(2)?,
                noticed_at: row.time(3)?,
                run: RunId(row.get(4)?),
                returned_at: row.optional_time(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
