use live_rewards_core::{Money, Points, Timestamp};
use rusqlite::{Error, Row, types::ValueRef};

use super::{Condition, Selection};
use crate::{Account, ColumnType, Ledger, LedgerError, Table, Value};

/// In which order rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOrder {
    /// By account and key, as the ledger keeps them.
    Key,
    /// By account, time and key, which takes a sort on disk. Rows without a time come last; a table without one is by key.
    Time,
    /// By account and time. Rows of one instant, and those of a table without a time, come in random order, anew each time: who
    /// reads them doesn't learn the order of their keys. It takes a sort on disk.
    Shuffled,
}

/// A row of a ledger.
#[derive(Clone, Copy, Debug)]
pub struct StoredRow<'a> {
    /// Its account.
    pub account: &'a Account,
    /// The title of its room: as a user said, or its name at the vendor.
    pub room_title: Option<&'a str>,
    /// Its values, in the order of its table's columns.
    pub values: &'a [Value<'a>],
}

impl Ledger {
    /// Hands on the rows of a table one by one and says how many there were. Memory doesn't grow with them.
    pub fn read_rows<E: From<LedgerError>>(
        &self,
        table: &'static Table,
        selection: &Selection,
        order: RowOrder,
        on: &mut dyn FnMut(&StoredRow<'_>) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut count = 0;
        for account in self.selected_accounts(selection)? {
            let condition = selection.condition_of(account.id, table.time);
            let sql = query(table, order, &condition);
            condition.each(self.connection(), &sql, |row| -> Result<(), E> {
                let room_title = text(row).map_err(LedgerError::from)?;
                let values = values(row, &account, table).map_err(LedgerError::from)?;
                on(&StoredRow { account: &account, room_title, values: &values })?;
                count += 1;
                Ok(())
            })?;
        }
        Ok(count)
    }
}

/// The title of the room, and the columns that the ledger keeps.
fn query(table: &Table, order: RowOrder, condition: &Condition) -> String {
    let has_room = table.columns.iter().any(|column| column.name == "room_id");
    let (title, rooms) = if has_room { ("COALESCE(n.title, r.name)", ROOMS) } else { ("NULL", "") };
    let columns: Vec<String> =
        table.stored().map(|column| format!(", t.{}", column.name)).collect();
    let mut by = Vec::new();
    if order != RowOrder::Key
        && let Some(time) = table.columns.iter().find(|column| Some(column.name) == table.time)
    {
        if !time.required {
            // Databases differ in where they put what has no value.
            by.push(format!("CASE WHEN t.{} IS NULL THEN 1 ELSE 0 END", time.name));
        }
        by.push(format!("t.{}", time.name));
    }
    if order == RowOrder::Shuffled {
        // A number of 64 bits for each row; MySQL calls it RAND().
        by.push("random()".to_owned());
    } else {
        by.extend(table.key().map(|column| format!("t.{}", column.name)));
    }
    format!(
        "SELECT {title}{} FROM {} AS t{rooms} WHERE {} ORDER BY {}",
        columns.concat(),
        table.name,
        condition.sql,
        by.join(", ")
    )
}

const ROOMS: &str = "
    LEFT JOIN rooms AS r ON r.account_id = t.account_id
        AND r.room_kind = t.room_kind AND r.room_id = t.room_id
    LEFT JOIN room_notes AS n ON n.account_id = t.account_id
        AND n.room_kind = t.room_kind AND n.room_id = t.room_id";

fn text<'a>(row: &'a Row<'_>) -> rusqlite::Result<Option<&'a str>> {
    Ok(row.get_ref(0)?.as_str_or_null()?)
}

fn values<'a>(
    row: &'a Row<'_>,
    account: &Account,
    table: &Table,
) -> rusqlite::Result<Vec<Value<'a>>> {
    let mut values = Vec::with_capacity(table.columns.len());
    values.push(account.identity.vendor.as_str().into());
    for (index, column) in (1..).zip(table.stored()) {
        values.push(value(row, index, column.kind)?);
    }
    Ok(values)
}

