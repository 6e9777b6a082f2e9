use live_rewards_ledger::{Evidence, Finding};

use super::{numbers::yuan, plain::Plain, text::Text};
use crate::evidence::{key, table_label, values};

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
    let values = values(row, t.language, yuan).take(MOST_VALUES);
    let values = values.map(|(name, value)| (Plain::new(name, VALUE), Plain::new(&value, VALUE)));
    Row {
        table: Plain::new(table_label(&row.table, t.language), VALUE),
        key: Plain::new(&key(row, t.language), VALUE),
        values: values.collect(),
    }
}
