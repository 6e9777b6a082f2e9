use std::fmt;

use live_rewards_core::{Money, Timestamp};
use rusqlite::{Connection, params_from_iter};

use super::{BankLine, Movement, rows::Rows, steps};
use crate::{Ledger, LedgerError};

/// How ledger and bank agree. The rows stay in the connection of the ledger: [`each`](Self::each) reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BankReport {
    pub(super) serial: i64,
    pub(super) tolerance_fen: i64,
    /// From when on movements and lines were matched; nothing if neither the options nor a line say it.
    pub from: Option<Timestamp>,
    /// Up to before when.
    pub until: Option<Timestamp>,
    pub(super) totals: Vec<ClassTotals>,
    /// Lines that were not matched: of another time or business, or without an amount.
    pub left_out: u64,
    /// Refunds in that time of which the vendor doesn't say how much came back, or when. They can't be matched.
    pub unknown_refunds: u64,
    /// Movements that are suspended because their line may be in another file.
    pub at_edge: u64,
}

/// What became of a movement or a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BankClass {
    /// 平账: movement and line agree.
    Matched,
    /// 本地有渠道无: the ledger has it, the bank doesn't.
    MissingAtBank,
    /// 渠道有本地无: the bank has it, the ledger doesn't.
    MissingInLedger,
    /// 金额不符: they belong together by their order, but the amounts differ.
    AmountDiffers,
    /// 存疑: it can't be told what belongs together.
    Suspended,
}

/// One row of a report: a movement, a line, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BankRow {
    /// What became of it.
    pub class: BankClass,
    /// What they belong together by.
    pub by: Option<MatchedBy>,
    /// Why it is suspended.
    pub why: Option<Suspense>,
    /// The ledger's side.
    pub movement: Option<Movement>,
    /// The file that the line is in: its place among those that were matched, from 0.
    pub file: Option<usize>,
    /// The bank's side.
    pub line: Option<BankLine>,
}

/// What a movement and a line belong together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MatchedBy {
    /// The order.
    Order,
    /// Direction, amount and day.
    AmountAndDay,
}

/// Why a row is suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Suspense {
    /// Several movements or lines of the order, and no amounts that agree.
    SeveralOfOrder,
    /// Several movements or lines of the same amount and time.
    SeveralOfAmount,
    /// Its line may be in a file of the time before or after.
    Edge,
}

/// What a class comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClassTotals {
    /// The class.
    pub class: BankClass,
    /// Its movements.
    pub ledger: SideTotals,
    /// Its lines.
    pub bank: SideTotals,
}

/// What one side of a class comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SideTotals {
    /// How many.
    pub count: u64,
    /// Money that came in.
    pub incoming: Money,
    /// Money that went out.
    pub outgoing: Money,
}

impl BankReport {
    /// What a class comes to.
    pub fn totals(&self, class: BankClass) -> ClassTotals {
        let known = self.totals.iter().find(|totals| totals.class == class);
        known.copied().unwrap_or_else(|| ClassTotals::of(class))
    }

    /// Gives the rows of a class, movements before lines, each in the order of time or of the file. Takes the ledger that the
    /// report came from, before it matches another file; any other one is an error.
    pub fn each<E: From<LedgerError>>(
        &self,
        ledger: &Ledger,
        class: BankClass,
        mut on: impl FnMut(BankRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let connection = ledger.connection();
        self.check(connection)?;
        for rows in Rows::of(class) {
            let mut statement = connection.prepare(&rows.select()).map_err(LedgerError::from)?;
            let values = params_from_iter(rows.value(self.tolerance_fen));
            let mut found = statement.query(values).map_err(LedgerError::from)?;
            while let Some(row) = found.next().map_err(LedgerError::from)? {
                on(rows.read(class, row).map_err(LedgerError::from)?)?;
            }
        }
        Ok(())
    }

    fn check(&self, connection: &Connection) -> Result<(), LedgerError> {
        let last: Option<i64> =
            connection
                .query_row("SELECT MAX(serial) FROM temp.bank_matches", [], |row| row.get(0))?;
        if last == Some(self.serial) {
            Ok(())
        } else {
            Err(LedgerError::Sqlite("another bank file was matched meanwhile".into()))
        }
    }
}

impl BankClass {
    /// All classes.
    pub const ALL: &[Self] = &[
        Self::Matched,
        Self::MissingAtBank,
        Self::MissingInLedger,
        Self::AmountDiffers,
        Self::Suspended,
    ];

    /// Short name: `matched`, `missing_at_bank`, `missing_in_ledger`, `amount_differs`, `suspended`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::MissingAtBank => "missing_at_bank",
            Self::MissingInLedger => "missing_in_ledger",
            Self::AmountDiffers => "amount_differs",
            Self::Suspended => "suspended",
        }
    }
}

impl ClassTotals {
    pub(super) fn of(class: BankClass) -> Self {
        Self { class, ledger: SideTotals::default(), bank: SideTotals::default() }
    }
}

impl fmt::Display for BankClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl MatchedBy {
    /// Short name: `order`, `amount_and_day`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::AmountAndDay => "amount_and_day",
        }
    }
}

impl Suspense {
    /// Short name: `several_of_order`, `several_of_amount`, `edge`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SeveralOfOrder => "several_of_order",
            Self::SeveralOfAmount => "several_of_amount",
            Self::Edge => "edge",
        }
    }

    pub(super) const fn of(state: i64) -> Option<Self> {
        match state {
            steps::SEVERAL_OF_ORDER => Some(Self::SeveralOfOrder),
            steps::SEVERAL_OF_AMOUNT => Some(Self::SeveralOfAmount),
            steps::AT_THE_EDGE => Some(Self::Edge),
            _ => None,
        }
    }
}
