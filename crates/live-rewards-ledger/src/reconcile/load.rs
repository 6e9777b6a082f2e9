use rusqlite::{Connection, Row, types::FromSqlError};

use super::{CheckCode, Evidence, Finding, FindingStatus, FindingSubject, Words, collector::room};
use crate::{AccountId, LedgerError, RunId, sqlite::Columns};

/// The findings of the accounts that are wanted, in order.
pub(super) fn load(
    connection: &Connection,
    is_wanted: impl Fn(AccountId) -> bool,
) -> Result<Vec<Finding>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT f.finding_id, f.account_id, f.code, f.room_kind, f.room_id, f.subject_table,
             f.subject_key, f.subject_id, f.amount_fen, f.points, f.text_en, f.text_zh,
             f.first_found_at, f.first_run, f.gone_at, a.note, a.acknowledged_at
         FROM findings AS f LEFT JOIN acknowledgements AS a ON a.finding_id = f.finding_id",
    )?;
    let mut rows = statement.query([])?;
    let mut findings = Vec::new();
    while let Some(row) = rows.next()? {
        if is_wanted(AccountId(row.get(1)?)) {
            let mut finding = read(row)?;
            finding.evidence = evidence(connection, &finding.id)?;
            findings.push(finding);
        }
    }
    findings.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok(findings)
}

fn place(finding: &Finding) -> (AccountId, CheckCode, &str, &str, &str) {
    let FindingSubject { table, key, .. } = &finding.subject;
    (finding.account, finding.code, table, key, &finding.id)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Finding> {
    let code = code(row, 2)?;
    let (kind, id): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    let note: Option<String> = row.get(15)?;
    let status = match (row.optional_time(14)?, note.zip(row.optional_time(16)?)) {
        (Some(at), _) => FindingStatus::Gone { at },
        (None, Some((note, at))) => FindingStatus::Acknowledged { note, at },
        (None, None) => FindingStatus::Open,
    };
    Ok(Finding {
        id: row.get(0)?,
        code,
        severity: code.severity(),
        account: AccountId(row.get(1)?),
        room: kind.zip(id).and_then(|(kind, id)| room(&kind, &id)),
        subject: FindingSubject { table: row.get(5)?, key: row.get(6)?, id: row.get(7)? },
        amount_fen: row.get(8)?,
        points: row.get(9)?,
        text: Words { en: row.get(10)?, zh: row.get(11)? },
        evidence: Vec::new(),
        status,
        first_found_at: row.time(12)?,
        first_run: row.get::<_, Option<i64>>(13)?.map(RunId),
    })
}

fn evidence(connection: &Connection, finding: &str) -> Result<Vec<Evidence>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT row_number, table_name, row_key, name, value FROM finding_evidence
         WHERE finding_id = ?1 ORDER BY row_number, value_number",
    )?;
    let mut rows = statement.query([finding])?;
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        if last != Some(number) {
            let (table, key) = (row.get(1)?, row.get(2)?);
            evidence.push(Evidence { table, key, values: Vec::new() });
            last = Some(number);
        }
        if let Some(shown) = evidence.last_mut() {
            shown.values.push((row.get(3)?, row.get(4)?));
        }
    }
    Ok(evidence)
}

/// The check that a column names.
pub(super) fn code(row: &Row<'_>, index: usize) -> rusqlite::Result<CheckCode> {
    row.named(index, |name| name.parse().map_err(FromSqlError::other))
}
