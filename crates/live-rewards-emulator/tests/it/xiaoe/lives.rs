//! Lives of Xiaoe, and the sums of their red packets.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use super::{code, live, with};
use crate::support::{RED_PACKETS, tiny, xiaoe, xiaoe_token};

const SUMS: &str = "/xe.live.redpacket.analysis/1.0.0";
const LIVES: &str = "/xe.alive.list.by_ids/1.0.0";
const DETAIL: &str = "/xe.alive.detail.get/1.0.0";
const PARTS: &str = "/xe.alive.detail.get/2.0.0";
const LOTTERIES: &str = "/xe.alive.marketing.history.prize.list/1.0.0";
const LOTTERY: &str = "/xe.alive.marketing.prize.get/1.0.0";

#[tokio::test]
async fn sums_are_those_of_the_red_packets() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let sums = xiaoe(&emulator, SUMS, &token, live(&emulator)).await.at("/data/data");
    let all = with(live(&emulator), &json!({"limit": 100}));
    let packets = xiaoe(&emulator, RED_PACKETS, &token, all).await;
    let sum = |member: &str| -> i64 {
        packets.column("/data", member).iter().map(|text| text.parse::<i64>().unwrap()).sum()
    };
    assert_eq!(
        sums,
        json!({
            "receive_total": sum("receive_number"),
            "total_after_deduction_money": sum("after_deduction_money"),
            "total_money": sum("money"),
            "total_number": 15,
            "total_rounds": 15,
        })
    );
    let truth = emulator.truth().xiaoe.rooms[0].totals;
    assert_eq!(sums["total_money"], json!(truth.issued_fen));
    assert_eq!(sums["receive_total"], json!(truth.claims));
}

#[tokio::test]
async fn without_red_packets_sums_of_money_are_null() {
    let emulator = Emulator::builder().scenario(Scenario::Small).start().await.unwrap();
    let token = xiaoe_token(&emulator).await;
    let empty = &emulator.ready().xiaoe.resource_ids[4];
    for resource_id in [empty.as_str(), "l_61a59bd0e4b03f3fb99d7575"] {
        let body = json!({"resource_id": resource_id, "resource_type": 4});
        let answer = xiaoe(&emulator, SUMS, &token, body).await;
        let none = json!({
            "receive_total": 0,
            "total_after_deduction_money": null,
            "total_money": null,
            "total_number": null,
            "total_rounds": 0,
        });
        assert_eq!(answer.at("/data/data"), none);
    }
}

#[tokio::test]
async fn lives_are_found_by_id() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let ids = &emulator.ready().xiaoe.resource_ids;
    let body = json!({"ids": [ids[1], "l_1", ids[0], ids[1]]});
    let answer = xiaoe(&emulator, LIVES, &token, body).await;
    assert_eq!(answer.column("/data/list", "id"), *ids);
    assert_eq!(answer.at("/data/total"), json!(2));
    // Text in yuan, or the number 0.
    assert!(answer.at("/data/list/0/reward_sum").as_str().unwrap().contains('.'));
    assert_eq!(answer.at("/data/list/1/reward_sum"), json!(0));
    let many: Vec<String> = (0..51).map(|number| format!("l_{number}")).collect();
    let refused = xiaoe(&emulator, LIVES, &token, json!({"ids": many})).await;
    assert_eq!(code(&refused), json!(3001));
}

#[tokio::test]
async fn a_live_is_over_once_its_red_packets_are() {
    for (scenario, state) in [(Scenario::Tiny, 2), (Scenario::Live, 1)] {
        let emulator = Emulator::builder().scenario(scenario).start().await.unwrap();
        let token = xiaoe_token(&emulator).await;
        let id = &emulator.ready().xiaoe.resource_ids[0];
        let answer = xiaoe(&emulator, DETAIL, &token, json!({"id": id})).await;
        assert_eq!(answer.at("/data/id"), json!(id));
        assert_eq!(answer.at("/data/alive_state"), json!(state));
        assert!(answer.at("/data/purchase_count").is_string());
        let unknown = xiaoe(&emulator, DETAIL, &token, json!({"id": "l_1"})).await;
        assert_eq!((code(&unknown), unknown.at("/data")), (json!(3001), Value::Null));
    }
}

