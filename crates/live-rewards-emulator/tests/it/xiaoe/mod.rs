//! Xiaoe: what is refused, and how red packets, records and accounts are paged.

mod lives;
mod points_log;
mod tokens;
mod users;

use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use crate::support::{
    ACCOUNTS, Answer, RECORDS, RED_PACKETS, http, keys_in_order, send, tiny, xiaoe, xiaoe_token,
};

/// Every refusal comes with status 200 and no data.
fn code(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200);
    if answer.at("/code") != json!(0) {
        assert!(keys_in_order(&answer.text, &["code", "msg", "data"]));
        assert_eq!(answer.at("/data"), Value::Null);
    }
    answer.at("/code")
}

fn live(emulator: &Emulator) -> Value {
    let resource_id = &emulator.ready().xiaoe.resource_ids[0];
    json!({"resource_id": resource_id, "resource_type": 4})
}

fn with(mut body: Value, more: &Value) -> Value {
    let members = body.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    body
}

async fn red_packet_ids(emulator: &Emulator, token: &str) -> Vec<String> {
    let body = with(live(emulator), &json!({"limit": 100}));
    let answer = xiaoe(emulator, RED_PACKETS, token, body).await;
    answer.column("/data", "id")
}

/// Id of the red packet with the most claims: the third one sent.
async fn large_red_packet(emulator: &Emulator, token: &str) -> String {
    let ids = red_packet_ids(emulator, token).await;
    ids[ids.len() - 3].clone()
}

#[tokio::test]
async fn what_is_not_served_says_so() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let unknown = xiaoe(&emulator, "/xe.alive.list.get/1.0.0", &token, json!({})).await;
    assert_eq!(code(&unknown), json!(2052));
    let base_url = &emulator.ready().xiaoe.base_url;
    let wrong = send(http().get(format!("{base_url}{RED_PACKETS}"))).await;
    assert_eq!(code(&wrong), json!(2055));
}

#[tokio::test]
async fn parameters_are_checked() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let user_ids: Vec<String> = (0..101).map(|number| format!("u_{number}")).collect();
    let page = json!({"page": "1", "page_size": "10", "user_ids": null});
    for (path, body) in [
        (RED_PACKETS, json!({"resource_type": 4})),
        (RED_PACKETS, json!({"resource_id": "l_1", "resource_type": "x"})),
        (RECORDS, live(&emulator)),
        (ACCOUNTS, json!({"page": "1", "page_size": "10"})),
        (ACCOUNTS, json!({"user_ids": null})),
        (ACCOUNTS, with(page.clone(), &json!({"user_ids": user_ids}))),
        (ACCOUNTS, with(page.clone(), &json!({"sort_rule": 13}))),
        (ACCOUNTS, with(page, &json!({"create_time_end": "today"}))),
    ] {
        let answer = xiaoe(&emulator, path, &token, body.clone()).await;
        assert_eq!(code(&answer), json!(3001), "{path} {body}");
    }
    let url = format!("{}{RED_PACKETS}", emulator.ready().xiaoe.base_url);
    let garbled = send(http().post(url).body("{")).await;
    assert_eq!(code(&garbled), json!(3001));
}

#[tokio::test]
async fn a_body_above_one_mebibyte_is_refused() {
    let emulator = tiny().await;
    let url = format!("{}{RED_PACKETS}", emulator.ready().xiaoe.base_url);
    let body = format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20));
    assert_eq!(code(&send(http().post(url).body(body)).await), json!(3001));
}

