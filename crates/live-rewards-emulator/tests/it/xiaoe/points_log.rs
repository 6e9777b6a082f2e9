//! The points log of Xiaoe, and points that are taken.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use super::{accounts, code, with};
use crate::management::post;
use crate::support::{Answer, START_MS, keys_in_order, start_at, xiaoe, xiaoe_token};

const LOG: &str = "/xe.account.flow.list/1.0.0";
const DEDUCTION: &str = "/xe.account.deduction.batch/1.0.0";

/// An emulator whose clock stands still on 2026-09-21.
async fn started(scenario: Scenario) -> (Emulator, String) {
    let builder = Emulator::builder().scenario(scenario).limits(false);
    let emulator = start_at(START_MS, builder).await;
    emulator.set_clock_rate_milli(0);
    let token = xiaoe_token(&emulator).await;
    (emulator, token)
}

async fn log(emulator: &Emulator, token: &str, more: &Value) -> Answer {
    xiaoe(emulator, LOG, token, with(json!({"account_type": "INTEGRAL"}), more)).await
}

/// All months in which there can be entries.
fn months() -> impl Iterator<Item = String> {
    (2025..=2026).flat_map(|year| (1..=12).map(move |month| format!("{year}_{month:02}")))
}

/// Every entry, in either edition, with what was asked besides.
async fn entries(emulator: &Emulator, token: &str, more: &Value) -> Vec<Value> {
    let mut entries = Vec::new();
    for month in months() {
        for page in 1.. {
            let page = json!({"year_month": month, "page": page, "page_size": 100});
            let answer = log(emulator, token, &with(page, more)).await;
            assert_eq!(code(&answer), json!(0), "{}", answer.text);
            let data = answer.at("/data");
            let rows = data.as_array().or(data["list"].as_array()).unwrap();
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let at = row.get("created_at").or(row.get("create_time")).unwrap();
                assert!(at.as_str().unwrap().replace('-', "_").starts_with(&month));
            }
            entries.extend(rows.iter().cloned());
        }
    }
    entries
}

fn change(row: &Value) -> i64 {
    match (row["flow_type"].as_i64().unwrap(), row["flow_count"].as_i64().unwrap()) {
        (1, count) => count,
        (2, count) => -count,
        _ => 0,
    }
}

async fn check_sums(emulator: &Emulator, token: &str) {
    let mut balances: BTreeMap<String, i64> = BTreeMap::new();
    let mut by_type: BTreeMap<u8, i64> = BTreeMap::new();
    let mut by_day: BTreeMap<String, (u64, BTreeMap<u8, i64>)> = BTreeMap::new();
    let entries = entries(emulator, token, &json!({})).await;
    for row in &entries {
        *balances.entry(row["user_id"].as_str().unwrap().to_owned()).or_default() += change(row);
        let label = u8::try_from(row["flow_type"].as_u64().unwrap()).unwrap();
        let points = row["flow_count"].as_i64().unwrap();
        *by_type.entry(label).or_default() += points;
        let at = row.get("created_at").or(row.get("create_time")).unwrap().as_str().unwrap();
        let (count, changes) = by_day.entry(at[..10].to_owned()).or_default();
        *count += 1;
        *changes.entry(label).or_default() += points;
    }
    let truth = emulator.truth().xiaoe;
    let told = truth.points_days.into_iter();
    assert!(told.map(|(day, told)| (day, (told.entries, told.change))).eq(by_day));
    assert_eq!((entries.len() as u64, by_type), (truth.points_entries, truth.points_entry_change));
    let mut users = 0;
    for page in 1.. {
        let answer = accounts(emulator, token, &json!({"page": page.to_string()})).await;
        let rows = answer.at("/data/list");
        let rows = rows.as_array().unwrap();
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let has = row["balance"].as_i64().unwrap() + row["freeze_balance"].as_i64().unwrap();
            assert_eq!(balances[row["user_id"].as_str().unwrap()], has);
            users += 1;
        }
    }
    assert_eq!(users, balances.len());
}

#[tokio::test]
async fn entries_add_up_to_the_balances_at_any_time() {
    let (emulator, token) = started(Scenario::Tiny).await;
    check_sums(&emulator, &token).await;
    let (emulator, token) = started(Scenario::Live).await;
    // Until after midnight in Beijing.
    emulator.advance(Duration::from_secs(6600));
    check_sums(&emulator, &token).await;
    let before = emulator.truth().xiaoe.points_entries;
    emulator.advance(Duration::from_secs(3000));
    assert!(emulator.truth().xiaoe.points_entries > before);
}

