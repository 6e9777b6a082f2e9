use std::collections::BTreeMap;

use live_rewards_core::{Month, Timestamp};
use rusqlite::{
    Connection, OptionalExtension, Transaction, TransactionBehavior, params, types::FromSqlError,
};

use super::{
    Figure, IncompleteAccount, PeriodError,
    figure::{Figures, figures},
    incomplete::incomplete,
    watched::first,
};
use crate::{AccountId, Ledger, LedgerError, sqlite::Columns};

/// A month that is closed, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Period {
    /// The month, in Beijing.
    pub month: Month,
    /// When it was closed.
    pub closed_at: Timestamp,
    /// When it was opened again; then nothing in it is an adjustment.
    pub reopened_at: Option<Timestamp>,
    /// What was noted with it.
    pub note: Option<String>,
    /// The figures of each account when it was closed. One that isn't there was zero.
    pub totals: BTreeMap<(AccountId, Figure), i64>,
}

/// A month that has just been closed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClosedPeriod {
    /// The month.
    pub period: Period,
    /// The accounts of which not everything up to its end has been read: what comes of them will be adjustments.
    pub incomplete: Vec<IncompleteAccount>,
}

impl Ledger {
    /// Closes a month: keeps its figures, and the instant from which on what changes in it is an adjustment. Refuses a month that lies
    /// before all records; one without any among them has no figures. Refuses while a sync is under way, as its rows could come from
    /// before that instant.
    pub fn close_period(
        &mut self,
        month: Month,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<ClosedPeriod, PeriodError> {
        let _lock = self.lock()?;
        let [from, until] = bounds(month);
        if now.epoch_ms() < until {
            let until = Timestamp::from_epoch_ms(until).unwrap_or(now);
            return Err(PeriodError::NotOver { month, until });
        }
        let connection = self.connection();
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        if let Some(closed) = closed(&transaction, month)? {
            return Err(PeriodError::AlreadyClosed { month, closed_at: closed.at });
        }
        let totals = figures(&transaction, [from, until])?;
        if totals.is_empty() {
            let first = first(&transaction)?.ok_or(PeriodError::NoRecords)?;
            if until <= first {
                let first = Timestamp::from_epoch_ms(first).map_or(month, Month::of);
                return Err(PeriodError::BeforeRecords { month, first });
            }
        }
        transaction.execute(
            "INSERT INTO periods (month, closed_at, note) VALUES (?1, ?2, ?3)",
            params![month.to_string(), now.epoch_ms(), note],
        )?;
        let id = transaction.last_insert_rowid();
        for ((account, figure), value) in &totals {
            transaction.execute(
                "INSERT INTO period_totals (period_id, account_id, figure, value)
                 VALUES (?1, ?2, ?3, ?4)",
                params![id, account.0, figure.as_str(), value],
            )?;
        }
        let incomplete = incomplete(self, until)?;
        transaction.commit()?;
        let note = note.map(str::to_owned);
        let period = Period { month, closed_at: now, reopened_at: None, note, totals };
        Ok(ClosedPeriod { period, incomplete })
    }

    /// Opens a closed month again. What was kept of its closing stays in [`periods`](Self::periods). Refuses while a sync is under way.
    pub fn reopen_period(&mut self, month: Month, now: Timestamp) -> Result<(), PeriodError> {
        let _lock = self.lock()?;
        let changed = self.connection().execute(
            "UPDATE periods SET reopened_at = ?2 WHERE month = ?1 AND reopened_at IS NULL",
            params![month.to_string(), now.epoch_ms()],
        )?;
        if changed == 0 { Err(PeriodError::NotClosed { month }) } else { Ok(()) }
    }

    /// All months that are closed or were, in the order of time.
    pub fn periods(&self) -> Result<Vec<Period>, LedgerError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT period_id, month, closed_at, reopened_at, note FROM periods
             ORDER BY month, period_id",
        )?;
        let mut rows = statement.query([])?;
        let mut periods = Vec::new();
        while let Some(row) = rows.next()? {
            periods.push(Period {
                month: row.named(1, |month| month.parse().map_err(FromSqlError::other))?,
                closed_at: row.time(2)?,
                reopened_at: row.optional_time(3)?,
                note: row.get(4)?,
                totals: kept(connection, row.get(0)?)?,
            });
        }
        Ok(periods)
    }
}

