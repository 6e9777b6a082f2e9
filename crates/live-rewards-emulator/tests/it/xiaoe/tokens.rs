//! Tokens of Xiaoe: how they are fetched, how they die, and what the journal says of it.

use std::time::Duration;

use live_rewards_emulator::{Emulator, Fault, FaultKind, Scenario};
use serde_json::json;

use super::{code, live, with};
use crate::management::post;
use crate::support::{
    RED_PACKETS, START_MS, http, send, start_at, tiny, xiaoe, xiaoe_get_token, xiaoe_post,
    xiaoe_token,
};

#[tokio::test]
async fn a_token_is_given_out_for_a_query_or_a_body() {
    let emulator = tiny().await;
    let ready = &emulator.ready().xiaoe;
    let url = format!("{}/token", ready.base_url);
    let body = json!({
        "app_id": ready.app_id,
        "client_id": ready.client_id,
        "secret_key": ready.secret_key,
        "grant_type": "client_credential",
    });
    let by_body = send(http().get(&url).json(&body)).await;
    assert_eq!(code(&by_body), json!(0));
    assert_eq!(by_body.at("/data/expires_in"), json!(7200));
    let token = by_body.at("/data/access_token").as_str().unwrap().to_owned();
    let parts: Vec<&str> = token.split('_').collect();
    assert_eq!((parts[0], parts[1].len(), parts.len()), ("xe", 13, 3));

    let by_query = xiaoe_token(&emulator).await;
    for token in [token, by_query] {
        let answer = xiaoe(&emulator, RED_PACKETS, &token, live(&emulator)).await;
        assert_eq!(code(&answer), json!(0));
    }
}

#[tokio::test]
async fn of_a_query_and_a_body_the_query_counts() {
    let emulator = tiny().await;
    let ready = &emulator.ready().xiaoe;
    let query = [("app_id", ready.app_id.as_str()), ("client_id", ready.client_id.as_str())];
    let body = json!({
        "app_id": "other", "secret_key": ready.secret_key, "grant_type": "client_credential"
    });
    let request = http().get(format!("{}/token", ready.base_url)).query(&query).json(&body);
    assert_eq!(code(&send(request).await), json!(0));
}

#[tokio::test]
async fn beside_a_query_a_body_may_be_anything() {
    let emulator = tiny().await;
    let ready = &emulator.ready().xiaoe;
    let url = format!("{}/token", ready.base_url);
    let query = [
        ("app_id", ready.app_id.as_str()),
        ("client_id", ready.client_id.as_str()),
        ("secret_key", ready.secret_key.as_str()),
        ("grant_type", "client_credential"),
    ];
    for body in ["grant_type=client_credential", "[]", "{"] {
        let answer = send(http().get(&url).query(&query).body(body)).await;
        assert_eq!(code(&answer), json!(0), "{body}");
        assert_eq!(code(&send(http().get(&url).body(body)).await), json!(3001), "{body}");
    }
}

#[tokio::test]
async fn each_wrong_credential_has_its_code() {
    let emulator = tiny().await;
    let ready = &emulator.ready().xiaoe;
    let right = [
        ("app_id", ready.app_id.as_str()),
        ("client_id", ready.client_id.as_str()),
        ("secret_key", ready.secret_key.as_str()),
        ("grant_type", "client_credential"),
    ];
    for (name, missing, wrong) in [
        ("app_id", 2001, 2002),
        ("secret_key", 2003, 2004),
        ("grant_type", 2005, 2006),
        ("client_id", 2020, 2020),
    ] {
        let mut without = right.to_vec();
        without.retain(|(given, _)| *given != name);
        let answer = xiaoe_get_token(&emulator, &without).await;
        assert_eq!(code(&answer), json!(missing), "{name}");
        without.push((name, "other"));
        let answer = xiaoe_get_token(&emulator, &without).await;
        assert_eq!(code(&answer), json!(wrong), "{name}");
    }
}

#[tokio::test]
async fn a_token_is_needed_and_must_be_good() {
    let emulator = tiny().await;
    let missing = xiaoe_post(&emulator, RED_PACKETS, &live(&emulator)).await;
    assert_eq!(code(&missing), json!(2007));
    let unknown = xiaoe(&emulator, RED_PACKETS, "xe_1_2", live(&emulator)).await;
    assert_eq!(code(&unknown), json!(2008));
}

