//! The evidence of a finding as text.

use live_rewards_core::{Money, Timestamp};
use live_rewards_ledger::{Column, ColumnType, Evidence, Finding, Language, TABLES, Table};
use serde_json::Value;

use crate::lead::in_language;

/// The rows that show what was found: each with its table, its key and the values that matter.
pub(super) fn evidence(finding: &Finding, language: Language) -> String {
    let rows: Vec<_> = finding.evidence.iter().map(|evidence| row(evidence, language)).collect();
    rows.join(" | ")
}

/// The name of a table for people.
pub(super) fn table_label(name: &str, language: Language) -> &str {
    of_name(name).map_or(name, |table| in_language(table.label, language))
}

fn row(evidence: &Evidence, language: Language) -> String {
    let table = of_name(&evidence.table);
    let column = |name: &str| table.and_then(|table| column_of(table, name));
    // Of a change both values are of the column that is named.
    let changed = evidence.values.iter().find(|(name, _)| name == "column");
    let changed = changed.and_then(|(_, name)| column(name));
    let values = evidence.values.iter().map(|(name, value)| {
        let described = match name.as_str() {
            "old" | "new" => changed,
            name => column(name),
        };
        let label =
            column(name).map_or(name.as_str(), |column| in_language(column.label, language));
        let kind = described.map_or_else(|| kind_of_name(name), |column| column.kind);
        format!("{label} {}", shown(kind, value, language))
    });
    let values: Vec<_> = values.collect();
    let head = [table_label(&evidence.table, language).to_owned(), key(table, &evidence.key)];
    let head = head.join(" ");
    let (head, values) = (head.trim_end(), values.join(", "));
    if values.is_empty() { head.to_owned() } else { format!("{head}: {values}") }
}

/// The parts of a natural key.
fn key(table: Option<&'static Table>, key: &str) -> String {
    let parts: Vec<Value> = serde_json::from_str(key).unwrap_or_default();
    let columns = table.into_iter().flat_map(|table| table.columns.iter().skip(1));
    let kinds = columns.filter(|column| column.key).map(|column| column.kind);
    let kinds = kinds.chain(std::iter::repeat(ColumnType::Text));
    let parts = parts.iter().zip(kinds).map(|(part, kind)| match (part, kind) {
        (Value::String(text), _) => text.clone(),
        (Value::Number(number), ColumnType::Time) => beijing(&number.to_string()),
        (other, _) => other.to_string(),
    });
    parts.collect::<Vec<_>>().join(" / ")
}

fn shown(kind: ColumnType, value: &str, language: Language) -> String {
    match kind {
        ColumnType::Fen => match (value.parse().map(Money::from_fen), language) {
            (Ok(yuan), Language::Chinese) => format!("{yuan} 元"),
            (Ok(yuan), _) => format!("{yuan} yuan"),
            (Err(_), _) => value.to_owned(),
        },
        ColumnType::Time => beijing(value),
        _ => value.to_owned(),
    }
}

/// What is no column says by its name what it is.
fn kind_of_name(name: &str) -> ColumnType {
    if name.ends_with("_fen") {
        ColumnType::Fen
    } else if name.ends_with("_at") || matches!(name, "at" | "first" | "last") {
        ColumnType::Time
    } else {
        ColumnType::Text
    }
}

/// An instant as people read it; what is none stays.
fn beijing(value: &str) -> String {
    let ms = || value.parse().ok().and_then(Timestamp::from_epoch_ms);
    value.parse().ok().or_else(ms).map_or_else(|| value.to_owned(), Timestamp::to_china)
}

fn of_name(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

fn column_of(table: &'static Table, name: &str) -> Option<&'static Column> {
    table.columns.iter().find(|column| column.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_with_their_units() {
        let zh = Language::Chinese;
        assert_eq!(shown(ColumnType::Fen, "-5", zh), "-0.05 元");
        assert_eq!(shown(ColumnType::Fen, "5", Language::English), "0.05 yuan");
        assert_eq!(shown(ColumnType::Time, "2026-01-31T00:00:05Z", zh), "2026-01-31 08:00:05");
        assert_eq!(shown(ColumnType::Time, "1769817605000", zh), "2026-01-31 08:00:05");
        assert_eq!(shown(ColumnType::Time, "soon", zh), "soon");
        assert_eq!(shown(kind_of_name("difference_fen"), "120", zh), "1.20 元");
    }

    #[test]
    fn keys_are_told_by_their_parts() {
        let claims = of_name("claims");
        assert_eq!(key(claims, "[\"p\",\"u\",1769817605000,0]"), "p / u / 2026-01-31 08:00:05 / 0");
        assert_eq!(key(claims, "[\"p\"]"), "p");
        assert_eq!(key(None, "[\"gifts\",\"live:1\"]"), "gifts / live:1");
        assert_eq!(key(claims, "?"), "");
    }
}
