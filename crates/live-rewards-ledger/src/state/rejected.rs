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
    /// The run that last saw it.
    pub last_seen_run: RunId,
    /// When a reading that had to come upon it no longer did; nothing as long as it is missing.
    pub resolved_at: Option<Timestamp>,
}

impl Ledger {
    /// The rows that could not be read, of all accounts or one; those that are resolved too.
    pub fn rejected(&self, account: Option<AccountId>) -> Result<Vec<RejectedEntry>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT account_id, operation, scope, reason, raw, first_seen_at, run_id,
                 last_seen_run, resolved_at
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
                last_seen_run: RunId(row.get(7)?),
                resolved_at: row.optional_time(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writing<'_> {
    /// Keeps rows that a reading of what happened since an instant, or of everything, could not read. Says how many of them are new. One
    /// that was resolved is open again.
    pub fn reject(
        &mut self,
        at: &Stamp,
        key: &ListingKey,
        since: Option<Timestamp>,
        rows: &[RejectedRow],
    ) -> Result<u64, LedgerError> {
        // It lies within each of the readings that came upon it.
        let mut again = self.connection().prepare_cached(
            "UPDATE rejected_rows SET last_seen_run = ?5, resolved_at = NULL,
                 first_seen_at = CASE WHEN resolved_at IS NULL THEN first_seen_at ELSE ?7 END,
                 since = max(ifnull(since, ?6), ifnull(?6, since))
             WHERE account_id = ?1 AND operation = ?2 AND scope = ?3 AND digest = ?4",
        )?;
        let mut add = self.connection().prepare_cached(
            "INSERT INTO rejected_rows (account_id, operation, scope, digest, last_seen_run, since,
                 reason, raw, first_seen_at, run_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?5)",
        )?;
        let since = since.map(Timestamp::epoch_ms);
        let mut new = 0;
        for row in rows {
            let (account, operation) = (key.account.0, key.operation.as_str());
            let digest = digest(&row.raw);
            let now = at.now.epoch_ms();
            let known = again
                .execute(params![account, operation, key.scope, digest, at.run.0, since, now])?;
            if known == 0 {
                add.execute(params![
                    account, operation, key.scope, digest, at.run.0, since, row.reason, row.raw,
                    now,
                ])?;
                new += 1;
            }
        }
        Ok(new)
    }

    /// Notes that a reading of all since an instant, which began in a run and is through, no longer came upon rows that it covers.
    pub(crate) fn resolve_rejected(
        &mut self,
        key: &ListingKey,
        since: Option<Timestamp>,
        began_run: RunId,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "UPDATE rejected_rows SET resolved_at = ?6
             WHERE account_id = ?1 AND operation = ?2 AND scope = ?3 AND resolved_at IS NULL
                 AND last_seen_run < ?4 AND (?5 IS NULL OR since >= ?5)",
        )?;
        statement.execute(params![
            key.account.0,
            key.operation.as_str(),
            key.scope,
            began_run.0,
            since.map(Timestamp::epoch_ms),
            now.epoch_ms(),
        ])?;
        Ok(())
    }

    /// When the rows that a reading since a run came upon and could not read were first seen: the oldest and the newest of them.
    pub(crate) fn rejected_since_run(
        &self,
        key: &ListingKey,
        began_run: RunId,
    ) -> Result<Option<[Timestamp; 2]>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT min(first_seen_at), max(first_seen_at) FROM rejected_rows
             WHERE account_id = ?1 AND operation = ?2 AND scope = ?3 AND resolved_at IS NULL
                 AND last_seen_run >= ?4",
        )?;
        let key = params![key.account.0, key.operation.as_str(), key.scope, began_run.0];
        let (oldest, newest) =
            statement.query_row(key, |row| Ok((row.optional_time(0)?, row.optional_time(1)?)))?;
        Ok(oldest.zip(newest).map(|(oldest, newest)| [oldest, newest]))
    }
}

impl Ledger {
    /// Whether rows of a listing that were first seen after an instant are still missing, and from when on they have to be asked for:
    /// nothing there is the start.
    pub(crate) fn rejected_after(
        &self,
        key: &ListingKey,
        after: Timestamp,
    ) -> Result<(bool, Option<Timestamp>), LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT count(*) > 0, CASE WHEN count(*) = count(since) THEN min(since) END
             FROM rejected_rows
             WHERE account_id = ?1 AND operation = ?2 AND scope = ?3 AND resolved_at IS NULL
                 AND first_seen_at > ?4",
        )?;
        let key = params![key.account.0, key.operation.as_str(), key.scope, after.epoch_ms()];
        Ok(statement.query_row(key, |row| Ok((row.get(0)?, row.optional_time(1)?)))?)
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
        assert_eq!(writing.reject(&stamp, &key, None, &[row(0, "{}"), row(1, "[]")]).unwrap(), 2);
        let later = Stamp { now: at(99), ..stamp };
        assert_eq!(writing.reject(&later, &key, None, &[row(7, "{}")]).unwrap(), 0);
        writing.commit().unwrap();
        let mut raw: Vec<_> = ledger.rejected(Some(stamp.account)).unwrap();
        raw.sort_by(|one, other| one.raw.cmp(&other.raw));
        let expected = |raw: &str| RejectedEntry {
            key: key.clone(),
            reason: "no".to_owned(),
            raw: raw.to_owned(),
            first_seen_at: stamp.now,
            run: stamp.run,
            last_seen_run: stamp.run,
            resolved_at: None,
        };
        assert_eq!(raw, [expected("[]"), expected("{}")]);
    }

    #[test]
    fn only_a_reading_that_covers_a_row_resolves_it() {
        let (_folder, mut ledger, stamp) = synced();
        let key = ListingKey {
            account: stamp.account,
            operation: Operation::Gifts,
            scope: "live:1".to_owned(),
        };
        let rows = [RejectedRow::new(0, "no".into(), "{}".into())];
        let next = ledger.begin_run(at(50)).unwrap();
        let mut resolved = |reject: Option<RunId>, since, began_run| {
            let mut writing = ledger.begin().unwrap();
            if let Some(run) = reject {
                writing.reject(&Stamp { run, ..stamp }, &key, Some(at(5)), &rows).unwrap();
            }
            writing.resolve_rejected(&key, since, began_run, at(60)).unwrap();
            writing.commit().unwrap();
            ledger.rejected(None).unwrap()[0].resolved_at
        };
        assert_eq!(resolved(Some(stamp.run), None, stamp.run), None);
        assert_eq!(resolved(None, Some(at(6)), next), None);
        assert_eq!(resolved(None, Some(at(5)), next), Some(at(60)));
        assert_eq!(resolved(Some(next), None, next), None);
    }
}
