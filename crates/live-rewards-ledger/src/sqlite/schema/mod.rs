//! The tables, triggers and views of the file, from the description of the tables.

mod changes;
mod own;
mod views;

use rusqlite::Connection;

use crate::{Column, ColumnType, SCHEMA_VERSION, TABLES, Table};

/// The steps to each version of the schema from the one before.
const STEPS: [fn(&Connection) -> rusqlite::Result<()>; SCHEMA_VERSION as usize] = [first];

/// The version of a database's schema.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // What is negative was not written by us.
    Ok(u32::try_from(version).unwrap_or(u32::MAX))
}

/// Brings a database to the present version, from an empty one too. Runs within a transaction.
pub(super) fn migrate(connection: &Connection) -> rusqlite::Result<()> {
    let from = usize::try_from(version(connection)?).unwrap_or(usize::MAX);
    for step in STEPS.iter().skip(from) {
        step(connection)?;
    }
    for table in TABLES {
        connection.execute_batch(&changes::trigger(table))?;
        connection.execute_batch(&views::view(table))?;
    }
    connection.pragma_update(None, "user_version", SCHEMA_VERSION)
}

fn first(connection: &Connection) -> rusqlite::Result<()> {
    for table in TABLES {
        connection.execute_batch(&create_table(table, 1))?;
    }
    connection.execute_batch(own::DDL)?;
    connection.execute_batch(crate::reconcile::DDL)?;
    connection.execute_batch(crate::periods::DDL)
}

/// A table as it was in a version.
fn create_table(table: &Table, version: u32) -> String {
    let columns = table.stored().filter(|column| column.since <= version);
    let columns: Vec<String> = columns.map(declared).collect();
    let key: Vec<&str> = table.key().map(|column| column.name).collect();
    format!(
        "CREATE TABLE {} (\n    account_id INTEGER NOT NULL,\n    {},\n    \
         first_seen_at INTEGER NOT NULL,\n    first_run INTEGER NOT NULL,\n    \
         changed_run INTEGER NOT NULL,\n    PRIMARY KEY (account_id, {})\n) STRICT, WITHOUT ROWID",
        table.name,
        columns.join(",\n    "),
        key.join(", ")
    )
}

/// A column with its type.
pub(super) fn declared(column: &Column) -> String {
    let kind = match column.kind {
        ColumnType::Text => "TEXT",
        _ => "INTEGER",
    };
    let required = if column.required { " NOT NULL" } else { "" };
    format!("{} {kind}{required}", column.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CLAIMS, test_util::ledger};

    #[test]
    fn a_table_as_it_is_made() {
        insta::assert_snapshot!(create_table(&CLAIMS, 1), @r"
        CREATE TABLE claims (
            account_id INTEGER NOT NULL,
            red_packet_id TEXT NOT NULL,
            user_id TEXT NOT NULL,
            claimed_at INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            room_id TEXT NOT NULL,
            room_kind TEXT NOT NULL,
            session_id TEXT,
            user_id_kind TEXT,
            user_nickname TEXT,
            amount_fen INTEGER NOT NULL,
            best_luck INTEGER,
            order_id TEXT,
            first_seen_at INTEGER NOT NULL,
            first_run INTEGER NOT NULL,
            changed_run INTEGER NOT NULL,
            PRIMARY KEY (account_id, red_packet_id, user_id, claimed_at, ordinal)
        ) STRICT, WITHOUT ROWID
        ");
    }

    #[test]
    fn every_table_has_what_its_description_says() {
        let (_folder, ledger) = ledger();
        for table in TABLES {
            let mut statement = ledger
                .connection()
                .prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")
                .unwrap();
            let names: Vec<String> = statement
                .query_map([table.name], |row| row.get(0))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            let described = table.stored().map(|column| column.name);
            let expected: Vec<&str> = ["account_id"]
                .into_iter()
                .chain(described)
                .chain(["first_seen_at", "first_run", "changed_run"])
                .collect();
            assert_eq!(names, expected, "{}", table.name);
        }
    }

    #[test]
    fn all_triggers_and_views_can_be_used() {
        let (_folder, ledger) = ledger();
        for table in TABLES {
            let view = format!("SELECT COUNT(*) FROM v_{}", table.name);
            let rows: i64 = ledger.connection().query_row(&view, [], |row| row.get(0)).unwrap();
            assert_eq!(rows, 0);
            let update = format!("UPDATE {} SET changed_run = 1", table.name);
            assert_eq!(ledger.connection().execute(&update, []).unwrap(), 0);
        }
    }
}
