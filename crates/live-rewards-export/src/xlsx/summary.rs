//! Sums of each account and month, and how far they can be trusted.

use live_rewards_core::Timestamp;
use live_rewards_ledger::{
    Account, CheckState, Label, Language, Ledger, LedgerError, MonthSums, Reconciliation, Selection,
};

use super::{
    TITLE, Workbook, account_of,
    cell::Cell,
    sheets::Sheets,
    style::{MONEY, NAME, NUMBER, SheetColumn},
};
use crate::{ExportError, head::in_yuan, lead::ACCOUNT};

const NAME_OF_SHEET: Label = Label { en: "Summary", zh: "汇总" };

const NOTHING: Label = Label {
    en: "There are no red packets, gifts or prizes.",
    zh: "没有红包、礼物和奖品记录。",
};

use Unit::{Points, Rows, Yuan};

/// A figure of a month.
struct Figure {
    label: Label,
    unit: Unit,
    /// Whether it is shown where it is nothing in every month.
    is_always: bool,
    of: fn(&MonthSums) -> Cell<'static>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Rows,
    Yuan,
    Points,
}

const fn always(
    en: &'static str,
    zh: &'static str,
    unit: Unit,
    of: fn(&MonthSums) -> Cell<'static>,
) -> Figure {
    Figure { label: Label { en, zh }, unit, is_always: true, of }
}

const fn if_any(
    en: &'static str,
    zh: &'static str,
    unit: Unit,
    of: fn(&MonthSums) -> Cell<'static>,
) -> Figure {
    Figure { label: Label { en, zh }, unit, is_always: false, of }
}

const FIGURES: &[Figure] = &[
    always("Red packets", "红包数", Rows, |sums| Cell::count(sums.packets.packets)),
    always("Issued", "发放", Yuan, |sums| Cell::Money(sums.packets.issued)),
    always("Claims", "领取笔数", Rows, |sums| Cell::count(sums.packets.claims)),
    always("Claimed", "领取", Yuan, |sums| Cell::Money(sums.packets.claimed)),
    always("Refunded", "退款", Yuan, |sums| Cell::Money(sums.packets.refunded)),
    always("Fee", "手续费", Yuan, |sums| Cell::Money(sums.packets.fee)),
    always("Not claimed yet", "未领", Yuan, |sums| Cell::Money(sums.packets.open)),
    if_any("Refunded, amount not told", "已退款未报金额", Yuan, |sums| {
        Cell::Money(sums.packets.refunded_unreported)
    }),
    if_any("Left over by equal shares", "等额余数", Yuan, |sums| {
        Cell::Money(sums.packets.residue)
    }),
    always("Difference", "差额", Yuan, |sums| Cell::Money(sums.packets.difference)),
    always("Red packets with a difference", "有差额红包数", Rows, |sums| {
        Cell::count(sums.packets.differing)
    }),
    if_any("Gifts", "礼物笔数", Rows, |sums| Cell::count(sums.gifts.gifts)),
    if_any("Gifts, list value", "礼物标价", Yuan, |sums| Cell::Money(sums.gifts.list_money)),
    if_any("Gifts, charged", "礼物实扣", Yuan, |sums| Cell::Money(sums.gifts.charged_money)),
    if_any("Gifts, list value in points", "礼物标价（积分）", Points, |sums| {
        Cell::Points(sums.gifts.list_points)
    }),
    if_any("Gifts, charged in points", "礼物实扣（积分）", Points, |sums| {
        Cell::Points(sums.gifts.charged_points)
    }),
    if_any("Gifts, unit unstated", "礼物笔数（单位未说明）", Rows, |sums| {
        Cell::count(sums.gifts.unstated)
    }),
    if_any("Prizes handed out or to be", "奖品数（已发放或待发放）", Rows, |sums| {
        Cell::count(sums.prizes.prizes)
    }),
    if_any("Prizes, value", "奖品价值", Yuan, |sums| Cell::Money(sums.prizes.money)),
    if_any("Prizes, value in points", "奖品价值（积分）", Points, |sums| {
        Cell::Points(sums.prizes.points)
    }),
    if_any("Of these, unit unstated", "其中单位未说明", Rows, |sums| {
        Cell::count(sums.prizes.unstated)
    }),
];

pub(super) fn write(
    book: &mut Workbook<'_>,
    ledger: &Ledger,
    reconciliation: &Reconciliation,
    selection: &Selection,
    accounts: &[Account],
) -> Result<(), ExportError> {
    let months = ledger.sums_by_month(selection)?;
    let figures: Vec<&Figure> = FIGURES
        .iter()
        .filter(|figure| {
            figure.is_always || months.iter().any(|month| !(figure.of)(month).is_zero())
        })
        .collect();
    let lines = lines(book, reconciliation, selection, accounts);
    let columns = columns(&figures, book.options.language);
    let total = Cell::text(book.say(Label { en: "Total", zh: "合计" }));
    let mut sheets = Sheets::new(book, NAME_OF_SHEET, columns).lines(lines);
    for month in &months {
        let account = account_of(accounts, month.account);
        let mut cells = vec![
            account.map_or(Cell::Nothing, |account| Cell::text(account.name.as_str())),
            Cell::text(month.month.to_string()),
        ];
        cells.extend(figures.iter().map(|figure| (figure.of)(month)));
        sheets.row(&cells)?;
    }
    if !months.is_empty() {
        let mut cells = vec![total, Cell::Nothing];
        for figure in figures {
            cells.push(sum(figure, &months)?);
        }
        sheets.total(&cells)?;
    }
    Ok(sheets.finish_or(NOTHING)?)
}

