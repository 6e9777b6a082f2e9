use comfy_table::CellAlignment;
use live_rewards::Timestamp;
use live_rewards_ledger::{AccountStatus, LedgerKind};
use serde_json::{Value, json};

use crate::{
    accounts::{Setting, meant},
    arguments::Status,
    clock,
    failure::Failure,
    output,
};

const DAY_MS: i64 = 86_400_000;

pub(crate) fn run(arguments: &Status) -> Result<(), Failure> {
    let setting = Setting::read(&arguments.place)?;
    let ledger = setting.open_to_read()?;
    let now = clock::now();
    let silent_before = now
        .epoch_ms()
        .checked_sub(i64::from(arguments.silent_days) * DAY_MS)
        .and_then(Timestamp::from_epoch_ms)
        .unwrap_or(now);
    let mut all = Vec::new();
    for account in meant(&ledger, &arguments.which)? {
        let status = ledger.status(account.id, silent_before)?;
        all.push((account.name, status));
    }
    let is_demo = ledger.kind() == LedgerKind::Demo;
    if arguments.json {
        let accounts: Vec<_> = all.iter().map(|(name, status)| described(name, status)).collect();
        return output::json(&json!({
            "schema_version": 1,
            "ledger": setting.ledger.display().to_string(),
            "demo": is_demo,
            "accounts": accounts,
        }));
    }
    let mut table = output::table([
        "Account",
        "Complete up to",
        "Unfinished",
        "Failed",
        "Rooms",
        "Silent",
        "Packets",
        "Claims",
        "Gifts",
        "Prizes",
        "Accounts",
        "Entries",
        "Rejected",
        "Vanished",
    ]);
    for (name, status) in &all {
        let count = |table: &str| status.rows_of(table).to_string();
        table.add_row([
            name.clone(),
            status.complete_until.map_or("never".into(), |time| time.to_string()),
            status.unfinished.to_string(),
            status.failed.to_string(),
            status.rooms.to_string(),
            status.silent_rooms.len().to_string(),
            count("red_packets"),
            count("claims"),
            count("gifts"),
            count("prizes"),
            count("points_accounts"),
            count("points_entries"),
            status.rejected.to_string(),
            status.vanished.to_string(),
        ]);
    }
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let demo = if is_demo { " (DEMO 示例数据)" } else { "" };
    output::text(&format_args!("{table}\nLedger: {}{demo}", setting.ledger.display()))?;
    for (name, status) in &all {
        for room in &status.silent_rooms {
            output::text(&format_args!(
                "{name}: {} {} has had no reward for {} days",
                room.kind, room.id, arguments.silent_days
            ))?;
        }
    }
    Ok(())
}

fn described(name: &str, status: &AccountStatus) -> Value {
    let rows: serde_json::Map<String, Value> =
        status.rows.iter().map(|(table, rows)| ((*table).to_owned(), json!(rows))).collect();
    let silent: Vec<_> = status
        .silent_rooms
        .iter()
        .map(|room| json!({ "kind": room.kind.to_string(), "id": room.id.as_str() }))
        .collect();
    json!({
        "account": name,
        "complete_until": status.complete_until.map(|time| time.to_string()),
        "unfinished": status.unfinished,
        "failed": status.failed,
        "rooms": status.rooms,
        "silent_rooms": silent,
        "rows": rows,
        "rejected": status.rejected,
        "vanished": status.vanished,
    })
}
