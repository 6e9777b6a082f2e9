use std::collections::BTreeMap;

use comfy_table::{CellAlignment, Table};
use live_rewards::{Money, Month};
use live_rewards_ledger::{
    AccountId, Adjusted, Adjustment, ColumnType, Figure, Ledger, LedgerKind, PeriodError, RowChange,
};
use serde_json::{Value, json};

use crate::{
    accounts::Setting,
    arguments::{Period, PeriodClose, PeriodCommand, PeriodList, PeriodReopen},
    clock,
    failure::{Failure, tell},
    output,
};

pub(crate) fn run(arguments: &Period) -> Result<(), Failure> {
    match &arguments.command {
        PeriodCommand::Close(arguments) => close(arguments),
        PeriodCommand::Reopen(arguments) => reopen(arguments),
        PeriodCommand::List(arguments) => match arguments.month {
            Some(month) => adjustments(arguments, month),
            None => list(arguments),
        },
    }
}

fn close(arguments: &PeriodClose) -> Result<(), Failure> {
    let mut ledger = Setting::read(&arguments.place)?.open()?;
    let closed = ledger
        .close_period(arguments.month, arguments.note.as_deref(), clock::now())
        .map_err(failed)?;
    for account in &closed.incomplete {
        tell(format_args!(
            "warning: {}: {} listings are not read up to the end of the month; state list shows which",
            account.name, account.listings
        ));
    }
    tell(format_args!(
        "{} is closed; what changes in it from now on is an adjustment",
        arguments.month
    ));
    Ok(())
}

fn reopen(arguments: &PeriodReopen) -> Result<(), Failure> {
    let mut ledger = Setting::read(&arguments.place)?.open()?;
    ledger.reopen_period(arguments.month, clock::now()).map_err(failed)?;
    tell(format_args!("{} is open again", arguments.month));
    Ok(())
}

fn list(arguments: &PeriodList) -> Result<(), Failure> {
    let ledger = Setting::read(&arguments.place)?.open()?;
    let names = names(&ledger)?;
    let mut table =
        output::table(["Month", "Closed", "Reopened", "Issued", "Claimed", "Refunded", "Note"]);
    let mut lines = Vec::new();
    for period in ledger.periods()? {
        let reopened_at = period.reopened_at.map(|time| time.to_string());
        if arguments.json {
            let totals: Vec<_> = period
                .totals
                .iter()
                .map(|((account, figure), value)| {
                    json!({
                        "account": name(&names, *account),
                        "figure": figure.as_str(),
                        "value": value,
                    })
                })
                .collect();
            lines.push(json!({
                "month": period.month.to_string(),
                "closed_at": period.closed_at.to_string(),
                "reopened_at": reopened_at,
                "note": period.note,
                "totals": totals,
            }));
        } else {
            let sum = |wanted: Figure| {
                let of_accounts = period.totals.iter().filter(|((_, figure), _)| *figure == wanted);
                Money::checked_sum(of_accounts.map(|(_, value)| Money::from_fen(*value)))
                    .map_or_else(|| "too much to add up".to_owned(), |sum| sum.to_string())
            };
            table.add_row([
                period.month.to_string(),
                period.closed_at.to_string(),
                reopened_at.unwrap_or_default(),
                sum(Figure::Issued),
                sum(Figure::Claimed),
                sum(Figure::Refunded),
                period.note.clone().unwrap_or_default(),
            ]);
        }
    }
    for column in table.column_iter_mut().skip(3).take(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    shown(&ledger, arguments.json, lines, &table)
}

fn adjustments(arguments: &PeriodList, month: Month) -> Result<(), Failure> {
    let ledger = Setting::read(&arguments.place)?.open()?;
    let names = names(&ledger)?;
    let mut table = output::table(["Seen", "Account", "What", "Change"]);
    let mut lines = Vec::new();
    for adjustment in ledger.adjustments(month).map_err(failed)? {
        let account = name(&names, adjustment.account);
        if arguments.json {
            lines.push(described(month, account, &adjustment));
        } else {
            let (what, change) = told(&adjustment.what);
            table.add_row([adjustment.at.to_string(), account.to_owned(), what, change]);
        }
    }
    shown(&ledger, arguments.json, lines, &table)
}

/// What an adjustment is about, and what it is.
fn told(what: &Adjusted) -> (String, String) {
    match what {
        Adjusted::Row { table, row_key, change, .. } => {
            let change = match change {
                RowChange::New => "came late".to_owned(),
                RowChange::Vanished => "vanished".to_owned(),
                RowChange::Returned => "returned".to_owned(),
                RowChange::Changed { column, old, new } => {
                    let value = |value: &Option<String>| match value {
                        Some(value) => value.clone(),
                        None => "unknown".to_owned(),
                    };
                    format!("{column}: {} → {}", value(old), value(new))
                }
                _ => "changed".to_owned(),
            };
            (format!("{table} {row_key}"), change)
        }
        Adjusted::Figure { figure, then, now } => {
            let value = |value: i64| match figure.unit() {
                ColumnType::Fen => Money::from_fen(value).to_string(),
                _ => value.to_string(),
            };
            (figure.label().en.to_owned(), format!("{} → {}", value(*then), value(*now)))
        }
        _ => (String::new(), "changed".to_owned()),
    }
}

fn described(month: Month, account: &str, adjustment: &Adjustment) -> Value {
    let mut line = json!({
        "month": month.to_string(),
        "seen_at": adjustment.at.to_string(),
        "account": account,
    });
    match &adjustment.what {
        Adjusted::Row { table, row_key, time, change } => {
            line["table"] = json!(table);
            line["row_key"] = serde_json::from_str(row_key).unwrap_or_else(|_| json!(row_key));
            line["time"] = json!(time.map(|time| time.to_string()));
            line["change"] = json!(match change {
                RowChange::New => "new",
                RowChange::Vanished => "vanished",
                RowChange::Returned => "returned",
                _ => "changed",
            });
            if let RowChange::Changed { column, old, new } = change {
                line["column"] = json!(column);
                line["old"] = json!(old);
                line["new"] = json!(new);
            }
        }
        Adjusted::Figure { figure, then, now } => {
            line["figure"] = json!(figure.as_str());
            line["then"] = json!(then);
            line["now"] = json!(now);
        }
        _ => {}
    }
    line
}

fn shown(ledger: &Ledger, json: bool, lines: Vec<Value>, table: &Table) -> Result<(), Failure> {
    if json {
        return output::json_lines(lines);
    }
    let demo = if ledger.kind() == LedgerKind::Demo { "\nDEMO 示例数据" } else { "" };
    output::text(&format_args!("{table}{demo}"))
}

fn names(ledger: &Ledger) -> Result<BTreeMap<AccountId, String>, Failure> {
    let accounts = ledger.accounts()?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

fn name(names: &BTreeMap<AccountId, String>, account: AccountId) -> &str {
    names.get(&account).map_or("", String::as_str)
}

fn failed(error: PeriodError) -> Failure {
    match error {
        PeriodError::Ledger(error) => error.into(),
        other => Failure::usage(other.to_string()),
    }
}
