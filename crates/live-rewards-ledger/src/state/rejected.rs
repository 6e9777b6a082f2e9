use live_rewards_core::{RejectedRow, Timestamp};
use rusqlite::params;

use super::{AccountId, ListingKey, RunId, names};
use crate::{
    Ledger, LedgerError, Stamp, Writing,
    sqlite::{Columns, digest},
};

/// A row that could not be read, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedEntry {
    /// The listing that it came with.
    pub key: ListingKey,
    /// What was wrong and where.
    pub reason: String,
    /// The row as the vendor sent it.
    pub raw: String,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
    /// The run that first saw it.
    pub run: RunId,
}

impl Ledger {
    /// The rows that could not be read, of all accounts or one.
    pub fn rejected(&self, account: Option<AccountId>) -> Result<Vec<RejectedEntry>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT account_id, operation, scope, reason, raw, first_seen_at, run_id
             FROM rejected_rows WHERE ?1 IS NULL OR account_id = ?1
             ORDER BY account_id, operation, scope, digest",
        )?;
        let rows = statement.query_map([account.map(|account| account.0)], |row| {
            Ok(RejectedEntry {
                key: ListingKey {
                    account: AccountId(row.get(0)?),
                    operation: row.named(1, names::operation)?,
                    scope: row.get(2)?,
                },
                reason: row.get(3)?,
                raw: row.get(4)?,
                first_seen_at: row.time(5)?,
                run: RunId(row.get(6)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writing<'_> {
    /// Keeps rows that could not be read. Says how many of them are new.
    pub fn reject(
        &mut self,
        at: &Stamp,
        key: &ListingKey,
        rows: &[RejectedRow],
    ) -> Result<u64, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "INSERT INTO rejected_rows
                 (account_id, operation, scope, digest, reason, raw, first_seen_at, run_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?;
        let mut new = 0;
        for row in rows {
            let added = statement.execute(params![
                key.account.0,
                key.operation.as_str(),
                key.scope,
                digest(&row.raw),
                row.reason,
                row.raw,
                at.now.epoch_ms(),
                at.run.0,
            ])?;
            new += u64::from(added > 0);
        }
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::Operation;

    use super::*;
    use crate::test_util::{at, synced};

    #[test]
    fn a_row_that_is_rejected_again_is_kept_once() {
        let (_folder, mut ledger, stamp) = synced();
        let key = ListingKey {
            account: stamp.account,
            operation: Operation::Gifts,
            scope: "live:1".to_owned(),
        };
        let row = |position, raw: &str| RejectedRow::new(position, "no".into(), raw.into());
        let mut writing = ledger.begin().unwrap();
        assert_eq!(writing.reject(&stamp, &key, &[row(0, "{}"), row(1, "[]")]).unwrap(), 2);
        let later = Stamp { now: at(99), ..stamp };
        assert_eq!(writing.reject(&later, &key, &[row(7, "{}")]).unwrap(), 0);
        writing.commit().unwrap();
        let mut raw: Vec<_> = ledger.rejected(Some(stamp.account)).unwrap();
        raw.sort_by(|one, other| one.raw.cmp(&other.raw));
        let expected = |raw: &str| RejectedEntry {
            key: key.clone(),
            reason: "no".to_owned(),
            raw: raw.to_owned(),
            first_seen_at: stamp.now,
            run: stamp.run,
        };
        assert_eq!(raw, [expected("[]"), expected("{}")]);
    }
}
