//! Users of Xiaoe.

use std::collections::HashSet;

use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use super::{accounts, code, live, with};
use crate::support::{Answer, RECORDS, RED_PACKETS, keys_in_order, tiny, xiaoe, xiaoe_token};

const LIST: &str = "/xe.user.batch.get/2.0.0";
const BY_IDS: &str = "/xe.user.batch_by_user_id.get/1.0.0";

async fn list(emulator: &Emulator, token: &str, more: &Value) -> Answer {
    xiaoe(emulator, LIST, token, with(json!({"page_size": 50}), more)).await
}

/// Every row, from page to page.
async fn all(emulator: &Emulator, token: &str, more: &Value) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut more = more.clone();
    loop {
        let answer = list(emulator, token, &more).await;
        let page = answer.at("/data/list");
        let page = page.as_array().unwrap();
        let Some(last) = page.last() else { break };
        more["es_skip"] = last["es_skip"].clone();
        rows.extend(page.iter().cloned());
    }
    rows
}

#[tokio::test]
async fn everybody_comes_once_newest_first() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let rows = all(&emulator, &token, &json!({})).await;
    let ids: HashSet<&str> = rows.iter().map(|row| row["user_id"].as_str().unwrap()).collect();
    assert_eq!((ids.len() as u64, rows.len()), (emulator.truth().xiaoe.users, ids.len()));
    let created = |row: &Value| row["es_skip"]["user_created_at"].as_i64().unwrap();
    assert!(rows.is_sorted_by(|newer, older| created(newer) >= created(older)));

    let first = list(&emulator, &token, &json!({})).await;
    assert_eq!(first.at("/data/total"), json!(rows.len()));
    assert_eq!(first.at("/msg"), json!("ok"));
    assert!(keys_in_order(
        &first.text,
        &["avatar", "es_skip", "id", "user_created_at", "pay_sum", "user_id", "wx_union_id"]
    ));
    assert!(!first.text.contains("latest_visited_at"));
    let visits = list(&emulator, &token, &json!({"need_column": ["latest_visited_at"]})).await;
    assert!(visits.text.contains("latest_visited_at"));
    let empty = list(&emulator, &token, &json!({"es_skip": ""})).await;
    assert_eq!(empty.text, first.text);
    let capped = list(&emulator, &token, &json!({"page_size": 500})).await;
    assert_eq!(capped.count("/data/list"), 50);
}

#[tokio::test]
async fn users_are_narrowed_to_days() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let rows = all(&emulator, &token, &json!({})).await;
    let day = |row: &Value| row["user_created_at"].as_str().unwrap()[..10].to_owned();
    let (to, from) = (day(&rows[100]), day(&rows[300]));
    let days = json!({"user_created_start": from, "user_created_end": to});
    let within = all(&emulator, &token, &days).await;
    let expected: Vec<&Value> =
        rows.iter().filter(|row| (from.as_str()..=to.as_str()).contains(&&*day(row))).collect();
    assert!(within.iter().eq(expected.iter().copied()));
    let total = list(&emulator, &token, &days).await.at("/data/total");
    assert_eq!(total, json!(expected.len()));

    for more in [
        json!({"user_created_start": "yesterday"}),
        json!({"from": 11}),
        json!({"user_type": 3}),
        json!({"min_pay_sum": "much"}),
        json!({"last_paytime_end": "today"}),
        json!({"es_skip": {"id": "u_5cc8101835ebf_XkqYQDe5Wy", "user_created_at": 1}}),
        json!({"es_skip": {}}),
        json!({"es_skip": "text"}),
    ] {
        assert_eq!(code(&list(&emulator, &token, &more).await), json!(3001), "{more}");
    }
    let everybody = list(&emulator, &token, &json!({"from": -1, "user_type": 0})).await;
    assert_eq!(code(&everybody), json!(0));
}

