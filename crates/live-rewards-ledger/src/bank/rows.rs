//! The rows of each class, in the temporary tables.

use live_rewards_core::Money;
use rusqlite::{Connection, Row, params_from_iter};

use super::{
    BankClass, BankLine, BankRow, ClassTotals, Direction, MatchedBy, Movement, SideTotals,
    Suspense, movement::MOVEMENT, steps,
};
use crate::{LedgerError, sqlite::Columns};

/// Rows of one form: movements, lines, or pairs of them.
pub(super) struct Rows {
    /// What they are selected from, with its condition.
    from: String,
    order: &'static str,
    movement: bool,
    line: bool,
}

/// The columns of a line `l`, as [`line`] takes them.
const LINE: &str = "l.number, l.at, l.direction, l.fen, l.ids, l.business, l.id, l.file";

const MOVEMENT_COLUMNS: usize = 9;
const LINE_COLUMNS: usize = 8;

/// Adds each class up.
pub(super) fn totals(
    connection: &Connection,
    tolerance_fen: i64,
) -> Result<Vec<ClassTotals>, LedgerError> {
    let mut all = Vec::with_capacity(BankClass::ALL.len());
    for class in BankClass::ALL {
        let mut totals = ClassTotals::of(*class);
        for rows in Rows::of(*class) {
            if rows.movement {
                totals.ledger = rows.sum(connection, "m", tolerance_fen)?;
            }
            if rows.line {
                totals.bank = rows.sum(connection, "l", tolerance_fen)?;
            }
        }
        all.push(totals);
    }
    Ok(all)
}

impl Rows {
    /// Those of a class.
    pub(super) fn of(class: BankClass) -> Vec<Self> {
        let suspended = format!(
            "({}, {}, {})",
            steps::SEVERAL_OF_AMOUNT,
            steps::SEVERAL_OF_ORDER,
            steps::AT_THE_EDGE
        );
        let missing = format!("({}, {})", steps::FREE, steps::OF_ORDER);
        match class {
            BankClass::Matched => vec![Self::pairs("<=")],
            BankClass::AmountDiffers => vec![Self::pairs(">")],
            BankClass::MissingAtBank => vec![Self::movements(&missing)],
            BankClass::MissingInLedger => vec![Self::lines(&missing)],
            BankClass::Suspended => vec![Self::movements(&suspended), Self::lines(&suspended)],
        }
    }

    pub(super) fn select(&self) -> String {
        let columns = match (self.movement, self.line) {
            (true, true) => format!("{MOVEMENT}, {LINE}, p.by_order"),
            (true, false) => format!("{MOVEMENT}, m.state"),
            _ => format!("{LINE}, l.state"),
        };
        format!("SELECT {columns} FROM {} ORDER BY {}", self.from, self.order)
    }

    /// The value that the query takes: pairs are told apart by the tolerance.
    pub(super) fn value(&self, tolerance_fen: i64) -> Option<i64> {
        self.is_pair().then_some(tolerance_fen)
    }

    pub(super) fn read(&self, class: BankClass, row: &Row<'_>) -> rusqlite::Result<BankRow> {
        let movement = self.movement.then(|| Movement::read(row)).transpose()?;
        let start = if self.movement { MOVEMENT_COLUMNS } else { 0 };
        let (file, line) = if self.line {
            let file = usize::try_from(row.count(start + LINE_COLUMNS - 1)?).unwrap_or(usize::MAX);
            (Some(file), Some(line(row, start)?))
        } else {
            (None, None)
        };
        let last: i64 = row.get(start + if self.line { LINE_COLUMNS } else { 0 })?;
        let (by, why) = if self.is_pair() {
            (Some(if last == 0 { MatchedBy::AmountAndDay } else { MatchedBy::Order }), None)
        } else {
            (None, Suspense::of(last))
        };
        Ok(BankRow { class, by, why, movement, file, line })
    }

    fn sum(
        &self,
        connection: &Connection,
        side: &str,
        tolerance_fen: i64,
    ) -> Result<SideTotals, LedgerError> {
        let sql = format!(
            "SELECT COUNT(*),
                 COALESCE(SUM(CASE WHEN {side}.direction > 0 THEN {side}.fen END), 0),
                 COALESCE(SUM(CASE WHEN {side}.direction < 0 THEN {side}.fen END), 0)
             FROM {}",
            self.from
        );
        let values = params_from_iter(self.value(tolerance_fen));
        Ok(connection.query_row(&sql, values, |row| {
            Ok(SideTotals {
                count: row.count(0)?,
                incoming: Money::from_fen(row.get(1)?),
                outgoing: Money::from_fen(row.get(2)?),
            })
        })?)
    }

    fn pairs(comparison: &str) -> Self {
        let from = format!(
            "temp.bank_pairs AS p JOIN temp.bank_movements AS m ON m.movement = p.movement
                 JOIN temp.bank_lines AS l ON l.line = p.line
             WHERE (m.is_meant OR l.is_meant) AND abs(m.fen - l.fen) {comparison} ?1"
        );
        Self { from, order: "m.movement", movement: true, line: true }
    }

    fn movements(states: &str) -> Self {
        let from = format!("temp.bank_movements AS m WHERE m.is_meant AND m.state IN {states}");
        Self { from, order: "m.movement", movement: true, line: false }
    }

    fn lines(states: &str) -> Self {
        let from = format!("temp.bank_lines AS l WHERE l.is_meant AND l.state IN {states}");
        Self { from, order: "l.line", movement: false, line: true }
    }

    fn is_pair(&self) -> bool {
        self.movement && self.line
    }
}

fn line(row: &Row<'_>, start: usize) -> rusqlite::Result<BankLine> {
    let ids: String = row.get(start + 4)?;
    let ids = ids.split('\n').filter(|id| !id.is_empty());
    Ok(BankLine {
        number: row.count(start)?,
        at: row.time(start + 1)?,
        direction: Direction::of_sign(row.get(start + 2)?),
        amount: Money::from_fen(row.get(start + 3)?),
        ids: ids.map(str::to_owned).collect(),
        business: row.get(start + 5)?,
        id: row.get(start + 6)?,
    })
}
