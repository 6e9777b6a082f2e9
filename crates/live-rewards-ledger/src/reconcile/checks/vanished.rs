//! D2: rows that their vendor no longer lists.

use rusqlite::Connection;

use super::{each_row, row, states::instant};
use crate::{
    AccountId, LedgerError,
    reconcile::{
        CheckCode, Evidence,
        collector::{Collector, Draft},
        finding::utc,
        words::words,
    },
};

/// What counts in sums. Rooms, sessions and activities may be deleted.
const SQL: &str = "SELECT account_id, table_name, row_key, noticed_at FROM vanished
    WHERE returned_at IS NULL AND table_name IN
        ('red_packets', 'claims', 'gifts', 'gift_payments', 'prizes', 'points_accounts',
            'points_entries')
    ORDER BY account_id, table_name, row_key";

pub(super) fn check(connection: &Connection, found: &mut Collector) -> Result<(), LedgerError> {
    each_row(connection, SQL, |row| {
        let account = AccountId(row.get(0)?);
        let (table, key): (String, String) = (row.get(1)?, row.get(2)?);
        let noticed_at: i64 = row.get(3)?;
        let named = row::find(connection, account, &table, &key)?;
        let described = row::of_name(&table);
        let label = described.map(|table| table.label);
        let (en, zh) = label.map_or(("row", "记录"), |label| (label.en, label.zh));
        let at = instant(noticed_at);
        let mut evidence = Evidence { table, key, values: Vec::new() };
        let [fen, points] = described.map_or([None; 2], row::worth);
        for (name, value) in [fen.zip(named.fen), points.zip(named.points)].into_iter().flatten() {
            evidence = evidence.with(name, value);
        }
        let evidence = evidence.with("noticed_at", utc(noticed_at));
        found.find(Draft {
            code: CheckCode::D2,
            account,
            room: named.room,
            subject: named.subject,
            amount_fen: named.fen,
            points: named.points,
            mark: String::new(),
            text: words!("{en}: no longer there since {at}", "{zh}：{at} 起不再存在"),
            evidence: vec![evidence],
        });
        Ok(())
    })
}
