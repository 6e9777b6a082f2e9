//! What is matched, in temporary tables: neither side needs to fit into the memory.

use std::io::Read;

use live_rewards_core::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    BankError, BankFile, BankLine, BankOptions, BankWarning, MovementKind,
    coverage::{BEIJING_MS, Coverage, DAY_MS, Span, day, slack_ms},
};
use crate::LedgerError;

/// `day` counts Beijing's days since 1970; `is_meant` is false for what lies outside of the time that is matched, but may belong to
/// something within; `state` is one of [`steps`](super::steps); `bank_held` has the stretches of time that the files hold.
const TABLES: &str = "
DROP TABLE IF EXISTS temp.bank_orders;
DROP TABLE IF EXISTS temp.bank_lines;
DROP TABLE IF EXISTS temp.bank_movements;
DROP TABLE IF EXISTS temp.bank_pairs;
DROP TABLE IF EXISTS temp.bank_held;
CREATE TEMP TABLE bank_orders (order_id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE bank_lines (
    line INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    number INTEGER NOT NULL,
    id TEXT,
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
CREATE TEMP TABLE bank_held (starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL);
CREATE INDEX temp.bank_lines_by_id ON bank_lines (id) WHERE id IS NOT NULL;
CREATE TEMP TABLE IF NOT EXISTS bank_matches (serial INTEGER PRIMARY KEY, started INTEGER)";

const INDEXES: &str = "
CREATE INDEX temp.bank_lines_by_day ON bank_lines (state, direction, day, fen);
CREATE INDEX temp.bank_movements_by_day ON bank_movements (state, direction, day, fen);
CREATE INDEX temp.bank_movements_by_order ON bank_movements (order_id, direction)
    WHERE order_id IS NOT NULL";

/// What was loaded.
#[derive(Debug)]
pub(super) struct Loaded {
    /// Tells this matching from the next one of the same connection.
    pub(super) serial: i64,
    pub(super) coverage: Coverage,
    /// Lines that are not matched.
    pub(super) left_out: u64,
}

/// Loads the lines of the files, and the movements of the same time or of the same orders.
pub(super) fn load<R: Read>(
    connection: &Connection,
    files: &mut [BankFile<R>],
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
    let mut left_out = 0;
    let mut spans = Vec::new();
    for (index, file) in files.iter_mut().enumerate() {
        spans.extend(lines(connection, index, file, options, &mut left_out)?);
        left_out += file.left_out();
    }
    let coverage = Coverage::of(&spans, options);
    for (index, warning) in coverage.warnings(&spans) {
        if let Some(file) = files.get_mut(index) {
            file.warn(warning);
        }
    }
    let mut hold = connection.prepare("INSERT INTO temp.bank_held VALUES (?1, ?2)")?;
    for stretch in &coverage.held {
        hold.execute(*stretch)?;
    }
    movements(connection, options, &coverage, &of_accounts)?;
    connection.execute_batch(INDEXES)?;
    Ok(Loaded { serial, coverage, left_out })
}

/// Refunds in the time that is matched of which the vendor doesn't say how much came back, or when.
pub(super) fn unknown_refunds(
    connection: &Connection,
    options: &BankOptions,
    coverage: &Coverage,
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
        [coverage.from, coverage.until],
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

/// Loads the lines of one file, and tells which days they are of, if it has any.
fn lines<R: Read>(
    connection: &Connection,
    index: usize,
    file: &mut BankFile<R>,
    options: &BankOptions,
    left_out: &mut u64,
) -> Result<Option<Span>, BankError> {
    let mut insert = connection.prepare(
        "INSERT INTO temp.bank_lines
             (file, number, id, at, day, direction, fen, ids, business, order_id, is_meant)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    let mut find = connection.prepare("SELECT 1 FROM temp.bank_orders WHERE order_id = ?1")?;
    // A number alone could be one that several lines share.
    let mut find_same = connection.prepare(
        "SELECT 1 FROM temp.bank_lines WHERE id = ?1 AND at = ?2 AND direction = ?3 AND fen = ?4",
    )?;
    let slack = slack_ms(options);
    let [from, until] = [options.from, options.until].map(|at| at.map(Timestamp::epoch_ms));
    let mut span: Option<Span> = None;
    let (mut repeated, mut first_repeated) = (0, None);
    while let Some(line) = file.next_line().map_err(|error| error.of_file(index))? {
        match &mut span {
            Some(span) => span.add(&line),
            None => span = Some(Span::new(index, &line)),
        }
        let at = line.at.epoch_ms();
        let is_near = from.is_none_or(|from| from.saturating_sub(slack) <= at)
            && until.is_none_or(|until| at < until.saturating_add(slack));
        if !is_near || line.amount.fen() == 0 || !is_of(&line, &options.business) {
            *left_out += 1;
            continue;
        }
        let (direction, fen) = (line.direction.sign(), line.amount.fen());
        if line.id.is_some() && find_same.exists(params![line.id, at, direction, fen])? {
            repeated += 1;
            first_repeated.get_or_insert(line.number);
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
            i64::try_from(index).unwrap_or(i64::MAX),
            i64::try_from(line.number).unwrap_or(i64::MAX),
            line.id,
            at,
            day(at),
            direction,
            fen,
            line.ids.join("\n"),
            line.business,
            order,
            is_meant,
        ])?;
    }
    if let Some(line) = first_repeated {
        file.warn(BankWarning::Repeated { count: repeated, line });
    }
    Ok(span)
}

fn is_of(line: &BankLine, business: &[String]) -> bool {
    let words = line.business.as_deref().unwrap_or_default();
    business.is_empty() || business.iter().any(|wanted| words.contains(wanted.as_str()))
}

fn movements(
    connection: &Connection,
    options: &BankOptions,
    coverage: &Coverage,
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
            coverage.from,
            coverage.until,
            coverage.from.saturating_sub(slack),
            coverage.until.saturating_add(slack),
        ],
    )?;
    Ok(())
}
