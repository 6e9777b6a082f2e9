//! The management port's page.

use live_rewards_emulator::Emulator;
use serde_json::{Value, json};

use crate::management::{get, post};
use crate::support::{
    RED_PACKETS, polyv, polyv_parameters, polyv_send, polyv_sign, tiny, xiaoe, xiaoe_get_token,
    xiaoe_post, xiaoe_token, yxt_headers, yxt_send,
};

async fn page(emulator: &Emulator) -> String {
    get(emulator, "/").await.text
}

/// Text as it stands in HTML.
fn escaped(text: &str) -> String {
    [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&#39;")]
        .iter()
        .fold(text.to_owned(), |text, (character, entity)| text.replace(*character, entity))
}

/// Names of members and their values, as a page shows them.
fn shown(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (name, value) in members {
                into.push(escaped(name));
                shown(value, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| shown(item, into)),
        Value::String(text) => into.push(escaped(text)),
        other => into.push(other.to_string()),
    }
}

/// Requests that are refused for every sort of reason, the last hundred of them.
async fn refusals(emulator: &Emulator) {
    let ready = emulator.ready();
    let token = xiaoe_token(emulator).await;
    let query = [
        ("app_id", ready.xiaoe.app_id.as_str()),
        ("client_id", ready.xiaoe.client_id.as_str()),
        ("secret_key", "wrong"),
        ("grant_type", "client_credential"),
    ];
    for _ in 0..100 {
        xiaoe_get_token(emulator, &query).await;
    }
    xiaoe(emulator, RED_PACKETS, &token, json!({"resource_id": "l_1"})).await;
    xiaoe_post(emulator, RED_PACKETS, &json!({"access_token": "xe_1"})).await;

    let mut parameters = polyv_parameters(emulator, &[("channelId", "1"), ("sessionId", "")]);
    polyv_sign("another secret", &mut parameters);
    polyv_send(emulator, &parameters).await;
    let mut parameters = polyv_parameters(emulator, &[("channelId", "1")]);
    parameters[2].1 = (emulator.now_ms() - 240_000).to_string();
    polyv_sign(&ready.polyv.app_secret, &mut parameters);
    polyv_send(emulator, &parameters).await;
    polyv(emulator, &[("pageSize", "<b>")]).await;

    let now = (emulator.now_ms() / 1000).to_string();
    let headers = yxt_headers(&ready.yxt.app_key, "another secret", "1", &now);
    yxt_send(emulator, &[("roomId", "1")], &headers).await;
}

#[tokio::test]
async fn it_shows_the_journal_without_running_it() {
    let emulator = tiny().await;
    polyv(&emulator, &[("channelId", "<img src=x>")]).await;
    let answer = get(&emulator, "/").await;
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "text/html; charset=utf-8"));
    let page = answer.text;
    assert!(page.contains("channelId=&lt;img src=x&gt;"));
    assert!(!page.contains("<img"));
    assert!(page.contains(&emulator.ready().polyv.app_secret));
    assert!(page.contains("sign=[masked]"));
    assert!(!page.contains("{{"));
    for forbidden in ["src=\"", "href=\"", "@import", "url("] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn it_shows_all_that_the_journal_has() {
    let emulator = tiny().await;
    refusals(&emulator).await;
    let page = page(&emulator).await;
    let entries = get(&emulator, "/journal?limit=100").await.at("/entries");
    let mut seen = Vec::new();
    for mut entry in entries.as_array().unwrap().clone() {
        entry.as_object_mut().unwrap().remove("at_ms");
        let mut refusal = entry["refusal"].take();
        let mut values = Vec::new();
        if let Some(reason) = refusal.as_object_mut() {
            seen.extend(reason.keys().cloned());
            shown(&reason.remove("text").unwrap(), &mut values);
        }
        shown(&refusal, &mut values);
        for value in entry.as_object().unwrap().values() {
            shown(value, &mut values);
        }
        for value in values {
            assert!(page.contains(&value), "{value} of {entry}");
        }
    }
    for member in ["text", "parameter", "clock_offset_ms", "signature", "limit"] {
        assert!(seen.iter().any(|name| name == member), "{member}");
    }
}

#[tokio::test]
async fn it_shows_clock_settings_and_faults() {
    let emulator = tiny().await;
    assert!(page(&emulator).await.contains("no faults"));
    let fault = json!({"vendor": "polyv", "every": 2, "kind": {"status": 503}});
    post(&emulator, "/faults", &fault).await;
    post(&emulator, "/faults", &json!({"vendor": "yxt", "kind": {"clock_skew": -9000}})).await;
    yxt_send(&emulator, &[], &[]).await;
    post(&emulator, "/clock", &json!({"now_ms": 1_800_000_000_000_i64, "rate_milli": 0})).await;
    post(&emulator, "/settings", &json!({"yxt_error": "global.noprivilege", "limits": false}))
        .await;
    let page = page(&emulator).await;
    for expected in [
        "2027-01-15T08:00:00Z",
        "× 0<",
        "yxt -9000 ms",
        "{&quot;status&quot;:503}",
        "met 1 of 1",
        "rate limits <b>off",
        "<code>global.noprivilege</code>",
        "<p class=warn>faults <code>2 clock_skew</code>",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("no faults"));
}
