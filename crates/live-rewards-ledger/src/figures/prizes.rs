use live_rewards_core::{Money, Points};
use rusqlite::{Connection, Row};

use super::{Day, calendar::day_of, gifts::sum};
use crate::{AccountId, Ledger, LedgerError, Selection, sqlite::Columns, tables::IS_HANDED_OUT};

/// What prizes come to, without those that were not handed out, as [`Figure::Prizes`](crate::Figure::Prizes) counts them. Money and points
/// are never added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrizeSums {
    /// Wins.
    pub prizes: u64,
    /// What they are worth in money.
    pub money: Money,
    /// What they are worth in points.
    pub points: Points,
    /// Wins with a value whose unit the vendor doesn't state. It is in no other sum.
    pub unstated: u64,
}

const SUMS: &str = "COUNT(*), SUM(value_fen), SUM(value_points), COUNT(value_unstated)";

impl PrizeSums {
    /// Both together, unless that overflows.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            prizes: self.prizes.checked_add(other.prizes)?,
            money: self.money.checked_add(other.money)?,
            points: self.points.checked_add(other.points)?,
            unstated: self.unstated.checked_add(other.unstated)?,
        })
    }

    /// Adds others.
    pub(super) fn add(&mut self, other: Self) -> Result<(), LedgerError> {
        *self = self.checked_add(other).ok_or(LedgerError::Overflow)?;
        Ok(())
    }

    /// From the columns of `SUMS`, the first of which is this one.
    fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            prizes: row.count(first)?,
            money: Money::from_fen(sum(row, first + 1)?),
            points: Points::new(sum(row, first + 2)?),
            unstated: row.count(first + 3)?,
        })
    }
}

impl Ledger {
    /// What the prizes come to that were won in a time. Those without a time count where none is named.
    pub fn prize_sums(&self, selection: &Selection) -> Result<PrizeSums, LedgerError> {
        let condition = selection.condition(Some("won_at"));
        let sql =
            format!("SELECT {SUMS} FROM prizes AS t WHERE {IS_HANDED_OUT} AND {}", condition.sql);
        let mut sums = PrizeSums::default();
        condition.each(self.connection(), &sql, |row| -> Result<(), LedgerError> {
            sums = PrizeSums::read(row, 0)?;
            Ok(())
        })?;
        Ok(sums)
    }
}

/// Hands on what the prizes come to by account and day, of those that have a time.
pub(super) fn by_day(
    connection: &Connection,
    selection: &Selection,
    mut take: impl FnMut(AccountId, Day, PrizeSums) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let condition = selection.condition(Some("won_at"));
    let day = day_of("won_at");
    let sql = format!(
        "SELECT account_id, {day}, {SUMS} FROM prizes AS t
         WHERE {IS_HANDED_OUT} AND won_at IS NOT NULL AND {} GROUP BY account_id, {day}",
        condition.sql
    );
    condition.each(connection, &sql, |row| {
        take(AccountId(row.get(0)?), Day::nearest(row.get(1)?), PrizeSums::read(row, 2)?)
    })
}
