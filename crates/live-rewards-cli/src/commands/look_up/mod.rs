//! Rows straight from a vendor, without a ledger.

mod bounds;
pub(super) mod claims;
pub(super) mod gifts;
pub(super) mod points;
pub(super) mod red_packets;
mod source;
mod writer;

use std::{
    ops::ControlFlow,
    pin::{Pin, pin},
};

use futures_util::{FutureExt, Stream, StreamExt};
use live_rewards::{ErrorKind, UserRef};
use live_rewards_ledger::Record;

use self::{bounds::Bounds, source::Source, writer::Writer};
use crate::{
    arguments::Rows,
    failure::{Failure, tell},
    language::{language, say},
    sheet::{Cell, Format, Sheet},
};

/// Rows of a table unless its user says how many: what it keeps in memory, and about what a person may scroll through.
const TABLE_ROWS: u64 = 1000;

/// A record as people see it.
trait ForPeople: Record {
    /// Such records, in a sentence.
    fn plural() -> String;

    /// The columns of their table.
    fn sheet() -> Sheet;

    /// The row of one, in the order of these columns.
    fn cells(&self) -> Vec<Cell>;
}

/// What a look-up writes.
struct Output {
    writer: Writer,
    most: u64,
    /// Whether its user said how many.
    is_limited: bool,
    /// Rows that could not be read.
    rejected: u64,
}

impl Output {
    fn new<R: ForPeople>(source: &Source, rows: Rows) -> Self {
        let format = rows.shown.format();
        let usual = if format == Format::Table { TABLE_ROWS } else { u64::MAX };
        Self {
            writer: Writer::new::<R>(source, format),
            most: rows.limit.unwrap_or(usual),
            is_limited: rows.limit.is_some(),
            rejected: 0,
        }
    }

    /// Writes the rows of an account or room that are wanted. Breaks where no more may be written.
    async fn write<R: ForPeople + Send>(
        &mut self,
        whose: &str,
        rows: impl Stream<Item = live_rewards::Result<R>> + Send,
        is_wanted: impl Fn(&R) -> bool + Send,
    ) -> Result<ControlFlow<()>, Failure> {
        let mut rows = pin!(rows);
        let mut is_empty = true;
        while let Some(row) = self.next(rows.as_mut()).await? {
            is_empty = false;
            let row = match row {
                Ok(row) => row,
                Err(error) if error.kind() == ErrorKind::RejectedRow => {
                    self.rejected += 1;
                    let what = error.message();
                    tell(say!("{whose}: {what}", "{whose}：有一行无法读取：{what}"));
                    continue;
                }
                Err(error) => return Err(Failure::from(error).about(whose)),
            };
            if !is_wanted(&row) {
                continue;
            }
            if self.writer.rows == self.most {
                tell(say!(
                    "only the first {} rows are shown; --format jsonl gives all, --limit N as many as you say",
                    "只显示了前 {} 行；--format jsonl 给出全部，--limit N 指定行数",
                    self.most
                ));
                return Ok(ControlFlow::Break(()));
            }
            self.writer.write(&row)?;
            if self.is_limited && self.writer.rows == self.most {
                return Ok(ControlFlow::Break(()));
            }
        }
        if is_empty {
            // Vendors answer so for an id that doesn't exist, too.
            let records = R::plural();
            tell(say!(
                "{whose}: no {records}; if there should be some, check the ids",
                "{whose}：没有{records}；如果应该有，请核对 ID"
            ));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The next row. What was written can be read before it is waited for.
    async fn next<T: Send>(
        &mut self,
        mut rows: Pin<&mut (impl Stream<Item = T> + Send)>,
    ) -> Result<Option<T>, Failure> {
        if let Some(row) = rows.next().now_or_never() {
            return Ok(row);
        }
        self.writer.flush()?;
        Ok(rows.next().await)
    }

    /// Ends the output. Whether anybody reads it doesn't change what the look-up came to.
    fn finish(self) -> Result<(), Failure> {
        let complete = match self.rejected {
            0 => Ok(()),
            rows => Err(Failure::incomplete(say!(
                "rows that could not be read and are left out: {rows}; the lines above say why",
                "无法读取而略去的行数：{rows}；原因见上"
            ))),
        };
        let printed = self.writer.finish();
        complete.and(printed)
    }
}

/// What people call a code of a column.
fn word<R: Record>(column: &str, code: &str) -> String {
    let column = R::TABLE.column(column);
    column.and_then(|column| column.word(code, language())).unwrap_or(code).to_owned()
}

/// A user by nickname, or by id where there is none.
fn person(user: &UserRef) -> &str {
    user.nickname.as_deref().unwrap_or(user.id.as_str())
}
