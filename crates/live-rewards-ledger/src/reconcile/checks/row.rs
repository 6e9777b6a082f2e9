use std::borrow::Cow;

use live_rewards_core::{Money, RoomRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter, types::Value};

use super::states::instant;
use crate::{
    AccountId, Column, ColumnType, Language, LedgerError, TABLES, Table,
    reconcile::{FindingSubject, Words, collector::room, finding::utc, words::words},
};

/// A row by its table and natural key, as changes and vanished rows name it.
pub(super) struct Named {
    pub(super) subject: FindingSubject,
    pub(super) room: Option<RoomRef>,
    /// What it is worth, where that is one amount.
    pub(super) fen: Option<i64>,
    pub(super) points: Option<i64>,
}

/// Finds a row. One that isn't there, or whose key can't be read, has nothing but its name.
pub(super) fn find(
    connection: &Connection,
    account: AccountId,
    table: &str,
    row_key: &str,
) -> Result<Named, LedgerError> {
    let parts: Vec<serde_json::Value> = serde_json::from_str(row_key).unwrap_or_default();
    let id = parts.first().and_then(serde_json::Value::as_str).unwrap_or(row_key);
    let subject =
        FindingSubject { table: table.to_owned(), key: row_key.to_owned(), id: id.to_owned() };
    let mut named = Named { subject, room: None, fen: None, points: None };
    let Some(described) = of_name(table) else {
        return Ok(named);
    };
    let values = [Value::Integer(account.0)].into_iter().chain(parts.iter().map(value));
    let mut statement = connection.prepare_cached(&query(described))?;
    if statement.parameter_count() != parts.len() + 1 {
        return Ok(named);
    }
    let row = statement.query_row(params_from_iter(values), |row| {
        let room: (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        Ok((room, row.get(2)?, row.get(3)?))
    });
    if let Some(((kind, id), fen, points)) = row.optional()? {
        named.room = kind.zip(id).and_then(|(kind, id)| room(&kind, &id));
        (named.fen, named.points) = (fen, points);
    }
    Ok(named)
}

/// The description of a table.
pub(super) fn of_name(table: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|described| described.name == table)
}

/// The description of a column.
pub(super) fn column(table: &str, name: &str) -> Option<&'static Column> {
    of_name(table)?.column(name)
}

/// The words for a value of a column that has codes; otherwise the value as it is [`shown`].
pub(super) fn said(column: Option<&Column>, value: &str) -> Words {
    let word = |language| column.and_then(|column| column.word(value, language));
    match word(Language::English).zip(word(Language::Chinese)) {
        Some((en, zh)) => words!("{en}", "{zh}"),
        None => shown(column.map_or(ColumnType::Text, |column| column.kind), value),
    }
}

/// A value of a column, as it stands in a list of changes, for people.
pub(super) fn shown(kind: ColumnType, value: &str) -> Words {
    let number = value.parse().ok();
    match (kind, number) {
        (ColumnType::Fen, Some(fen)) => {
            let yuan = Money::from_fen(fen);
            words!("{yuan} yuan", "{yuan} 元")
        }
        (ColumnType::Points, _) => words!("{value} points", "{value} 积分"),
        (ColumnType::Time, Some(ms)) => {
            let at = instant(ms);
            words!("{at}", "{at}")
        }
        _ => words!("{value}", "{value}"),
    }
}

/// The same, for evidence.
pub(super) fn evident(kind: ColumnType, value: &str) -> Cow<'_, str> {
    match (kind, value.parse()) {
        (ColumnType::Time, Ok(ms)) => utc(ms).into(),
        _ => value.into(),
    }
}

/// The columns that say what a row is worth: in fen, in points.
pub(super) fn worth(table: &Table) -> [Option<&'static str>; 2] {
    [
        ["issued_fen", "amount_fen", "charged_fen", "value_fen"],
        ["charged_points", "value_points", "change", "available"],
    ]
    .map(|names| names.into_iter().find(|name| table.column(name).is_some()))
}

fn query(table: &Table) -> String {
    let has_room = table.column("room_id").is_some();
    let room = if has_room { "room_kind, room_id" } else { "NULL, NULL" };
    let [fen, points] = worth(table).map(|name| name.unwrap_or("NULL"));
    let keys = (2..).zip(table.key()).map(|(number, key)| format!(" AND {} = ?{number}", key.name));
    let keys: Vec<String> = keys.collect();
    let (name, keys) = (table.name, keys.concat());
    format!("SELECT {room}, {fen}, {points} FROM {name} WHERE account_id = ?1{keys}")
}

fn value(part: &serde_json::Value) -> Value {
    match part {
        serde_json::Value::String(text) => Value::Text(text.clone()),
        number => number.as_i64().map_or(Value::Null, Value::Integer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::{claim, room as live, synced};

    #[test]
    fn a_row_is_found_by_its_key() {
        let (_folder, mut ledger, stamp) = synced();
        let one = claim("p\"|", "u", 5, 7);
        let at = one.claimed_at.epoch_ms();
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[one]).unwrap();
        writing.commit().unwrap();
        let key: String = ledger
            .connection()
            .query_row(
                "SELECT json_array(red_packet_id, user_id, claimed_at, ordinal) FROM claims",
                [],
                |row| row.get(0),
            )
            .unwrap();
        let named = find(ledger.connection(), stamp.account, "claims", &key).unwrap();
        assert_eq!((named.room, named.fen, named.points), (Some(live()), Some(7), None));
        assert_eq!(named.subject.id, "p\"|");
        for key in ["", "[]", "[\"p\"]", &format!("[\"x\",\"u\",{at},0]")] {
            let named = find(ledger.connection(), stamp.account, "claims", key).unwrap();
            assert_eq!((named.room, named.fen), (None, None), "{key}");
        }
        let other = find(ledger.connection(), stamp.account, "dances", "[\"x\"]").unwrap();
        assert_eq!(other.subject.id, "x");
    }

    #[test]
    fn every_table_can_be_asked() {
        let (_folder, ledger, _) = synced();
        for table in TABLES {
            ledger.connection().prepare(&query(table)).unwrap();
        }
    }
}
