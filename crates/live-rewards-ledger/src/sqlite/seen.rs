use std::fmt::Write;

use live_rewards_core::{PrizeActivityId, PrizeKind, RedPacketId, RoomRef, Timestamp};
use rusqlite::{Connection, params, params_from_iter};

use super::{Stamp, Writing};
use crate::{Column, ColumnType, LedgerError, Record, TABLES, Table, Value, tables::room_kind};

/// The rows of a table that a complete reading would have seen: those for which all that is said here holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenScope {
    /// Of this room.
    pub room: Option<RoomRef>,
    /// Of this red packet.
    pub red_packet: Option<RedPacketId>,
    /// Of this kind of prizes.
    pub kind: Option<PrizeKind>,
    /// Of this activity.
    pub activity: Option<(PrizeKind, PrizeActivityId)>,
    /// Of this instant and later, by the [`time`](Table::time) of the table.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
}

impl Writing<'_> {
    /// Marks rows as seen by the reading under way. Marks belong to this handle of the ledger, and to no transaction once it is
    /// committed.
    pub fn mark_seen<R: Record>(&mut self, at: &Stamp, rows: &[R]) -> Result<(), LedgerError> {
        make_marks(self.connection(), R::TABLE)?;
        let values = (2..).zip(R::TABLE.key()).fold(String::new(), |mut values, (number, _)| {
            let _ = write!(values, ", ?{number}");
            values
        });
        let mut mark = self.connection().prepare_cached(&format!(
            "INSERT INTO temp.seen_{} VALUES (?1{values}) ON CONFLICT DO NOTHING",
            R::TABLE.name
        ))?;
        for record in rows {
            mark.raw_bind_parameter(1_usize, at.account.0)?;
            let row = record.row(at.vendor);
            let key = R::TABLE.stored().zip(row.iter().skip(1)).filter(|(column, _)| column.key);
            for (number, (_, value)) in (2_usize..).zip(key) {
                mark.raw_bind_parameter(number, value)?;
            }
            mark.raw_execute()?;
        }
        Ok(())
    }

    /// Notes the rows of a scope that have no mark as vanished, and those that had vanished and have one as returned. Of rows that are
    /// equal but for their ordinal none has vanished while any of them has a mark: if they stand on two pages they came as one. Uses up
    /// the marks of the table. Says how many rows it had not missed before.
    pub fn note_vanished<R: Record>(
        &mut self,
        at: &Stamp,
        scope: &SeenScope,
    ) -> Result<u64, LedgerError> {
        let (connection, table) = (self.connection(), R::TABLE);
        make_marks(connection, table)?;
        let name = table.name;
        let mut values = vec![at.account.0.into(), at.now.epoch_ms().into(), at.run.0.into()];
        let within = scope.condition(table, &mut values)?;
        let row_key = list(table, ", ", |column, _| format!("t.{}", column.name));
        let same = list(table, "", |column, _| {
            format!(" AND s.{} = {}", column.name, of_first_equal(table, column))
        });
        let mut miss = connection.prepare_cached(&format!(
            "INSERT INTO vanished (account_id, table_name, row_key, noticed_at, run_id)
             SELECT t.account_id, '{name}', json_array({row_key}), ?2, ?3 FROM {name} AS t
             WHERE t.account_id = ?1{within} AND NOT EXISTS (
                 SELECT 1 FROM temp.seen_{name} AS s WHERE s.account_id = t.account_id{same})
             ON CONFLICT (account_id, table_name, row_key) DO UPDATE SET
                 noticed_at = excluded.noticed_at, run_id = excluded.run_id, returned_at = NULL
             WHERE vanished.returned_at IS NOT NULL"
        ))?;
        let missed = miss.execute(params_from_iter(&values))?;
        let same = list(table, "", |column, number| {
            format!(" AND s.{} = json_extract(vanished.row_key, '$[{number}]')", column.name)
        });
        let mut find = connection.prepare_cached(&format!(
            "UPDATE vanished SET returned_at = ?2
             WHERE account_id = ?1 AND table_name = '{name}' AND returned_at IS NULL
                 AND EXISTS (SELECT 1 FROM temp.seen_{name} AS s
                     WHERE s.account_id = vanished.account_id{same})"
        ))?;
        find.execute(params![at.account.0, at.now.epoch_ms()])?;
        forget(connection, table)?;
        Ok(missed as u64)
    }

    /// Takes all marks away, of all tables.
    pub fn forget_seen(&mut self) -> Result<(), LedgerError> {
        for table in TABLES {
            make_marks(self.connection(), table)?;
            forget(self.connection(), table)?;
        }
        Ok(())
    }
}

