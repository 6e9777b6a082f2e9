//! D1: values that are not what they were when they were first read.

use rusqlite::{Connection, params};

use super::{
    each_row,
    row::{self, evident, said},
};
use crate::{
    AccountId, ColumnType, Label, LedgerError,
    reconcile::{
        CheckCode, Evidence, Words,
        collector::{Collector, Draft},
        finding::utc,
        readings::Readings,
        words::words,
    },
    tables::watched_names,
};

const ONCE: Label =
    Label { en: "it needs a second reading", zh: "需要再次读取后才能比较" };

/// All that became of one value.
struct Changed {
    account: AccountId,
    table: String,
    key: String,
    column: String,
    first: String,
    /// What it became first.
    second: Option<String>,
    last: Option<String>,
    times: usize,
    evidence: Vec<Evidence>,
}

pub(super) fn check(
    connection: &Connection,
    readings: &Readings,
    found: &mut Collector,
) -> Result<(), LedgerError> {
    let accounts: Vec<AccountId> = found.accounts().map(|account| account.id).collect();
    for account in accounts {
        for code in [CheckCode::D1, CheckCode::D2] {
            if was_read_again(connection, account)? {
                found.examined(account, code, readings.whole(account));
            } else {
                found.not_run(account, code, ONCE);
            }
        }
    }
    // What became known is no change, and a charge of 0 stands for one that isn't known.
    let sql = format!(
        "SELECT account_id, table_name, row_key, column_name, old, new, changed_at, run_id
         FROM changes
         WHERE column_name IN ({}) AND old IS NOT NULL
             AND NOT (old = '0' AND column_name IN ('charged_fen', 'charged_points'))
         ORDER BY account_id, table_name, row_key, column_name, change_id",
        watched_names()
    );
    let mut under_way: Option<Changed> = None;
    each_row(connection, &sql, |row| {
        let (table, key): (String, String) = (row.get(1)?, row.get(2)?);
        let (account, column): (AccountId, String) = (AccountId(row.get(0)?), row.get(3)?);
        let Some(described) = row::column(&table, &column).filter(|column| column.watched) else {
            return Ok(());
        };
        let is_same = under_way.as_ref().is_some_and(|one| {
            (one.account, &one.table, &one.key, &one.column) == (account, &table, &key, &column)
        });
        if !is_same {
            finish(connection, under_way.take(), found)?;
        }
        let (old, new): (String, Option<String>) = (row.get(4)?, row.get(5)?);
        let evidence = Evidence { table: table.clone(), key: key.clone(), values: Vec::new() }
            .with("column", &column)
            .with("old", evident(described.kind, &old))
            .with_known("new", new.as_deref().map(|new| evident(described.kind, new)))
            .with_known("changed_at", row.get::<_, Option<i64>>(6)?.map(utc))
            .with("run", row.get::<_, i64>(7)?);
        let one = under_way.get_or_insert_with(|| Changed {
            account,
            table,
            key,
            column,
            first: old,
            second: new.clone(),
            last: None,
            times: 0,
            evidence: Vec::new(),
        });
        one.last = new;
        one.times += 1;
        one.evidence.push(evidence);
        Ok(())
    })?;
    finish(connection, under_way, found)
}

fn finish(
    connection: &Connection,
    changed: Option<Changed>,
    found: &mut Collector,
) -> Result<(), LedgerError> {
    let Some(changed) = changed else {
        return Ok(());
    };
    let Changed { account, table, key, column, first, second, last, times, evidence } = changed;
    let named = row::find(connection, account, &table, &key)?;
    let described = row::column(&table, &column);
    let kind = described.map_or(ColumnType::Text, |column| column.kind);
    let last = last.unwrap_or_default();
    let more =
        last.parse().ok().zip(first.parse().ok()).and_then(|(last, first): (i64, i64)| {
            last.checked_sub(first).filter(|more| *more != 0)
        });
    let label = described.map(|column| column.label);
    let is = said(described, &last);
    let text = if first == last {
        let became = second.map_or_else(|| words!("unknown", "未知"), |it| said(described, &it));
        again(label, &column, &became, &is)
    } else {
        told(label, &column, &said(described, &first), &is)
    };
    found.find(Draft {
        code: CheckCode::D1,
        account,
        room: named.room,
        subject: named.subject,
        amount_fen: more.filter(|_| kind == ColumnType::Fen),
        points: more.filter(|_| kind == ColumnType::Points),
        mark: format!("{column}\u{1f}{times}\u{1f}{last}"),
        text,
        evidence,
    });
    Ok(())
}

/// That a value was this and is that.
pub(super) fn told(label: Option<Label>, column: &str, was: &Words, is: &Words) -> Words {
    let Label { en, zh } = label.unwrap_or(Label { en: "", zh: "" });
    let (was_en, was_zh, is_en, is_zh) = (&was.en, &was.zh, &is.en, &is.zh);
    words!(
        "{en} ({column}) was {was_en} and is {is_en}",
        "{zh}（{column}）由 {was_zh} 变为 {is_zh}"
    )
}

/// That a value became this and is again that.
fn again(label: Option<Label>, column: &str, became: &Words, is: &Words) -> Words {
    let Label { en, zh } = label.unwrap_or(Label { en: "", zh: "" });
    let (became_en, became_zh, is_en, is_zh) = (&became.en, &became.zh, &is.en, &is.zh);
    words!(
        "{en} ({column}) became {became_en} and is {is_en} again",
        "{zh}（{column}）曾变为 {became_zh}，又恢复为 {is_zh}"
    )
}

/// Whether a later run than that of its first rows has read an account.
fn was_read_again(connection: &Connection, account: AccountId) -> Result<bool, LedgerError> {
    let newest: Option<i64> = connection
        .prepare_cached("SELECT MAX(began_run) FROM listings WHERE account_id = ?1")?
        .query_row([account.0], |row| row.get(0))?;
    let Some(newest) = newest else {
        return Ok(false);
    };
    for table in ["red_packets", "gifts", "points_accounts", "points_entries", "prizes"] {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {table} WHERE account_id = ?1 AND first_run < ?2)"
        );
        let is_older: bool = connection
            .prepare_cached(&sql)?
            .query_row(params![account.0, newest], |row| row.get(0))?;
        if is_older {
            return Ok(true);
        }
    }
    Ok(false)
}
