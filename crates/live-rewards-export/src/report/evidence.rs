use live_rewards_core::{Money, Timestamp};
use live_rewards_ledger::{ColumnType, Evidence, Finding, TABLES};
use serde_json::Value;

use super::{numbers::yuan, plain::Plain, text::Text};
use crate::lead::yes_or_no;

/// The records that show a finding, as far as there is room for them.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) rows: Vec<Row>,
    pub(super) more: Option<String>,
    /// Whether there is evidence that is not shown, as the report would grow too large.
    pub(super) is_elsewhere: bool,
}

/// A record.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) table: Plain,
    pub(super) key: Plain,
    pub(super) values: Vec<(Plain, Plain)>,
}

/// How much evidence a report has room for.
#[derive(Debug)]
pub(super) struct Room {
    left: usize,
}

/// Bytes of all evidence in a report.
const MOST_BYTES: usize = 250_000;
/// About what a value takes beside its text.
const MARKUP: usize = 40;
const MOST_ROWS: usize = 6;
const MOST_VALUES: usize = 16;
/// Characters of a value.
const VALUE: usize = 80;

impl Room {
    pub(super) const fn new() -> Self {
        Self { left: MOST_BYTES }
    }

    /// The evidence of a finding.
    pub(super) fn show(&mut self, t: &Text, finding: &Finding) -> Shown {
        let rows: Vec<Row> =
            finding.evidence.iter().take(MOST_ROWS).map(|row| described(t, row)).collect();
        let more = finding.evidence.len().saturating_sub(rows.len());
        let size = rows.iter().map(Row::size).sum::<usize>();
        match self.left.checked_sub(size) {
            Some(left) => {
                self.left = left;
                let more = u64::try_from(more).unwrap_or(u64::MAX);
                let more = (more > 0).then(|| t.more_evidence(more));
                Shown { rows, more, is_elsewhere: false }
            }
            None => Shown { rows: Vec::new(), more: None, is_elsewhere: true },
        }
    }
}

impl Row {
    fn size(&self) -> usize {
        let values = self.values.iter().map(|(name, value)| name.len() + value.len() + MARKUP);
        self.table.len() + self.key.len() + MARKUP + values.sum::<usize>()
    }
}

fn described(t: &Text, row: &Evidence) -> Row {
    // Of a change both values are of the column that is named.
    let changed = row.values.iter().find(|(name, _)| name == "column").map(|(_, of)| of.as_str());
    let values = row.values.iter().take(MOST_VALUES).map(|(name, value)| {
        let value = match name.as_str() {
            "column" => t.value(&row.table, value).to_owned(),
            "old" | "new" => readable(t, changed.unwrap_or(name), value),
            _ => readable(t, name, value),
        };
        (Plain::new(t.value(&row.table, name), VALUE), Plain::new(&value, VALUE))
    });
    Row {
        table: Plain::new(t.table(&row.table), VALUE),
        key: Plain::new(&key(&row.table, &row.key), VALUE),
        values: values.collect(),
    }
}

/// Money in yuan, instants in Beijing time, and flags as words.
fn readable(t: &Text, name: &str, value: &str) -> String {
    if name.ends_with("_fen")
        && let Ok(fen) = value.parse()
    {
        return yuan(Money::from_fen(fen));
    }
    if let Ok(instant) = value.parse::<Timestamp>() {
        return instant.to_china();
    }
    match (name, value) {
        ("best_luck", "1") => yes_or_no(true, t.language).to_owned(),
        ("best_luck", "0") => yes_or_no(false, t.language).to_owned(),
        _ => value.to_owned(),
    }
}

/// The parts of a natural key, instants in Beijing time.
fn key(table: &str, key: &str) -> String {
    let Ok(parts) = serde_json::from_str::<Vec<Value>>(key) else {
        return key.to_owned();
    };
    let table = TABLES.iter().find(|known| known.name == table);
    // The vendor, which is the first column, is no part of it.
    let columns = table.into_iter().flat_map(|table| table.columns.iter().skip(1));
    let kinds = columns.filter(|column| column.key).map(|column| column.kind);
    let kinds = kinds.chain(std::iter::repeat(ColumnType::Text));
    let parts = parts.iter().zip(kinds).map(|(part, kind)| match (part, kind) {
        (Value::String(text), _) => text.clone(),
        (Value::Number(number), ColumnType::Time) => {
            let instant = number.as_i64().and_then(Timestamp::from_epoch_ms);
            instant.map_or_else(|| number.to_string(), Timestamp::to_china)
        }
        (other, _) => other.to_string(),
    });
    parts.collect::<Vec<_>>().join(" / ")
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::Language;

    use super::*;
    use crate::report::text::of;

    #[test]
    fn values_are_as_people_read_them() {
        let t = of(Language::English);
        for (name, value, read) in [
            ("issued_fen", "123456", "¥1,234.56"),
            ("issued_fen", "much", "much"),
            ("created_at", "2026-01-31T16:00:00Z", "2026-02-01 00:00:00"),
            ("best_luck", "1", "yes"),
            ("share_count", "1", "1"),
        ] {
            assert_eq!(readable(t, name, value), read);
        }
    }

    #[test]
    fn keys_are_told_by_their_parts() {
        for (stored, shown) in [
            (r#"["p","u",1769817605000,0]"#, "p / u / 2026-01-31 08:00:05 / 0"),
            (r#"["p\"1"]"#, "p\"1"),
            ("[]", ""),
            ("?", "?"),
        ] {
            assert_eq!(key("claims", stored), shown);
        }
        assert_eq!(key("rejected_rows", r#"["gifts",5]"#), "gifts / 5");
    }
}