impl SeenScope {
    /// What holds for a row `t`; appends the values of its parameters.
    fn condition<'a>(
        &'a self,
        table: &Table,
        values: &mut Vec<Value<'a>>,
    ) -> Result<String, LedgerError> {
        let mut condition = String::new();
        let mut add = |column: &str, is: &str, value: Value<'a>| {
            values.push(value);
            let _ = write!(condition, " AND t.{column} {is} ?{}", values.len());
        };
        if let Some(room) = &self.room {
            add("room_id", "=", room.id.as_str().into());
            add("room_kind", "=", room_kind(room.kind).into());
        }
        if let Some(packet) = &self.red_packet {
            add("red_packet_id", "=", packet.as_str().into());
        }
        if let Some(kind) = self.kind {
            add("kind", "=", kind.as_str().into());
        }
        if let Some((kind, activity)) = &self.activity {
            add("kind", "=", kind.as_str().into());
            add("activity_id", "=", activity.as_str().into());
        }
        for (is, instant) in [(">=", self.since), ("<", self.until)] {
            if let Some(instant) = instant {
                let time = table.time.ok_or_else(|| {
                    LedgerError::Sqlite(format!("{} have no time", table.name).into())
                })?;
                add(time, is, instant.into());
            }
        }
        Ok(condition)
    }
}

fn make_marks(connection: &Connection, table: &Table) -> rusqlite::Result<()> {
    let name = table.name;
    let columns = table.key().fold(String::new(), |mut columns, column| {
        let _ = write!(columns, ", {}", super::schema::declared(column));
        columns
    });
    let key = list(table, "", |column, _| format!(", {}", column.name));
    let mut make = connection.prepare_cached(&format!(
        "CREATE TEMP TABLE IF NOT EXISTS seen_{name} (account_id INTEGER NOT NULL{columns},
             PRIMARY KEY (account_id{key})) STRICT, WITHOUT ROWID"
    ))?;
    make.execute([]).map(drop)
}

fn forget(connection: &Connection, table: &Table) -> rusqlite::Result<()> {
    let delete = format!("DELETE FROM temp.seen_{}", table.name);
    connection.prepare_cached(&delete)?.execute([]).map(drop)
}

/// What a key column has in the first of the rows that are equal to a row `t` but for their ordinal, which is 0. Wherever one of them
/// came, so did that.
fn of_first_equal(table: &Table, column: &Column) -> String {
    let name = column.name;
    let ordinal = table.columns.iter().find(|column| column.name == ORDINAL);
    match ordinal {
        Some(ordinal) if ordinal.key && name == ORDINAL => "0".to_owned(),
        // As `facts|…|ORDINAL`; keys in which the vendor's id stands have none.
        Some(ordinal) if !ordinal.key && column.kind == ColumnType::Text => format!(
            "CASE WHEN t.{ORDINAL} > 0 AND t.{name} LIKE 'facts|%'
                 THEN substr(t.{name}, 1, length(t.{name}) - length(t.{ORDINAL})) || '0'
                 ELSE t.{name} END"
        ),
        _ => format!("t.{name}"),
    }
}

const ORDINAL: &str = "ordinal";

