//! Donations, and the income that has those of money once more.

use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::polyv::{PAGES, channel, rows, texts};
use crate::support::{keys_in_order, polyv_form, polyv_get, tiny};

const DONATIONS: &str = "/live/v4/channel/reward/gift-list";
const SETTINGS: &str = "/live/v4/channel/donate/get";

/// Every donation in a channel, newest first.
async fn donations(emulator: &Emulator, channel: &str) -> Vec<Value> {
    let now = emulator.now_ms().to_string();
    let given = [("channelId", channel), ("start", "0"), ("end", now.as_str())];
    rows(emulator, DONATIONS, PAGES, &given).await
}

/// Every payment, perhaps in one channel only.
async fn income(emulator: &Emulator, more: &[(&str, &str)]) -> Vec<Value> {
    let account = &emulator.ready().polyv.live_account;
    let path = format!("/live/v2/user/{account}/get-income-detail");
    let mut given =
        vec![("startDate", "2000-01-01"), ("endDate", "2100-01-01"), ("pageSize", "1000")];
    given.extend_from_slice(more);
    let answer = polyv_form(emulator, &path, &given).await;
    let rows = answer.at("/data/contents").as_array().unwrap().clone();
    assert_eq!(answer.at("/data/totalItems"), json!(rows.len()));
    rows
}

#[tokio::test]
async fn they_lie_between_two_instants_newest_first() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let all = donations(&emulator, &channel).await;
    let times = texts(&all, "timestamp");
    assert_eq!(times.len(), 15);
    assert!(times.is_sorted_by(|newer, older| newer > older));

    let given = [
        ("channelId", channel.as_str()),
        ("start", times[4].as_str()),
        ("end", times[2].as_str()),
        ("pageSize", "300"),
    ];
    let between = polyv_get(&emulator, DONATIONS, &given).await;
    assert_eq!(between.column("/data/contents", "timestamp"), times[2..=4]);
    assert!(keys_in_order(
        &between.text,
        &["contents", "userId", "nickName", "timestamp", "name", "type", "amount", "sessionId"]
    ));
    for (name, value, desc) in [
        ("start", "", "start不能为空"),
        ("pageSize", "301", "number range error: pageSize"),
        ("end", "now", "参数错误"),
    ] {
        let mut given = given.to_vec();
        given.retain(|(known, _)| *known != name);
        given.push((name, value));
        let refused = polyv_get(&emulator, DONATIONS, &given).await;
        assert_eq!(
            (refused.status, refused.at("/error/code"), refused.at("/error/desc")),
            (400, json!(10_001), json!(desc))
        );
    }
}

#[tokio::test]
async fn money_has_decimals_and_points_have_none() {
    let emulator = tiny().await;
    for (channel, of_points) in emulator.ready().polyv.channel_ids.iter().zip([1, 6]) {
        let all = donations(&emulator, channel).await;
        let cash = all.iter().filter(|row| row["type"] == "2");
        assert!(cash.clone().count() > 3);
        assert!(cash.clone().all(|row| row["amount"].is_f64() && row["name"] == "现金"));
        let gifts = all.iter().filter(|row| row["type"] == "1");
        let points = gifts.filter(|row| row["amount"].is_i64()).count();
        assert_eq!(points, of_points);
        assert!(texts(&all, "sessionId").iter().any(|session| !session.is_empty()));
    }
    let total = emulator.truth().polyv.total;
    assert_eq!((total.gifts, total.donations_unstated), (25, 16));
}

#[tokio::test]
async fn income_has_each_donation_of_money_once() {
    let emulator = Emulator::builder().scenario(Scenario::Small).start().await.unwrap();
    let of = |paid: &Value| {
        let channel = paid["channelId"].to_string();
        (channel, paid["payTime"].to_string(), paid["amount"].to_string())
    };
    let all = income(&emulator, &[]).await;
    let mut expected = Vec::new();
    for channel in &emulator.ready().polyv.channel_ids {
        let donated = donations(&emulator, channel).await;
        let money = donated.iter().filter(|row| row["amount"].is_f64());
        expected.extend(money.map(|row| {
            let pay_type = if row["type"] == "2" { "cash" } else { "good" };
            let time = row["timestamp"].to_string();
            ((channel.clone(), time, row["amount"].to_string()), pay_type.to_owned())
        }));
    }
    let rewards = all.iter().filter(|paid| paid["payType"] != "pay");
    let paid: Vec<_> =
        rewards.map(|paid| (of(paid), paid["payType"].as_str().unwrap().to_owned())).collect();
    assert_eq!(paid, expected);
    assert_eq!(all.len() - paid.len(), 19);
    assert!(all.iter().all(|paid| (paid["payType"] == "good") == paid["goodNum"].is_i64()));
    let mut numbers = texts(&all, "outTradeNo");
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all.len());

    let third = emulator.ready().polyv.channel_ids[2].as_str();
    let number: u64 = third.parse().unwrap();
    let of_third: Vec<Value> =
        all.iter().filter(|paid| paid["channelId"] == number).cloned().collect();
    assert_eq!(income(&emulator, &[("channelId", third)]).await, of_third);
    assert_eq!(income(&emulator, &[("channelId", "0")]).await, all);
    assert!(income(&emulator, &[("channelId", "1")]).await.is_empty());
}

#[tokio::test]
async fn income_pages_across_channels() {
    let emulator = tiny().await;
    let all = income(&emulator, &[]).await;
    let mut paged = Vec::new();
    for page in 1..=all.len().div_ceil(4) {
        let page = page.to_string();
        let account = &emulator.ready().polyv.live_account;
        let path = format!("/live/v2/user/{account}/get-income-detail");
        let given = [
            ("startDate", "2000-01-01"),
            ("endDate", "2100-01-01"),
            ("pageSize", "4"),
            ("page", page.as_str()),
        ];
        let answer = polyv_form(&emulator, &path, &given).await;
        paged.extend(answer.at("/data/contents").as_array().unwrap().iter().cloned());
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn settings_say_how_gifts_are_paid() {
    let emulator = tiny().await;
    let mut ways = Vec::new();
    for channel in &emulator.ready().polyv.channel_ids {
        let answer = polyv_get(&emulator, SETTINGS, &[("channelId", channel)]).await;
        assert_eq!(answer.count("/data/cashDonate/cashs"), 6);
        assert!(answer.at("/data/giftDonate/cashPays/0/price").is_string());
        assert!(answer.at("/data/giftDonate/pointPays/0/price").is_i64());
        ways.push(answer.at("/data/giftDonate/payWay"));
    }
    assert_eq!(ways, [json!("CASH"), json!("POINT")]);
    let unknown = polyv_get(&emulator, SETTINGS, &[("channelId", "1")]).await;
    assert_eq!((unknown.status, unknown.at("/error/code")), (400, json!(10_001)));
}
