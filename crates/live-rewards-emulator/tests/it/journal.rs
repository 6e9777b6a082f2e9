//! The journal says why a request was refused.

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_emulator::{Emulator, Fault, FaultKind, JournalEntry, RefusalReason};
use serde_json::json;

use crate::management::get;
use crate::support::{
    RED_PACKETS, http, polyv, polyv_parameters, polyv_send, polyv_sign, polyv_signed, send, tiny,
    xiaoe, xiaoe_get_token, xiaoe_token, yxt_headers, yxt_send,
};

fn last(emulator: &Emulator) -> JournalEntry {
    emulator.journal().pop().unwrap()
}

fn reason(emulator: &Emulator) -> RefusalReason {
    last(emulator).refusal.unwrap()
}

#[tokio::test]
async fn an_answer_has_its_endpoint_status_and_code() {
    let emulator = tiny().await;
    polyv(&emulator, &[("channelId", "1")]).await;
    let entry = last(&emulator);
    assert_eq!((entry.number, entry.vendor, entry.method.as_str()), (1, "polyv", "GET"));
    assert_eq!(entry.endpoint, Some("red_pack_statistics"));
    assert_eq!((entry.status, entry.code.as_deref()), (Some(200), Some("200")));
    assert_eq!(entry.refusal, None);
    let query: Vec<&str> = entry.query.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(query, ["channelId", "appId", "timestamp", "sign"]);
    assert_eq!(entry.query[3].1, "[masked]");
}

#[tokio::test]
async fn a_request_has_the_time_of_its_arrival() {
    let emulator = tiny().await;
    emulator.set_clock_rate_milli(0);
    let before = emulator.now_ms();
    emulator.add_fault(Fault::new("polyv", FaultKind::SlowByClock(60_000))).unwrap();
    polyv(&emulator, &[("channelId", "1")]).await;
    assert_eq!((last(&emulator).at_ms, emulator.now_ms()), (before, before + 60_000));
}

#[tokio::test]
async fn a_refused_signature_comes_with_what_was_to_be_signed() {
    let emulator = tiny().await;
    let mut parameters = polyv_parameters(&emulator, &[("channelId", "1"), ("sessionId", "")]);
    let timestamp = parameters[3].1.clone();
    polyv_sign("another secret", &mut parameters);
    let received = parameters[4].1[..6].to_owned();
    polyv_send(&emulator, &parameters).await;
    let reason = reason(&emulator);
    assert_eq!(reason.parameter.as_deref(), Some("sign"));
    let signature = reason.signature.unwrap();
    let app_id = &emulator.ready().polyv.app_id;
    let expected = format!("[secret]appId{app_id}channelId1timestamp{timestamp}[secret]");
    assert_eq!(signature.string_to_sign, expected);
    assert_eq!(signature.received, received);
    assert_eq!(signature.expected.len(), 6);
    assert!(signature.hint.unwrap().ends_with("your secret is another"));
}

#[tokio::test]
async fn a_signature_that_is_accepted_against_the_rule_is_remarked_on() {
    let emulator = tiny().await;
    let given = [("channelId", "1"), ("sessionId", "")];
    polyv(&emulator, &given).await;
    assert_eq!(last(&emulator).remark, None);
    let mut parameters = polyv_parameters(&emulator, &given);
    let secret = &emulator.ready().polyv.app_secret;
    let sign = Scheme::new(Algorithm::Md5, HexCase::Upper).enclosed(secret, parameters.clone());
    parameters.push(("sign".to_owned(), sign.as_str().to_owned()));
    assert_eq!(polyv_send(&emulator, &parameters).await.status, 200);
    assert!(last(&emulator).remark.unwrap().starts_with("empty values are signed"));
    let page = get(&emulator, "/").await.text;
    assert!(page.contains("<p class=warn>remark <code>empty values are signed"));
    // Of what is refused the reason is told.
    parameters[0].1 = "2".to_owned();
    assert_eq!(polyv_send(&emulator, &parameters).await.status, 403);
    assert_eq!(last(&emulator).remark, None);
}

