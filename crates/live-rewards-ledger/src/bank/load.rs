//! What is matched, in temporary tables: neither side needs to fit into the memory.

use std::io::Read;

use live_rewards_core::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{BankError, BankFile, BankLine, BankOptions, MovementKind};
use crate::LedgerError;

/// `day` counts Beijing's days since 1970; `is_meant` is false for what lies outside of the time that is matched, but may belong to
/// something within; `state` is one of [`steps`](super::steps).
const TABLES: &str = "
DROP TABLE IF EXISTS temp.bank_orders;
DROP TABLE IF EXISTS temp.bank_lines;
DROP TABLE IF EXISTS temp.bank_movements;
DROP TABLE IF EXISTS temp.bank_pairs;
CREATE TEMP TABLE bank_orders (order_id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE bank_lines (
    line INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    direction INTEGER NOT NULL,
    fen INTEGER NOT NULL,
    ids TEXT NOT NULL,
    business TEXT,
    order_id TEXT,
    is_meant INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0
);
CREATE TEMP TABLE bank_movements (
    movement INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    row_key TEXT NOT NULL,
    room_kind TEXT,
    room_id TEXT,
    order_id TEXT,
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    direction INTEGER NOT NULL,
    fen INTEGER NOT NULL,
    is_meant INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0
);
CREATE TEMP TABLE bank_pairs (
    movement INTEGER PRIMARY KEY,
    line INTEGER NOT NULL UNIQUE,
    by_order INTEGER NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS bank_matches (serial INTEGER PRIMARY KEY, started INTEGER)";

const INDEXES: &str = "
CREATE INDEX temp.bank_lines_by_day ON bank_lines (state, direction, day, fen);
CREATE INDEX temp.bank_movements_by_day ON bank_movements (state, direction, day, fen);
CREATE INDEX temp.bank_movements_by_order ON bank_movements (order_id, direction)
    WHERE order_id IS NOT NULL";

const DAY_MS: i64 = 86_400_000;
const BEIJING_MS: i64 = 8 * 3_600_000;

/// The time that is matched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// In milliseconds, half-open.
    pub(super) from: i64,
    pub(super) until: i64,
    /// The first and the last day that the file is about.
    pub(super) days: [i64; 2],
}

/// What was loaded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loaded {
    /// Tells this matching from the next one of the same connection.
    pub(super) serial: i64,
    pub(super) window: Window,
    /// Lines that are not matched.
    pub(super) left_out: u64,
}

/// Loads the lines of the file, and the movements of the same time or of the same orders.
pub(super) fn load<R: Read>(
    connection: &Connection,
    file: &mut BankFile<R>,
    options: &BankOptions,
) -> Result<Loaded, BankError> {
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO temp.bank_matches (started) VALUES (1)", [])?;
    let serial = connection.last_insert_rowid();
    let of_accounts = of_accounts(options);
    connection.execute(
        &format!(
            "INSERT INTO temp.bank_orders
             SELECT order_id FROM red_packets WHERE order_id <> ''{of_accounts}
             UNION SELECT order_id FROM gift_payments WHERE order_id <> ''{of_accounts}"
        ),
        [],
    )?;
    let left_out = lines(connection, file, options)?;
    let window = window(connection, options)?;
    movements(connection, options, window, &of_accounts)?;
    connection.execute_batch(INDEXES)?;
    Ok(Loaded { serial, window, left_out })
}

/// Refunds in the window of which the vendor doesn't say how much came back, or when.
pub(super) fn unknown_refunds(
    connection: &Connection,
    options: &BankOptions,
    window: Window,
) -> Result<u64, LedgerError> {
    if !options.kinds.contains(&MovementKind::Refund) {
        return Ok(0);
    }
    let count: i64 = connection.query_row(
        &format!(
            "SELECT COUNT(*) FROM red_packets
             WHERE (refund = 'done' OR state = 'refunded')
                 AND (refund_fen IS NULL OR refunded_at IS NULL)
                 AND created_at >= ?1 AND created_at < ?2{}",
            of_accounts(options)
        ),
        [window.from, window.until],
        |row| row.get(0),
    )?;
    Ok(count.unsigned_abs())
}

fn of_accounts(options: &BankOptions) -> String {
    options.accounts.as_ref().map_or_else(String::new, |accounts| {
        let ids: Vec<_> = accounts.iter().map(ToString::to_string).collect();
        format!(" AND account_id IN ({})", ids.join(", "))
    })
}

