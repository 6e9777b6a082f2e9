//! What the checks found.

use std::collections::HashMap;

use live_rewards_core::{Money, Points, RoomRef};
use live_rewards_ledger::{
    Account, AccountId, CHECKS, Finding, FindingStatus, Label, Language, Ledger, Reconciliation,
    Severity,
};

use super::{
    Workbook, account_of,
    cell::Cell,
    evidence::evidence,
    sheets::Sheets,
    style::{ID, MONEY, NAME, NUMBER, PROSE, SheetColumn, TIME},
};
use crate::{
    ExportError,
    evidence::table_label,
    head::{in_beijing_time, in_yuan},
    lead::{ACCOUNT, ROOM_TITLE},
};

const NAME_OF_SHEET: Label = Label { en: "Findings", zh: "差异" };

const NOTHING: Label = Label {
    en: "The checks found nothing. The summary says how many of them were made.",
    zh: "检查未发现差异。已执行的检查数量见“汇总”。",
};

/// Titles of rooms.
type Titles = HashMap<(AccountId, RoomRef), String>;

pub(super) fn write(
    book: &mut Workbook<'_>,
    ledger: &Ledger,
    reconciliation: &Reconciliation,
    accounts: &[Account],
) -> Result<(), ExportError> {
    let titles = titles(ledger)?;
    let (pseudonyms, language) = (book.options.pseudonyms, book.options.language);
    let columns = columns(book);
    let mut sheets = Sheets::new(book, NAME_OF_SHEET, columns);
    let hidden = pseudonyms.map(|pseudonyms| {
        let vendor = |id| account_of(accounts, id).map(|account| account.identity.vendor);
        pseudonyms.findings(&reconciliation.findings, vendor)
    });
    for finding in hidden.as_ref().unwrap_or(&reconciliation.findings) {
        let Some(account) = account_of(accounts, finding.account) else {
            continue;
        };
        sheets.row(&row(finding, account, &titles, language))?;
    }
    Ok(sheets.finish_or(NOTHING)?)
}

fn columns(book: &Workbook<'_>) -> Vec<SheetColumn> {
    let language = book.options.language;
    let named = |label: Label, width| SheetColumn::new(label.in_language(language), width);
    let label = |en, zh| Label { en, zh };
    vec![
        named(label("Finding", "编号"), ID),
        named(ACCOUNT, NAME),
        named(label("Check", "检查"), NUMBER),
        named(label("What is checked", "检查内容"), NAME),
        named(label("Severity", "级别"), NUMBER),
        named(ROOM_TITLE, NAME),
        named(label("Room", "直播间 ID"), ID),
        named(label("About", "对象"), NAME),
        named(label("Its id", "对象 ID"), ID),
        named(label("What is wrong", "说明"), PROSE),
        SheetColumn::new(in_yuan(label("Amount", "金额"), language), MONEY),
        named(label("Points", "积分"), NUMBER),
        named(label("Status", "处理状态"), NUMBER),
        named(label("Note", "备注"), NAME),
        SheetColumn::new(in_beijing_time(label("First found at", "首次发现时间"), language), TIME),
        named(label("Evidence", "依据"), PROSE),
    ]
}

fn row<'a>(
    finding: &'a Finding,
    account: &'a Account,
    titles: &'a Titles,
    language: Language,
) -> [Cell<'a>; 16] {
    let label = |label: Label| Cell::text(label.in_language(language));
    let check = CHECKS.iter().find(|check| check.code == finding.code);
    let room = finding.room.as_ref();
    let title = room.and_then(|room| titles.get(&(finding.account, room.clone())));
    let (status, note) = match &finding.status {
        FindingStatus::Open => (Label { en: "open", zh: "待处理" }, ""),
        FindingStatus::Acknowledged { note, .. } => {
            (Label { en: "acknowledged", zh: "已确认" }, note.as_str())
        }
        _ => (Label { en: "gone", zh: "已消除" }, ""),
    };
    [
        Cell::text(finding.id.as_str()),
        Cell::text(account.name.as_str()),
        Cell::text(finding.code.as_str()),
        check.map_or(Cell::Nothing, |check| label(check.title)),
        label(severity(finding.severity)),
        title.map_or(Cell::Nothing, |title| Cell::text(title.as_str())),
        room.map_or(Cell::Nothing, |room| Cell::text(room.id.as_str())),
        Cell::text(table_label(&finding.subject.table, language)),
        Cell::text(finding.subject.id.as_str()),
        Cell::Prose(finding.text.in_language(language).into()),
        finding.amount_fen.map_or(Cell::Nothing, |fen| Cell::Money(Money::from_fen(fen))),
        finding.points.map_or(Cell::Nothing, |points| Cell::Points(Points::new(points))),
        label(status),
        Cell::Prose(note.into()),
        Cell::Time(finding.first_found_at),
        Cell::Prose(evidence(finding, language).into()),
    ]
}

const fn severity(severity: Severity) -> Label {
    match severity {
        Severity::Information => Label { en: "information", zh: "提示" },
        Severity::Warning => Label { en: "warning", zh: "警告" },
        Severity::Error => Label { en: "error", zh: "错误" },
        other => Label { en: other.as_str(), zh: other.as_str() },
    }
}

fn titles(ledger: &Ledger) -> Result<Titles, ExportError> {
    let mut titles = Titles::new();
    for entry in ledger.room_list(None)? {
        if let Some(title) = entry.title.or(entry.name) {
            titles.insert((entry.account, entry.room), title);
        }
    }
    Ok(titles)
}
