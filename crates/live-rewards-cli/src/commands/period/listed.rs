//! Closed months with their figures.

use std::array;

use live_rewards_ledger::{Figure, Ledger, Period};
use serde_json::{Value, json};

use super::{
    adjustments,
    shown::{Names, amount, figure_name},
};
use crate::{
    accounts::Setting,
    arguments::PeriodList,
    failure::Failure,
    language::say,
    sheet::{Cell, Format, Sheet},
};

pub(super) fn run(arguments: &PeriodList) -> Result<(), Failure> {
    let ledger = Setting::read(&arguments.place)?.open_to_read()?;
    let format = arguments.shown.format();
    match arguments.month {
        Some(month) => adjustments::print(&ledger, month, format),
        None => print(&ledger, &ledger.periods()?, format, []),
    }
}

/// Writes months; `more` are further members of a JSON document.
pub(super) fn print(
    ledger: &Ledger,
    periods: &[Period],
    format: Format,
    more: impl IntoIterator<Item = (&'static str, Value)>,
) -> Result<(), Failure> {
    let names = Names::of(ledger)?;
    match format {
        Format::Table => months(periods).print_of_ledger(format, ledger.path(), ledger.kind()),
        Format::Csv => figures(&names, periods).print(format, Some(ledger.kind()), []),
        Format::Json | Format::Jsonl => {
            let path = ("ledger", ledger.path().display().to_string().into());
            let more = more.into_iter().chain([path]);
            nested(&names, periods).print(format, Some(ledger.kind()), more)
        }
    }
}

/// A row a figure of a month, of all accounts together. What is said of the month stands in its first row.
fn months(periods: &[Period]) -> Sheet {
    let mut sheet = Sheet::new("figures")
        .for_people(say!("Month", "月份"))
        .for_people(say!("Closed (Beijing)", "结账（北京时间）"))
        .for_people(say!("Reopened (Beijing)", "反结账（北京时间）"))
        .for_people(say!("Figure", "项目"))
        .for_people(say!("Sum", "合计"))
        .for_people(say!("Note", "备注"));
    for period in periods {
        let sums = Figure::ALL.iter().filter_map(|figure| {
            let values = period.totals.iter().filter(|((_, of), _)| of == figure);
            let sum = values.map(|(_, value)| *value).try_fold(0, i64::checked_add);
            let shown = match sum {
                Some(0) => return None,
                Some(sum) => amount(*figure, sum),
                None => Cell::Missing(say!("too much to add up", "过大，无法相加")),
            };
            Some((Cell::from(figure_name(*figure)), shown))
        });
        let mut sums: Vec<_> = sums.collect();
        if sums.is_empty() {
            sums.push((Cell::Nothing, Cell::Nothing));
        }
        for (at, (figure, sum)) in sums.into_iter().enumerate() {
            let [month, closed, reopened, note] =
                if at == 0 { about_month(period) } else { array::from_fn(|_| Cell::Nothing) };
            sheet.row([month, closed, reopened, figure, sum, note]);
        }
    }
    sheet
}

/// A row a figure of an account and month.
fn figures(names: &Names, periods: &[Period]) -> Sheet {
    let mut sheet = about_months("figures")
        .for_machines("account")
        .for_machines("figure")
        .for_machines("value");
    for period in periods {
        for ((account, figure), value) in &period.totals {
            let own: [Cell; 3] =
                [names.name(*account).into(), figure.as_str().into(), (*value).into()];
            sheet.row(about_month(period).into_iter().chain(own));
        }
    }
    sheet
}

/// A row a month, with its figures in it.
fn nested(names: &Names, periods: &[Period]) -> Sheet {
    let mut sheet = about_months("periods").nested("totals");
    for period in periods {
        let totals = period.totals.iter().map(|((account, figure), value)| {
            json!({
                "account": names.name(*account),
                "figure": figure.as_str(),
                "value": value,
            })
        });
        let totals = Cell::Json(totals.collect());
        sheet.row(about_month(period).into_iter().chain([totals]));
    }
    sheet
}

fn about_months(name: &'static str) -> Sheet {
    Sheet::new(name)
        .for_machines("month")
        .for_machines("closed_at")
        .for_machines("reopened_at")
        .for_machines("note")
}

fn about_month(period: &Period) -> [Cell; 4] {
    [
        period.month.to_string().into(),
        period.closed_at.into(),
        period.reopened_at.into(),
        period.note.clone().into(),
    ]
}
