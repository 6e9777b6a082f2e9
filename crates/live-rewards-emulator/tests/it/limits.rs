//! Rate limits, blocks and quotas.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Scenario, endpoints};
use serde_json::{Value, json};

use crate::management::post;
use crate::support::{ACCOUNTS, Answer, RED_PACKETS, polyv, send, xiaoe, xiaoe_token};

/// An emulator in which no time passes by itself.
async fn frozen() -> Emulator {
    let emulator = Emulator::builder().scenario(Scenario::Tiny).start().await.unwrap();
    emulator.set_clock_rate_milli(0);
    emulator
}

/// A client that keeps its connection.
fn lasting() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn ask(client: &reqwest::Client, emulator: &Emulator, times: usize) -> Answer {
    let url = format!("{}/live/v4/nothing", emulator.ready().polyv.base_url);
    let mut last = send(client.get(&url)).await;
    for _ in 1..times {
        last = send(client.get(&url)).await;
    }
    last
}

#[tokio::test]
async fn polyv_blocks_an_address_after_1500_requests_in_10_seconds() {
    let emulator = frozen().await;
    let channel = emulator.ready().polyv.channel_ids[0].clone();
    let client = lasting();
    assert_eq!(ask(&client, &emulator, 1500).await.status, 404);

    let blocked = ask(&client, &emulator, 1).await;
    let body = r#"{"code":429,"status":"error","message":"qps exceeds number of calls","data":""}"#;
    assert_eq!((blocked.status, blocked.text.as_str()), (429, body));
    assert_eq!(polyv(&emulator, &[("channelId", &channel)]).await.status, 429);

    let limit = emulator.journal().pop().unwrap().refusal.unwrap().limit.unwrap();
    assert_eq!((limit.requests, limit.window_seconds), (1500, 10));
    assert_eq!(limit.until_ms, emulator.now_ms() + 300_000);

    emulator.advance(Duration::from_secs(299));
    assert_eq!(polyv(&emulator, &[("channelId", &channel)]).await.status, 429);
    emulator.advance(Duration::from_secs(1));
    assert_eq!(polyv(&emulator, &[("channelId", &channel)]).await.status, 200);
}

#[tokio::test]
async fn polyv_counts_over_a_sliding_window() {
    let emulator = frozen().await;
    let client = lasting();
    for _ in 0..3 {
        assert_eq!(ask(&client, &emulator, 750).await.status, 404);
        emulator.advance(Duration::from_secs(5));
    }
    assert_eq!(ask(&client, &emulator, 750).await.status, 404);
    assert_eq!(ask(&client, &emulator, 1).await.status, 429);
}

/// Other systems have one loopback address.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn polyv_blocks_no_other_address() {
    let emulator = frozen().await;
    assert_eq!(ask(&lasting(), &emulator, 1501).await.status, 429);
    let other: std::net::IpAddr = "127.0.0.2".parse().unwrap();
    let client = reqwest::Client::builder().no_proxy().local_address(other).build().unwrap();
    assert_eq!(ask(&client, &emulator, 1).await.status, 404);
}

async fn token_code(client: &reqwest::Client, emulator: &Emulator, secret_key: &str) -> Value {
    let ready = &emulator.ready().xiaoe;
    let query = [
        ("app_id", ready.app_id.as_str()),
        ("client_id", ready.client_id.as_str()),
        ("secret_key", secret_key),
        ("grant_type", "client_credential"),
    ];
    send(client.get(format!("{}/token", ready.base_url)).query(&query)).await.at("/code")
}

#[tokio::test]
async fn xiaoe_gives_100_tokens_in_10_minutes() {
    let (emulator, client) = (frozen().await, lasting());
    let secret_key = emulator.ready().xiaoe.secret_key.clone();
    assert_eq!(token_code(&client, &emulator, "wrong").await, json!(2004));
    for _ in 1..100 {
        assert_eq!(token_code(&client, &emulator, &secret_key).await, json!(0));
    }
    assert_eq!(token_code(&client, &emulator, &secret_key).await, json!(2053));
    emulator.advance(Duration::from_secs(599));
    assert_eq!(token_code(&client, &emulator, &secret_key).await, json!(2053));
    emulator.advance(Duration::from_secs(1));
    assert_eq!(token_code(&client, &emulator, &secret_key).await, json!(0));
}

async fn accounts_code(client: &reqwest::Client, emulator: &Emulator, token: &str) -> Value {
    let url = format!("{}{ACCOUNTS}", emulator.ready().xiaoe.base_url);
    let body = json!({"access_token": token, "page": "1", "page_size": "1", "user_ids": []});
    send(client.post(url).json(&body)).await.at("/code")
}

#[tokio::test]
async fn xiaoe_has_a_window_for_each_endpoint() {
    let (emulator, client) = (frozen().await, lasting());
    let token = xiaoe_token(&emulator).await;
    for _ in 0..500 {
        assert_eq!(accounts_code(&client, &emulator, &token).await, json!(0));
    }
    assert_eq!(accounts_code(&client, &emulator, &token).await, json!(2054));
    let body = json!({"resource_id": "l_1", "resource_type": 4});
    assert_eq!(xiaoe(&emulator, RED_PACKETS, &token, body).await.at("/code"), json!(0));
    emulator.advance(Duration::from_secs(10));
    assert_eq!(accounts_code(&client, &emulator, &token).await, json!(0));
}

#[tokio::test]
async fn each_window_of_xiaoe_has_its_size() {
    let (emulator, client) = (frozen().await, lasting());
    let body = json!({"access_token": xiaoe_token(&emulator).await});
    let base_url = emulator.ready().xiaoe.base_url.clone();
    let calls = endpoints().into_iter().filter(|call| call.vendor == "xiaoe" && call.id != "token");
    for call in calls {
        let limit = call.rate_limit.unwrap();
        let url = format!("{base_url}{}", call.path);
        let code = async || send(client.post(&url).json(&body)).await.at("/code");
        for _ in 0..limit.requests {
            assert_ne!(code().await, json!(2054), "{}", call.id);
        }
        assert_eq!(code().await, json!(2054), "{}", call.id);
        emulator.advance(Duration::from_secs(limit.window_seconds.into()));
        assert_ne!(code().await, json!(2054), "{}", call.id);
    }
}

#[tokio::test]
async fn limits_can_be_switched_off() {
    let builder = Emulator::builder().scenario(Scenario::Tiny).limits(false);
    let (emulator, client) = (builder.start().await.unwrap(), lasting());
    let secret_key = emulator.ready().xiaoe.secret_key.clone();
    for _ in 0..=100 {
        assert_eq!(token_code(&client, &emulator, &secret_key).await, json!(0));
    }
    post(&emulator, "/settings", &json!({"limits": true})).await;
    emulator.set_clock_rate_milli(0);
    for _ in 0..100 {
        token_code(&client, &emulator, &secret_key).await;
    }
    assert_eq!(token_code(&client, &emulator, &secret_key).await, json!(2053));
}