fn value<'a>(row: &'a Row<'_>, index: usize, kind: ColumnType) -> rusqlite::Result<Value<'a>> {
    let stored = row.get_ref(index)?;
    if stored == ValueRef::Null {
        return Ok(Value::Null);
    }
    if kind == ColumnType::Text {
        return Ok(stored.as_str()?.into());
    }
    let number = stored.as_i64()?;
    Ok(match kind {
        ColumnType::Fen => Money::from_fen(number).into(),
        ColumnType::Points => Points::new(number).into(),
        ColumnType::Flag => (number != 0).into(),
        ColumnType::Time => Timestamp::from_epoch_ms(number)
            .ok_or(Error::IntegralValueOutOfRange(index, number))?
            .into(),
        ColumnType::Integer | ColumnType::Text => number.into(),
    })
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{
        Claim, PointsAccount, Prize, PrizeActivityId, PrizeKind, Room, UserIdKind, UserRef, Vendor,
    };

    use super::*;
    use crate::{
        AccountIdentity, CLAIMS, POINTS_ACCOUNTS, PRIZES, Record, RoomNote, Stamp, TABLES,
        test_util::{at, claim, identity, room, synced},
    };

    fn write<R: Record>(ledger: &mut Ledger, stamp: &Stamp, rows: &[R]) {
        let mut writing = ledger.begin().unwrap();
        writing.upsert(stamp, rows).unwrap();
        writing.commit().unwrap();
    }

    /// Account, title of the room, and what `show` makes of the values.
    fn read(
        ledger: &Ledger,
        table: &'static Table,
        selection: &Selection,
        order: RowOrder,
        show: fn(&[Value<'_>]) -> String,
    ) -> Vec<String> {
        let mut rows = Vec::new();
        let count = ledger
            .read_rows(table, selection, order, &mut |row| {
                let title = row.room_title.unwrap_or("-");
                rows.push(format!("{} {title} {}", row.account.name, show(row.values)));
                Ok::<_, LedgerError>(())
            })
            .unwrap();
        assert_eq!(usize::try_from(count).unwrap(), rows.len());
        rows
    }

    fn packet_and_user(values: &[Value<'_>]) -> String {
        let [_, Value::Text(packet), Value::Text(user), ..] = values else { panic!("{values:?}") };
        format!("{packet} {user}")
    }

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let (_folder, mut ledger, stamp) = synced();
        let mut written = claim("p", "u", 1, 2);
        written.best_luck = Some(true);
        written.user.nickname = Some("晓".to_owned());
        write(&mut ledger, &stamp, std::slice::from_ref(&written));
        let mut rows = 0;
        let read: Result<u64, LedgerError> =
            ledger.read_rows(&CLAIMS, &Selection::default(), RowOrder::Key, &mut |row| {
                assert_eq!(row.values, written.row(Vendor::Xiaoe));
                rows += 1;
                Ok(())
            });
        assert_eq!((read.unwrap(), rows), (1, 1));
    }

    #[test]
    fn rows_come_in_the_order_that_is_asked_for() {
        let (_folder, mut ledger, stamp) = synced();
        let identity = AccountIdentity { vendor: Vendor::Polyv, ..identity("b") };
        let account = ledger.account(&identity, "channel", at(0)).unwrap();
        let other = Stamp { account, vendor: Vendor::Polyv, ..stamp };
        write(&mut ledger, &other, &[claim("a", "u", 0, 1)]);
        let claims: [Claim; 3] =
            [claim("p", "v", 3, 1), claim("p", "u", 5, 1), claim("q", "u", 4, 1)];
        write(&mut ledger, &stamp, &claims);
        let mut named = Room::new(room());
        named.name = Some("listed".to_owned());
        write(&mut ledger, &stamp, &[named]);
        let read = |ledger: &Ledger, selection: &Selection, order| {
            read(ledger, &CLAIMS, selection, order, packet_and_user)
        };
        let all = Selection::default();
        assert_eq!(
            read(&ledger, &all, RowOrder::Key),
            ["shop listed p u", "shop listed p v", "shop listed q u", "channel - a u"]
        );
        let note =
            RoomNote { room: room(), title: Some("told".to_owned()), labels: None, ended_at: None };
        ledger.note_room(stamp.account, &note, at(1)).unwrap();
        assert_eq!(
            read(&ledger, &all, RowOrder::Time),
            ["shop told p v", "shop told q u", "shop told p u", "channel - a u"]
        );
        let some = Selection {
            accounts: Some(vec![stamp.account]),
            since: Some(at(3)),
            until: Some(at(5)),
        };
        assert_eq!(read(&ledger, &some, RowOrder::Key), ["shop told p v", "shop told q u"]);
    }

    #[test]
    fn rows_without_a_time_come_last_and_belong_to_no_time() {
        let (_folder, mut ledger, stamp) = synced();
        let prize = |activity: &str, seconds: Option<i64>| {
            let activity = PrizeActivityId::from(activity);
            let user = UserRef::new("u", UserIdKind::Viewer);
            let mut prize = Prize::new(activity, PrizeKind::Lottery, user);
            prize.at = seconds.map(at);
            prize
        };
        let prizes = [prize("a", None), prize("b", Some(2)), prize("c", Some(1))];
        write(&mut ledger, &stamp, &prizes);
        let balance = |user: &str| {
            let user = UserRef::new(user, UserIdKind::VendorUser);
            PointsAccount::new(user, Points::new(1))
        };
        write(&mut ledger, &stamp, &[balance("v"), balance("u")]);
        let activity = |values: &[Value<'_>]| match &values[3] {
            Value::Text(activity) => activity.to_string(),
            other => panic!("{other:?}"),
        };
        let since = Selection { since: Some(at(0)), ..Selection::default() };
        let by_time = |table, selection: &Selection, show| {
            read(&ledger, table, selection, RowOrder::Time, show)
        };
        assert_eq!(
            by_time(&PRIZES, &Selection::default(), activity),
            ["shop - c", "shop - b", "shop - a"]
        );
        assert_eq!(by_time(&PRIZES, &since, activity), ["shop - c", "shop - b"]);
        let user = |values: &[Value<'_>]| match &values[1] {
            Value::Text(user) => user.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(by_time(&POINTS_ACCOUNTS, &since, user), ["shop - u", "shop - v"]);
    }

    #[test]
    fn shuffled_rows_go_by_time_and_not_by_key() {
        let (_folder, mut ledger, stamp) = synced();
        let users: Vec<String> = (10..60).map(|number| format!("u{number}")).collect();
        let of_instant = |seconds| users.iter().map(move |user| claim("p", user, seconds, 1));
        let claims: Vec<Claim> = of_instant(2).chain(of_instant(1)).collect();
        write(&mut ledger, &stamp, &claims);
        let balance = |user: &String| {
            let user = UserRef::new(user.as_str(), UserIdKind::VendorUser);
            PointsAccount::new(user, Points::new(1))
        };
        write(&mut ledger, &stamp, &users.iter().map(balance).collect::<Vec<_>>());
        let text = |value: &Value<'_>| match value {
            Value::Text(text) => text.to_string(),
            other => panic!("{other:?}"),
        };
        let shuffled = |table, column: usize| {
            let mut rows = Vec::new();
            let all = Selection::default();
            let read = ledger.read_rows(table, &all, RowOrder::Shuffled, &mut |row| {
                rows.push(text(&row.values[column]));
                Ok::<_, LedgerError>(())
            });
            read.unwrap();
            rows
        };
        let claimants = shuffled(&CLAIMS, 2);
        let (early, late) = claimants.split_at(users.len());
        let accounts = shuffled(&POINTS_ACCOUNTS, 1);
        for rows in [early, late, &accounts] {
            assert_ne!(rows, users);
            let mut sorted = rows.to_vec();
            sorted.sort();
            assert_eq!(sorted, users);
        }
        assert_ne!(accounts, shuffled(&POINTS_ACCOUNTS, 1));
    }

    #[test]
    fn the_order_of_keys_takes_no_sort() {
        let (_folder, ledger, stamp) = synced();
        let selection = Selection { since: Some(at(0)), ..Selection::default() };
        for table in TABLES {
            let condition = selection.condition_of(stamp.account, table.time);
            let sql = format!("EXPLAIN QUERY PLAN {}", query(table, RowOrder::Key, &condition));
            let steps = condition.each(ledger.connection(), &sql, |row| {
                let step: String = row.get(3)?;
                assert!(!step.contains("TEMP B-TREE"), "{}: {step}", table.name);
                Ok::<_, LedgerError>(())
            });
            steps.unwrap();
        }
    }

    #[test]
    fn an_error_of_the_reader_ends_it() {
        let (_folder, mut ledger, stamp) = synced();
        write(&mut ledger, &stamp, &[claim("p", "u", 1, 1), claim("p", "v", 1, 1)]);
        let mut seen = 0;
        let read = ledger.read_rows(&CLAIMS, &Selection::default(), RowOrder::Key, &mut |_| {
            seen += 1;
            Err(LedgerError::Full)
        });
        assert!(matches!(read, Err(LedgerError::Full)));
        assert_eq!(seen, 1);
    }
}
