use std::io::{self, Write};

use ::csv::Writer;
use live_rewards_core::Vendor;
use live_rewards_ledger::{Record, SCHEMA_VERSION, Table, Value};

use super::{field, of_the_writer};

/// Writes one table's rows as CSV for machines, as they come.
pub struct CsvTable<W: Write> {
    csv: Writer<W>,
}

impl<W: Write> CsvTable<W> {
    /// Starts with the header.
    pub fn new(writer: W, table: &Table) -> io::Result<Self> {
        let mut csv_table = Self { csv: Writer::from_writer(writer) };
        csv_table.header(table).map_err(of_the_writer)?;
        Ok(csv_table)
    }

    /// Writes a record.
    pub fn write(&mut self, vendor: Vendor, record: &impl Record) -> io::Result<()> {
        self.row(&record.row(vendor)).map_err(of_the_writer)
    }

    /// Writes what is buffered and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        self.csv.into_inner().map_err(::csv::IntoInnerError::into_error)
    }

    fn header(&mut self, table: &Table) -> ::csv::Result<()> {
        self.csv.write_field("schema_version")?;
        for column in table.columns {
            self.csv.write_field(column.name)?;
        }
        self.csv.write_record(None::<&[u8]>)
    }

    fn row(&mut self, row: &[Value<'_>]) -> ::csv::Result<()> {
        self.csv.write_field(SCHEMA_VERSION.to_string())?;
        for value in row {
            field(&mut self.csv, value)?;
        }
        self.csv.write_record(None::<&[u8]>)
    }
}

impl<W: Write> std::fmt::Debug for CsvTable<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvTable").finish_non_exhaustive()
    }
}
