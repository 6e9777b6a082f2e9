use std::collections::{HashMap, HashSet};

use live_rewards_core::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{
    CheckCode, CheckResult, CheckState, Finding, FindingStatus,
    collector::{Collected, Found},
    finding::{as_written, digest},
    load::{code, load},
};
use crate::{AccountId, LedgerError, tables::room_kind};

/// Findings stay when they no longer hold: `gone_at` says since when. `content` is a digest of what is told.
pub(crate) const DDL: &str = "
CREATE TABLE findings (
    finding_id TEXT NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    room_kind TEXT,
    room_id TEXT,
    subject_table TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    amount_fen INTEGER,
    points INTEGER,
    text_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    content TEXT NOT NULL,
    first_found_at INTEGER NOT NULL,
    first_run INTEGER,
    gone_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_evidence (
    finding_id TEXT NOT NULL REFERENCES findings,
    row_number INTEGER NOT NULL,
    value_number INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (finding_id, row_number, value_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE acknowledgements (
    finding_id TEXT NOT NULL PRIMARY KEY REFERENCES findings,
    note TEXT NOT NULL,
    acknowledged_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Keeps why a finding may stay; says whether there is such a finding.
pub(super) fn acknowledge(
    connection: &Connection,
    id: &str,
    note: &str,
    now: Timestamp,
) -> Result<bool, LedgerError> {
    let noted = connection.execute(
        "INSERT INTO acknowledgements (finding_id, note, acknowledged_at)
         SELECT finding_id, ?2, ?3 FROM findings WHERE finding_id = ?1
         ON CONFLICT (finding_id) DO UPDATE SET
             note = excluded.note, acknowledged_at = excluded.acknowledged_at",
        params![as_written(id), note, now.epoch_ms()],
    )?;
    Ok(noted > 0)
}

/// The id that has most of its beginning in common with another one, beyond the check.
pub(super) fn nearest(connection: &Connection, id: &str) -> Result<Option<String>, LedgerError> {
    let wanted = as_written(id);
    let Some((code, digits)) = wanted.split_once('-') else {
        return Ok(None);
    };
    let mut statement = connection
        .prepare_cached("SELECT finding_id FROM findings WHERE code = ?1 ORDER BY finding_id")?;
    let mut rows = statement.query([code])?;
    let mut nearest: Option<(usize, String)> = None;
    while let Some(row) = rows.next()? {
        let known: String = row.get(0)?;
        let of_known = known.bytes().skip(code.len() + "-".len());
        let common = of_known.zip(digits.bytes()).take_while(|(one, other)| one == other).count();
        if nearest.as_ref().is_none_or(|(most, _)| common > *most) {
            nearest = Some((common, known));
        }
    }
    Ok(nearest.map(|(_, id)| id))
}

/// The findings that hold, as far as was known last: account, check, subject, id.
pub(super) fn open(
    connection: &Connection,
) -> Result<Vec<(AccountId, CheckCode, String, String)>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT account_id, code, subject_id, finding_id FROM findings WHERE gone_at IS NULL",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((AccountId(row.get(0)?), code(row, 1)?, row.get(2)?, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Brings the findings of the ledger up to date, and gives those that hold.
///
/// One that was not found again is gone, unless its check was not made, or nothing could be said of its subject. Where nothing
/// changed nothing is written.
pub(super) fn settle(
    connection: &Connection,
    collected: Collected,
    now: Timestamp,
) -> Result<(Vec<CheckResult>, Vec<Finding>), LedgerError> {
    let Collected { mut checks, found, undecided } = collected;
    let accounts: HashSet<AccountId> = checks.iter().map(|check| check.account).collect();
    let made: HashSet<(AccountId, CheckCode)> = checks
        .iter()
        .filter(|check| !matches!(check.state, CheckState::NotRun { .. }))
        .map(|check| (check.account, check.code))
        .collect();
    let stored = stored(connection)?;
    let ids: HashSet<&str> = found.iter().map(|found| found.id.as_str()).collect();
    let mut gone = Vec::new();
    for (id, known) in &stored {
        let is_open = !known.is_gone && accounts.contains(&known.account);
        if !is_open || ids.contains(id.as_str()) {
            continue;
        }
        if made.contains(&(known.account, known.code)) && !undecided.contains(id) {
            gone.push(id.as_str());
        } else {
            count(&mut checks, known);
        }
    }
    gone.sort_unstable();
    let news: Vec<(&Found, String)> = found
        .iter()
        .map(|found| (found, content(found)))
        .filter(|(found, content)| {
            stored.get(&found.id).is_none_or(|known| known.is_gone || known.content != *content)
        })
        .collect();
    if !news.is_empty() || !gone.is_empty() {
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let run: Option<i64> =
            transaction.query_row("SELECT MAX(run_id) FROM runs", [], |row| row.get(0))?;
        for (found, content) in &news {
            write(&transaction, found, content, now, run)?;
        }
        for id in gone {
            transaction
                .prepare_cached("UPDATE findings SET gone_at = ?2 WHERE finding_id = ?1")?
                .execute(params![id, now.epoch_ms()])?;
        }
        transaction.commit()?;
    }
    let mut findings = load(connection, |account| accounts.contains(&account))?;
    findings.retain(|finding| !matches!(finding.status, FindingStatus::Gone { .. }));
    Ok((checks, findings))
}

struct Stored {
    account: AccountId,
    code: CheckCode,
    content: String,
    is_gone: bool,
}

fn stored(connection: &Connection) -> Result<HashMap<String, Stored>, LedgerError> {
    let mut statement = connection
        .prepare_cached("SELECT finding_id, account_id, code, content, gone_at FROM findings")?;
    let rows = statement.query_map([], |row| {
        let gone_at: Option<i64> = row.get(4)?;
        let stored = Stored {
            account: AccountId(row.get(1)?),
            code: code(row, 2)?,
            content: row.get(3)?,
            is_gone: gone_at.is_some(),
        };
        Ok((row.get(0)?, stored))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counts a finding that stays with its check, if that was made.
fn count(checks: &mut [CheckResult], stays: &Stored) {
    let check =
        checks.iter_mut().find(|check| (check.account, check.code) == (stays.account, stays.code));
    if let Some(check) = check {
        check.state = match check.state {
            CheckState::Passed { examined } => CheckState::Found { examined, findings: 1 },
            CheckState::Found { examined, findings } => {
                CheckState::Found { examined, findings: findings + 1 }
            }
            other => other,
        };
    }
}

/// A digest of all that is told of a finding.
fn content(found: &Found) -> String {
    let mut parts = vec![found.text.en.as_str(), &found.text.zh, &found.subject.id];
    for row in &found.evidence {
        parts.extend([row.table.as_str(), &row.key]);
        parts.extend(row.values.iter().flat_map(|(name, value)| [name.as_str(), value]));
    }
    digest(&parts)
}

fn write(
    connection: &Connection,
    found: &Found,
    content: &str,
    now: Timestamp,
    run: Option<i64>,
) -> Result<(), LedgerError> {
    let Found { id, code, account, room, subject, amount_fen, points, text, evidence } = found;
    connection
        .prepare_cached(
            "INSERT INTO findings (finding_id, account_id, code, severity, room_kind, room_id,
                 subject_table, subject_key, subject_id, amount_fen, points, text_en, text_zh,
                 content, first_found_at, first_run)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
             ON CONFLICT (finding_id) DO UPDATE SET
                 room_kind = excluded.room_kind, room_id = excluded.room_id,
                 subject_id = excluded.subject_id, text_en = excluded.text_en,
                 text_zh = excluded.text_zh, content = excluded.content, gone_at = NULL",
        )?
        .execute(params![
            id,
            account.0,
            code.as_str(),
            code.severity().as_str(),
            room.as_ref().map(|room| room_kind(room.kind).into_owned()),
            room.as_ref().map(|room| room.id.as_str()),
            subject.table,
            subject.key,
            subject.id,
            amount_fen,
            points,
            text.en,
            text.zh,
            content,
            now.epoch_ms(),
            run,
        ])?;
    connection
        .prepare_cached("DELETE FROM finding_evidence WHERE finding_id = ?1")?
        .execute([id])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO finding_evidence
             (finding_id, row_number, value_number, table_name, row_key, name, value)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (row_number, row) in (0_i64..).zip(evidence) {
        for (value_number, (name, value)) in (0_i64..).zip(&row.values) {
            insert.execute(params![
                id,
                row_number,
                value_number,
                row.table,
                row.key,
                name,
                value
            ])?;
        }
    }
    Ok(())
}
