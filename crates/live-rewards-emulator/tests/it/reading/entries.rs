//! Xiaoe's points log, month by month and in either edition.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use crate::reading::{number, text};
use crate::support::{xiaoe, xiaoe_token};

const ENTRIES: &str = "/xe.account.flow.list/1.0.0";
/// Months before this one in which there may be entries.
const MONTHS: i32 = 16;

/// One entry.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Empty in the older edition.
    pub(crate) id: String,
    pub(crate) user: String,
    /// 1 came in, 2 went out, 3 frozen.
    pub(crate) kind: i64,
    pub(crate) count: i64,
    pub(crate) balance: i64,
}

/// Every entry of Xiaoe, oldest first.
pub(crate) async fn xiaoe_entries(emulator: &Emulator) -> Vec<Entry> {
    let token = xiaoe_token(emulator).await;
    let now = Timestamp::from_millisecond(emulator.now_ms()).unwrap();
    let today = Offset::constant(8).to_datetime(now).date();
    let mut entries = Vec::new();
    for months in (0..=MONTHS).rev() {
        let month = month_before(today, months);
        let mut of_month = Vec::new();
        for page in 1.. {
            let body = json!({
                "account_type": "INTEGRAL", "year_month": month, "page": page, "page_size": 100
            });
            let answer = xiaoe(emulator, ENTRIES, &token, body).await;
            let rows = match answer.at("/data") {
                Value::Array(rows) => rows,
                data => data["list"].as_array().unwrap().clone(),
            };
            of_month.extend(rows.iter().map(entry));
            if rows.len() < 100 {
                break;
            }
        }
        of_month.reverse();
        entries.extend(of_month);
    }
    entries
}

fn entry(row: &Value) -> Entry {
    Entry {
        id: row.get("flow_id").map_or_else(String::new, text),
        user: text(&row["user_id"]),
        kind: number(&row["flow_type"]),
        count: number(&row["flow_count"]),
        balance: number(&row["balance"]),
    }
}

/// `2026_01` of the month so many months before a day's.
fn month_before(day: Date, months: i32) -> String {
    let month = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 - months;
    format!("{}_{:02}", month / 12, month % 12 + 1)
}
