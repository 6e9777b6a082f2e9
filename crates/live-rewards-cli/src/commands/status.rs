use live_rewards::{RoomRef, Timestamp};
use live_rewards_ledger::AccountStatus;
use serde_json::{Map, Value, json};

use super::sync::outcome;
use crate::{
    accounts::{Setting, meant},
    arguments::Status,
    clock,
    failure::Failure,
    language::say,
    output,
    sheet::{Cell, Format, Sheet},
};

const DAY_MS: i64 = 86_400_000;

/// Tables whose rows are counted in columns of their own.
const COUNTED: [&str; 6] =
    ["red_packets", "claims", "gifts", "prizes", "points_accounts", "points_entries"];

pub(crate) fn run(arguments: &Status) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let ledger = setting.open_to_read()?;
    let now = clock::now();
    let silent_before = now
        .epoch_ms()
        .checked_sub(i64::from(arguments.silent_days) * DAY_MS)
        .and_then(Timestamp::from_epoch_ms)
        .unwrap_or(now);
    let mut sheet = sheet();
    let mut notes = Vec::new();
    for account in meant(&ledger, &arguments.which)? {
        let status = ledger.status(account.id, silent_before)?;
        sheet.row(row(&account.name, &status));
        notes.extend(remarks(&account.name, &status, arguments.silent_days));
    }
    let format = arguments.shown.format();
    sheet.print_of_ledger(format, &setting.ledger, ledger.kind())?;
    if format == Format::Table {
        notes.iter().try_for_each(|note| output::text(&output::plain(note)))?;
    }
    Ok(())
}

fn sheet() -> Sheet {
    Sheet::new("accounts")
        .column("account", say!("Account", "账号"))
        .column("complete_until", say!("Complete up to (Beijing)", "完整截至（北京时间）"))
        .column("last_sync", say!("Last sync (Beijing)", "上次同步（北京时间）"))
        .column("outcome", say!("Outcome", "结果"))
        .for_machines("error")
        .column("unfinished", say!("Unfinished", "未读完"))
        .column("failed", say!("Failed", "失败"))
        .column("rooms", say!("Rooms", "直播间"))
        .nested("unread_rooms")
        .flat("unread_rooms", say!("Unread", "未读"))
        .nested("silent_rooms")
        .flat("silent_rooms", say!("Silent", "静默"))
        .nested("rows")
        .flat("red_packets", say!("Packets", "红包"))
        .flat("claims", say!("Claims", "领取"))
        .flat("gifts", say!("Gifts", "礼物"))
        .flat("prizes", say!("Prizes", "中奖"))
        .flat("points_accounts", say!("Accounts", "积分账户"))
        .flat("points_entries", say!("Entries", "积分流水"))
        .column("given_up", say!("Given up", "不再等"))
        .column("rejected", say!("Rejected", "读不出"))
        .column("vanished", say!("Vanished", "已消失"))
}

fn row(name: &str, status: &AccountStatus) -> Vec<Cell> {
    let rows: Map<_, _> =
        status.rows.iter().map(|(table, rows)| ((*table).to_owned(), json!(rows))).collect();
    let last = status.last_run.as_ref();
    let mut row = vec![
        name.into(),
        Cell::complete_until(status.complete_until),
        Cell::time_or(last.map(|run| run.ended_at.unwrap_or(run.began_at)), say!("never", "从未")),
        last.map(|run| match run.outcome.as_deref() {
            Some(name) => outcome(name),
            None => Cell::Missing(say!("not ended", "未结束")),
        })
        .into(),
        last.and_then(|run| run.error.clone()).into(),
        status.unfinished.into(),
        status.failed.into(),
        status.rooms.into(),
    ];
    for rooms in [&status.unread_rooms, &status.silent_rooms] {
        row.extend([Cell::Json(list(rooms)), (rooms.len() as u64).into()]);
    }
    row.push(Cell::Json(Value::Object(rows)));
    row.extend(COUNTED.map(|table| Cell::from(status.rows_of(table))));
    row.extend([status.given_up, status.rejected, status.vanished].map(Cell::from));
    row
}

fn list(rooms: &[RoomRef]) -> Value {
    let room = |room: &RoomRef| json!({ "kind": room.kind.to_string(), "id": room.id.as_str() });
    rooms.iter().map(room).collect()
}

/// What a table can't show: why the last sync failed, that there is no room, which rooms, and what was given up.
fn remarks(name: &str, status: &AccountStatus, days: u16) -> Vec<String> {
    let none = (status.rooms == 0).then(|| {
        say!(
            "{name}: no rooms named, so none is read; use rooms add",
            "{name}：未登记直播间，未读取任何直播间；请用 rooms add"
        )
    });
    let error = status.last_run.iter().filter_map(|run| run.error.as_deref()).map(|error| {
        say!("{name}: the last sync failed: {error}", "{name}：上次同步失败：{error}")
    });
    let unread = status.unread_rooms.iter().map(|RoomRef { id, kind, .. }| {
        say!("{name}: {kind} {id} was never read to its end", "{name}：{kind} {id} 从未读完过")
    });
    let silent = status.silent_rooms.iter().map(|RoomRef { id, kind, .. }| {
        say!(
            "{name}: {kind} {id} has had no reward for {days} days",
            "{name}：{kind} {id} 已有 {days} 天没有奖励"
        )
    });
    let given_up = (status.given_up > 0).then(|| {
        let count = status.given_up;
        say!(
            "{name}: red packets not settled and listings with rows that could not be read, too old to be waited for: {count}; a longer settle_days reads them again",
            "{name}：已过等待期仍未结清的红包和仍有无法解析记录的列表：{count} 个；调大 settle_days 会再读"
        )
    });
    error.chain(none).chain(unread).chain(silent).chain(given_up).collect()
}
