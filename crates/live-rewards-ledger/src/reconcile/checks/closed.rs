//! D3 and D4: what came into a closed month after it was closed.

use std::collections::{BTreeMap, BTreeSet};

use live_rewards_core::{Month, Timestamp};

use super::{
    changes::told,
    row::{self, evident, said, shown},
};
use crate::{
    AccountId, ColumnType, Label, Ledger, LedgerError,
    periods::{Adjusted, Figure, PeriodError, RowChange},
    reconcile::{
        CheckCode, Evidence, FindingSubject, Words,
        collector::{Collector, Draft},
        finding::MOST_EVIDENCE,
        words::words,
    },
};

const NONE_CLOSED: Label = Label { en: "no month is closed", zh: "没有已结账的月份" };

pub(super) fn check(ledger: &Ledger, found: &mut Collector) -> Result<(), LedgerError> {
    let months = closed_months(ledger)?;
    let accounts: Vec<AccountId> = found.accounts().map(|account| account.id).collect();
    for account in accounts {
        for code in [CheckCode::D3, CheckCode::D4] {
            found.not_run(account, code, NONE_CLOSED);
            found.examined(account, code, u64::try_from(months.len()).unwrap_or(u64::MAX));
        }
    }
    for month in months {
        of_month(ledger, month, found)?;
    }
    Ok(())
}

/// The months that are closed.
fn closed_months(ledger: &Ledger) -> Result<Vec<Month>, LedgerError> {
    let periods = ledger.periods()?.into_iter();
    Ok(periods.filter(|one| one.reopened_at.is_none()).map(|one| one.month).collect())
}

/// Rows of a table and an account that came late.
#[derive(Default)]
struct Late {
    rows: u64,
    evidence: Vec<Evidence>,
}

fn of_month(ledger: &Ledger, month: Month, found: &mut Collector) -> Result<(), LedgerError> {
    let mut late: BTreeMap<(AccountId, String), Late> = BTreeMap::new();
    let mut told_of: BTreeSet<(AccountId, String)> = BTreeSet::new();
    let read = ledger.each_adjustment(month, |adjustment| {
        let account = adjustment.account;
        let (table, row_key, change) = match adjustment.what {
            Adjusted::Row { table, row_key, change, .. } => (table, row_key, change),
            Adjusted::Figure { figure, then, now } => {
                // Rows that are told explain it.
                if !told_of.contains(&(account, figure.table().to_owned())) {
                    found.find(of_figure(month, account, figure, [then, now], adjustment.at));
                }
                return Ok::<_, PeriodError>(());
            }
        };
        told_of.insert((account, table.clone()));
        if change == RowChange::New {
            let of_table = late.entry((account, table.clone())).or_default();
            of_table.rows += 1;
            if of_table.evidence.len() < MOST_EVIDENCE {
                let evidence = Evidence { table, key: row_key, values: Vec::new() };
                of_table.evidence.push(evidence.with("first_seen_at", adjustment.at));
            }
            return Ok(());
        }
        let named = row::find(ledger.connection(), account, &table, &row_key)?;
        let evidence = Evidence { table: table.clone(), key: row_key, values: Vec::new() }
            .with("month", month)
            .with("at", adjustment.at);
        let (mark, text, evidence) = match change {
            RowChange::Changed { column, old, new } => {
                let described = row::column(&table, &column);
                let kind = described.map_or(ColumnType::Text, |column| column.kind);
                let shown =
                    |value: Option<&String>| value.map_or_else(unknown, |value| shown(kind, value));
                let (was, is) = (shown(old.as_ref()), shown(new.as_ref()));
                // An id that is kept is made of the codes.
                let mark = format!("{column}\u{1f}{}\u{1f}{}", was.en, is.en);
                let said = |value: Option<&String>| {
                    value.map_or_else(unknown, |value| said(described, value))
                };
                let (was, is) = (said(old.as_ref()), said(new.as_ref()));
                let text = told(described.map(|column| column.label), &column, &was, &is);
                let evidence = evidence
                    .with("column", &column)
                    .with_known("old", old.as_deref().map(|old| evident(kind, old)))
                    .with_known("new", new.as_deref().map(|new| evident(kind, new)));
                (mark, text, evidence)
            }
            RowChange::Returned => {
                ("returned".to_owned(), words!("there again", "重新出现"), evidence)
            }
            _ => ("vanished".to_owned(), words!("no longer there", "不再存在"), evidence),
        };
        let (en, zh) = (text.en, text.zh);
        found.find(Draft {
            code: CheckCode::D3,
            account,
            room: named.room,
            subject: named.subject,
            amount_fen: None,
            points: None,
            mark: format!("{month}\u{1f}{mark}"),
            text: words!("closed month {month}: {en}", "已结账月份 {month}：{zh}"),
            evidence: vec![evidence],
        });
        Ok(())
    });
    read.map_err(|error| match error {
        PeriodError::Ledger(error) => error,
        other => LedgerError::Sqlite(other.to_string().into()),
    })?;
    for ((account, table), Late { rows, evidence }) in late {
        let label = row::of_name(&table).map(|table| table.label);
        let (en, zh) = label.map_or(("rows", "记录"), |label| (label.en, label.zh));
        found.find(Draft {
            code: CheckCode::D4,
            account,
            room: None,
            subject: FindingSubject::new(&table, [month.to_string().into()], &month.to_string()),
            amount_fen: None,
            points: None,
            mark: rows.to_string(),
            text: words!(
                "closed month {month}: {rows} rows came late ({en})",
                "已结账月份 {month}：补录 {rows} 条（{zh}）"
            ),
            evidence,
        });
    }
    Ok(())
}

/// That a figure differs, and no row says why.
fn of_figure(
    month: Month,
    account: AccountId,
    figure: Figure,
    [then, now]: [i64; 2],
    at: Timestamp,
) -> Draft {
    let unit = figure.unit();
    let more = now.checked_sub(then);
    let [was, is] = [then, now].map(|value| shown(unit, &value.to_string()));
    let Words { en, zh } = told(Some(figure.label()), figure.as_str(), &was, &is);
    let name = figure.as_str();
    let key = [month.to_string().into(), name.into()];
    Draft {
        code: CheckCode::D3,
        account,
        room: None,
        subject: FindingSubject::new("period_totals", key.clone(), &month.to_string()),
        amount_fen: more.filter(|_| unit == ColumnType::Fen),
        points: more.filter(|_| unit == ColumnType::Points),
        mark: format!("{month}\u{1f}{name}\u{1f}{then}\u{1f}{now}"),
        text: words!("closed month {month}: {en}", "已结账月份 {month}：{zh}"),
        evidence: vec![
            Evidence::new("period_totals", key).with("at", at).with("old", then).with("new", now),
        ],
    }
}

fn unknown() -> Words {
    words!("unknown", "未知")
}