#[tokio::test]
async fn a_month_is_in_one_of_two_editions() {
    let (emulator, token) = started(Scenario::Tiny).await;
    let newer = log(&emulator, &token, &json!({"year_month": "2026_07", "page_size": 100})).await;
    assert!(keys_in_order(
        &newer.text,
        &[
            "data",
            "list",
            "id",
            "business_id",
            "flow_id",
            "app_id",
            "user_id",
            "flow_type",
            "business_type",
            "flow_count",
            "business_source",
            "freeze_day",
            "remark",
            "balance",
            "created_at",
            "source_id"
        ]
    ));
    let older = log(&emulator, &token, &json!({"year_month": "2026_08", "page_size": 100})).await;
    assert!(keys_in_order(
        &older.text,
        &["data", "business_id", "balance", "create_time", "month_total_grant"]
    ));
    assert!(!older.text.contains("flow_id") && !older.text.contains("\"list\""));
    let sum = |label: u64| -> i64 {
        let rows = older.at("/data");
        let of_type = rows.as_array().unwrap().iter().filter(|row| row["flow_type"] == label);
        of_type.map(|row| row["flow_count"].as_i64().unwrap()).sum()
    };
    assert_eq!(older.at("/data/0/month_total_grant"), json!(sum(1)));
    assert_eq!(older.at("/data/0/month_total_consume"), json!(sum(2)));
    // Elsewhere there is one edition.
    let (emulator, token) = started(Scenario::Live).await;
    let other = log(&emulator, &token, &json!({"year_month": "2026_08"})).await;
    assert!(other.text.contains("flow_id"));
}

#[tokio::test]
async fn entries_come_newest_first_in_pages_of_any_size() {
    let (emulator, token) = started(Scenario::Small).await;
    let month = json!({"year_month": "2026_05"});
    let all = log(&emulator, &token, &with(month.clone(), &json!({"page_size": 100}))).await;
    let ids = all.column("/data/list", "flow_id");
    assert!(all.column("/data/list", "created_at").is_sorted_by(|newer, older| newer >= older));
    assert!(ids.len() > 50 && ids.iter().collect::<HashSet<_>>().len() == ids.len());
    let mut seen = Vec::new();
    for page in 1.. {
        let page = with(month.clone(), &json!({"page": page, "page_size": 7}));
        let rows = log(&emulator, &token, &page).await.column("/data/list", "flow_id");
        if rows.is_empty() {
            break;
        }
        seen.extend(rows);
    }
    assert_eq!(seen, ids);
    let first = log(&emulator, &token, &month).await;
    assert_eq!(first.column("/data/list", "flow_id"), ids[..10]);
}

#[tokio::test]
async fn entries_are_filtered() {
    let (emulator, token) = started(Scenario::Tiny).await;
    let all = entries(&emulator, &token, &json!({})).await;
    let some = all.iter().find(|row| row["flow_type"] == 3 && row["flow_id"].is_string()).unwrap();
    for (member, value) in [("user_id", &some["user_id"]), ("flow_type", &json!(2))] {
        let filtered = entries(&emulator, &token, &json!({member: value})).await;
        let expected = all.iter().filter(|row| row[member] == *value);
        let key = |row: &Value| row["business_id"].clone();
        assert!(filtered.iter().map(key).eq(expected.map(key)), "{member}");
    }
    let of_entry = entries(&emulator, &token, &json!({"flow_id": some["flow_id"]})).await;
    assert_eq!(of_entry, std::slice::from_ref(some));
    let earned = entries(&emulator, &token, &json!({"business_type": "LEARN_TASK"})).await;
    assert!(!earned.is_empty() && earned.iter().all(|row| row["flow_type"] == 1));
    let misspelt = entries(&emulator, &token, &json!({"account_type": "INTERGRAL"})).await;
    assert_eq!(misspelt.len(), all.len());
    for nothing in [
        json!({"account_type": "COURSE"}),
        json!({"user_id": "u_5cb6c94d7dcb9_6CKEkzsFeX"}),
        json!({"flow_id": "f_id"}),
        json!({"flow_id": some["flow_id"], "flow_type": 1}),
        json!({"business_type": "PERSONAL_INFORMATION_PHONE"}),
    ] {
        assert!(entries(&emulator, &token, &nothing).await.is_empty(), "{nothing}");
    }
}

