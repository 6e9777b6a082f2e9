//! B2: rows against the vendor's own count of them.

use rusqlite::{Connection, Row};
use serde_json::Value;

use super::each_row;
use crate::{
    AccountId, Label, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject,
        collector::{Collector, Draft},
        finding::utc,
        readings::room_of,
        words::words,
    },
};

const SQL: &str = "SELECT account_id, operation, scope, total, counted, completed_at
    FROM listings WHERE completed_at IS NOT NULL ORDER BY account_id, operation, scope";

const UNTOLD: Label = Label {
    en: "no listing that was read to its end came with a total",
    zh: "已读完的列表均未返回总数",
};

pub(super) fn check(connection: &Connection, found: &mut Collector) -> Result<(), LedgerError> {
    let accounts: Vec<AccountId> = found.accounts().map(|account| account.id).collect();
    for account in accounts {
        found.not_run(account, CheckCode::B2, UNTOLD);
    }
    each_row(connection, SQL, |row| {
        let listing = Listing::read(row)?;
        match listing.total {
            None => found.undecided(listing.account, &[CheckCode::B2], &listing.id()),
            Some(total) => {
                found.examined(listing.account, CheckCode::B2, 1);
                // Rows may come twice, when others come in before them: more is no loss.
                if listing.counted < total {
                    found.find(listing.short_of(total));
                }
            }
        }
        Ok(())
    })
}

/// The last complete reading of a listing.
struct Listing {
    account: AccountId,
    operation: String,
    scope: String,
    /// As the vendor told it with the last page.
    total: Option<i64>,
    /// Rows that came, rejected and repeated ones too.
    counted: i64,
    completed_at: i64,
}

impl Listing {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account: AccountId(row.get(0)?),
            operation: row.get(1)?,
            scope: row.get(2)?,
            total: row.get(3)?,
            counted: row.get(4)?,
            completed_at: row.get(5)?,
        })
    }

    fn id(&self) -> String {
        format!("{} {}", self.operation, self.scope).trim_end().to_owned()
    }

    fn short_of(&self, total: i64) -> Draft {
        let Self { account, operation, scope, counted, completed_at, .. } = self;
        let key: [Value; 2] = [operation.as_str().into(), scope.as_str().into()];
        let evidence = Evidence::new("listings", key.clone())
            .with("total", total)
            .with("counted", counted)
            .with("completed_at", utc(*completed_at));
        Draft {
            code: CheckCode::B2,
            account: *account,
            room: room_of(scope),
            subject: FindingSubject::new("listings", key, &self.id()),
            amount_fen: None,
            points: None,
            // As long as as many are missing, it is the same.
            mark: total.saturating_sub(*counted).to_string(),
            text: words!(
                "{counted} rows of {operation} came, and the vendor says that there are {total}",
                "{operation} 读到 {counted} 条，平台总数 {total} 条"
            ),
            evidence: vec![evidence],
        }
    }
}
