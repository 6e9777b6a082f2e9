use rusqlite::{CachedStatement, Connection, Statement};

use super::{Stamp, statements::Statements};
use crate::{LedgerError, Row, Table};

/// Writes one table's rows with statements that stay prepared.
pub(super) struct TableWriter<'a> {
    connection: &'a Connection,
    statements: &'static Statements,
    insert: CachedStatement<'a>,
    differs: CachedStatement<'a>,
    /// Whether the row before was there. So is the next one, mostly: it is looked up before it is added.
    is_known: bool,
}

pub(super) enum Outcome {
    /// It was added.
    New,
    /// It was there as it is.
    Same,
    /// It was there, and what is known of it has yet to be taken over.
    Differs,
}

impl<'a> TableWriter<'a> {
    /// The writer of a table among those that are there, or a new one.
    pub(super) fn of<'b>(
        writers: &'b mut Vec<Self>,
        connection: &'a Connection,
        table: &Table,
    ) -> Result<&'b mut Self, LedgerError> {
        if !writers.iter().any(|writer| writer.writes(table))
            && let Some(statements) = Statements::of(table)
        {
            writers.push(Self {
                connection,
                statements,
                insert: connection.prepare_cached(&statements.insert)?,
                differs: connection.prepare_cached(&statements.differs)?,
                is_known: false,
            });
        }
        writers
            .iter_mut()
            .find(|writer| writer.writes(table))
            .ok_or_else(|| LedgerError::Sqlite(format!("it has no table {}", table.name).into()))
    }

    fn writes(&self, table: &Table) -> bool {
        self.statements.table.name == table.name
    }

    /// Adds a row unless it is there.
    pub(super) fn write(&mut self, at: &Stamp, row: &Row<'_>) -> rusqlite::Result<Outcome> {
        if !self.is_known && self.insert(at, row)? {
            return Ok(Outcome::New);
        }
        self.is_known = true;
        if let Some(outcome) = self.compare(at, row)? {
            return Ok(outcome);
        }
        self.is_known = false;
        self.insert(at, row)?;
        Ok(Outcome::New)
    }

    /// Takes over what is known of a row that differs.
    pub(super) fn update(&mut self, at: &Stamp, row: &Row<'_>) -> rusqlite::Result<()> {
        let mut update = self.connection.prepare_cached(&self.statements.update)?;
        let run = bind(&mut update, at, row)?;
        update.raw_bind_parameter(run, at.run.0)?;
        update.raw_execute()?;
        Ok(())
    }

    fn insert(&mut self, at: &Stamp, row: &Row<'_>) -> rusqlite::Result<bool> {
        let run = bind(&mut self.insert, at, row)?;
        self.insert.raw_bind_parameter(run, at.run.0)?;
        self.insert.raw_bind_parameter(run + 1, at.now.epoch_ms())?;
        Ok(self.insert.raw_execute()? == 1)
    }

    fn compare(&mut self, at: &Stamp, row: &Row<'_>) -> rusqlite::Result<Option<Outcome>> {
        bind(&mut self.differs, at, row)?;
        let mut found = self.differs.raw_query();
        let Some(found) = found.next()? else { return Ok(None) };
        Ok(Some(if found.get(0)? { Outcome::Differs } else { Outcome::Same }))
    }
}

/// Binds the account and the values, and gives the number of the next parameter.
fn bind(statement: &mut Statement<'_>, at: &Stamp, row: &Row<'_>) -> rusqlite::Result<usize> {
    statement.raw_bind_parameter(1_usize, at.account.0)?;
    // The first column is the vendor, which the account says.
    for (number, value) in (2_usize..).zip(row.iter().skip(1)) {
        statement.raw_bind_parameter(number, value)?;
    }
    Ok(row.len() + 1)
}
