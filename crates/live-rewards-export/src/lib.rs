#![doc = include_str!("../README.md")]

mod csv;
mod digest;
mod error;
#[cfg(any(feature = "report", feature = "xlsx"))]
mod evidence;
mod guard;
mod head;
mod json_lines;
mod lead;
mod pseudonyms;
#[cfg(feature = "report")]
mod report;
mod table_writer;
mod text;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use self::csv::{CsvExport, CsvForExcel, CsvTable};
pub use digest::{sha256_file, write_sha256_beside};
pub use error::ExportError;
pub use json_lines::JsonLines;
pub use pseudonyms::{KeyTooShort, Pseudonyms};
#[cfg(feature = "report")]
pub use report::Report;
pub use table_writer::{ExportOptions, TableWriter, write_table};
#[cfg(feature = "xlsx")]
pub use xlsx::{RowProgress, Workbook, WorkbookOptions};