/// The closing of a month that is closed.
pub(super) struct Closed {
    pub(super) at: Timestamp,
    id: i64,
}

impl Closed {
    /// The figures that were kept.
    pub(super) fn totals(&self, connection: &Connection) -> Result<Figures, LedgerError> {
        kept(connection, self.id)
    }
}

pub(super) fn closed(connection: &Connection, month: Month) -> Result<Option<Closed>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT period_id, closed_at FROM periods WHERE month = ?1 AND reopened_at IS NULL",
    )?;
    let closed = statement
        .query_row([month.to_string()], |row| Ok(Closed { id: row.get(0)?, at: row.time(1)? }));
    Ok(closed.optional()?)
}

/// When a month begins and the next one, in milliseconds.
pub(super) fn bounds(month: Month) -> [i64; 2] {
    let start = |month: Month| {
        Timestamp::parse_china(&format!("{month}-01 00:00:00")).map(Timestamp::epoch_ms)
    };
    let from = start(month).unwrap_or(i64::MIN);
    [from, month.next().and_then(start).unwrap_or(i64::MAX)]
}

fn kept(connection: &Connection, id: i64) -> Result<Figures, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT account_id, figure, value FROM period_totals WHERE period_id = ?1",
    )?;
    let figures = statement.query_map([id], |row| {
        Ok(((AccountId(row.get(0)?), row.named(1, Figure::parse)?), row.get(2)?))
    })?;
    Ok(figures.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{RedPacket, Refund};
    use tempfile::TempDir;

    use super::*;
    use crate::{
        Record, Stamp,
        test_util::{at, claim, fen, room, synced},
    };

    /// The month of the records of the tests' ledgers, which is over some 16 days later.
    const MONTH: &str = "2023-11";
    const DAY: i64 = 86_400;

    fn month() -> Month {
        MONTH.parse().unwrap()
    }

    fn write<R: Record>(ledger: &mut Ledger, stamp: &Stamp, rows: &[R]) {
        let mut writing = ledger.begin().unwrap();
        writing.upsert(stamp, rows).unwrap();
        writing.commit().unwrap();
    }

    /// A ledger with a claim in the month.
    fn with_claim() -> (TempDir, Ledger) {
        let (folder, mut ledger, stamp) = synced();
        write(&mut ledger, &stamp, &[claim("p", "u", DAY, 30)]);
        (folder, ledger)
    }

    #[test]
    fn a_month_is_closed_once_when_it_is_over() {
        let (_folder, mut ledger) = with_claim();
        let early = ledger.close_period(month(), None, at(15 * DAY)).unwrap_err();
        assert_eq!(
            early.to_string(),
            "2023-11 is over at 2023-12-01 00:00:00 in Beijing; close it then"
        );
        let closed = ledger.close_period(month(), Some("ok"), at(20 * DAY)).unwrap();
        assert_eq!(closed.period.note.as_deref(), Some("ok"));
        let twice = ledger.close_period(month(), None, at(21 * DAY)).unwrap_err();
        assert_eq!(
            twice.to_string(),
            "2023-11 was closed at 2023-12-05 06:13:20 in Beijing; reopen it to close it anew"
        );
        assert_eq!(ledger.periods().unwrap(), [closed.period]);
    }

    #[test]
    fn a_reopened_month_can_be_closed_again_and_keeps_both() {
        let (_folder, mut ledger) = with_claim();
        let nothing = ledger.reopen_period(month(), at(20 * DAY)).unwrap_err();
        assert_eq!(nothing.to_string(), "2023-11 isn't closed; close it first");
        ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        ledger.reopen_period(month(), at(21 * DAY)).unwrap();
        ledger.close_period(month(), None, at(22 * DAY)).unwrap();
        let times: Vec<_> = ledger
            .periods()
            .unwrap()
            .into_iter()
            .map(|period| (period.closed_at, period.reopened_at))
            .collect();
        assert_eq!(times, [(at(20 * DAY), Some(at(21 * DAY))), (at(22 * DAY), None)]);
    }

    #[test]
    fn totals_are_of_what_happened_in_the_month() {
        let (_folder, mut ledger, stamp) = synced();
        let packet =
            |id: &str, days: i64| RedPacket::new(id.into(), room(), fen(1000), at(days * DAY));
        let mut packets = [packet("before", -20), packet("within", 1), packet("after", 17)];
        packets[0].refund = Refund::Done { amount: Some(fen(7)), at: Some(at(2 * DAY)) };
        packets[1].net = Some(fen(990));
        packets[1].refund = Refund::Done { amount: Some(fen(9)), at: Some(at(18 * DAY)) };
        let claims = [claim("within", "u", DAY, 30), claim("within", "v", 17 * DAY, 500)];
        write(&mut ledger, &stamp, &packets);
        write(&mut ledger, &stamp, &claims);
        let closed = ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        let figures: Vec<_> = closed
            .period
            .totals
            .iter()
            .map(|((account, figure), value)| (*account, figure.as_str(), *value))
            .collect();
        let account = stamp.account;
        assert_eq!(
            figures,
            [
                (account, "red_packets", 1),
                (account, "issued_fen", 1000),
                (account, "fee_fen", 10),
                (account, "claims", 1),
                (account, "claimed_fen", 30),
                (account, "refunds", 1),
                (account, "refunded_fen", 7),
            ]
        );
        assert_eq!(ledger.periods().unwrap(), [closed.period]);
    }

    #[test]
    fn a_month_before_all_records_is_refused() {
        let (_folder, mut ledger, stamp) = synced();
        let close = |ledger: &mut Ledger, month: &str| {
            let closed = ledger.close_period(month.parse().unwrap(), None, at(100 * DAY));
            closed.map(|closed| closed.period.totals.len()).map_err(|error| error.to_string())
        };
        let none = "the ledger has no records yet; sync first".to_owned();
        assert_eq!(close(&mut ledger, MONTH), Err(none));
        write(&mut ledger, &stamp, &[claim("p", "u", DAY, 30), claim("p", "u", 60 * DAY, 30)]);
        let early =
            "2023-10 is before all records, the first of which are of 2023-11; check the month";
        assert_eq!(close(&mut ledger, "2023-10"), Err(early.to_owned()));
        assert_eq!(close(&mut ledger, "2023-11"), Ok(2));
        assert_eq!(close(&mut ledger, "2023-12"), Ok(0));
        assert_eq!(ledger.periods().unwrap().len(), 2);
    }

    #[test]
    fn no_month_is_closed_or_reopened_while_a_sync_is_under_way() {
        let (_folder, mut ledger) = with_claim();
        let other = Ledger::open(ledger.path()).unwrap();
        let lock = other.lock().unwrap();
        let is_locked =
            |error: &PeriodError| matches!(error, PeriodError::Ledger(LedgerError::Locked { .. }));
        assert!(is_locked(&ledger.close_period(month(), None, at(20 * DAY)).unwrap_err()));
        drop(lock);
        ledger.close_period(month(), None, at(20 * DAY)).unwrap();
        let _lock = other.lock().unwrap();
        assert!(is_locked(&ledger.reopen_period(month(), at(21 * DAY)).unwrap_err()));
        assert_eq!(ledger.periods().unwrap()[0].reopened_at, None);
    }

    #[test]
    fn the_last_month_has_no_end() {
        let last = Month::new(9999, 12).unwrap();
        assert_eq!(bounds(last)[1], i64::MAX);
        assert_eq!(bounds(month()), [1_698_768_000_000, 1_701_360_000_000]);
    }
}
