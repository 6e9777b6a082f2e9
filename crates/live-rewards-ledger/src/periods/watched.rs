//! What of the ledger belongs to a month: rows by the time at which they happened, refunds by their own.

use std::sync::LazyLock;

use rusqlite::{Connection, Row};
use serde_json::Value;

use crate::{
    ColumnType, LedgerError, PRIZES, RED_PACKETS, TABLES, Table,
    tables::{is_handed_out, watched_names},
};

/// A table whose rows belong to months.
pub(super) struct Watched {
    table: &'static Table,
    /// The columns that say when: when the row happened, and when the refund that it tells did.
    times: Vec<&'static str>,
    /// Finds a row by its account and key: when it was first seen, then its times.
    pub(super) find: String,
}

static WATCHED: LazyLock<Vec<Watched>> = LazyLock::new(|| {
    let tables = TABLES.iter().filter(|table| table.watched().next().is_some());
    tables.map(|table| Watched::new(table)).collect()
});

/// The watched columns that count in the month of the refund.
const OF_REFUND: [&str; 2] = ["refunded_at", "refund_fen"];

/// Most columns of a natural key.
const KEYS: usize = 4;

/// The first of the columns of [`query`] that hold a key.
const FIRST_KEY: usize = 9;

impl Watched {
    /// That of a name, if it is one.
    pub(super) fn of(table: &str) -> Option<&'static Self> {
        WATCHED.iter().find(|watched| watched.table.name == table)
    }

    fn new(table: &'static Table) -> Self {
        let refunded_at = (table.name == RED_PACKETS.name).then_some("refunded_at");
        let times: Vec<_> = table.time.into_iter().chain(refunded_at).collect();
        let key = (2..).zip(table.key());
        let key: Vec<_> =
            key.map(|(number, column)| format!(" AND {} = ?{number}", column.name)).collect();
        let find = format!(
            "SELECT first_seen_at, {} FROM {} WHERE account_id = ?1{}",
            times.join(", "),
            table.name,
            key.concat()
        );
        Self { table, times, find }
    }

    /// How many times a row has.
    pub(super) fn times(&self) -> usize {
        self.times.len()
    }

    /// By which of its times a column counts, and whether it is that time; nothing if the column isn't watched.
    pub(super) fn time_of(&self, column: &str) -> Option<(usize, bool)> {
        if self.is_state(column) {
            return Some((0, false));
        }
        self.table.watched().find(|watched| watched.name == column)?;
        let number = usize::from(OF_REFUND.contains(&column));
        Some((number, *self.times.get(number)? == column))
    }

    /// Whether a change of a column can change a figure. States of prizes do where a prize is handed out by one of them only.
    pub(super) fn counts(&self, column: &str, old: Option<&str>, new: Option<&str>) -> bool {
        !self.is_state(column) || is_handed_out(old) != is_handed_out(new)
    }

    /// Whether a column says if a prize was handed out. It moves, and is not watched otherwise.
    fn is_state(&self, column: &str) -> bool {
        self.table.name == PRIZES.name && column == "state"
    }

    /// The natural key of a new row, as the ledger writes it.
    pub(super) fn row_key(&self, row: &Row<'_>) -> rusqlite::Result<String> {
        let parts = (FIRST_KEY..).zip(self.table.key()).map(|(index, column)| {
            let text: String = row.get(index)?;
            Ok::<_, rusqlite::Error>(match column.kind {
                ColumnType::Text => Value::String(text),
                _ => text.parse::<i64>().map_or(Value::Null, Value::from),
            })
        });
        Ok(Value::Array(parts.collect::<rusqlite::Result<_>>()?).to_string())
    }

    /// The rows of a month that are new. A refund is new with its red packet, if that is of the same month.
    fn new_rows(&self) -> impl Iterator<Item = String> {
        let within = |time: &str| format!("{time} >= ?1 AND {time} < ?2");
        let name = self.table.name;
        let keys = self.table.key().map(|column| format!("CAST({} AS TEXT)", column.name));
        let keys: Vec<_> = keys.chain(vec!["''".to_owned(); KEYS]).take(KEYS).collect();
        self.times.iter().enumerate().map(move |(number, time)| {
            let told = self.times.iter().take(number);
            let told: Vec<_> = told.map(|time| format!(" AND NOT ({})", within(time))).collect();
            let [within, told, keys] = [within(time), told.concat(), named(&keys)];
            format!(
                "SELECT 'new' AS what, first_seen_at AS at, account_id, '{name}' AS table_name,
                     '' AS row_key, {time} AS row_time, '' AS column_name, NULL AS old, NULL AS new,
                     {keys}
                 FROM {name} WHERE {within}{told} AND first_seen_at > ?3"
            )
        })
    }
}