fn columns(figures: &[&Figure], language: Language) -> Vec<SheetColumn> {
    let named = |label: Label, width| SheetColumn::new(label.in_language(language), width);
    let mut columns = vec![named(ACCOUNT, NAME), named(Label { en: "Month", zh: "月份" }, NUMBER)];
    columns.extend(figures.iter().map(|figure| match figure.unit {
        Yuan => SheetColumn::new(in_yuan(figure.label, language), MONEY),
        Rows | Points => named(figure.label, NUMBER),
    }));
    columns
}

/// The sum of a figure. Points of one account are not those of another and have none.
fn sum(figure: &Figure, months: &[MonthSums]) -> Result<Cell<'static>, LedgerError> {
    let mut accounts: Vec<_> = months.iter().map(|month| month.account).collect();
    accounts.dedup();
    if figure.unit == Points && accounts.len() > 1 {
        return Ok(Cell::Nothing);
    }
    let mut values = months.iter().map(figure.of);
    let first = values.next().unwrap_or(Cell::Nothing);
    values.try_fold(first, |sum, value| sum.plus(&value)).ok_or(LedgerError::Overflow)
}

/// What stands above the sums.
fn lines(
    book: &Workbook<'_>,
    reconciliation: &Reconciliation,
    selection: &Selection,
    accounts: &[Account],
) -> Vec<String> {
    let is_chinese = book.options.language == Language::Chinese;
    let as_of = reconciliation.as_of.to_china();
    let mut lines = vec![
        book.say(TITLE).to_owned(),
        if is_chinese {
            format!("对账时点：{as_of}（北京时间）")
        } else {
            format!("Reconciled as of {as_of} (Beijing time)")
        },
    ];
    lines.extend(period(selection, is_chinese));
    lines.push(checks(reconciliation, accounts, is_chinese));
    if book.options.pseudonyms.is_some() {
        lines.push(book.say(PSEUDONYMS).to_owned());
    }
    lines.push(book.say(HOW_IT_ADDS_UP).to_owned());
    lines
}

const PSEUDONYMS: Label = Label {
    en: "People have pseudonyms in place of ids and nicknames; texts that may name them are left out.",
    zh: "用户 ID 和昵称已替换为假名，可能含有人名的文字已清空。",
};

const HOW_IT_ADDS_UP: Label = Label {
    en: "Issued = claimed + refunded + fee + not claimed yet + difference, and what is refunded without amount or left over, \
         if any. Red packets count in the month in which they were sent.",
    zh: "发放 = 领取 + 退款 + 手续费 + 未领 + 差额（如有，另加已退款未报金额和等额余数）。红包计入发放当月。",
};

/// The times that rows were chosen by.
fn period(selection: &Selection, is_chinese: bool) -> Option<String> {
    let [since, until] = [selection.since, selection.until].map(|end| end.map(Timestamp::to_china));
    Some(match (since, until, is_chinese) {
        (None, None, _) => return None,
        (Some(since), None, true) => format!("期间：{since} 起"),
        (Some(since), None, false) => format!("From {since} on"),
        (None, Some(until), true) => format!("期间：{until} 之前"),
        (None, Some(until), false) => format!("Before {until}"),
        (Some(since), Some(until), true) => format!("期间：{since} 起，{until} 之前"),
        (Some(since), Some(until), false) => format!("From {since} on, before {until}"),
    })
}

/// How many checks came to what. One that was not made doesn't say that all is well.
fn checks(reconciliation: &Reconciliation, accounts: &[Account], is_chinese: bool) -> String {
    let (mut passed, mut found, mut not_run, mut findings) = (0, 0, 0, 0_u64);
    for check in &reconciliation.checks {
        if account_of(accounts, check.account).is_none() {
            continue;
        }
        match check.state {
            CheckState::Passed { .. } => passed += 1,
            CheckState::Found { findings: more, .. } => {
                found += 1;
                findings = findings.saturating_add(more);
            }
            // What a newer version says of a check is not that it passed.
            _ => not_run += 1,
        }
    }
    if is_chinese {
        format!(
            "检查：通过 {passed} 项，发现差异 {found} 项（共 {findings} 条），未执行 {not_run} 项"
        )
    } else {
        format!(
            "Checks: {passed} passed, {found} found something ({findings} findings), {not_run} were not made"
        )
    }
}