fn lines<R: Read>(
    connection: &Connection,
    file: &mut BankFile<R>,
    options: &BankOptions,
) -> Result<u64, BankError> {
    let mut insert = connection.prepare(
        "INSERT INTO temp.bank_lines
             (number, at, day, direction, fen, ids, business, order_id, is_meant)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut find = connection.prepare("SELECT 1 FROM temp.bank_orders WHERE order_id = ?1")?;
    let slack = slack_ms(options);
    let [from, until] = [options.from, options.until].map(|at| at.map(Timestamp::epoch_ms));
    let mut left_out = 0;
    while let Some(line) = file.next_line()? {
        let at = line.at.epoch_ms();
        let is_near = from.is_none_or(|from| from.saturating_sub(slack) <= at)
            && until.is_none_or(|until| at < until.saturating_add(slack));
        if !is_near || line.amount.fen() == 0 || !is_of(&line, &options.business) {
            left_out += 1;
            continue;
        }
        let is_meant = from.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until);
        let mut order = None;
        for id in &line.ids {
            if order.is_none() && find.query_row([id], |_| Ok(())).optional()?.is_some() {
                order = Some(id);
            }
        }
        insert.execute(params![
            i64::try_from(line.number).unwrap_or(i64::MAX),
            at,
            day(at),
            line.direction.sign(),
            line.amount.fen(),
            line.ids.join("\n"),
            line.business,
            order,
            is_meant,
        ])?;
    }
    Ok(left_out + file.left_out())
}

fn is_of(line: &BankLine, business: &[String]) -> bool {
    let words = line.business.as_deref().unwrap_or_default();
    business.is_empty() || business.iter().any(|wanted| words.contains(wanted.as_str()))
}

fn window(connection: &Connection, options: &BankOptions) -> Result<Window, LedgerError> {
    let [first, last]: [Option<i64>; 2] = connection.query_row(
        "SELECT MIN(day), MAX(day) FROM temp.bank_lines WHERE is_meant",
        [],
        |row| Ok([row.get(0)?, row.get(1)?]),
    )?;
    let [from, until] = [options.from, options.until].map(|at| at.map(Timestamp::epoch_ms));
    let asked_first = from.map(day);
    let asked_last = until.map(|until| day(until.saturating_sub(1)));
    let first = first.into_iter().chain(asked_first).min();
    let last = last.into_iter().chain(asked_last).max();
    // Without lines, an end that isn't given is the other one.
    let days = [first.or(last).unwrap_or(0), last.or(first).unwrap_or(-1)];
    Ok(Window {
        from: from.unwrap_or_else(|| start_of(days[0])),
        until: until.unwrap_or_else(|| start_of(days[1].saturating_add(1))),
        days,
    })
}

fn movements(
    connection: &Connection,
    options: &BankOptions,
    window: Window,
    of_accounts: &str,
) -> Result<(), LedgerError> {
    if options.kinds.is_empty() {
        return Ok(());
    }
    let kinds = MovementKind::ALL.iter().filter(|kind| options.kinds.contains(kind));
    let selects: Vec<_> = kinds.map(|kind| kind.select()).collect();
    let slack = slack_ms(options);
    connection.execute(
        &format!(
            "INSERT INTO temp.bank_movements (account_id, kind, row_key, room_kind, room_id,
                 order_id, at, day, direction, fen, is_meant)
             SELECT account_id, kind, row_key, room_kind, room_id, order_id, at,
                 (at + {BEIJING_MS}) / {DAY_MS}, direction, fen, at >= ?1 AND at < ?2
             FROM ({})
             WHERE (at >= ?3 AND at < ?4
                 OR order_id IN (
                     SELECT order_id FROM temp.bank_lines WHERE order_id IS NOT NULL)){of_accounts}
             ORDER BY account_id, at, kind, row_key",
            selects.join(" UNION ALL ")
        ),
        [
            window.from,
            window.until,
            window.from.saturating_sub(slack),
            window.until.saturating_add(slack),
        ],
    )?;
    Ok(())
}

fn slack_ms(options: &BankOptions) -> i64 {
    i64::from(options.day_slack) * DAY_MS
}

/// The day in Beijing, counted since 1970.
fn day(ms: i64) -> i64 {
    ms.saturating_add(BEIJING_MS).div_euclid(DAY_MS)
}

/// When a day begins in Beijing.
fn start_of(day: i64) -> i64 {
    day.saturating_mul(DAY_MS).saturating_sub(BEIJING_MS)
}