/// What was seen after an instant (`?3`) of rows that are new in a month (`?1` up to before `?2`), and of rows of any month that
/// changed, vanished or returned, in the order in which it was seen.
pub(super) fn query() -> String {
    let nothing = named(&["''"; KEYS]);
    let seen = |what: &str, at: &str, columns: &str, table: &str, condition: &str| {
        format!(
            "SELECT '{what}', {at}, account_id, table_name, row_key, NULL, {columns}, {nothing}
             FROM {table} WHERE {condition}"
        )
    };
    let changed = format!(
        "changed_at > ?3 AND (column_name IN ({})
             OR table_name = '{}' AND column_name = 'state')",
        watched_names(),
        PRIZES.name
    );
    let others = [
        seen("changed", "changed_at", "column_name, old, new", "changes", &changed),
        seen(
            "vanished",
            "noticed_at",
            "'', NULL, NULL",
            "vanished",
            "noticed_at > ?3 AND returned_at IS NULL",
        ),
        seen(
            "returned",
            "returned_at",
            "'', NULL, NULL",
            "vanished",
            "noticed_at <= ?3 AND returned_at > ?3",
        ),
    ];
    let all: Vec<_> = WATCHED.iter().flat_map(Watched::new_rows).chain(others).collect();
    format!(
        "SELECT what, at, account_id, table_name, row_key, row_time, column_name, old, new, {keys}
         FROM ({all}) AS seen
         ORDER BY at, account_id, table_name, row_key, {keys}, column_name, what",
        keys = key_names().join(", "),
        all = all.join(" UNION ALL ")
    )
}

/// When the first of all rows that belong to a month happened, in milliseconds.
pub(super) fn first(connection: &Connection) -> Result<Option<i64>, LedgerError> {
    let mut first = None;
    for Watched { table, times, .. } in WATCHED.iter() {
        for time in times {
            let sql = format!("SELECT MIN({time}) FROM {}", table.name);
            let at: Option<i64> = connection.query_row(&sql, [], |row| row.get(0))?;
            first = [first, at].into_iter().flatten().min();
        }
    }
    Ok(first)
}

fn key_names() -> [String; KEYS] {
    std::array::from_fn(|number| format!("key_{number}"))
}

/// Values with the names of the parts of a key.
fn named<T: std::fmt::Display>(values: &[T]) -> String {
    let named = values.iter().zip(key_names()).map(|(value, name)| format!("{value} AS {name}"));
    named.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_watched_column_counts_by_a_time() {
        for watched in WATCHED.iter() {
            assert!(watched.table.key().count() <= KEYS, "{}", watched.table.name);
            for column in watched.table.watched() {
                assert!(watched.time_of(column.name).is_some(), "{}", column.name);
            }
        }
        let packets = Watched::of("red_packets").unwrap();
        let counted =
            ["created_at", "issued_fen", "refunded_at", "refund_fen", "state", "user_nickname"]
                .map(|column| packets.time_of(column));
        let (row, refund) = (0, 1);
        let expected = [
            Some((row, true)),
            Some((row, false)),
            Some((refund, true)),
            Some((refund, false)),
            None,
            None,
        ];
        assert_eq!(counted, expected);
        assert!(Watched::of("rooms").is_none());
    }
}
