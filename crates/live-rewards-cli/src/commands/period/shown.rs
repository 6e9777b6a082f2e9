//! Rows and values as people read them.

use std::collections::BTreeMap;

use live_rewards::{Money, Timestamp};
use live_rewards_ledger::{
    AccountId, Column, ColumnType, Figure, Ledger, LedgerError, RowChange, TABLES, Table,
};
use serde_json::Value;

use crate::{
    language::{language, say},
    output,
    sheet::Cell,
};

/// Names of accounts.
pub(super) struct Names(BTreeMap<AccountId, String>);

impl Names {
    pub(super) fn of(ledger: &Ledger) -> Result<Self, LedgerError> {
        let accounts = ledger.accounts()?.into_iter();
        Ok(Self(accounts.map(|account| (account.id, account.name)).collect()))
    }

    pub(super) fn name(&self, account: AccountId) -> &str {
        self.0.get(&account).map_or("", String::as_str)
    }
}

/// A row by the label of its table and its key.
pub(super) fn row(table: &str, row_key: &str) -> String {
    let Some(described) = described(table) else {
        return format!("{table} {row_key}");
    };
    let parts: Vec<Value> = serde_json::from_str(row_key).unwrap_or_default();
    // The vendor, which comes first, is no part of it.
    let key = described.columns.iter().skip(1).filter(|column| column.key);
    let parts = key.zip(&parts).map(|(column, part)| match part {
        Value::String(text) => text.clone(),
        number => value(column.kind, &number.to_string()),
    });
    let label = described.label.in_language(language());
    let parts = parts.collect::<Vec<_>>().join(", ");
    say!("{label}: {parts}", "{label}：{parts}")
}

/// What became of a row.
pub(super) fn told(table: &str, change: &RowChange) -> String {
    match change {
        RowChange::New => say!("came late", "补录"),
        RowChange::Vanished => say!("vanished", "消失"),
        RowChange::Returned => say!("returned", "重新出现"),
        RowChange::Changed { column, old, new } => {
            let described = described(table).and_then(|table| named(table, column));
            let shown = |text: &Option<String>| match (text, described) {
                (None, _) => say!("unknown", "未知"),
                (Some(text), Some(column)) => value(column.kind, text),
                (Some(text), None) => text.clone(),
            };
            let label =
                described.map_or(column.as_str(), |column| column.label.in_language(language()));
            let (old, new) = (shown(old), shown(new));
            say!("{label}: {old} → {new}", "{label}：{old} → {new}")
        }
        _ => say!("changed", "有变动"),
    }
}

/// A figure, with ¥ if it is money; what is none says in its label what it counts.
pub(super) fn figure_name(figure: Figure) -> String {
    let label = figure.label().in_language(language());
    match figure.unit() {
        ColumnType::Fen => format!("{label} ¥"),
        _ => label.to_owned(),
    }
}

/// A figure's value.
pub(super) fn amount(figure: Figure, value: i64) -> Cell {
    match figure.unit() {
        ColumnType::Fen => Money::from_fen(value).into(),
        _ => value.into(),
    }
}

/// A value of a column as the ledger keeps it.
fn value(kind: ColumnType, text: &str) -> String {
    let number = text.parse().ok();
    match (kind, number) {
        (ColumnType::Fen, Some(fen)) => format!("{} ¥", Money::from_fen(fen)),
        (ColumnType::Time, Some(ms)) => {
            Timestamp::from_epoch_ms(ms).map_or_else(|| text.to_owned(), output::beijing)
        }
        _ => text.to_owned(),
    }
}

fn described(table: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|described| described.name == table)
}

fn named(table: &'static Table, column: &str) -> Option<&'static Column> {
    table.columns.iter().find(|described| described.name == column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_named_by_its_key_in_words() {
        let key = "[\"p\",\"u\",1769875199999,0]";
        assert_eq!(row("claims", key), "Claims: p, u, 2026-01-31 23:59:59, 0");
        assert_eq!(row("red_packets", "[\"p\"]"), "Red packets: p");
        assert_eq!(row("dances", "[1]"), "dances [1]");
    }

    #[test]
    fn values_are_shown_by_what_they_are() {
        let changed = |column: &str, old: Option<&str>, new: Option<&str>| {
            let [old, new] = [old, new].map(|value| value.map(str::to_owned));
            told("red_packets", &RowChange::Changed { column: column.to_owned(), old, new })
        };
        for (shown, expected) in [
            (changed("net_fen", None, Some("990")), "Net of fee: unknown → 9.90 ¥"),
            (
                changed("created_at", Some("1769875199999"), Some("x")),
                "Sent at: 2026-01-31 23:59:59 → x",
            ),
            (changed("sender_id", Some("1"), Some("2")), "Sender: 1 → 2"),
            (changed("elsewhere", Some("1"), None), "elsewhere: 1 → unknown"),
        ] {
            assert_eq!(shown, expected);
        }
        assert_eq!(figure_name(Figure::Issued), "Issued ¥");
        assert_eq!(figure_name(Figure::Claims), "Claims");
    }
}
