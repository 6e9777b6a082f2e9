use live_rewards_core::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{AccountId, RunId};
use crate::{Ledger, LedgerError, sqlite::Columns};

/// The part of a run that was one account's. One that was killed has no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRun {
    /// When it began.
    pub began_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Why it failed, without secrets.
    pub error: Option<String>,
}

impl AccountRun {
    /// One that begins.
    pub const fn new(began_at: Timestamp) -> Self {
        Self { began_at, ended_at: None, outcome: None, error: None }
    }
}

impl Ledger {
    /// Notes how the part of a run stands that is an account's, in the place of what was noted before.
    pub fn note_account_run(
        &mut self,
        run: RunId,
        account: AccountId,
        noted: &AccountRun,
    ) -> Result<(), LedgerError> {
        let AccountRun { began_at, ended_at, outcome, error } = noted;
        self.connection().execute(
            "INSERT OR REPLACE INTO account_runs
                 (run_id, account_id, began_at, ended_at, outcome, error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                run.0,
                account.0,
                began_at.epoch_ms(),
                ended_at.map(Timestamp::epoch_ms),
                outcome,
                error,
            ],
        )?;
        Ok(())
    }

    pub(super) fn last_account_run(
        &self,
        account: AccountId,
    ) -> Result<Option<AccountRun>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT began_at, ended_at, outcome, error FROM account_runs
             WHERE account_id = ?1 ORDER BY run_id DESC LIMIT 1",
        )?;
        let last = statement.query_row([account.0], |row| {
            Ok(AccountRun {
                began_at: row.time(0)?,
                ended_at: row.optional_time(1)?,
                outcome: row.get(2)?,
                error: row.get(3)?,
            })
        });
        Ok(last.optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::{at, identity, synced};

    #[test]
    fn the_status_tells_the_last_run_of_the_account() {
        let (_folder, mut ledger, stamp) = synced();
        let other = ledger.account(&identity("other"), "other", at(0)).unwrap();
        let last = |ledger: &Ledger| ledger.status(stamp.account, at(0)).unwrap().last_run;
        assert_eq!(last(&ledger), None);
        let failed = AccountRun {
            ended_at: Some(at(2)),
            outcome: Some("failed".to_owned()),
            error: Some("no such key".to_owned()),
            ..AccountRun::new(at(1))
        };
        for noted in [AccountRun::new(at(1)), failed] {
            ledger.note_account_run(stamp.run, stamp.account, &noted).unwrap();
            assert_eq!(last(&ledger), Some(noted));
        }
        let next = ledger.begin_run(at(3)).unwrap();
        let killed = AccountRun::new(at(3));
        ledger.note_account_run(next, stamp.account, &killed).unwrap();
        ledger.note_account_run(next, other, &AccountRun::new(at(4))).unwrap();
        assert_eq!(last(&ledger), Some(killed));
    }
}
