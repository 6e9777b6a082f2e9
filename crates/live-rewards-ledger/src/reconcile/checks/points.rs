//! C2: the sum of a points account.

use rusqlite::Connection;

use super::each_row;
use crate::{
    AccountId, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject,
        collector::{Collector, Draft},
        words::words,
    },
};

pub(super) fn check(connection: &Connection, found: &mut Collector) -> Result<(), LedgerError> {
    let counts = "SELECT account_id,
            SUM(CASE WHEN reported_total <> 0 AND frozen IS NOT NULL THEN 1 ELSE 0 END),
            SUM(CASE WHEN reported_total = 0 AND available + COALESCE(frozen, 0) <> 0
                THEN 1 ELSE 0 END)
        FROM points_accounts GROUP BY account_id";
    each_row(connection, counts, |row| {
        let account = AccountId(row.get(0)?);
        let (checked, without): (i64, i64) = (row.get(1)?, row.get(2)?);
        found.examined(account, CheckCode::C2, checked.unsigned_abs());
        if without > 0 {
            let note = words!(
                "{without} accounts with points tell a total of 0",
                "{without} 个有积分的账户总积分为 0"
            );
            found.note(account, CheckCode::C2, note);
        }
        Ok(())
    })?;
    let rows = "SELECT account_id, user_id, available, frozen, reported_total FROM points_accounts
        WHERE reported_total <> 0 AND reported_total <> available + frozen
        ORDER BY account_id, user_id";
    each_row(connection, rows, |row| {
        let user: String = row.get(1)?;
        let (available, frozen, total): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        found.find(Draft {
            code: CheckCode::C2,
            account: AccountId(row.get(0)?),
            room: None,
            subject: FindingSubject::new("points_accounts", [user.as_str().into()], &user),
            amount_fen: None,
            points: Some(total - available - frozen),
            mark: String::new(),
            text: words!(
                "a total of {total} points, {available} to be used and {frozen} frozen",
                "总积分 {total}，可用 {available}，冻结 {frozen}"
            ),
            evidence: vec![
                Evidence::new("points_accounts", [user.as_str().into()])
                    .with("available", available)
                    .with("frozen", frozen)
                    .with("reported_total", total),
            ],
        });
        Ok(())
    })
}
