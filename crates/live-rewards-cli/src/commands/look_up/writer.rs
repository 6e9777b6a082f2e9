use std::io::{self, BufWriter, Stdout, Write};

use csv::{ErrorKind, Writer as Csv};
use live_rewards::Vendor;
use live_rewards_ledger::{LedgerKind, Row, SCHEMA_VERSION, Table, Value};
use serde_json::Value as Json;

use super::{ForPeople, Source};
use crate::{
    failure::Failure,
    language::say,
    output,
    sheet::{Format, Sheet},
};

/// Writes records to standard output as they come; a table at the end. Each line is written whole before the next record is asked for.
pub(super) struct Writer {
    form: Form,
    table: &'static Table,
    vendor: Vendor,
    is_demo: bool,
    /// What stands below a table.
    end: String,
    /// Records that were written.
    pub(super) rows: u64,
}

enum Form {
    Table(Sheet),
    Lines(BufWriter<Stdout>),
    /// Lines that are one array together.
    Array(BufWriter<Stdout>),
    Csv(Box<Csv<Stdout>>),
}

impl Writer {
    pub(super) fn new<R: ForPeople>(source: &Source, format: Format) -> Self {
        let form = match format {
            Format::Table => Form::Table(R::sheet()),
            Format::Jsonl => Form::Lines(BufWriter::new(io::stdout())),
            Format::Json => Form::Array(BufWriter::new(io::stdout())),
            Format::Csv => Form::Csv(Box::new(Csv::from_writer(io::stdout()))),
        };
        let mark = output::demo_mark(source.kind);
        Self {
            form,
            table: R::TABLE,
            vendor: source.rewards.vendor(),
            is_demo: source.kind == LedgerKind::Demo,
            end: say!("Account: {}{mark}", "账号：{}{mark}", source.name),
            rows: 0,
        }
    }

    pub(super) fn write<R: ForPeople>(&mut self, record: &R) -> Result<(), Failure> {
        self.row(record).map_err(|error| Failure::stdout(&error))
    }

    /// Lets what was written be read.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        let flushed = match &mut self.form {
            Form::Table(_) => Ok(()),
            Form::Lines(lines) | Form::Array(lines) => lines.flush(),
            Form::Csv(csv) => csv.flush(),
        };
        flushed.map_err(|error| Failure::stdout(&error))
    }

    /// Writes what comes after the last record.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        if let Form::Table(sheet) = &self.form {
            return output::text(&format_args!("{}\n{}", sheet.table(), self.end));
        }
        self.close().map_err(|error| Failure::stdout(&error))?;
        self.flush()
    }

    fn row<R: ForPeople>(&mut self, record: &R) -> io::Result<()> {
        let is_first = self.rows == 0;
        if is_first {
            self.open()?;
        }
        self.rows += 1;
        match &mut self.form {
            Form::Table(sheet) => {
                sheet.row(record.cells());
                Ok(())
            }
            Form::Lines(lines) => line(lines, self.table, record.row(self.vendor), self.is_demo),
            Form::Array(lines) => {
                // It stands before the line, so that an array that is cut short ends with a whole one.
                if !is_first {
                    lines.write_all(b",")?;
                }
                line(lines, self.table, record.row(self.vendor), self.is_demo)
            }
            Form::Csv(csv) => fields(csv, record.row(self.vendor), self.is_demo),
        }
    }

    /// Writes what comes before the first record. A vendor that refuses everything leaves nothing on standard output.
    fn open(&mut self) -> io::Result<()> {
        match &mut self.form {
            Form::Table(_) | Form::Lines(_) => Ok(()),
            Form::Array(lines) => lines.write_all(b"[\n"),
            Form::Csv(csv) => {
                let names = self.table.columns.iter().map(|column| column.name);
                let names = ["schema_version"].into_iter().chain(names);
                csv.write_record(names.chain(self.is_demo.then_some("demo"))).map_err(of_stdout)
            }
        }
    }

    fn close(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            self.open()?;
        }
        match &mut self.form {
            Form::Array(lines) => lines.write_all(b"]\n"),
            _ => Ok(()),
        }
    }
}

fn line(out: &mut impl Write, table: &Table, row: Row<'_>, is_demo: bool) -> io::Result<()> {
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION}")?;
    for (column, value) in table.columns.iter().zip(row) {
        // Names of columns need no escape.
        write!(out, ",\"{}\":{}", column.name, json(value)?)?;
    }
    writeln!(out, "{}}}", if is_demo { ",\"demo\":true" } else { "" })
}

fn fields(csv: &mut Csv<Stdout>, row: Row<'_>, is_demo: bool) -> io::Result<()> {
    let mut field = |text: &str| csv.write_field(text).map_err(of_stdout);
    field(&SCHEMA_VERSION.to_string())?;
    for value in row {
        match json(value)? {
            Json::Null => field("")?,
            Json::String(text) => field(&text)?,
            other => field(&other.to_string())?,
        }
    }
    if is_demo {
        field("true")?;
    }
    csv.write_record(None::<&[u8]>).map_err(of_stdout)
}

/// Standard output's own error, of its own kind: that nobody reads is none to be told.
fn of_stdout(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// A value for machines: money in fen, instants in UTC.
fn json(value: Value<'_>) -> io::Result<Json> {
    Ok(match value {
        Value::Null => Json::Null,
        Value::Text(text) => text.into(),
        Value::Integer(number) => number.into(),
        Value::Money(money) => money.fen().into(),
        Value::Points(points) => points.get().into(),
        Value::Flag(flag) => flag.into(),
        Value::Time(time) => time.to_string().into(),
        _ => return Err(io::Error::other("a value of a newer kind")),
    })
}
