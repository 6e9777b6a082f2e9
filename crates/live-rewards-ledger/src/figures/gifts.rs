use live_rewards_core::{Money, Points};
use rusqlite::{Connection, Row};

use super::{Day, calendar::day_of};
use crate::{
    AccountId, Ledger, LedgerError, Selection,
    sqlite::{Columns, integer},
};

/// What gifts come to. List values and charged values stand side by side, each in its own unit: they are never added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GiftSums {
    /// Gifts: rows, of any quantity.
    pub gifts: u64,
    /// List values in money.
    pub list_money: Money,
    /// What was charged in money, as the vendor reports it.
    pub charged_money: Money,
    /// List values in points.
    pub list_points: Points,
    /// What was charged in points, as the vendor reports it.
    pub charged_points: Points,
    /// Gifts with a value whose unit the vendor doesn't state. It is in no other sum.
    pub unstated: u64,
}

/// What the gifts of a name come to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GiftTop {
    /// Name; the id where there is none, and nothing where there is neither.
    pub name: String,
    /// Gifts: rows, of any quantity.
    pub gifts: u64,
    /// How many were given in them, as far as the vendor says.
    pub quantity: u64,
    /// What was charged in money.
    pub charged_money: Money,
    /// What was charged in points.
    pub charged_points: Points,
}

const SUMS: &str = "COUNT(*), SUM(list_value_fen), SUM(charged_fen), SUM(list_value_points),
    SUM(charged_points), COUNT(COALESCE(list_value_unstated, charged_unstated))";

impl GiftSums {
    /// Both together, unless that overflows.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            gifts: self.gifts.checked_add(other.gifts)?,
            list_money: self.list_money.checked_add(other.list_money)?,
            charged_money: self.charged_money.checked_add(other.charged_money)?,
            list_points: self.list_points.checked_add(other.list_points)?,
            charged_points: self.charged_points.checked_add(other.charged_points)?,
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
            gifts: row.count(first)?,
            list_money: Money::from_fen(sum(row, first + 1)?),
            charged_money: Money::from_fen(sum(row, first + 2)?),
            list_points: Points::new(sum(row, first + 3)?),
            charged_points: Points::new(sum(row, first + 4)?),
            unstated: row.count(first + 5)?,
        })
    }
}

impl Ledger {
    /// What the gifts come to that were given in a time.
    pub fn gift_sums(&self, selection: &Selection) -> Result<GiftSums, LedgerError> {
        let condition = selection.condition(Some("given_at"));
        let sql = format!("SELECT {SUMS} FROM gifts AS t WHERE {}", condition.sql);
        let mut sums = GiftSums::default();
        condition.each(self.connection(), &sql, |row| -> Result<(), LedgerError> {
            sums = GiftSums::read(row, 0)?;
            Ok(())
        })?;
        Ok(sums)
    }

    /// The names of gifts for which the most was charged: in money first, then in points, then by how often; so many at most.
    pub fn top_gifts(
        &self,
        selection: &Selection,
        most: usize,
    ) -> Result<Vec<GiftTop>, LedgerError> {
        let mut condition = selection.condition(Some("given_at"));
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        let most = condition.bind(integer(most));
        let sql = format!(
            "SELECT COALESCE(item_name, item_id, '') AS name, COUNT(*) AS gifts,
                 COALESCE(SUM(quantity), 0) AS quantity, COALESCE(SUM(charged_fen), 0) AS fen,
                 COALESCE(SUM(charged_points), 0) AS points
             FROM gifts AS t WHERE {} GROUP BY COALESCE(item_name, item_id, '')
             ORDER BY fen DESC, points DESC, gifts DESC, name LIMIT {most}",
            condition.sql
        );
        let mut gifts = Vec::new();
        condition.each(self.connection(), &sql, |row| -> Result<(), LedgerError> {
            gifts.push(GiftTop {
                name: row.get(0)?,
                gifts: row.count(1)?,
                quantity: row.count(2)?,
                charged_money: Money::from_fen(row.get(3)?),
                charged_points: Points::new(row.get(4)?),
            });
            Ok(())
        })?;
        Ok(gifts)
    }
}

/// Hands on what the gifts come to by account and day.
pub(super) fn by_day(
    connection: &Connection,
    selection: &Selection,
    mut take: impl FnMut(AccountId, Day, GiftSums) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let condition = selection.condition(Some("given_at"));
    let day = day_of("given_at");
    let sql = format!(
        "SELECT account_id, {day}, {SUMS} FROM gifts AS t WHERE {} GROUP BY account_id, {day}",
        condition.sql
    );
    condition.each(connection, &sql, |row| {
        take(AccountId(row.get(0)?), Day::nearest(row.get(1)?), GiftSums::read(row, 2)?)
    })
}

/// A sum of nothing has no value.
pub(super) fn sum(row: &Row<'_>, index: usize) -> rusqlite::Result<i64> {
    Ok(row.get::<_, Option<i64>>(index)?.unwrap_or_default())
}