#[tokio::test]
async fn users_are_narrowed_to_what_their_rows_show() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let visits = json!({"need_column": ["latest_visited_at"]});
    let rows = all(&emulator, &token, &visits).await;
    let number = |row: &Value, name: &str| row[name].as_i64().unwrap();
    let bought = |row: &Value| number(row, "punch_count") > 0;
    let buyer = rows.iter().find(|row| bought(row)).unwrap().clone();
    let (spent, day) =
        (number(&buyer, "pay_sum"), &buyer["user_created_at"].as_str().unwrap()[..10]);
    let visits_ms = rows.iter().map(|row| number(row, "latest_visited_at"));
    let last_visit = visits_ms.max().unwrap() / 1000;
    let midnight = last_visit - (last_visit + 8 * 3600) % 86_400;
    let last_day = jiff::Timestamp::from_second(midnight + 8 * 3600).unwrap().to_string();
    let check = async |more: Value, is_meant: &dyn Fn(&Value) -> bool| {
        let expected: Vec<&Value> = rows.iter().filter(|row| is_meant(row)).collect();
        let found = all(&emulator, &token, &with(visits.clone(), &more)).await;
        assert!(found.iter().eq(expected.iter().copied()), "{more}");
        let total = list(&emulator, &token, &more).await.at("/data/total");
        assert_eq!(total, json!(expected.len()), "{more}");
    };
    let more = json!({"nickname": "Davis", "name": "other"});
    check(more, &|row| row["user_nickname"] == "Davis").await;
    let more = json!({"min_pay_sum": spent.to_string()});
    check(more, &|row| number(row, "pay_sum") >= spent).await;
    let more = json!({"min_pay_sum": 1, "max_pay_sum": spent});
    check(more, &|row| (1..=spent).contains(&number(row, "pay_sum"))).await;
    let more = json!({"min_punch_count": "2", "max_punch_count": "2"});
    check(more, &|row| number(row, "punch_count") == 2).await;
    let more = json!({"last_paytime_start": day, "last_paytime_end": day});
    let is_of_day = |row: &Value| row["user_created_at"].as_str().unwrap().starts_with(day);
    check(more, &|row| bought(row) && is_of_day(row)).await;
    let more = json!({"latest_visited_start": &last_day[..10]});
    check(more, &|row| number(row, "latest_visited_at") >= midnight * 1000).await;
    check(json!({"from": 0, "user_type": 0}), &|_| true).await;
    check(json!({"phone": "13800000000", "nickname": "Davis"}), &|_| false).await;
    for more in [
        json!({"from": 10}),
        json!({"user_type": 1}),
        json!({"tag_id": "1,2"}),
        json!({"name": "a"}),
    ] {
        assert!(all(&emulator, &token, &more).await.is_empty(), "{more}");
    }
}

/// Whoever stands in a red packet, a claim or an account has a name.
#[tokio::test]
async fn every_id_is_a_users() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let packets = xiaoe(&emulator, RED_PACKETS, &token, live(&emulator)).await;
    let packet = packets.at("/data/0/id");
    let record = with(live(&emulator), &json!({"red_packet_id": packet}));
    let record = xiaoe(&emulator, RECORDS, &token, record).await;
    let holders = accounts(&emulator, &token, &json!({})).await;
    let mut ids = packets.column("/data", "user_id");
    ids.extend(record.column("/data/record_list", "user_id"));
    ids.extend(holders.column("/data/list", "user_id"));
    let names: Vec<(Value, Value)> = packets
        .at("/data")
        .as_array()
        .unwrap()
        .iter()
        .chain(record.at("/data/record_list").as_array().unwrap())
        .map(|row| (row["user_id"].clone(), row["wx_nickname"].clone()))
        .collect();
    for part in ids.chunks(50) {
        let body = json!({"user_id_list": part, "page": 1, "page_size": 50});
        let answer = xiaoe(&emulator, BY_IDS, &token, body).await;
        let found = answer.column("/data/list", "user_id");
        let mut asked = part.to_vec();
        asked.sort();
        asked.dedup();
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), asked.len());
        assert_eq!(answer.at("/data/total"), json!(asked.len()));
        for row in answer.at("/data/list").as_array().unwrap() {
            let known = names.iter().find(|(id, _)| *id == row["user_id"]);
            assert!(known.is_none_or(|(_, name)| *name == row["user_nickname"]));
        }
    }
}

#[tokio::test]
async fn unknown_ids_are_left_out_and_pages_end() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let users = accounts(&emulator, &token, &json!({})).await.column("/data/list", "user_id");
    let ids = json!([users[3], "u_unknown", users[1], users[3]]);
    let by_ids = async |page: i64, size: i64| {
        let body = json!({"user_id_list": ids, "page": page, "page_size": size});
        xiaoe(&emulator, BY_IDS, &token, body).await.column("/data/list", "user_id")
    };
    assert_eq!(by_ids(1, 50).await, [users[3].clone(), users[1].clone()]);
    assert_eq!(by_ids(2, 1).await, [users[1].clone()]);
    assert!(by_ids(2, 50).await.is_empty());
    let many: Vec<String> = (0..51).map(|number| format!("u_{number}")).collect();
    let body = json!({"user_id_list": many, "page": 1, "page_size": 50});
    assert_eq!(code(&xiaoe(&emulator, BY_IDS, &token, body).await), json!(3001));
}
