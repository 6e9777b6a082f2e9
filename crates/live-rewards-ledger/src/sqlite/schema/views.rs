use crate::{Column, ColumnType, Table};

/// A table for people: names of account and room, yuan beside fen, Beijing time.
pub(super) fn view(table: &Table) -> String {
    let name = table.name;
    let has_room = table.columns.iter().any(|column| column.name == "room_id");
    let mut columns = vec!["a.vendor".to_owned(), "a.name AS account".to_owned()];
    if has_room {
        columns.push("COALESCE(n.title, r.name) AS room_title".to_owned());
        columns.push("n.labels AS room_labels".to_owned());
    }
    columns.extend(table.time.map(|time| format!("{} AS day", beijing("%Y-%m-%d", time))));
    columns.extend(table.stored().flat_map(shown));
    columns.push(time("first_seen_at"));
    columns.extend(["t.first_run".to_owned(), "t.changed_run".to_owned()]);
    let rooms = if has_room {
        "
         LEFT JOIN rooms AS r ON r.account_id = t.account_id
             AND r.room_kind = t.room_kind AND r.room_id = t.room_id
         LEFT JOIN room_notes AS n ON n.account_id = t.account_id
             AND n.room_kind = t.room_kind AND n.room_id = t.room_id"
    } else {
        ""
    };
    format!(
        "DROP VIEW IF EXISTS v_{name};
         CREATE VIEW v_{name} AS SELECT {}
         FROM {name} AS t JOIN accounts AS a ON a.account_id = t.account_id{rooms}",
        columns.join(", ")
    )
}

fn shown(column: &Column) -> Vec<String> {
    let name = column.name;
    match column.kind {
        ColumnType::Time => vec![time(name)],
        ColumnType::Fen => {
            let yuan = name.strip_suffix("_fen").unwrap_or(name);
            vec![format!("t.{name}"), format!("{} AS {yuan}_yuan", in_yuan(name))]
        }
        _ => vec![format!("t.{name}")],
    }
}

fn time(name: &str) -> String {
    format!("{} AS {name}", beijing("%Y-%m-%d %H:%M:%S", name))
}

/// An instant in China standard time, which is always eight hours before UTC.
fn beijing(form: &str, name: &str) -> String {
    format!("strftime('{form}', t.{name} / 1000 + 28800, 'unixepoch')")
}

/// Yuan with two decimals.
fn in_yuan(name: &str) -> String {
    format!(
        "CASE WHEN t.{name} < 0 THEN '-' ELSE '' END || (abs(t.{name}) / 100) || '.' \
         || substr('0' || (abs(t.{name}) % 100), -2)"
    )
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{Claim, Money, Room, Timestamp};

    use crate::{
        RoomNote, Stamp,
        test_util::{at, claim, room, synced},
    };

    #[test]
    fn a_view_shows_names_and_yuan_and_beijing_time() {
        let (_folder, mut ledger, stamp) = synced();
        let mut named = Room::new(room());
        named.name = Some("as listed".to_owned());
        let note = RoomNote {
            room: room(),
            title: Some("as told".to_owned()),
            labels: Some("a b".to_owned()),
            ended_at: None,
        };
        let mut fine = claim("p", "u", 0, 0);
        fine.claimed_at = Timestamp::from_epoch_ms(1_769_875_199_999).unwrap();
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[named]).unwrap();
        writing.upsert(&Stamp { now: at(0), ..stamp }, &[fine]).unwrap();
        writing.commit().unwrap();
        ledger.note_room(stamp.account, &note, at(1)).unwrap();
        let shown: [String; 7] = ledger
            .connection()
            .query_row(
                "SELECT vendor, account, room_title, room_labels, claimed_at, day, first_seen_at
                 FROM v_claims",
                [],
                |row| Ok([0_usize, 1, 2, 3, 4, 5, 6].map(|index| row.get(index).unwrap())),
            )
            .unwrap();
        assert_eq!(
            shown,
            [
                "xiaoe",
                "shop",
                "as told",
                "a b",
                "2026-01-31 23:59:59",
                "2026-01-31",
                "2023-11-15 06:13:20",
            ]
        );
    }

    #[test]
    fn yuan_are_as_money_is_shown() {
        let (_folder, mut ledger, stamp) = synced();
        let amounts =
            [0, 1, 10, 99, 100, 123_456, -1, -250, -10_000_000_000_000, 10_000_000_000_000];
        let claims: Vec<Claim> =
            (0..).zip(amounts).map(|(at, fen)| claim("p", "u", at, fen)).collect();
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &claims).unwrap();
        writing.commit().unwrap();
        let mut statement = ledger
            .connection()
            .prepare("SELECT amount_yuan, amount_fen FROM v_claims ORDER BY claimed_at")
            .unwrap();
        let shown: Vec<(String, i64)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let expected: Vec<_> =
            amounts.iter().map(|fen| (Money::from_fen(*fen).to_string(), *fen)).collect();
        assert_eq!(shown, expected);
    }
}