/// Texts of the table's key columns, each made from the column and its number.
fn list(table: &Table, between: &str, text: impl Fn(&Column, usize) -> String) -> String {
    let texts: Vec<String> =
        table.key().enumerate().map(|(number, column)| text(column, number)).collect();
    texts.join(between)
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{Claim, Gift, GiftItem, RedPacket, UserIdKind, UserRef};

    use super::*;
    use crate::{
        Ledger, VanishedRow,
        test_util::{at, claim, fen, room, synced},
    };

    /// A complete reading of a packet's claims that sees these.
    fn read(ledger: &mut Ledger, stamp: &Stamp, packet: &str, claims: &[Claim]) -> u64 {
        let scope = SeenScope { red_packet: Some(packet.into()), ..SeenScope::default() };
        let mut writing = ledger.begin().unwrap();
        writing.upsert(stamp, claims).unwrap();
        writing.mark_seen(stamp, claims).unwrap();
        let vanished = writing.note_vanished::<Claim>(stamp, &scope).unwrap();
        writing.commit().unwrap();
        vanished
    }

    #[test]
    fn a_row_that_is_missed_vanished_until_it_returns() {
        let (_folder, mut ledger, stamp) = synced();
        let (one, two) = (claim("p", "u|\"1", 1, 5), claim("p", "", 2, 6));
        let both = [one.clone(), two.clone()];
        assert_eq!(read(&mut ledger, &stamp, "p", &both), 0);
        assert_eq!(read(&mut ledger, &stamp, "q", &[claim("q", "u", 1, 5)]), 0);
        let later = |seconds| Stamp { now: at(seconds), ..stamp };
        let one = [one];
        assert_eq!(read(&mut ledger, &later(100), "p", &one), 1);
        assert_eq!(read(&mut ledger, &later(200), "p", &one), 0);
        let row = |noticed_at, returned_at| VanishedRow {
            account: stamp.account,
            table: "claims".to_owned(),
            row_key: format!("[\"p\",\"\",{},0]", two.claimed_at.epoch_ms()),
            noticed_at: at(noticed_at),
            run: stamp.run,
            returned_at,
        };
        assert_eq!(ledger.vanished(None).unwrap(), [row(100, None)]);
        assert_eq!(read(&mut ledger, &later(300), "p", &both), 0);
        assert_eq!(ledger.vanished(None).unwrap(), [row(100, Some(at(300)))]);
        assert_eq!(read(&mut ledger, &later(400), "p", &one), 1);
        assert_eq!(ledger.vanished(None).unwrap(), [row(400, None)]);
        assert_eq!(read(&mut ledger, &later(500), "p", &[]), 1);
        assert_eq!(ledger.vanished(Some(stamp.account)).unwrap().len(), 2);
    }

    /// Keys of the rows that are gone.
    fn keys(ledger: &Ledger) -> Vec<String> {
        let rows = ledger.vanished(None).unwrap().into_iter();
        rows.filter(|row| row.returned_at.is_none()).map(|row| row.row_key).collect()
    }

    #[test]
    fn equal_claims_vanish_together() {
        let (_folder, mut ledger, stamp) = synced();
        let mut claims = [claim("p", "u", 1, 5), claim("p", "u", 1, 6), claim("p", "v", 1, 7)];
        claims[1].ordinal = 1;
        assert_eq!(read(&mut ledger, &stamp, "p", &claims), 0);
        assert_eq!(read(&mut ledger, &stamp, "p", &[claims[0].clone(), claims[2].clone()]), 0);
        assert_eq!(read(&mut ledger, &stamp, "p", &claims[2..]), 2);
        // Another one may or may not be there again.
        assert_eq!(read(&mut ledger, &stamp, "p", &[claims[0].clone(), claims[2].clone()]), 0);
        let time = claims[1].claimed_at.epoch_ms();
        assert_eq!(keys(&ledger), [format!("[\"p\",\"u\",{time},1]")]);
        assert_eq!(read(&mut ledger, &stamp, "p", &claims), 0);
        assert_eq!(keys(&ledger), [""; 0]);
    }

    #[test]
    fn equal_gifts_vanish_together_and_those_with_ids_alone() {
        let (_folder, mut ledger, stamp) = synced();
        let gift = |ordinal, record: Option<&str>| {
            let giver = UserRef::new("u|", UserIdKind::Viewer);
            let mut gift = Gift::new(giver, GiftItem::new(None, None), at(1));
            (gift.ordinal, gift.record_id) = (ordinal, record.map(Into::into));
            gift
        };
        let mut read = |gifts: &[Gift]| {
            let mut writing = ledger.begin().unwrap();
            writing.upsert(&stamp, gifts).unwrap();
            writing.mark_seen(&stamp, gifts).unwrap();
            let vanished = writing.note_vanished::<Gift>(&stamp, &SeenScope::default()).unwrap();
            writing.commit().unwrap();
            vanished
        };
        let mut all: Vec<_> = (0..11).map(|ordinal| gift(ordinal, None)).collect();
        all.extend(["a", "b"].map(|id| gift(10, Some(id))));
        assert_eq!(read(&all), 0);
        assert_eq!(read(&[gift(0, None), gift(0, Some("a"))]), 1);
        assert_eq!(keys(&ledger), ["[\"record||b\"]"]);
    }

    #[test]
    fn only_rows_of_the_scope_vanish() {
        let (_folder, mut ledger, stamp) = synced();
        let packet = |id: &str, seconds| RedPacket::new(id.into(), room(), fen(1), at(seconds));
        let packets =
            [packet("before", 1), packet("seen", 2), packet("missed", 3), packet("after", 4)];
        let scope = SeenScope {
            room: Some(room()),
            since: Some(at(2)),
            until: Some(at(4)),
            ..SeenScope::default()
        };
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &packets).unwrap();
        writing.mark_seen(&stamp, &packets[1..2]).unwrap();
        assert_eq!(writing.note_vanished::<RedPacket>(&stamp, &scope).unwrap(), 1);
        writing.commit().unwrap();
        assert_eq!(ledger.vanished(None).unwrap()[0].row_key, "[\"missed\"]");
    }

    #[test]
    fn marks_last_from_page_to_page_and_go_with_what_is_undone() {
        let (_folder, mut ledger, stamp) = synced();
        let claims = [claim("p", "u", 1, 1), claim("p", "u", 2, 2), claim("p", "u", 3, 3)];
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &claims).unwrap();
        writing.mark_seen(&stamp, &claims[..1]).unwrap();
        writing.commit().unwrap();
        let mut undone = ledger.begin().unwrap();
        undone.mark_seen(&stamp, &claims[1..2]).unwrap();
        drop(undone);
        let scope = SeenScope::default();
        let mut writing = ledger.begin().unwrap();
        writing.mark_seen(&stamp, &claims[2..]).unwrap();
        assert_eq!(writing.note_vanished::<Claim>(&stamp, &scope).unwrap(), 1);
        // The marks are used up, and so are those that are forgotten.
        writing.mark_seen(&stamp, &claims).unwrap();
        writing.forget_seen().unwrap();
        assert_eq!(writing.note_vanished::<Claim>(&stamp, &scope).unwrap(), 2);
    }

    #[test]
    fn a_scope_that_the_table_does_not_know_is_an_error() {
        let (_folder, mut ledger, stamp) = synced();
        let mut writing = ledger.begin().unwrap();
        let scope = SeenScope { since: Some(at(1)), ..SeenScope::default() };
        assert!(writing.note_vanished::<live_rewards_core::Room>(&stamp, &scope).is_err());
        let scope = SeenScope { red_packet: Some("p".into()), ..SeenScope::default() };
        assert!(writing.note_vanished::<live_rewards_core::Room>(&stamp, &scope).is_err());
    }
}
