use std::{borrow::Cow, io};

use live_rewards_ledger::{Ledger, RowOrder, Selection, StoredRow, Table, Value};

use crate::{ExportError, Pseudonyms};

/// Writes the rows of one table of a ledger.
pub trait TableWriter {
    /// Writes a row.
    fn row(&mut self, row: &StoredRow<'_>) -> io::Result<()>;

    /// Writes what is buffered. There is no row after it.
    fn finish(&mut self) -> io::Result<()>;

    /// Whether pseudonyms stand for people.
    fn has_pseudonyms(&self) -> bool;
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
///
/// Where pseudonyms stand for people, the rows of a table that names any are [shuffled](RowOrder::Shuffled) whatever order is asked
/// for: the order of ids would tell who is who.
pub fn write_table(
    ledger: &Ledger,
    table: &'static Table,
    selection: &Selection,
    order: RowOrder,
    writer: &mut dyn TableWriter,
) -> Result<u64, ExportError> {
    let order = order_of(table, order, writer.has_pseudonyms());
    let rows = ledger
        .read_rows::<ExportError>(table, selection, order, &mut |row| Ok(writer.row(row)?))?;
    writer.finish()?;
    Ok(rows)
}

/// The order in which rows of a table are written, if it is to be another one where it tells nothing of people.
pub(crate) fn order_of(table: &Table, order: RowOrder, has_pseudonyms: bool) -> RowOrder {
    let names_people = table.columns.iter().any(|column| column.person.is_some());
    if has_pseudonyms && names_people { RowOrder::Shuffled } else { order }
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
