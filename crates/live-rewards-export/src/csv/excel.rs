use std::{
    borrow::Cow,
    io::{self, Write},
};

use ::csv::{Terminator, Writer, WriterBuilder};
use live_rewards_ledger::{Column, Language, StoredRow, Table, Value};

use super::of_the_writer;
use crate::{
    ExportOptions, TableWriter,
    guard::{guarded, guarded_number},
    head::head,
    lead::{ACCOUNT, DEMO, ROOM_TITLE, has_room, yes_or_no},
    text::{cut, plain},
};

/// What tells Excel that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Rows of a ledger as CSV that Excel opens: titles, units and the words for codes in a language, yuan with two decimals, Beijing time, and an apostrophe
/// before text that Excel would take for something else. The room's title stands after the account, where there are rooms.
pub struct CsvForExcel<'a, W: Write> {
    csv: Writer<W>,
    table: &'static Table,
    has_room: bool,
    language: Language,
    options: ExportOptions<'a>,
}

impl<'a, W: Write> CsvForExcel<'a, W> {
    /// Starts with the header.
    pub fn new(
        mut writer: W,
        table: &'static Table,
        language: Language,
        options: ExportOptions<'a>,
    ) -> io::Result<Self> {
        writer.write_all(BYTE_ORDER_MARK)?;
        let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(writer);
        let has_room = has_room(table);
        let lead = [Some(ACCOUNT), has_room.then_some(ROOM_TITLE)];
        let heads = lead
            .into_iter()
            .flatten()
            .map(|label| label.in_language(language).to_owned())
            .chain(table.columns.iter().map(|column| head(column, language)))
            .chain(options.is_demo.then(|| DEMO.in_language(language).to_owned()));
        csv.write_record(heads).map_err(of_the_writer)?;
        Ok(Self { csv, table, has_room, language, options })
    }

    fn write(&mut self, row: &StoredRow<'_>) -> ::csv::Result<()> {
        self.csv.write_field(&*shown(&row.account.name))?;
        if self.has_room {
            self.csv.write_field(&*shown(row.room_title.unwrap_or_default()))?;
        }
        let values = self.options.values(self.table, row);
        for (column, value) in self.table.columns.iter().zip(&*values) {
            let cell = self.cell(column, value)?;
            self.csv.write_field(&*cell)?;
        }
        if self.options.is_demo {
            self.csv.write_field(yes_or_no(true, self.language))?;
        }
        self.csv.write_record(None::<&[u8]>)
    }

    fn cell<'v>(&self, column: &Column, value: &'v Value<'_>) -> io::Result<Cow<'v, str>> {
        Ok(match value {
            Value::Null => "".into(),
            Value::Text(text) => shown(column.word(text, self.language).unwrap_or(text)),
            Value::Integer(number) => guarded_number(number.to_string()).into(),
            Value::Money(money) => guarded_number(money.to_string()).into(),
            Value::Points(points) => guarded_number(points.to_string()).into(),
            Value::Flag(flag) => yes_or_no(*flag, self.language).into(),
            Value::Time(time) => time.to_china().into(),
            _ => return Err(io::Error::other("a value of a newer kind")),
        })
    }
}

fn shown(text: &str) -> Cow<'_, str> {
    cut(guarded(plain(text)))
}

impl<W: Write> TableWriter for CsvForExcel<'_, W> {
    fn row(&mut self, row: &StoredRow<'_>) -> io::Result<()> {
        self.write(row).map_err(of_the_writer)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.csv.flush()
    }

    fn has_pseudonyms(&self) -> bool {
        self.options.pseudonyms.is_some()
    }
}

impl<W: Write> std::fmt::Debug for CsvForExcel<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvForExcel").field("table", &self.table.name).finish_non_exhaustive()
    }
}
