//! Rows that people read as a table and machines as JSON or CSV, from one description.

mod cell;

use std::path::Path;

use clap::ValueEnum;
use comfy_table::CellAlignment;
use live_rewards_ledger::LedgerKind;
use serde_json::{Map, Value};

use crate::{failure::Failure, output};

pub(crate) use cell::Cell;

/// Version of what is written as JSON and CSV. Names are only ever added.
pub(crate) const FORMAT_VERSION: u32 = 1;

/// The form of what is written to standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    // Documented variants would make each help as long as two screens.
    // For people.
    #[default]
    Table,
    // One document.
    Json,
    // An object a line.
    Jsonl,
    // With a header.
    Csv,
}

/// Rows with named columns.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// What its rows are, in JSON, as `rooms`.
    name: &'static str,
    columns: Vec<SheetColumn>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug)]
struct SheetColumn {
    /// For machines, with its unit where it has one.
    name: &'static str,
    /// For people.
    head: String,
    place: Place,
}

/// Where a column is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Everywhere,
    Table,
    /// In all forms but tables, and where a row is shown upright.
    Detail,
    Machines,
    Json,
    /// In tables and CSV.
    Flat,
}

impl Sheet {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, columns: Vec::new(), rows: Vec::new() }
    }

    /// A column with its name for machines and its head for people.
    pub(crate) fn column(self, name: &'static str, head: impl Into<String>) -> Self {
        self.with(name, head, Place::Everywhere)
    }

    /// A column that only machines see.
    pub(crate) fn for_machines(self, name: &'static str) -> Self {
        self.with(name, "", Place::Machines)
    }

    /// A column that only tables have.
    pub(crate) fn for_people(self, head: impl Into<String>) -> Self {
        self.with("", head, Place::Table)
    }

    /// A column for machines, and for people where a row is shown [upright](Self::upright).
    pub(crate) fn detail(self, name: &'static str, head: impl Into<String>) -> Self {
        self.with(name, head, Place::Detail)
    }

    /// A member that only JSON has, as a list.
    pub(crate) fn nested(self, name: &'static str) -> Self {
        self.with(name, "", Place::Json)
    }

    /// A column that JSON doesn't have, since it says more elsewhere.
    pub(crate) fn flat(self, name: &'static str, head: impl Into<String>) -> Self {
        self.with(name, head, Place::Flat)
    }

    fn with(mut self, name: &'static str, head: impl Into<String>, place: Place) -> Self {
        self.columns.push(SheetColumn { name, head: head.into(), place });
        self
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let row: Vec<_> = cells.into_iter().collect();
        debug_assert_eq!(row.len(), self.columns.len(), "{}", self.name);
        self.rows.push(row);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the rows. `more` are further members of the JSON document; `kind` is of the ledger that they come from, if they do.
    pub(crate) fn print(
        &self,
        format: Format,
        kind: Option<LedgerKind>,
        more: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Result<(), Failure> {
        let is_demo = kind == Some(LedgerKind::Demo);
        match format {
            Format::Table => output::text(&self.table()),
            Format::Json => {
                let mut document = Map::new();
                document.insert("schema_version".to_owned(), FORMAT_VERSION.into());
                if kind.is_some() {
                    document.insert("demo".to_owned(), is_demo.into());
                }
                document.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
                let rows = self.rows.iter().map(|row| Value::Object(self.object(row))).collect();
                document.insert(self.name.to_owned(), Value::Array(rows));
                output::json(&Value::Object(document))
            }
            Format::Jsonl => output::json_lines(self.rows.iter().map(|row| {
                let mut object = self.object(row);
                if is_demo {
                    object.insert("demo".to_owned(), true.into());
                }
                Value::Object(object)
            })),
            Format::Csv => output::bytes(&self.csv(is_demo)?),
        }
    }

    /// Writes the rows of a ledger, and which ledger that is.
    pub(crate) fn print_of_ledger(
        &self,
        format: Format,
        path: &Path,
        kind: LedgerKind,
    ) -> Result<(), Failure> {
        match format {
            Format::Table => output::ledger_table(&self.table(), path, kind),
            _ => self.print(format, Some(kind), [("ledger", path.display().to_string().into())]),
        }
    }

    /// The rows as a table for people.
    pub(crate) fn table(&self) -> comfy_table::Table {
        let mut table = output::table(self.shown(Place::in_tables).map(|(_, head)| head));
        for row in &self.rows {
            table.add_row(self.shown(Place::in_tables).map(|(at, _)| text_at(row, at)));
        }
        for (index, (at, _)) in self.shown(Place::in_tables).enumerate() {
            let is_number = |row: &Vec<Cell>| row.get(at).is_some_and(Cell::is_number);
            if self.rows.iter().any(is_number)
                && let Some(column) = table.column_mut(index)
            {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    /// Each row as a table of its own, with a line for each value. For a row or a few.
    pub(crate) fn upright(&self) -> Vec<comfy_table::Table> {
        let upright = |row: &Vec<Cell>| {
            let mut table = output::headless_table();
            for (at, head) in self.shown(Place::in_upright) {
                table.add_row([head.to_owned(), text_at(row, at)]);
            }
            table
        };
        self.rows.iter().map(upright).collect()
    }

    /// Index and head of the columns that people see.
    fn shown(&self, is_shown: fn(Place) -> bool) -> impl Iterator<Item = (usize, &str)> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(move |(_, column)| is_shown(column.place))
            .map(|(at, column)| (at, column.head.as_str()))
    }

    fn object(&self, row: &[Cell]) -> Map<String, Value> {
        let cells = self.columns.iter().zip(row).filter(|(column, _)| column.place.in_json());
        cells.map(|(column, cell)| (column.name.to_owned(), cell.json())).collect()
    }

    fn csv(&self, is_demo: bool) -> Result<Vec<u8>, Failure> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        self.write_csv(&mut csv, is_demo).map_err(|error| Failure::general(error.to_string()))?;
        csv.into_inner().map_err(|error| Failure::general(error.to_string()))
    }

    fn write_csv(&self, csv: &mut csv::Writer<Vec<u8>>, is_demo: bool) -> csv::Result<()> {
        let columns = self.columns.iter().filter(|column| column.place.in_csv());
        let names = columns.map(|column| column.name);
        csv.write_record(names.chain(is_demo.then_some("demo")))?;
        for row in &self.rows {
            let cells = self.columns.iter().zip(row).filter(|(column, _)| column.place.in_csv());
            let demo = is_demo.then(|| "true".to_owned());
            csv.write_record(cells.map(|(_, cell)| cell.csv()).chain(demo))?;
        }
        Ok(())
    }
}

impl Place {
    const fn in_tables(self) -> bool {
        matches!(self, Self::Everywhere | Self::Table | Self::Flat)
    }

    const fn in_upright(self) -> bool {
        matches!(self, Self::Everywhere | Self::Table | Self::Detail)
    }

    const fn in_json(self) -> bool {
        matches!(self, Self::Everywhere | Self::Detail | Self::Machines | Self::Json)
    }

    const fn in_csv(self) -> bool {
        matches!(self, Self::Everywhere | Self::Detail | Self::Machines | Self::Flat)
    }
}

fn text_at(row: &[Cell], at: usize) -> String {
    row.get(at).map(Cell::for_people).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use live_rewards::Money;
    use serde_json::json;

    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("things")
            .column("name", "Name")
            .column("sum_fen", "Sum")
            .for_machines("vendor")
            .for_people("")
            .nested("parts")
            .flat("part_count", "Parts")
            .detail("note", "Note");
        sheet.row([
            "春季发布会".into(),
            Money::from_fen(1234).into(),
            "polyv".into(),
            Cell::Missing("never".to_owned()),
            Cell::Json(json!(["a", "b"])),
            2_u64.into(),
            "=1+1".into(),
        ]);
        sheet.row([
            "a\u{1b}\n".into(),
            Cell::Nothing,
            "yxt".into(),
            Cell::Word("done", "Done".to_owned()),
            Cell::Json(json!([])),
            0_u64.into(),
            Cell::Nothing,
        ]);
        sheet
    }

    /// Columns of a terminal.
    fn width(line: &str) -> usize {
        line.chars().map(|c| if c >= '\u{2e80}' && c != '\u{fffd}' { 2 } else { 1 }).sum()
    }

    #[test]
    fn a_table_is_aligned_where_characters_are_wide() {
        let table = sheet().table().to_string();
        insta::assert_snapshot!(table, @r"
        ┌────────────────────────────────────┐
        │ Name           Sum           Parts │
        ╞════════════════════════════════════╡
        │ 春季发布会   12.34   never       2 │
        │ a��                  Done        0 │
        └────────────────────────────────────┘
        ");
        let widths: Vec<_> = table.lines().map(width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    }

    #[test]
    fn a_row_by_itself_has_a_line_for_each_value() {
        insta::assert_snapshot!(sheet().upright()[0].to_string(), @r"
        ┌───────────────────┐
        │ Name   春季发布会 │
        │ Sum    12.34      │
        │        never      │
        │ Note   =1+1       │
        └───────────────────┘
        ");
    }

    #[test]
    fn machines_get_values_as_they_are() {
        let sheet = sheet();
        let objects: Vec<_> =
            sheet.rows.iter().map(|row| Value::Object(sheet.object(row)).to_string()).collect();
        insta::assert_snapshot!(objects.join("\n"), @r#"
        {"name":"春季发布会","note":"=1+1","parts":["a","b"],"sum_fen":1234,"vendor":"polyv"}
        {"name":"a\u001b\n","note":null,"parts":[],"sum_fen":null,"vendor":"yxt"}
        "#);
        let csv = String::from_utf8(sheet.csv(true).unwrap()).unwrap();
        insta::assert_snapshot!(csv, @r#"
        name,sum_fen,vendor,part_count,note,demo
        春季发布会,1234,polyv,2,=1+1,true
        "a
        ",,yxt,0,,true
        "#);
    }
}
