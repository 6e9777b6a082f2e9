//! X1: rows that could not be read.

use rusqlite::{Connection, params};

use super::each_row;
use crate::{
    AccountId, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject,
        collector::{Collector, Draft},
        finding::{MOST_EVIDENCE, utc},
        readings::{Readings, room_of},
        words::words,
    },
};

pub(super) fn check(
    connection: &Connection,
    readings: &Readings,
    found: &mut Collector,
) -> Result<(), LedgerError> {
    let accounts: Vec<AccountId> = found.accounts().map(|account| account.id).collect();
    for account in accounts {
        found.examined(account, CheckCode::X1, readings.whole(account));
    }
    let listings = "SELECT account_id, operation, scope, COUNT(*) FROM rejected_rows
        WHERE resolved_at IS NULL GROUP BY account_id, operation, scope ORDER BY account_id, operation, scope";
    each_row(connection, listings, |row| {
        let account = AccountId(row.get(0)?);
        let (operation, scope): (String, String) = (row.get(1)?, row.get(2)?);
        let rows: i64 = row.get(3)?;
        found.find(Draft {
            code: CheckCode::X1,
            account,
            room: room_of(&scope),
            subject: FindingSubject::new(
                "rejected_rows",
                [operation.as_str().into(), scope.as_str().into()],
                &scope,
            ),
            amount_fen: None,
            points: None,
            // Another row that can't be read is another finding.
            mark: rows.to_string(),
            text: words!(
                "{rows} rows of {operation} could not be read",
                "{operation} 有 {rows} 条记录无法解析"
            ),
            evidence: reasons(connection, account, &operation, &scope)?,
        });
        Ok(())
    })
}

fn reasons(
    connection: &Connection,
    account: AccountId,
    operation: &str,
    scope: &str,
) -> Result<Vec<Evidence>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT digest, reason, first_seen_at FROM rejected_rows
         WHERE account_id = ?1 AND operation = ?2 AND scope = ?3 AND resolved_at IS NULL
         ORDER BY digest LIMIT ?4",
    )?;
    let most = i64::try_from(MOST_EVIDENCE).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![account.0, operation, scope, most])?;
    let mut evidence = Vec::new();
    while let Some(row) = rows.next()? {
        let digest: String = row.get(0)?;
        let key = [operation.into(), scope.into(), digest.into()];
        evidence.push(
            Evidence::new("rejected_rows", key)
                .with("reason", row.get::<_, String>(1)?)
                .with("first_seen_at", utc(row.get(2)?)),
        );
    }
    Ok(evidence)
}
