//! Standard output: data and nothing else.

use std::{
    fmt::Display,
    io::{self, Write},
};

use comfy_table::{Table, presets};
use serde_json::Value;

use crate::failure::Failure;

/// An empty table with these heads.
pub(crate) fn table<const COLUMNS: usize>(header: [&str; COLUMNS]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_header(header);
    table
}

/// A table or a text, with a line break.
pub(crate) fn text(text: &impl Display) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| Failure::stdout(&error))
}

/// A value on one line.
pub(crate) fn json(value: &Value) -> Result<(), Failure> {
    text(value)
}

/// A value a line.
pub(crate) fn json_lines(values: impl IntoIterator<Item = Value>) -> Result<(), Failure> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    for value in values {
        writeln!(stdout, "{value}").map_err(|error| Failure::stdout(&error))?;
    }
    stdout.flush().map_err(|error| Failure::stdout(&error))
}
