use std::io;

use live_rewards_ledger::Label;
use rust_xlsxwriter::{IgnoreError, Worksheet};

use super::{
    MOST_ROWS, Workbook,
    cell::Cell,
    of_the_writer,
    style::{Body, DEMO_TAB, SheetColumn, Styles},
};
use crate::{
    lead::DEMO,
    text::{first_units, units},
};

/// A table over as many sheets as it needs.
pub(super) struct Sheets<'w, 'o> {
    book: &'w mut Workbook<'o>,
    name: Label,
    columns: Vec<SheetColumn>,
    /// Stand above the table on the first sheet; the first one is its title.
    lines: Vec<String>,
    /// How many sheets there are, the one under way included.
    sheets: u32,
    /// Boxed, as it is taken out for every row.
    sheet: Option<Box<Worksheet>>,
    head_row: u32,
    next_row: u32,
    /// The last row that filters are about.
    last_row: u32,
}

const PAGES: Label = Label { en: "&L&A&RPage &P of &N", zh: "&L&A&R第 &P 页，共 &N 页" };

const A4: u8 = 9;

/// Most UTF-16 units of a sheet's name, and the characters that it can't have.
const LONGEST_NAME: usize = 31;
const NOT_IN_NAMES: [char; 7] = ['*', '?', ':', '[', ']', '\\', '/'];

impl<'w, 'o> Sheets<'w, 'o> {
    /// There is no sheet yet: the first row makes one.
    pub(super) fn new(book: &'w mut Workbook<'o>, name: Label, columns: Vec<SheetColumn>) -> Self {
        Self {
            book,
            name,
            columns,
            lines: Vec::new(),
            sheets: 0,
            sheet: None,
            head_row: 0,
            next_row: 0,
            last_row: 0,
        }
    }

    /// Adds lines above the table.
    pub(super) fn lines(mut self, lines: Vec<String>) -> Self {
        self.lines = lines;
        self
    }

    /// Writes a row.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.put(cells, |styles| &styles.body)?;
        self.last_row = self.next_row - 1;
        Ok(())
    }

    /// Writes a row that filters and sorting leave where it is.
    pub(super) fn total(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.put(cells, |styles| &styles.total)
    }

    /// Ends the last sheet. If there was no row, it says so on one.
    pub(super) fn finish_or(mut self, nothing: Label) -> io::Result<()> {
        if self.sheets == 0 {
            self.note(self.book.say(nothing))?;
        }
        self.finish()
    }

    /// Writes a line below the table.
    fn note(&mut self, note: &str) -> io::Result<()> {
        let mut sheet = self.ready()?;
        let line = &self.book.styles.line;
        sheet.write_string_with_format(self.next_row, 0, note, line).map_err(of_the_writer)?;
        self.next_row += 1;
        self.sheet = Some(sheet);
        Ok(())
    }

    /// Ends the last sheet.
    pub(super) fn finish(mut self) -> io::Result<()> {
        match self.sheet.take() {
            Some(sheet) => self.end(*sheet),
            None => Ok(()),
        }
    }

    fn put(&mut self, cells: &[Cell<'_>], body: fn(&Styles) -> &Body) -> io::Result<()> {
        let mut sheet = self.ready()?;
        let body = body(&self.book.styles);
        for (column, cell) in (0..).zip(cells) {
            cell.write(&mut sheet, (self.next_row, column), body).map_err(of_the_writer)?;
        }
        self.next_row += 1;
        self.sheet = Some(sheet);
        if let Some(progress) = self.book.options.progress {
            progress.0(1);
        }
        Ok(())
    }

    /// A sheet that has room for a row.
    fn ready(&mut self) -> io::Result<Box<Worksheet>> {
        let most = self.book.options.rows_per_sheet.min(MOST_ROWS).max(self.head_row + 2);
        match self.sheet.take() {
            Some(sheet) if self.next_row < most => Ok(sheet),
            full => {
                if let Some(full) = full {
                    self.end(*full)?;
                }
                self.begin()
            }
        }
    }

    fn begin(&mut self) -> io::Result<Box<Worksheet>> {
        self.sheets += 1;
        let Self { book, columns, .. } = self;
        let name = sheet_name(book.say(self.name), self.sheets);
        let sheet = book.xlsx.new_worksheet_with_constant_memory().map_err(of_the_writer)?;
        let mut sheet = Box::new(sheet);
        sheet.set_name(name).map_err(of_the_writer)?;
        let styles = &book.styles;
        let mut row = 0;
        if book.options.is_demo {
            sheet.set_tab_color(DEMO_TAB).set_header(format!("&C{}", book.say(DEMO)));
            sheet
                .write_string_with_format(row, 0, book.say(DEMO), &styles.banner)
                .map_err(of_the_writer)?;
            row += 1;
        }
        for (number, line) in self.lines.drain(..).enumerate() {
            let style = if number == 0 { &styles.title } else { &styles.line };
            sheet.write_string_with_format(row, 0, line, style).map_err(of_the_writer)?;
            row += 1;
        }
        for (column, described) in (0..).zip(&*columns) {
            let head = described.head.as_str();
            sheet
                .write_string_with_format(row, column, head, &styles.head)
                .and_then(|sheet| sheet.set_column_width(column, described.width()))
                .map_err(of_the_writer)?;
        }
        sheet
            .set_landscape()
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0)
            .set_footer(book.say(PAGES))
            .set_repeat_rows(row, row)
            .and_then(|sheet| sheet.set_freeze_panes(row + 1, 0))
            .map_err(of_the_writer)?;
        self.head_row = row;
        self.last_row = row;
        self.next_row = row + 1;
        Ok(sheet)
    }

    fn end(&mut self, mut sheet: Worksheet) -> io::Result<()> {
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet
            .autofilter(self.head_row, 0, self.last_row, last_column)
            .and_then(|sheet| {
                // Ids of digits are meant to be text.
                let meant = IgnoreError::NumberStoredAsText;
                sheet.ignore_error_range(self.head_row, 0, self.last_row, last_column, meant)
            })
            .map_err(of_the_writer)?;
        self.book.xlsx.push_worksheet(sheet);
        Ok(())
    }
}

/// The name of one of the sheets of a table, short enough and without what names can't have.
fn sheet_name(table: &str, number: u32) -> String {
    let number = if number > 1 { format!(" {number}") } else { String::new() };
    let name = table.replace(NOT_IN_NAMES, " ");
    if units(&name) + units(&number) <= LONGEST_NAME {
        return name + &number;
    }
    let room = LONGEST_NAME.saturating_sub(units(&number) + 1);
    format!("{}…{number}", first_units(&name, room).trim_end())
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::TABLES;

    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_differ() {
        assert_eq!(sheet_name("领取记录", 1), "领取记录");
        assert_eq!(sheet_name("领取记录", 2), "领取记录 2");
        assert_eq!(sheet_name("a/b:c", 1), "a b c");
        let long = "Red packets as the vendor sums them up";
        assert_eq!(sheet_name(long, 1), "Red packets as the vendor sums…");
        assert_eq!(sheet_name(long, 12), "Red packets as the vendor s… 12");
        let languages: [fn(Label) -> &'static str; 2] = [|label| label.en, |label| label.zh];
        for pick in languages {
            let mut names: Vec<_> =
                TABLES.iter().map(|table| sheet_name(pick(table.label), 1)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), TABLES.len());
            assert!(names.iter().all(|name| units(name) <= LONGEST_NAME));
        }
    }
}
