//! Tables as CSV.

mod excel;
mod export;
mod table;

use std::io::{self, Write};

use ::csv::Writer;
use live_rewards_ledger::Value;

pub use excel::CsvForExcel;
pub use export::CsvExport;
pub use table::CsvTable;

/// Writes a value for machines: money in fen, instants in UTC, nothing where there is none.
fn field(csv: &mut Writer<impl Write>, value: &Value<'_>) -> ::csv::Result<()> {
    match value {
        Value::Null => csv.write_field(""),
        Value::Text(text) => csv.write_field(text.as_bytes()),
        Value::Integer(number) => csv.write_field(number.to_string()),
        Value::Money(money) => csv.write_field(money.fen().to_string()),
        Value::Points(points) => csv.write_field(points.to_string()),
        Value::Flag(flag) => csv.write_field(if *flag { "true" } else { "false" }),
        Value::Time(time) => csv.write_field(time.to_string()),
        _ => Err(io::Error::other("a value of a newer kind").into()),
    }
}

/// The writer's own error, of its own kind: what to do about a full disk is not what to do about a row of the wrong length.
fn of_the_writer(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
