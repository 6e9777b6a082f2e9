//! Which line belongs to which movement. Each step takes what the ones before left, and pairs only what can be nothing else.

use rusqlite::Connection;

use super::{BankOptions, coverage::Coverage};
use crate::LedgerError;

/// Not decided.
pub(super) const FREE: i64 = 0;
/// Has its counterpart.
pub(super) const PAIRED: i64 = 1;
/// Could belong to several of the same amount and time, or others could belong to its only one.
pub(super) const SEVERAL_OF_AMOUNT: i64 = 2;
/// Its order has several on either side that don't agree.
pub(super) const SEVERAL_OF_ORDER: i64 = 3;
/// A line of an order that the ledger knows, but without such a movement. It belongs to nothing else.
pub(super) const OF_ORDER: i64 = 4;
/// May be in a file of the time before or after.
pub(super) const AT_THE_EDGE: i64 = 5;

struct Side {
    table: &'static str,
    key: &'static str,
}

const MOVEMENTS: Side = Side { table: "temp.bank_movements", key: "movement" };
const LINES: Side = Side { table: "temp.bank_lines", key: "line" };

/// Takes all steps. Gives how many movements are at the edge.
pub(super) fn pair(
    connection: &Connection,
    options: &BankOptions,
    coverage: &Coverage,
) -> Result<u64, LedgerError> {
    let tolerance = options.tolerance_fen.max(0);
    let slack = i64::from(options.day_slack);
    pairs(connection, &same_order_and_amount(), &[])?;
    pairs(connection, &alone_in_order(), &[])?;
    several_of_order(connection)?;
    for days in 0..=slack {
        pairs(connection, &only_of_amount(days), &[tolerance])?;
    }
    several_of_amount(connection, tolerance, slack)?;
    let at_edge = connection.execute(
        &format!(
            "UPDATE temp.bank_movements AS x SET state = {AT_THE_EDGE}
             WHERE state = {FREE} AND is_meant AND NOT EXISTS (
                 SELECT 1 FROM temp.bank_held AS h
                 WHERE x.at >= h.starts_at + ?1 AND x.at < h.ends_at - ?1)"
        ),
        [coverage.edge_ms],
    )?;
    Ok(u64::try_from(at_edge).unwrap_or(u64::MAX))
}

/// Keeps the pairs that a query finds.
fn pairs(connection: &Connection, found: &str, values: &[i64]) -> Result<(), LedgerError> {
    connection.execute(
        &format!("INSERT INTO temp.bank_pairs (movement, line, by_order) {found}"),
        rusqlite::params_from_iter(values),
    )?;
    for Side { table, key } in [MOVEMENTS, LINES] {
        connection.execute(
            &format!(
                "UPDATE {table} SET state = {PAIRED}
                 WHERE state = {FREE} AND {key} IN (SELECT {key} FROM temp.bank_pairs)"
            ),
            [],
        )?;
    }
    Ok(())
}

/// Same order, direction and amount; where there are several, in the order of time: which is which makes no difference.
fn same_order_and_amount() -> String {
    let [movements, lines] = [MOVEMENTS, LINES].map(|Side { table, key }| {
        format!(
            "SELECT {key}, order_id, direction, fen, ROW_NUMBER() OVER (
                 PARTITION BY order_id, direction, fen ORDER BY at, {key}) AS place
             FROM {table} WHERE order_id IS NOT NULL"
        )
    });
    format!(
        "WITH m AS MATERIALIZED ({movements}), l AS MATERIALIZED ({lines})
         SELECT m.movement, l.line, 1 FROM m JOIN l ON l.order_id = m.order_id
             AND l.direction = m.direction AND l.fen = m.fen AND l.place = m.place"
    )
}

/// The only one that is left of an order and direction, on both sides, whatever the amounts.
fn alone_in_order() -> String {
    let [movements, lines] = [MOVEMENTS, LINES].map(|Side { table, key }| {
        format!(
            "SELECT MIN({key}) AS {key}, order_id, direction FROM {table}
             WHERE state = {FREE} AND order_id IS NOT NULL
             GROUP BY order_id, direction HAVING COUNT(*) = 1"
        )
    });
    format!(
        "WITH m AS MATERIALIZED ({movements}), l AS MATERIALIZED ({lines})
         SELECT m.movement, l.line, 1 FROM m JOIN l ON l.order_id = m.order_id
             AND l.direction = m.direction"
    )
}

/// What is left of an order on both sides is not guessed at.
fn several_of_order(connection: &Connection) -> Result<(), LedgerError> {
    connection.execute_batch(&format!(
        "UPDATE temp.bank_lines AS x SET state = {SEVERAL_OF_ORDER}
         WHERE state = {FREE} AND order_id IS NOT NULL AND EXISTS (
             SELECT 1 FROM temp.bank_movements AS m WHERE m.order_id = x.order_id
                 AND m.direction = x.direction AND m.state = {FREE});
         UPDATE temp.bank_movements SET state = {SEVERAL_OF_ORDER}
         WHERE state = {FREE} AND (order_id, direction) IN (
             SELECT order_id, direction FROM temp.bank_lines WHERE state = {SEVERAL_OF_ORDER});
         UPDATE temp.bank_lines SET state = {OF_ORDER}
         WHERE state = {FREE} AND order_id IS NOT NULL"
    ))?;
    Ok(())
}

/// Same direction and amount, at most so many days apart, and neither has another one.
fn only_of_amount(days: i64) -> String {
    let (of_line, of_movement) =
        (candidates(&MOVEMENTS, days, FREE), candidates(&LINES, days, FREE));
    format!(
        "WITH s AS MATERIALIZED (
             SELECT x.movement,
                 (SELECT CASE COUNT(*) WHEN 1 THEN MIN(line) END FROM ({of_movement})) AS line
             FROM temp.bank_movements AS x WHERE x.state = {FREE})
         SELECT s.movement, s.line, 0 FROM s JOIN temp.bank_lines AS x ON x.line = s.line
         WHERE (SELECT COUNT(*) FROM ({of_line})) = 1"
    )
}

/// What could belong to something, but not to one thing alone, is not guessed at.
fn several_of_amount(
    connection: &Connection,
    tolerance: i64,
    days: i64,
) -> Result<(), LedgerError> {
    for (side, other, state) in
        [(&LINES, &MOVEMENTS, FREE), (&MOVEMENTS, &LINES, SEVERAL_OF_AMOUNT)]
    {
        connection.execute(
            &format!(
                "UPDATE {} AS x SET state = {SEVERAL_OF_AMOUNT}
                 WHERE state = {FREE} AND EXISTS ({})",
                side.table,
                candidates(other, days, state)
            ),
            [tolerance],
        )?;
    }
    Ok(())
}

/// Up to two of a side that `x` of the other side may belong to: more aren't needed to know that there are several. A look-up a day, so that
/// the amount is part of each.
fn candidates(Side { table, key }: &Side, days: i64, state: i64) -> String {
    let days: Vec<_> = (-days..=days).map(|day| format!("({day})")).collect();
    format!(
        "SELECT c.{key} FROM (VALUES {}) AS o CROSS JOIN {table} AS c
         WHERE c.state = {state} AND c.direction = x.direction AND c.day = x.day + o.column1
             AND c.fen BETWEEN x.fen - ?1 AND x.fen + ?1 LIMIT 2",
        days.join(", ")
    )
}