/// As clients send it that take every `POST` for JSON.
#[tokio::test]
async fn a_body_that_is_not_looked_at_is_remarked_on() {
    let emulator = tiny().await;
    let ready = &emulator.ready().polyv;
    let body = json!({"pageSize": 1, "userId": ready.live_account});
    let sessions = format!("{}/live/v4/statistics/session-stats/list", ready.base_url);
    let income =
        format!("{}/live/v2/user/{}/get-income-detail", ready.base_url, ready.live_account);
    let dates = [("startDate", "2026-01-01"), ("endDate", "2026-01-02")];
    for (url, given, place) in
        [(income, &dates[..], "in a form"), (sessions, &[][..], "in the query")]
    {
        let request = http().post(url).query(&polyv_signed(&emulator, given));
        assert_eq!(send(request.try_clone().unwrap()).await.status, 200);
        assert_eq!(last(&emulator).remark, None);
        assert_eq!(send(request.json(&body)).await.status, 200);
        assert!(last(&emulator).remark.unwrap().ends_with(place));
    }
    let token = xiaoe_token(&emulator).await;
    let call = json!({"resource_id": "l_1", "resource_type": 4});
    assert_eq!(xiaoe(&emulator, RED_PACKETS, &token, call).await.status, 200);
    assert_eq!(last(&emulator).remark, None);
}

#[tokio::test]
async fn the_secret_is_never_shown() {
    let emulator = tiny().await;
    let secret = emulator.ready().polyv.app_secret.clone();
    let given = [("channelId", "1"), ("appSecret", secret.as_str()), ("note", secret.as_str())];
    let mut parameters = polyv_parameters(&emulator, &given);
    polyv_sign("another secret", &mut parameters);
    polyv_send(&emulator, &parameters).await;
    let secret_key = emulator.ready().xiaoe.secret_key.clone();
    xiaoe_get_token(&emulator, &[("app_id", &secret_key), ("secret_key", &secret_key)]).await;
    let text = serde_json::to_string(&emulator.journal()).unwrap();
    assert!(text.contains("[secret]") && text.contains("[masked]"));
    assert!(!text.contains(&secret) && !text.contains(&secret_key));
}

#[tokio::test]
async fn a_refused_timestamp_comes_with_the_offset() {
    let emulator = tiny().await;
    emulator.set_clock_rate_milli(0);
    let ready = &emulator.ready().yxt;
    let second = emulator.now_ms().div_euclid(1000) + 400;
    let headers = yxt_headers(&ready.app_key, &ready.app_secret, "1", &second.to_string());
    yxt_send(&emulator, &[], &headers).await;
    let refused = reason(&emulator);
    assert_eq!(refused.clock_offset_ms, Some(400_000));
    assert_eq!(refused.parameter.as_deref(), Some("timestamp"));
    let text = "the client's clock is 6 min 40 s ahead; 5 minutes are allowed";
    assert_eq!(refused.text, text);

    let headers = yxt_headers(&ready.app_key, &ready.app_secret, "1", &format!("{second}000"));
    yxt_send(&emulator, &[], &headers).await;
    assert!(reason(&emulator).text.contains("seconds"));

    let mut parameters = polyv_parameters(&emulator, &[("channelId", "1")]);
    parameters[2].1 = (emulator.now_ms() - 240_000).to_string();
    polyv_sign(&emulator.ready().polyv.app_secret, &mut parameters);
    polyv_send(&emulator, &parameters).await;
    let refused = reason(&emulator);
    assert_eq!(refused.clock_offset_ms, Some(-240_000));
    let text = "the client's clock is 4 min 0 s behind; 3 minutes are allowed";
    assert_eq!(refused.text, text);
    parameters[2].1 = (emulator.now_ms() / 1000).to_string();
    polyv_send(&emulator, &parameters).await;
    assert!(reason(&emulator).text.contains("milliseconds"));
}

#[tokio::test]
async fn a_yxt_signature_comes_with_what_was_to_be_signed() {
    let emulator = tiny().await;
    let ready = &emulator.ready().yxt;
    let now = (emulator.now_ms() / 1000).to_string();
    let headers = yxt_headers(&ready.app_key, "another", "12", &now);
    yxt_send(&emulator, &[("roomId", "1")], &headers).await;
    let signature = reason(&emulator).signature.unwrap();
    assert_eq!(signature.string_to_sign, format!("{}[secret]12{now}", ready.app_key));
    assert_eq!(signature.received, headers[3].1[..6]);
    assert!(signature.hint.unwrap().ends_with("your secret is another"));
}

