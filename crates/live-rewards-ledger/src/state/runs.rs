use std::fmt;

use live_rewards_core::Timestamp;
use rusqlite::params;

use crate::{
    Ledger, LedgerError, Written,
    sqlite::{Columns, integer},
};

/// Number of a run in its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub(crate) i64);

impl RunId {
    /// The number: 1 for the first run, and one more for each after it.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Requests that were sent.
    pub requests: u64,
    /// Rows that were written, or found as they were.
    pub written: Written,
    /// Rows that could not be read.
    pub rejected: u64,
}

/// A run. One that was killed has no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<String>,
    /// What it came to.
    pub totals: Totals,
}

impl Ledger {
    /// Notes that a run begins.
    pub fn begin_run(&mut self, now: Timestamp) -> Result<RunId, LedgerError> {
        let connection = self.connection();
        connection.execute("INSERT INTO runs (started_at) VALUES (?1)", [now.epoch_ms()])?;
        Ok(RunId(connection.last_insert_rowid()))
    }

    /// Notes how a run ended.
    pub fn end_run(
        &mut self,
        run: RunId,
        now: Timestamp,
        outcome: &str,
        totals: &Totals,
    ) -> Result<(), LedgerError> {
        let Totals { requests, written, rejected } = *totals;
        self.connection().execute(
            "UPDATE runs SET ended_at = ?2, outcome = ?3, requests = ?4, rows_new = ?5,
                 rows_changed = ?6, rows_same = ?7, rejected = ?8
             WHERE run_id = ?1",
            params![
                run.0,
                now.epoch_ms(),
                outcome,
                integer(requests),
                integer(written.new),
                integer(written.changed),
                integer(written.same),
                integer(rejected),
            ],
        )?;
        Ok(())
    }

    /// The last runs, newest first.
    pub fn runs(&self, most: u32) -> Result<Vec<Run>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT run_id, started_at, ended_at, outcome, requests, rows_new, rows_changed,
                 rows_same, rejected
             FROM runs ORDER BY run_id DESC LIMIT ?1",
        )?;
        let runs = statement.query_map([most], |row| {
            Ok(Run {
                id: RunId(row.get(0)?),
                started_at: row.time(1)?,
                ended_at: row.optional_time(2)?,
                outcome: row.get(3)?,
                totals: Totals {
                    requests: row.count(4)?,
                    written: Written {
                        new: row.count(5)?,
                        changed: row.count(6)?,
                        same: row.count(7)?,
                    },
                    rejected: row.count(8)?,
                },
            })
        })?;
        Ok(runs.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::{at, ledger};

    #[test]
    fn a_killed_run_has_no_end() {
        let (_folder, mut ledger) = ledger();
        let killed = ledger.begin_run(at(1)).unwrap();
        let ended = ledger.begin_run(at(2)).unwrap();
        let written = Written { new: 1, changed: 2, same: 3 };
        let totals = Totals { requests: 4, written, rejected: 5 };
        ledger.end_run(ended, at(3), "complete", &totals).unwrap();
        let runs = ledger.runs(10).unwrap();
        assert_eq!(
            runs,
            [
                Run {
                    id: ended,
                    started_at: at(2),
                    ended_at: Some(at(3)),
                    outcome: Some("complete".to_owned()),
                    totals,
                },
                Run {
                    id: killed,
                    started_at: at(1),
                    ended_at: None,
                    outcome: None,
                    totals: Totals::default(),
                },
            ]
        );
        assert_eq!(ledger.runs(1).unwrap().len(), 1);
        assert_eq!((killed.number(), ended.number()), (1, 2));
    }
}
