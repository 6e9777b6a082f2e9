use std::{borrow::Cow, io};

use live_rewards_ledger::{Ledger, RowOrder, Selection, StoredRow, Table, Value};

use crate::{ExportError, Pseudonyms};

/// Writes the rows of one table of a ledger.
pub trait TableWriter {
    /// Writes a row.
    fn row(&mut self, row: &StoredRow<'_>) -> io::Result<()>;

    /// Writes what is buffered. There is no row after it.
    fn finish(&mut self) -> io::Result<()>;
}

/// How rows are written, in whatever form.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExportOptions<'a> {
    /// What stands for people; without it they are named.
    pub pseudonyms: Option<&'a Pseudonyms>,
    /// Whether the rows are of emulated accounts: then each says so.
    pub is_demo: bool,
}

/// Writes the selected rows of a table, and says how many they are. The writer has to be of the same table.
pub fn write_table(
    ledger: &Ledger,
    table: &'static Table,
    selection: &Selection,
    order: RowOrder,
    writer: &mut dyn TableWriter,
) -> Result<u64, ExportError> {
    let rows = ledger
        .read_rows::<ExportError>(table, selection, order, &mut |row| Ok(writer.row(row)?))?;
    writer.finish()?;
    Ok(rows)
}

impl ExportOptions<'_> {
    /// The values of a row as they are written.
    pub(crate) fn values<'v>(&self, table: &Table, row: &StoredRow<'v>) -> Cow<'v, [Value<'v>]> {
        match self.pseudonyms {
            Some(pseudonyms) => pseudonyms.values(table, row).into(),
            None => row.values.into(),
        }
    }
}
