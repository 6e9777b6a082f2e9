use live_rewards_core::Timestamp;
use rusqlite::{
    Connection, OptionalExtension, Row, params_from_iter,
    types::{Type, Value},
};
use serde_json::Value as Part;

use super::{
    adjustments::{Adjusted, Adjustment, RowChange},
    watched::Watched,
};
use crate::{AccountId, LedgerError, sqlite::Columns};

/// Tells what is an adjustment of a month.
pub(super) struct Seen<'a> {
    pub(super) connection: &'a Connection,
    /// When the month begins and the next one, in milliseconds.
    pub(super) month: [i64; 2],
    /// When it was closed, in milliseconds.
    pub(super) closed_at: i64,
}

/// A row of any month.
struct Stored {
    first_seen_at: i64,
    times: Vec<Option<i64>>,
}

impl Seen<'_> {
    /// Reads what was seen of a row, as [`query`](super::watched::query) gives it; nothing if it is of another month.
    pub(super) fn read(&self, row: &Row<'_>) -> Result<Option<Adjustment>, LedgerError> {
        let account = AccountId(row.get(2)?);
        let table: String = row.get(3)?;
        let Some(watched) = Watched::of(&table) else {
            return Ok(None);
        };
        let what: String = row.get(0)?;
        let (row_key, found) = if what == "new" {
            (watched.row_key(row)?, Some((row.get(5)?, RowChange::New)))
        } else {
            let row_key: String = row.get(4)?;
            let Some(stored) = self.find(watched, account, &row_key)? else {
                return Ok(None);
            };
            let found = match what.as_str() {
                "changed" => {
                    let (column, old, new) = (row.get(6)?, row.get(7)?, row.get(8)?);
                    self.changed(watched, &stored, column, old, new)
                }
                "vanished" => self.within(&stored).map(|time| (Some(time), RowChange::Vanished)),
                "returned" => self.within(&stored).map(|time| (Some(time), RowChange::Returned)),
                _ => {
                    let what = "what".to_owned();
                    return Err(rusqlite::Error::InvalidColumnType(0, what, Type::Text).into());
                }
            };
            (row_key, found)
        };
        let Some((time, change)) = found else {
            return Ok(None);
        };
        let time = time.and_then(Timestamp::from_epoch_ms);
        let what = Adjusted::Row { table, row_key, time, change };
        Ok(Some(Adjustment { at: row.time(1)?, account, what }))
    }

    fn find(
        &self,
        watched: &Watched,
        account: AccountId,
        row_key: &str,
    ) -> Result<Option<Stored>, LedgerError> {
        let parts: Vec<Part> = serde_json::from_str(row_key).unwrap_or_default();
        let mut statement = self.connection.prepare_cached(&watched.find)?;
        if statement.parameter_count() != parts.len() + 1 {
            return Ok(None);
        }
        let values = [Value::Integer(account.0)].into_iter().chain(parts.into_iter().map(value));
        let stored = statement.query_row(params_from_iter(values), |row| {
            let times = (1..=watched.times()).map(|index| row.get(index));
            Ok(Stored { first_seen_at: row.get(0)?, times: times.collect::<Result<_, _>>()? })
        });
        Ok(stored.optional()?)
    }

    /// A change is of the month that its row is in, that of a time also of the month that the row came from or went to. What a late
    /// row was before doesn't matter.
    fn changed(
        &self,
        watched: &Watched,
        stored: &Stored,
        column: String,
        old: Option<String>,
        new: Option<String>,
    ) -> Option<(Option<i64>, RowChange)> {
        let (number, is_time) = watched.time_of(&column)?;
        if !watched.counts(&column, old.as_deref(), new.as_deref()) {
            return None;
        }
        let time = stored.times.get(number).copied().flatten();
        let is_moved = is_time
            && [&old, &new]
                .into_iter()
                .flatten()
                .any(|value| value.parse().is_ok_and(|ms| self.holds(ms)));
        let is_meant = stored.first_seen_at <= self.closed_at
            && (is_moved || time.is_some_and(|time| self.holds(time)));
        is_meant.then_some((time, RowChange::Changed { column, old, new }))
    }

    /// The first time of a row that lies in the month.
    fn within(&self, stored: &Stored) -> Option<i64> {
        stored.times.iter().copied().flatten().find(|time| self.holds(*time))
    }

    fn holds(&self, ms: i64) -> bool {
        let [from, until] = self.month;
        (from..until).contains(&ms)
    }
}

fn value(part: Part) -> Value {
    match part {
        Part::String(text) => Value::Text(text),
        number => number.as_i64().map_or(Value::Null, Value::Integer),
    }
}
