use std::io::{self, BufWriter, Write};

use live_rewards_ledger::{SCHEMA_VERSION, StoredRow, Table, Value};

use crate::{ExportOptions, TableWriter};

/// Rows of a ledger as JSON, an object a line: schema version, the account's name, and every column of the table, `null` where the
/// vendor doesn't say. Money is whole fen, instants are RFC 3339 in UTC.
pub struct JsonLines<'a, W: Write> {
    writer: BufWriter<W>,
    table: &'static Table,
    options: ExportOptions<'a>,
}

impl<'a, W: Write> JsonLines<'a, W> {
    /// Writes nothing yet.
    pub fn new(writer: W, table: &'static Table, options: ExportOptions<'a>) -> Self {
        Self { writer: BufWriter::new(writer), table, options }
    }
}

impl<W: Write> TableWriter for JsonLines<'_, W> {
    fn row(&mut self, row: &StoredRow<'_>) -> io::Result<()> {
        let values = self.options.values(self.table, row);
        if values.len() != self.table.columns.len() {
            return Err(io::Error::other("a row of another table"));
        }
        let writer = &mut self.writer;
        write!(writer, "{{\"schema_version\":{SCHEMA_VERSION},\"account\":")?;
        serde_json::to_writer(&mut *writer, &row.account.name)?;
        for (column, value) in self.table.columns.iter().zip(&*values) {
            // Names of columns need no escape.
            write!(writer, ",\"{}\":", column.name)?;
            match value {
                Value::Null => write!(writer, "null")?,
                Value::Text(text) => serde_json::to_writer(&mut *writer, text)?,
                Value::Integer(number) => write!(writer, "{number}")?,
                Value::Money(money) => write!(writer, "{}", money.fen())?,
                Value::Points(points) => write!(writer, "{points}")?,
                Value::Flag(flag) => write!(writer, "{flag}")?,
                Value::Time(time) => write!(writer, "\"{time}\"")?,
                _ => return Err(io::Error::other("a value of a newer kind")),
            }
        }
        if self.options.is_demo {
            write!(writer, ",\"demo\":true")?;
        }
        writeln!(writer, "}}")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    fn has_pseudonyms(&self) -> bool {
        self.options.pseudonyms.is_some()
    }
}

impl<W: Write> std::fmt::Debug for JsonLines<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonLines").field("table", &self.table.name).finish_non_exhaustive()
    }
}
