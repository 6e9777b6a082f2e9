//! Every selected row of every table.

use live_rewards_ledger::{
    ColumnType, Language, Ledger, RowOrder, Selection, StoredRow, TABLES, Table,
};

use super::{
    Workbook,
    cell::Cell,
    sheets::Sheets,
    style::{ID, MONEY, NAME, NUMBER, SheetColumn, TIME},
};
use crate::{
    ExportError, ExportOptions,
    head::head,
    lead::{ACCOUNT, ROOM_TITLE, has_room},
    table_writer::order_of,
};

/// What rows are about; their sheets are the last ones.
const PLACES: [&str; 2] = ["rooms", "sessions"];

pub(super) fn write(
    book: &mut Workbook<'_>,
    ledger: &Ledger,
    selection: &Selection,
) -> Result<(), ExportError> {
    let (places, others): (Vec<&Table>, Vec<&Table>) =
        TABLES.iter().copied().partition(|table| PLACES.contains(&table.name));
    for table in others.into_iter().chain(places) {
        write_table(book, ledger, selection, table)?;
    }
    Ok(())
}

fn write_table(
    book: &mut Workbook<'_>,
    ledger: &Ledger,
    selection: &Selection,
    table: &'static Table,
) -> Result<(), ExportError> {
    let language = book.options.language;
    let options = ExportOptions { pseudonyms: book.options.pseudonyms, is_demo: false };
    let order = order_of(table, RowOrder::Time, options.pseudonyms.is_some());
    let has_room = has_room(table);
    let mut sheets = Sheets::new(book, table.label, columns(table, has_room, language));
    ledger.read_rows::<ExportError>(table, selection, order, &mut |row: &StoredRow<'_>| {
        let values = options.values(table, row);
        let mut cells = vec![Cell::text(row.account.name.as_str())];
        if has_room {
            cells.push(row.room_title.map_or(Cell::Nothing, Cell::text));
        }
        for (column, value) in table.columns.iter().zip(&*values) {
            cells.push(Cell::of_value(column, value, language)?);
        }
        Ok(sheets.row(&cells)?)
    })?;
    Ok(sheets.finish()?)
}

fn columns(table: &Table, has_room: bool, language: Language) -> Vec<SheetColumn> {
    let lead = [Some(ACCOUNT), has_room.then_some(ROOM_TITLE)].into_iter().flatten();
    let lead = lead.map(|label| SheetColumn::new(label.in_language(language), NAME));
    let own = table.columns.iter().map(|column| {
        let width = match column.kind {
            ColumnType::Text if column.name.ends_with("_id") || column.name.ends_with("_ids") => ID,
            ColumnType::Fen => MONEY,
            ColumnType::Time => TIME,
            ColumnType::Text => NAME,
            _ => NUMBER,
        };
        SheetColumn::new(head(column, language), width)
    });
    lead.chain(own).collect()
}