#[tokio::test]
async fn the_answers_have_the_form_of_the_vendors_examples() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let list = xiaoe(&emulator, RED_PACKETS, &token, live(&emulator)).await;
    assert!(keys_in_order(
        &list.text,
        &[
            "code",
            "msg",
            "data",
            "id",
            "app_id",
            "order_id",
            "user_id",
            "resource_id",
            "resource_type",
            "r_type",
            "state",
            "receive_type",
            "money",
            "after_deduction_money",
            "num",
            "describe_msg",
            "created_at"
        ]
    ));
    assert!(list.text.contains("\"describe_msg\":null"));
    assert!(list.text.contains("\"average_price\":"));

    let id = large_red_packet(&emulator, &token).await;
    let body = with(live(&emulator), &json!({"red_packet_id": id}));
    let record = xiaoe(&emulator, RECORDS, &token, body).await;
    assert!(keys_in_order(
        &record.text,
        &[
            "code",
            "msg",
            "data",
            "send_info",
            "id",
            "app_id",
            "order_id",
            "user_id",
            "resource_id",
            "resource_type",
            "r_type",
            "state",
            "receive_type",
            "money",
            "after_deduction_money",
            "num",
            "describe_msg",
            "created_at",
            "refund_money",
            "refund_time",
            "wx_nickname",
            "wx_avatar",
            "record_list",
            "user_id",
            "wx_nickname",
            "wx_avatar",
            "created_at",
            "money",
            "id",
            "order_id",
            "resource_id",
            "resource_type",
            "send_user_id",
            "describe_msg",
            "is_optimum_luck",
            "forward_url"
        ]
    ));
    let refund_time = record.at("/data/send_info/refund_time");
    assert_eq!(refund_time, json!("0000-00-00 00:00:00"));
    assert_eq!(record.at("/forward_url"), json!(""));
    assert_eq!(record.at("/msg"), json!("success"));
}

#[tokio::test]
async fn red_packets_are_paged_without_a_total() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let all = red_packet_ids(&emulator, &token).await;
    assert_eq!(all.len(), 15);
    for (limit, pages) in [(1, 15), (7, 3)] {
        let mut seen = Vec::new();
        for page in 1..=pages {
            let body = with(live(&emulator), &json!({"page": page, "limit": limit}));
            let answer = xiaoe(&emulator, RED_PACKETS, &token, body).await;
            seen.extend(answer.column("/data", "id"));
        }
        assert_eq!(seen, all, "pages of {limit}");
    }

    let first_page = xiaoe(&emulator, RED_PACKETS, &token, live(&emulator)).await;
    assert_eq!(first_page.column("/data", "id"), all[..10]);
    let page_zero = with(live(&emulator), &json!({"page": 0}));
    let answer = xiaoe(&emulator, RED_PACKETS, &token, page_zero).await;
    assert_eq!(answer.column("/data", "id"), all[..10]);
}

#[tokio::test]
async fn unknown_things_have_nothing() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    for more in [json!({"resource_id": "l_1"}), json!({"resource_type": 1})] {
        let body = with(live(&emulator), &more);
        let answer = xiaoe(&emulator, RED_PACKETS, &token, body).await;
        assert_eq!((code(&answer), answer.at("/data")), (json!(0), json!([])));
    }
    let body = with(live(&emulator), &json!({"red_packet_id": "Bvab2ejoRg1L"}));
    let answer = xiaoe(&emulator, RECORDS, &token, body).await;
    let nothing = json!({"send_info": [], "record_list": []});
    assert_eq!((code(&answer), answer.at("/data")), (json!(0), nothing));
}

#[tokio::test]
async fn records_are_cut_at_a_hundred_and_cover_everything_once() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let id = large_red_packet(&emulator, &token).await;
    let mut seen = Vec::new();
    let mut lengths = Vec::new();
    for page in 1..=4 {
        let more = json!({"red_packet_id": id, "page": page, "limit": 500});
        let answer = xiaoe(&emulator, RECORDS, &token, with(live(&emulator), &more)).await;
        lengths.push(answer.count("/data/record_list"));
        seen.extend(answer.column("/data/record_list", "user_id"));
    }
    assert_eq!(lengths, [100, 100, 50, 0]);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 250);
}