#[tokio::test]
async fn a_token_dies_after_two_hours() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    emulator.advance(Duration::from_secs(7100));
    let answer = xiaoe(&emulator, RED_PACKETS, &token, live(&emulator)).await;
    assert_eq!(code(&answer), json!(0));
    emulator.advance(Duration::from_secs(100));
    let answer = xiaoe(&emulator, RED_PACKETS, &token, live(&emulator)).await;
    assert_eq!(code(&answer), json!(2008));
}

#[tokio::test]
async fn a_token_dies_five_minutes_after_the_next_was_fetched() {
    let emulator = tiny().await;
    let first = xiaoe_token(&emulator).await;
    let second = xiaoe_token(&emulator).await;
    emulator.advance(Duration::from_secs(240));
    for token in [&first, &second] {
        let answer = xiaoe(&emulator, RED_PACKETS, token, live(&emulator)).await;
        assert_eq!(code(&answer), json!(0));
    }
    emulator.advance(Duration::from_secs(60));
    for (token, expected) in [(&first, 2008), (&second, 0)] {
        let answer = xiaoe(&emulator, RED_PACKETS, token, live(&emulator)).await;
        assert_eq!(code(&answer), json!(expected));
    }
}

/// What the journal says of a token that is refused.
async fn death(emulator: &Emulator, token: &str) -> String {
    let answer = xiaoe(emulator, RED_PACKETS, token, live(emulator)).await;
    assert_eq!(code(&answer), json!(2008));
    assert_eq!(answer.at("/msg"), json!("access_token has expired or does not exist"));
    let journal = emulator.journal();
    assert!(!format!("{journal:?}").contains(token));
    journal.last().unwrap().refusal.clone().unwrap().text
}

#[tokio::test]
async fn the_journal_says_how_a_token_died() {
    let emulator = start_at(START_MS, Emulator::builder().scenario(Scenario::Tiny)).await;
    post(&emulator, "/clock", &json!({"now_ms": START_MS, "rate_milli": 0})).await;
    assert_eq!(death(&emulator, "xe_1_2").await, "access_token was never issued");

    let (first, second) = (xiaoe_token(&emulator).await, xiaoe_token(&emulator).await);
    emulator.advance(Duration::from_secs(300));
    assert_eq!(
        death(&emulator, &first).await,
        "access_token was superseded by the one fetched at 2026-09-21T14:13:20Z, \
         and died five minutes later, at 2026-09-21T14:18:20Z"
    );
    emulator.advance(Duration::from_secs(6900));
    assert_eq!(
        death(&emulator, &second).await,
        "access_token expired at 2026-09-21T16:13:20Z, 7200 seconds after it was issued"
    );

    let third = xiaoe_token(&emulator).await;
    let fault = Fault::new("xiaoe", FaultKind::TokenRevoked).endpoint("red_packet_list").times(1);
    emulator.add_fault(fault).unwrap();
    for _ in 0..2 {
        assert_eq!(death(&emulator, &third).await, "access_token was revoked by a fault");
    }

    let fourth = xiaoe_token(&emulator).await;
    emulator.reset();
    let text = "access_token was forgotten when the emulator was reset";
    assert_eq!(death(&emulator, &fourth).await, text);
}

#[tokio::test]
async fn the_journal_says_where_a_missing_token_is() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let (url, body) =
        (format!("{}{RED_PACKETS}", emulator.ready().xiaoe.base_url), live(&emulator));
    let post = || http().post(&url);
    for (request, word) in [
        (post().query(&[("access_token", &token)]).json(&body), "query"),
        (post().bearer_auth(&token).json(&body), "header"),
        (post().json(&with(body.clone(), &json!({"access_token": ""}))), "empty"),
        (post().json(&body), "required"),
    ] {
        assert_eq!(code(&send(request).await), json!(2007));
        let journal = emulator.journal();
        assert!(!format!("{journal:?}").contains(&token));
        let refusal = journal.last().unwrap().refusal.clone().unwrap();
        assert!(refusal.text.contains(word), "{}", refusal.text);
    }
}