#[tokio::test]
async fn the_parts_of_a_live_are_of_the_one_that_is_named() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    for id in &emulator.ready().xiaoe.resource_ids {
        let detail = xiaoe(&emulator, DETAIL, &token, json!({"id": id})).await;
        let parts = xiaoe(&emulator, PARTS, &token, json!({"id": id})).await;
        let resource = |member: &str| parts.at(&format!("/data/resource_info/{member}"));
        assert_eq!(resource("id"), json!(id));
        assert_eq!(resource("title"), detail.at("/data/title"));
        assert_eq!(resource("zb_start_at"), detail.at("/data/alive_start_at"));
        assert!(resource("zb_stop_at").as_i64().unwrap() > 0);
    }
    let unknown = xiaoe(&emulator, PARTS, &token, json!({"id": "l_1"})).await;
    assert_eq!(code(&unknown), json!(3001));
}

#[tokio::test]
async fn lotteries_are_those_of_the_live() {
    let emulator = Emulator::builder().scenario(Scenario::Small).start().await.unwrap();
    let token = xiaoe_token(&emulator).await;
    let ids = &emulator.ready().xiaoe.resource_ids;
    let listed = async |live: &str, more: Value| {
        let body = with(json!({"alive_id": live, "page": 1, "page_size": 100}), &more);
        xiaoe(&emulator, LOTTERIES, &token, body).await
    };
    let all = listed(&ids[0], json!({})).await;
    let prizes = all.column("/data/list", "prize_id");
    assert_eq!(prizes.len(), 6);
    let starts = all.column("/data/list", "start_at");
    assert!(starts.is_sorted_by(|one, next| one > next), "{starts:?}");
    let second = listed(&ids[0], json!({"page": 2, "page_size": 4})).await;
    assert_eq!(second.column("/data/list", "prize_id"), prizes[4..]);
    let name = all.at("/data/list/0/prize_name");
    let called = listed(&ids[0], json!({"prize_name": name})).await;
    assert!(called.column("/data/list", "prize_name").iter().all(|one| *one == name));
    assert_ne!(called.count("/data/list"), 0);
    for empty in [ids[4].as_str(), "l_1"] {
        assert_eq!(listed(empty, json!({})).await.count("/data/list"), 0);
    }

    let detail = async |live: &str, prize: &str| {
        let body = json!({"alive_id": live, "prize_id": prize});
        xiaoe(&emulator, LOTTERY, &token, body).await
    };
    let first = detail(&ids[0], &prizes[0]).await;
    assert_eq!(first.at("/data/prize_id"), json!(prizes[0]));
    assert_eq!(first.at("/data/start_at"), all.at("/data/list/0/start_at"));
    let (live, prize) = (ids[0].as_str(), prizes[0].as_str());
    for (live, prize) in [(ids[1].as_str(), prize), (live, "prize_1"), ("l_1", prize)] {
        assert_eq!(code(&detail(live, prize).await), json!(3001));
    }
}

#[tokio::test]
async fn a_page_of_lotteries_has_ten_at_most() {
    let emulator = Emulator::builder().scenario(Scenario::Live).start().await.unwrap();
    emulator.advance(Duration::from_secs(12 * 3600));
    let token = xiaoe_token(&emulator).await;
    let live = &emulator.ready().xiaoe.resource_ids[0];
    let body = json!({"alive_id": live, "page": 1, "page_size": 100});
    let answer = xiaoe(&emulator, LOTTERIES, &token, body).await;
    assert_eq!(answer.count("/data/list"), 10);
}
