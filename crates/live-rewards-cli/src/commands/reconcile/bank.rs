use std::{fs::File, io::BufReader, path::Path};

use comfy_table::CellAlignment;
use live_rewards_ledger::{
    AccountId, BankClass, BankError, BankFile, BankOptions, BankReport, BankRow, Ledger,
    SideTotals, Suspense,
};
use serde_json::{Value, json};

use crate::{
    arguments::Checking,
    failure::{Failure, tell},
    output,
};

/// Rows that are shown of each class; JSON has them all.
const MOST_SHOWN: usize = 20;

/// Matches the ledger's money with a file of the bank side.
pub(super) fn matched(
    ledger: &mut Ledger,
    path: &Path,
    arguments: &Checking,
    accounts: Vec<AccountId>,
    tolerance_fen: i64,
) -> Result<BankReport, Failure> {
    let name = path.display();
    let failed = |error: BankError| match error {
        BankError::Ledger(error) => Failure::from(error),
        error => Failure::usage(format!("{name}: {error}")),
    };
    let file = File::open(path)
        .map_err(|error| Failure::usage(format!("can't read {name}: {error}; check --bank")))?;
    let mut file = BankFile::read(BufReader::new(file), &arguments.bank_format).map_err(failed)?;
    let options = BankOptions { accounts: Some(accounts), tolerance_fen, ..BankOptions::default() };
    let report = ledger.match_bank(&mut file, &options).map_err(failed)?;
    for warning in &report.warnings {
        tell(format_args!("warning: {name}: {warning}"));
    }
    if report.unknown_refunds > 0 {
        tell(format_args!(
            "{} refunds have no amount or time at the vendor and can't be matched",
            report.unknown_refunds
        ));
    }
    Ok(report)
}

/// Whether anything is not matched. What is suspended isn't, either: it may be missing.
pub(super) fn differs(report: &BankReport) -> bool {
    BankClass::ALL.iter().filter(|class| **class != BankClass::Matched).any(|class| {
        let totals = report.totals(*class);
        totals.ledger.count + totals.bank.count > 0
    })
}

pub(super) fn print(ledger: &Ledger, report: &BankReport) -> Result<(), Failure> {
    let mut table = output::table([
        "Bank side",
        "In ledger",
        "Paid out ¥",
        "Came back ¥",
        "At bank",
        "Paid out ¥",
        "Came back ¥",
    ]);
    for &class in BankClass::ALL {
        let totals = report.totals(class);
        let side = |side: SideTotals| {
            [side.count.to_string(), side.outgoing.to_string(), side.incoming.to_string()]
        };
        let [ledger, bank] = [totals.ledger, totals.bank].map(side);
        table.add_row([vec![class.to_string()], ledger.into(), bank.into()].concat());
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    output::text(&table)?;
    for &class in BankClass::ALL {
        if class == BankClass::Matched {
            continue;
        }
        let mut shown = 0;
        report.each::<Failure>(ledger, class, |row| {
            shown += 1;
            if shown <= MOST_SHOWN {
                output::text(&format_args!("{class}: {}", described(&row)))?;
            }
            Ok(())
        })?;
        if shown > MOST_SHOWN {
            output::text(&format_args!("{class}: {} more; --json has all", shown - MOST_SHOWN))?;
        }
    }
    Ok(())
}

/// A row in words.
fn described(row: &BankRow) -> String {
    let movement = row.movement.as_ref().map(|movement| {
        let order = movement.order.as_ref().map_or("–", |order| order.as_str());
        format!("{} {} of {} (order {order})", movement.kind, movement.amount, movement.at)
    });
    let line = row.line.as_ref().map(|line| {
        format!("line {}: {} {} of {}", line.number, line.direction, line.amount, line.at)
    });
    let why = row.why.map(|why| format!("[{}]", why.as_str()));
    [movement, line, why].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(super) fn json(ledger: &Ledger, report: &BankReport) -> Result<Value, Failure> {
    let mut classes = serde_json::Map::new();
    for &class in BankClass::ALL {
        let totals = report.totals(class);
        let side = |side: SideTotals| json!({ "count": side.count, "out_fen": side.outgoing.fen(), "in_fen": side.incoming.fen() });
        let mut rows = Vec::new();
        if class != BankClass::Matched {
            report.each::<Failure>(ledger, class, |row| {
                rows.push(row_json(&row));
                Ok(())
            })?;
        }
        let value =
            json!({ "ledger": side(totals.ledger), "bank": side(totals.bank), "rows": rows });
        classes.insert(class.as_str().to_owned(), value);
    }
    Ok(json!({
        "from": report.from.map(|time| time.to_string()),
        "until": report.until.map(|time| time.to_string()),
        "left_out": report.left_out,
        "unknown_refunds": report.unknown_refunds,
        "classes": classes,
    }))
}

fn row_json(row: &BankRow) -> Value {
    json!({
        "movement": row.movement.as_ref().map(|movement| json!({
            "kind": movement.kind.as_str(),
            "key": movement.row_key,
            "order": movement.order.as_deref(),
            "amount_fen": movement.amount.fen(),
            "at": movement.at.to_string(),
        })),
        "line": row.line.as_ref().map(|line| json!({
            "number": line.number,
            "amount_fen": line.amount.fen(),
            "at": line.at.to_string(),
        })),
        "why": row.why.map(Suspense::as_str),
    })
}
