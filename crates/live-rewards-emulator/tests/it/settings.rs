//! Rules that are switched on at the management port.

use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use crate::management::{get, post};
use crate::support::{ACCOUNTS, RED_PACKETS, tiny, xiaoe, xiaoe_get_token, xiaoe_token, yxt};

async fn token_code(emulator: &Emulator) -> Value {
    let ready = &emulator.ready().xiaoe;
    let query = [
        ("app_id", ready.app_id.as_str()),
        ("client_id", ready.client_id.as_str()),
        ("secret_key", ready.secret_key.as_str()),
        ("grant_type", "client_credential"),
    ];
    xiaoe_get_token(emulator, &query).await.at("/code")
}

#[tokio::test]
async fn xiaoe_gives_tokens_to_the_addresses_in_its_list() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    for (list, code) in [
        (json!(["10.0.0.1"]), 2051),
        (json!([]), 2051),
        (json!(["10.0.0.1", "127.0.0.1"]), 0),
        (json!(null), 0),
    ] {
        let settings = post(&emulator, "/settings", &json!({"xiaoe_ip_list": list})).await;
        assert_eq!(settings.at("/xiaoe_ip_list"), list);
        assert_eq!(token_code(&emulator).await, json!(code), "{list}");
        // The list is for tokens, not for calls.
        let body = json!({"resource_id": "l_1", "resource_type": 4});
        let answer = xiaoe(&emulator, RED_PACKETS, &token, body).await;
        assert_eq!(answer.at("/code"), json!(0));
    }
}

#[tokio::test]
async fn xiaoe_denies_calls_whose_permission_set_is_missing() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    post(&emulator, "/settings", &json!({"xiaoe_denied": ["account_info_batch"]})).await;
    let body = json!({"page": "1", "page_size": "1", "user_ids": []});
    let denied = xiaoe(&emulator, ACCOUNTS, &token, body.clone()).await;
    assert_eq!((denied.status, denied.at("/code")), (200, json!(2017)));
    post(&emulator, "/settings", &json!({"xiaoe_denied": []})).await;
    assert_eq!(xiaoe(&emulator, ACCOUNTS, &token, body).await.at("/code"), json!(0));
}

#[tokio::test]
async fn yxt_answers_with_the_key_that_is_switched_on() {
    let emulator = tiny().await;
    let room = emulator.ready().yxt.room_ids[0].clone();
    for (key, message) in [
        ("global.noprivilege", "No privilege."),
        ("apis.auth.client.status.invalid", "Client Org status is invalid."),
        ("apis.zhibo.orgadmin.validation.service.expired", "Service is not active."),
    ] {
        post(&emulator, "/settings", &json!({"yxt_error": key})).await;
        let answer = yxt(&emulator, &[("roomId", &room)]).await;
        let expected = json!({"error": {"key": key, "message": message}});
        assert_eq!((answer.status, answer.json()), (400, expected));
    }
    post(&emulator, "/settings", &json!({"yxt_error": null})).await;
    assert_eq!(yxt(&emulator, &[("roomId", &room)]).await.status, 200);
    assert_eq!(
        get(&emulator, "/settings").await.json(),
        json!({
            "limits": true, "xiaoe_ip_list": null, "xiaoe_denied": [], "yxt_error": null,
            "yxt_paging": false
        })
    );
}
