//! Standard output: data and nothing else.

use std::{
    fmt::Display,
    io::{self, Write},
};

use serde_json::Value;

use crate::failure::Failure;

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
