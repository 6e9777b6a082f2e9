mod adjustments;
mod listed;
mod shown;

use live_rewards::RoomRef;
use live_rewards_ledger::{IncompleteAccount, Ledger, PeriodError};
use serde_json::{Value, json};

use crate::{
    accounts::Setting,
    arguments::{Period, PeriodClose, PeriodCommand, PeriodReopen, Which},
    clock,
    failure::{Failure, tell},
    language::{language, say},
};

/// Most rooms that a warning names.
const MOST_ROOMS: usize = 5;

pub(crate) fn run(arguments: &Period) -> Result<(), Failure> {
    match &arguments.command {
        PeriodCommand::Close(arguments) => close(arguments),
        PeriodCommand::Reopen(arguments) => reopen(arguments),
        PeriodCommand::List(arguments) => listed::run(arguments),
    }
}

fn close(arguments: &PeriodClose) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let mut ledger = setting.open()?;
    let month = arguments.month;
    let unknown = unknown(&setting, &ledger)?;
    let closed = ledger.close_period(month, arguments.note.as_deref(), clock::now())?;
    for account in &closed.incomplete {
        warn_of(account);
    }
    for name in &unknown {
        tell(say!(
            "warning: {name} is in the configuration and not in the ledger; sync never read it",
            "警告：{name} 在配置中，但不在账本中；从未同步过"
        ));
    }
    if closed.period.totals.is_empty() {
        tell(say!(
            "warning: the ledger has no records of {month}",
            "警告：账本中没有 {month} 的记录"
        ));
    }
    tell(say!(
        "{month} is closed; what changes in it from now on is an adjustment",
        "{month} 已结账；此后的变动记为调整"
    ));
    let incomplete: Vec<_> = closed.incomplete.iter().map(described).collect();
    let more = [("incomplete", Value::from(incomplete)), ("never_synced", Value::from(unknown))];
    listed::print(&ledger, &[closed.period], arguments.shown.format(), more)
}

fn warn_of(IncompleteAccount { name, is_unread, listings, unread_rooms, .. }: &IncompleteAccount) {
    if *is_unread {
        tell(say!(
            "warning: {name}: nothing of it was ever read to its end",
            "警告：{name}：从未读全任何内容"
        ));
        return;
    }
    if *listings > 0 {
        tell(say!(
            "warning: {name}: {listings} listings are not read up to the end of the month; state list shows which",
            "警告：{name}：有 {listings} 个列表未读到月末；state list 会列出"
        ));
    }
    if !unread_rooms.is_empty() {
        let rooms = rooms(unread_rooms);
        tell(say!(
            "warning: {name}: never read to its end: {rooms}",
            "警告：{name}：从未读全：{rooms}"
        ));
    }
}

fn described(account: &IncompleteAccount) -> Value {
    let rooms = account.unread_rooms.iter();
    let rooms: Vec<_> = rooms
        .map(|room| json!({ "kind": room.kind.to_string(), "id": room.id.as_str() }))
        .collect();
    json!({
        "account": account.name,
        "is_unread": account.is_unread,
        "listings": account.listings,
        "unread_rooms": rooms,
    })
}

fn reopen(arguments: &PeriodReopen) -> Result<(), Failure> {
    let mut ledger = Setting::read(&arguments.place)?.open()?;
    let month = arguments.month;
    ledger.reopen_period(month, clock::now())?;
    tell(say!("{month} is open again", "{month} 已反结账"));
    Ok(())
}

/// Names of configured accounts that belong into the ledger and are not there.
fn unknown(setting: &Setting, ledger: &Ledger) -> Result<Vec<String>, Failure> {
    if setting.config.is_none() {
        return Ok(Vec::new());
    }
    let mut unknown = Vec::new();
    for account in setting.accounts(&Which { account: Vec::new() })? {
        if account.kind == ledger.kind() && account.known(ledger)?.is_none() {
            unknown.push(account.name);
        }
    }
    Ok(unknown)
}

/// The first rooms by name, and how many more there are.
fn rooms(rooms: &[RoomRef]) -> String {
    let first = rooms.iter().take(MOST_ROOMS);
    let names: Vec<_> = first.map(|room| format!("{} {}", room.kind, room.id)).collect();
    let names = names.join(say!(", ", "、").as_str());
    match rooms.len().saturating_sub(MOST_ROOMS) {
        0 => names,
        more => say!("{names} and {more} more rooms", "{names} 等，另有 {more} 个直播间"),
    }
}

impl From<PeriodError> for Failure {
    fn from(error: PeriodError) -> Self {
        match error {
            PeriodError::Ledger(error) => error.into(),
            other => Self::usage(other.in_words(language())),
        }
    }
}