#[tokio::test]
async fn the_month_is_the_current_one_unless_said() {
    let (emulator, token) = started(Scenario::Small).await;
    let said = log(&emulator, &token, &json!({"year_month": "2026_09"})).await;
    let unsaid = log(&emulator, &token, &json!({})).await;
    assert_eq!(said.text, unsaid.text);
    assert!(unsaid.count("/data/list") > 0);
    for more in [
        json!({"year_month": "2026-09"}),
        json!({"year_month": "2026_13"}),
        json!({"flow_type": 4}),
        json!({"account_type": "POINTS"}),
    ] {
        assert_eq!(code(&log(&emulator, &token, &more).await), json!(3001), "{more}");
    }
    assert_eq!(code(&xiaoe(&emulator, LOG, &token, json!({})).await), json!(3001));
}

async fn deduct(emulator: &Emulator, token: &str, body: &Value) -> Answer {
    xiaoe(emulator, DEDUCTION, token, body.clone()).await
}

#[tokio::test]
async fn what_is_taken_stands_in_the_accounts_and_in_the_log() {
    let (emulator, token) = started(Scenario::Tiny).await;
    let before = accounts(&emulator, &token, &json!({})).await;
    let users = before.column("/data/list", "user_id");
    let has = before.column("/data/list", "balance");
    let mut rich =
        users.iter().zip(&has).filter(|(_, balance)| balance.parse::<i64>().unwrap() > 100);
    let ((one, first), (other, _)) = (rich.next().unwrap(), rich.next().unwrap());
    let entries_before = emulator.truth().xiaoe.points_entries;

    let body = json!({"score": "40", "user_ids": [one, other, one], "remark": "兑换"});
    let answer = deduct(&emulator, &token, &body).await;
    assert_eq!(
        (code(&answer), answer.at("/data"), answer.at("/msg")),
        (json!(0), json!([]), json!("Success"))
    );
    // No key tells that it is the same again.
    deduct(&emulator, &token, &json!({"score": 2, "user_ids": [one]})).await;

    let after = accounts(&emulator, &token, &json!({"user_ids": [one]})).await;
    let left = first.parse::<i64>().unwrap() - 42;
    assert_eq!(after.at("/data/list/0/balance"), json!(left));
    let rows = log(&emulator, &token, &json!({"user_id": one, "flow_type": 2})).await;
    let remarks = rows.column("/data/list", "remark");
    assert_eq!(remarks[..2], ["批量扣减积分", "兑换"]);
    let balances = rows.column("/data/list", "balance");
    let [newer, older] = [0, 1].map(|row: usize| balances[row].parse::<i64>().unwrap());
    assert_eq!(older - newer, 2);
    assert_eq!(emulator.truth().xiaoe.points_entries, entries_before + 3);
    check_sums(&emulator, &token).await;

    let answer = post(&emulator, "/reset", &json!({})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(emulator.truth().xiaoe.points_entries, entries_before);
}

#[tokio::test]
async fn points_are_taken_from_all_or_from_none() {
    let (emulator, token) = started(Scenario::Tiny).await;
    let before = accounts(&emulator, &token, &json!({})).await;
    let users = before.column("/data/list", "user_id");
    let many: Vec<String> = (0..101).map(|number| format!("u_{number}")).collect();
    for body in [
        json!({"score": 1, "user_ids": [users[0], "u_unknown"]}),
        json!({"score": 1_000_000, "user_ids": [users[0]]}),
        json!({"score": 0, "user_ids": [users[0]]}),
        json!({"score": -5, "user_ids": [users[0]]}),
        json!({"score": 1, "user_ids": []}),
        json!({"score": 1, "user_ids": null}),
        json!({"score": 1, "user_ids": many}),
        json!({"user_ids": [users[0]]}),
    ] {
        assert_eq!(code(&deduct(&emulator, &token, &body).await), json!(3001), "{body}");
    }
    let after = accounts(&emulator, &token, &json!({})).await;
    assert_eq!(after.text, before.text);
}