#[tokio::test]
async fn yxts_headers_are_shown_without_the_signature() {
    let emulator = tiny().await;
    let app_key = emulator.ready().yxt.app_key.clone();
    let now = (emulator.now_ms() / 1000).to_string();
    let mut headers = yxt_headers(&app_key, "another", "12", &now).to_vec();
    headers.push(("source", "907".to_owned()));
    headers.push(("cookie", "session".to_owned()));
    yxt_send(&emulator, &[], &headers).await;
    let expected = [
        ("appkey", app_key.as_str()),
        ("nonce", "12"),
        ("timestamp", now.as_str()),
        ("signature", "[masked]"),
        ("source", "907"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(last(&emulator).headers, expected);

    // No other vendor's rules look at a header.
    let url = format!("{}/token", emulator.ready().xiaoe.base_url);
    send(http().get(url).header("nonce", "12").header("source", "907")).await;
    assert!(last(&emulator).headers.is_empty());
}

#[tokio::test]
async fn each_header_that_yxt_misses_is_named() {
    let emulator = tiny().await;
    let ready = &emulator.ready().yxt;
    let now = (emulator.now_ms() / 1000).to_string();
    let headers = yxt_headers(&ready.app_key, &ready.app_secret, "12", &now).to_vec();
    for position in 0..headers.len() {
        let mut given = headers.clone();
        let (name, _) = given.remove(position);
        yxt_send(&emulator, &[], &given).await;
        let refused = reason(&emulator);
        assert_eq!(refused.parameter.as_deref(), Some(name));
        assert_eq!(refused.text, format!("Header {name} is missing."));
        given.push((name, String::new()));
        yxt_send(&emulator, &[], &given).await;
        assert_eq!(reason(&emulator).text, format!("Header {name} is empty or not ASCII."));
    }
}

#[tokio::test]
async fn a_form_is_shown_like_a_query() {
    let emulator = tiny().await;
    let url = format!("{}/live/v2/channels/1/update", emulator.ready().polyv.base_url);
    let request = http().post(url).header("Content-Type", "application/x-www-form-urlencoded");
    send(request.body("appId=a&note=%E7%BA%A2+%26&appSecret=REALSECRET&sign=AB")).await;
    let expected =
        [("appId", "a"), ("note", "红 &"), ("appSecret", "[masked]"), ("sign", "[masked]")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(last(&emulator).body, expected);
}

#[tokio::test]
async fn a_missing_parameter_is_named() {
    let emulator = tiny().await;
    polyv(&emulator, &[]).await;
    assert_eq!(reason(&emulator).parameter.as_deref(), Some("channelId"));
    let token = xiaoe_token(&emulator).await;
    xiaoe(&emulator, RED_PACKETS, &token, json!({"resource_id": "l_1"})).await;
    let entry = last(&emulator);
    let refusal = entry.refusal.unwrap();
    assert_eq!(refusal.parameter.as_deref(), Some("resource_type"));
    assert_eq!(refusal.text, "resource_type is required");
    let token = ("access_token".to_owned(), "[masked]".to_owned());
    assert!(entry.body.contains(&token));
    yxt_send(&emulator, &[], &[]).await;
    assert_eq!(reason(&emulator).parameter.as_deref(), Some("appkey"));
}

#[tokio::test]
async fn a_secret_that_strayed_into_a_path_or_a_misspelt_name_is_not_shown() {
    let emulator = tiny().await;
    let ready = emulator.ready();
    let secret = ready.polyv.app_secret.as_str();
    for query in [
        format!("{}/live/v4/{secret}", ready.polyv.base_url),
        format!("{}/token?secretKey=REALSECRET&accessToken=REALTOKEN", ready.xiaoe.base_url),
    ] {
        send(http().get(query)).await;
    }
    let journal = format!("{:?}", emulator.journal());
    for strayed in [secret, "REALSECRET", "REALTOKEN"] {
        assert!(!journal.contains(strayed), "{journal}");
    }
}

#[tokio::test]
async fn a_long_path_is_cut() {
    let emulator = tiny().await;
    let path = "x".repeat(30_000);
    send(http().get(format!("{}/{path}", emulator.ready().xiaoe.base_url))).await;
    let entry = last(&emulator);
    assert_eq!(entry.path.chars().count(), 501);
    assert!(entry.refusal.unwrap().text.chars().count() <= 201);
}

#[tokio::test]
async fn of_a_large_body_its_length_is_told() {
    let emulator = tiny().await;
    let url = format!("{}/token", emulator.ready().xiaoe.base_url);
    for (length, left_out) in [(100, None), (17 << 10, Some(17 << 10))] {
        let body = format!("{{\"app_id\":\"{}\"}}", "x".repeat(length - 13));
        send(http().get(&url).body(body)).await;
        let entry = last(&emulator);
        assert_eq!((entry.body.is_empty(), entry.body_left_out), (left_out.is_some(), left_out));
    }
}
