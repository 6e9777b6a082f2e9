//! What changed in a month since it was closed.

use std::{array, collections::BTreeMap};

use live_rewards::{Month, Timestamp};
use live_rewards_ledger::{Adjusted, Adjustment, Ledger, RowChange};
use serde_json::json;

use super::shown::{Names, amount, figure_name, row, told};
use crate::{
    failure::Failure,
    language::say,
    output,
    sheet::{Cell, Format, Sheet},
};

/// Most adjustments that people are shown.
const MOST: usize = 50;

pub(super) fn print(ledger: &Ledger, month: Month, format: Format) -> Result<(), Failure> {
    let names = Names::of(ledger)?;
    let kind = Some(ledger.kind());
    let mut sheet = rows();
    match format {
        Format::Table => return people(ledger, &names, month),
        // There may be more than fit into the memory.
        Format::Jsonl => {
            return ledger.each_adjustment(month, |adjustment| {
                let mut sheet = rows();
                sheet.row(cells(month, &names, &adjustment));
                sheet.print(format, kind, [])
            });
        }
        Format::Json | Format::Csv => ledger.each_adjustment(month, |adjustment| {
            sheet.row(cells(month, &names, &adjustment));
            Ok::<_, Failure>(())
        })?,
    }
    sheet.print(format, kind, [("ledger", ledger.path().display().to_string().into())])
}

/// Adjustments of rows and figures: what is said of the one has nothing of the other.
fn rows() -> Sheet {
    Sheet::new("adjustments")
        .for_machines("month")
        .column("seen_at", say!("Seen (Beijing)", "发现（北京时间）"))
        .column("account", say!("Account", "账号"))
        .for_machines("table")
        .for_machines("row_key")
        .for_people(say!("What", "对象"))
        .column("time", say!("Happened (Beijing)", "发生（北京时间）"))
        .for_machines("change")
        .for_machines("column")
        .for_machines("old")
        .for_machines("new")
        .for_people(say!("Change", "变动"))
        .for_machines("figure")
        .for_machines("then")
        .for_machines("now")
}

fn cells(month: Month, names: &Names, adjustment: &Adjustment) -> Vec<Cell> {
    let lead: [Cell; 3] =
        [month.to_string().into(), adjustment.at.into(), names.name(adjustment.account).into()];
    let (of_row, of_figure) = match &adjustment.what {
        Adjusted::Row { table, row_key, time, change } => {
            (row_cells(table, row_key, *time, change), nothing())
        }
        Adjusted::Figure { figure, then, now } => {
            (nothing(), [figure.as_str().into(), (*then).into(), (*now).into()])
        }
        _ => (nothing(), nothing()),
    };
    lead.into_iter().chain(of_row).chain(of_figure).collect()
}

fn row_cells(table: &str, row_key: &str, time: Option<Timestamp>, change: &RowChange) -> [Cell; 9] {
    let name = match change {
        RowChange::New => "new",
        RowChange::Vanished => "vanished",
        RowChange::Returned => "returned",
        _ => "changed",
    };
    let (column, old, new) = match change {
        RowChange::Changed { column, old, new } => {
            (Some(column.as_str()), old.as_deref(), new.as_deref())
        }
        _ => (None, None, None),
    };
    [
        table.into(),
        Cell::Json(serde_json::from_str(row_key).unwrap_or_else(|_| json!(row_key))),
        row(table, row_key).into(),
        time.into(),
        name.into(),
        column.into(),
        old.into(),
        new.into(),
        told(table, change).into(),
    ]
}

fn nothing<const N: usize>() -> [Cell; N] {
    array::from_fn(|_| Cell::Nothing)
}

/// The figures as they were and are, and the first adjustments of rows.
fn people(ledger: &Ledger, names: &Names, month: Month) -> Result<(), Failure> {
    let mut periods = ledger.periods()?.into_iter();
    let closed = periods.find(|one| one.month == month && one.reopened_at.is_none());
    let totals = closed.map(|closed| closed.totals).unwrap_or_default();
    let mut figures: BTreeMap<_, _> =
        totals.into_iter().map(|(key, value)| (key, (value, None))).collect();
    let mut changed = rows();
    let mut count = 0_usize;
    ledger.each_adjustment(month, |adjustment| {
        match &adjustment.what {
            Adjusted::Figure { figure, then, now } => {
                figures.insert((adjustment.account, *figure), (*then, Some(*now)));
            }
            Adjusted::Row { .. } => {
                count += 1;
                if count <= MOST {
                    changed.row(cells(month, names, &adjustment));
                }
            }
            _ => {}
        }
        Ok::<_, Failure>(())
    })?;
    let mut sums = Sheet::new("figures")
        .for_people(say!("Account", "账号"))
        .for_people(say!("Figure", "项目"))
        .for_people(say!("When closed", "结账时"))
        .for_people(say!("Now", "现在"));
    for ((account, figure), (then, now)) in figures {
        let same = || Cell::Missing(say!("the same", "未变"));
        sums.row([
            names.name(account).into(),
            figure_name(figure).into(),
            amount(figure, then),
            now.map_or_else(same, |now| amount(figure, now)),
        ]);
    }
    output::text(&sums.table())?;
    if count == 0 {
        output::text(&say!("No row is new, changed or vanished.", "没有新增、变动或消失的记录。"))?;
    } else {
        output::text(&changed.table())?;
    }
    let more = count.saturating_sub(MOST);
    if more > 0 {
        output::text(&say!(
            "and {more} more; --format csv has all",
            "还有 {more} 条；--format csv 给出全部"
        ))?;
    }
    output::text(&output::ledger_line(ledger.path(), ledger.kind()))
}
