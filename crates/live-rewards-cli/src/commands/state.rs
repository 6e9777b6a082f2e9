use live_rewards::Operation;
use live_rewards_ledger::{Account, Listing};

use super::listing_name;
use crate::{
    accounts::{Setting, meant, named},
    arguments::{State, StateCommand, StateList, StateReset, StateShow},
    failure::{Failure, tell},
    language::say,
    output,
    sheet::{Cell, Format, Sheet},
};

pub(crate) fn run(arguments: &State) -> Result<(), Failure> {
    match &arguments.command {
        StateCommand::List(arguments) => list(arguments),
        StateCommand::Show(arguments) => show(arguments),
        StateCommand::Reset(arguments) => reset(arguments),
    }
}

fn list(arguments: &StateList) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let ledger = setting.open_to_read()?;
    let mut sheet = sheet();
    let mut errors = Vec::new();
    for account in meant(&ledger, &arguments.which)? {
        for listing in ledger.listings(Some(account.id))? {
            let is_finished = listing.cursor.is_none()
                && listing.error.is_none()
                && listing.completed_at.is_some();
            let of_packet = listing.key.operation == Operation::Claims;
            if arguments.unfinished && is_finished || of_packet && is_finished && !arguments.claims
            {
                continue;
            }
            sheet.row(row(&account, &listing));
            errors.extend(listing.error.map(|error| {
                let name = listing_name(&listing.key);
                output::plain(&say!("{}: {name}: {error}", "{}：{name}：{error}", account.name))
            }));
        }
    }
    let format = arguments.shown.format();
    sheet.print_of_ledger(format, &setting.ledger, ledger.kind())?;
    if format == Format::Table {
        // In the table they would make it wider than any screen.
        errors.iter().try_for_each(output::text)?;
    }
    Ok(())
}

fn sheet() -> Sheet {
    Sheet::new("listings")
        .column("account", say!("Account", "账号"))
        .column("operation", say!("Reads", "读取"))
        .column("scope", say!("Of", "范围"))
        .column("complete_until", say!("Complete up to (Beijing)", "完整截至（北京时间）"))
        .column("standing", say!("State", "状态"))
        .detail("completed_at", say!("Read to the end at (Beijing)", "上次读完（北京时间）"))
        .detail("began_at", say!("Reading began at (Beijing)", "本次开始（北京时间）"))
        .detail("since", say!("Reads from (Beijing)", "读取起点（北京时间）"))
        .detail("until", say!("Reads up to (Beijing)", "读取终点（北京时间）"))
        .detail("cursor", say!("Goes on at", "续读位置"))
        .detail("final", say!("Final", "不再变化"))
        .detail("rows", say!("Rows", "行数"))
        .detail("total", say!("Rows that the vendor counts", "平台总数"))
        .detail("counted", say!("Rows that came", "收到行数"))
        .detail("repeated", say!("Came more than once", "重复收到"))
        .detail("given_up_before", say!("Given up before (Beijing)", "此前的不再等（北京时间）"))
        .detail("error", say!("Error", "错误"))
}

fn row(account: &Account, listing: &Listing) -> [Cell; 17] {
    [
        account.name.as_str().into(),
        listing.key.operation.as_str().into(),
        listing.key.scope.as_str().into(),
        Cell::complete_until(listing.complete_until),
        standing(listing),
        listing.completed_at.into(),
        listing.began_at.into(),
        listing.since.into(),
        listing.until.into(),
        listing.cursor.clone().into(),
        listing.is_final.into(),
        listing.rows.into(),
        listing.total.into(),
        listing.counted.into(),
        listing.repeated.into(),
        listing.given_up_before.into(),
        listing.error.clone().into(),
    ]
}

/// How the reading of a listing stands, in a word.
fn standing(listing: &Listing) -> Cell {
    if listing.error.is_some() {
        Cell::Word("failed", say!("failed", "失败"))
    } else if listing.cursor.is_some() {
        Cell::Word("under_way", say!("under way", "读取中"))
    } else if listing.is_final {
        Cell::Word("final", say!("final", "不再变化"))
    } else {
        Cell::Nothing
    }
}

fn show(arguments: &StateShow) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let ledger = setting.open_to_read()?;
    let account = named(&ledger, &arguments.account)?;
    let mut sheet = sheet();
    for listing in ledger.listings(Some(account.id))? {
        let is_meant = listing.key.operation == arguments.operation
            && arguments.scope.as_ref().is_none_or(|scope| *scope == listing.key.scope);
        if is_meant {
            sheet.row(row(&account, &listing));
        }
    }
    if sheet.is_empty() {
        return Err(no_such_listing());
    }
    match arguments.shown.format() {
        Format::Table => {
            sheet.upright().iter().try_for_each(output::text)?;
            output::text(&output::ledger_line(&setting.ledger, ledger.kind()))
        }
        format => sheet.print_of_ledger(format, &setting.ledger, ledger.kind()),
    }
}

fn no_such_listing() -> Failure {
    Failure::usage(say!(
        "the ledger has no such listing; state list shows those it has",
        "账本里没有这个列表；state list 会列出已有的"
    ))
}

fn reset(arguments: &StateReset) -> Result<(), Failure> {
    let mut ledger = Setting::read(&arguments.place)?.open()?;
    // A sync under way would put back what is forgotten.
    let _lock = ledger.lock()?;
    let account = named(&ledger, &arguments.account)?;
    let count =
        ledger.reset_listing(account.id, arguments.operation, arguments.scope.as_deref())?;
    if count == 0 {
        return Err(no_such_listing());
    }
    tell(say!(
        "listings to read from the start: {count}; their rows stay",
        "将从头读取的列表：{count} 个；已有的行保留"
    ));
    Ok(())
}
