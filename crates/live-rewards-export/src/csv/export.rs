use std::io::{self, Write};

use ::csv::Writer;
use live_rewards_ledger::{SCHEMA_VERSION, StoredRow, Table};

use super::{field, of_the_writer};
use crate::{ExportOptions, TableWriter};

/// Rows of a ledger as CSV for machines: as [`CsvTable`](crate::CsvTable), with the account's name after the schema version.
pub struct CsvExport<'a, W: Write> {
    csv: Writer<W>,
    table: &'static Table,
    options: ExportOptions<'a>,
}

impl<'a, W: Write> CsvExport<'a, W> {
    /// Starts with the header.
    pub fn new(writer: W, table: &'static Table, options: ExportOptions<'a>) -> io::Result<Self> {
        let mut csv = Writer::from_writer(writer);
        let names = table.columns.iter().map(|column| column.name);
        let names = ["schema_version", "account"].into_iter().chain(names);
        csv.write_record(names.chain(options.is_demo.then_some("demo"))).map_err(of_the_writer)?;
        Ok(Self { csv, table, options })
    }

    fn write(&mut self, row: &StoredRow<'_>) -> ::csv::Result<()> {
        self.csv.write_field(SCHEMA_VERSION.to_string())?;
        self.csv.write_field(&row.account.name)?;
        for value in &*self.options.values(self.table, row) {
            field(&mut self.csv, value)?;
        }
        if self.options.is_demo {
            self.csv.write_field("true")?;
        }
        self.csv.write_record(None::<&[u8]>)
    }
}

impl<W: Write> TableWriter for CsvExport<'_, W> {
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

impl<W: Write> std::fmt::Debug for CsvExport<'_, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvExport").field("table", &self.table.name).finish_non_exhaustive()
    }
}