#[tokio::test]
async fn a_red_packet_may_be_named_either_way() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let id = large_red_packet(&emulator, &token).await;
    let mut texts = Vec::new();
    for more in [json!({"red_packet_id": id}), json!({"id": id})] {
        let answer = xiaoe(&emulator, RECORDS, &token, with(live(&emulator), &more)).await;
        assert_eq!(answer.at("/data/send_info/id"), json!(id));
        texts.push(answer.text);
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn every_state_occurs_in_the_records_and_three_in_the_list() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let body = with(live(&emulator), &json!({"limit": 100}));
    let list = xiaoe(&emulator, RED_PACKETS, &token, body).await;
    let mut listed = list.column("/data", "state");
    let mut recorded = Vec::new();
    for id in list.column("/data", "id") {
        let body = with(live(&emulator), &json!({"red_packet_id": id}));
        let answer = xiaoe(&emulator, RECORDS, &token, body).await;
        recorded.push(answer.at("/data/send_info/state").to_string());
    }
    for states in [&mut listed, &mut recorded] {
        states.sort();
        states.dedup();
    }
    assert_eq!(listed, ["1", "2", "3"]);
    assert_eq!(recorded, ["0", "1", "2", "3", "4"]);
}

async fn accounts(emulator: &Emulator, token: &str, more: &Value) -> Answer {
    let body = json!({"page": "1", "page_size": "100", "user_ids": null});
    xiaoe(emulator, ACCOUNTS, token, with(body, more)).await
}

#[tokio::test]
async fn accounts_come_by_falling_id_with_a_total() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let all = accounts(&emulator, &token, &json!({})).await;
    assert_eq!(all.at("/msg"), json!("Success"));
    let ids: Vec<String> = (1..=25).rev().map(|id: i32| id.to_string()).collect();
    assert_eq!(all.column("/data/list", "id"), ids);
    for (size, pages) in [(1, 25), (7, 4)] {
        let mut seen = Vec::new();
        for page in 1..=pages {
            let more = json!({"page": page.to_string(), "page_size": size.to_string()});
            let answer = accounts(&emulator, &token, &more).await;
            let expected = json!({
                "current_page": page, "last_page": pages, "page_size": size, "total": 25
            });
            assert_eq!(answer.at("/data/page"), expected);
            seen.extend(answer.column("/data/list", "id"));
        }
        assert_eq!(seen, ids, "pages of {size}");
    }
}

#[tokio::test]
async fn accounts_are_filtered_by_user_and_time() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let all = accounts(&emulator, &token, &json!({})).await;
    let users = all.column("/data/list", "user_id");
    let times = all.column("/data/list", "created_at");

    let two = json!({"user_ids": [users[7], "u_unknown", users[3], users[7]]});
    let answer = accounts(&emulator, &token, &two).await;
    assert_eq!(answer.column("/data/list", "user_id"), [users[3].clone(), users[7].clone()]);
    let nobody = accounts(&emulator, &token, &json!({"user_ids": []})).await;
    assert_eq!(nobody.at("/data/page/total"), json!(0));
    let no_filter = accounts(&emulator, &token, &json!({"user_ids": ""})).await;
    assert_eq!(no_filter.at("/data/page/total"), json!(25));

    let between = json!({"create_time_start": times[9], "create_time_end": times[5]});
    let answer = accounts(&emulator, &token, &between).await;
    assert_eq!(answer.column("/data/list", "user_id"), users[5..=9]);
}

#[tokio::test]
async fn accounts_are_sorted_by_each_rule() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    for (rule, member) in [
        (11, "total_balance"),
        (12, "total_balance"),
        (21, "balance"),
        (22, "balance"),
        (31, "freeze_balance"),
        (32, "freeze_balance"),
    ] {
        let answer = accounts(&emulator, &token, &json!({"sort_rule": rule})).await;
        let balances: Vec<i64> = answer
            .column("/data/list", member)
            .iter()
            .map(|balance| balance.parse().unwrap())
            .collect();
        assert_eq!(balances.len(), 25);
        if rule % 10 == 1 {
            assert!(balances.is_sorted_by(|left, right| left >= right), "{rule}");
        } else {
            assert!(balances.is_sorted(), "{rule}");
        }
    }
}
