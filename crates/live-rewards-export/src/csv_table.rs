use std::io::{self, Write};

use live_rewards_core::Vendor;
use live_rewards_ledger::{Record, Row, SCHEMA_VERSION, Table, Value};

/// Writes one table's rows as CSV for machines, as they come.
pub struct CsvTable<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> CsvTable<W> {
    /// Starts with the header.
    pub fn new(writer: W, table: &Table) -> io::Result<Self> {
        let mut csv_table = Self { csv: csv::Writer::from_writer(writer) };
        csv_table.header(table).map_err(of_the_writer)?;
        Ok(csv_table)
    }

    /// Writes a record.
    pub fn write(&mut self, vendor: Vendor, record: &impl Record) -> io::Result<()> {
        self.row(record.row(vendor)).map_err(of_the_writer)
    }

    /// Writes what is buffered and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.csv.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn header(&mut self, table: &Table) -> csv::Result<()> {
        self.csv.write_field("schema_version")?;
        for column in table.columns {
            self.csv.write_field(column.name)?;
        }
        self.csv.write_record(None::<&[u8]>)
    }

    fn row(&mut self, row: Row<'_>) -> csv::Result<()> {
        self.csv.write_field(SCHEMA_VERSION.to_string())?;
        for value in row {
            match value {
                Value::Null => self.csv.write_field("")?,
                Value::Text(text) => self.csv.write_field(text.as_bytes())?,
                Value::Integer(number) => self.csv.write_field(number.to_string())?,
                Value::Money(money) => self.csv.write_field(money.fen().to_string())?,
                Value::Points(points) => self.csv.write_field(points.to_string())?,
                Value::Flag(flag) => self.csv.write_field(if flag { "true" } else { "false" })?,
                Value::Time(time) => self.csv.write_field(time.to_string())?,
                _ => return Err(io::Error::other("a value of a newer kind").into()),
            }
        }
        self.csv.write_record(None::<&[u8]>)
    }
}

/// The writer's own error, of its own kind: what to do about a full disk is not what to do about a row of the wrong length.
fn of_the_writer(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

impl<W: Write> std::fmt::Debug for CsvTable<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvTable").finish_non_exhaustive()
    }
}
