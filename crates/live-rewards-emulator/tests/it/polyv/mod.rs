//! Polyv: what is refused, and how red packets are paged.

mod channels;
mod donations;
mod older;
mod prizes;
mod tasks;
mod viewers;

use std::time::Duration;

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_emulator::{Emulator, Scenario};
use serde_json::{Value, json};

use crate::management::post;
use crate::support::{
    Answer, RED_PACKS, START_MS, http, keys_in_order, polyv, polyv_get, polyv_parameters,
    polyv_send, polyv_sign, send, start_at, tiny,
};

fn channel(emulator: &Emulator) -> String {
    emulator.ready().polyv.channel_ids[0].clone()
}

/// All rows of a listing, which `names` the parameters for a page's number and size.
async fn rows(
    emulator: &Emulator,
    path: &str,
    names: [&str; 2],
    given: &[(&str, &str)],
) -> Vec<Value> {
    let mut rows = Vec::new();
    for number in 1.. {
        let number = number.to_string();
        let mut query = given.to_vec();
        query.extend([(names[0], number.as_str()), (names[1], "7")]);
        let page = polyv_get(emulator, path, &query).await;
        assert_eq!(page.status, 200, "{}", page.text);
        if page.count("/data/contents") == 0 {
            assert_eq!(page.at("/data/totalItems"), json!(rows.len()));
            break;
        }
        rows.extend(page.at("/data/contents").as_array().unwrap().iter().cloned());
    }
    rows
}

/// Numbers of pages and their sizes in calls of v4.
const PAGES: [&str; 2] = ["pageNumber", "pageSize"];

/// Text of a member of each row, a number as its digits.
fn texts(rows: &[Value], member: &str) -> Vec<String> {
    let text = |row: &Value| match &row[member] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    rows.iter().map(text).collect()
}

/// Sends the first channel's call with a timestamp of this age.
async fn of_age(emulator: &Emulator, age_ms: i64) -> Answer {
    let mut parameters = polyv_parameters(emulator, &[("channelId", &channel(emulator))]);
    let timestamp = (emulator.now_ms() - age_ms).to_string();
    for (name, value) in &mut parameters {
        if name == "timestamp" {
            value.clone_from(&timestamp);
        }
    }
    polyv_sign(&emulator.ready().polyv.app_secret, &mut parameters);
    polyv_send(emulator, &parameters).await
}

fn error(answer: &Answer) -> (u16, Value, Value) {
    assert_eq!(answer.at("/code"), json!(answer.status));
    assert_eq!(answer.at("/success"), json!(false));
    assert_eq!(answer.at("/data"), Value::Null);
    (answer.status, answer.at("/error/code"), answer.at("/error/desc"))
}

#[tokio::test]
async fn signatures_of_another_implementation_are_accepted() {
    let emulator = start_at(1_660_270_926_732, Emulator::builder()).await;
    let common = [
        ("appId", "demorewrd1"),
        ("channelId", "2812610"),
        ("keyword", "红包 雨&a=b"),
        ("sessionId", ""),
        ("timestamp", "1660270926732"),
    ];
    let url = format!("{}{RED_PACKS}", emulator.ready().polyv.base_url);

    let md5 = [("sign", "642A32851A829DED75A3D54193075323")];
    let answer = send(http().get(&url).query(&common).query(&md5)).await;
    assert_eq!((answer.status, answer.count("/data/contents")), (200, 0));

    let sha256 = [
        ("signatureMethod", "SHA256"),
        ("sign", "4807ABE874B133214C8F981E2C428400F3CF9CB285F69FC07CAA5A6FF8B12D4C"),
    ];
    let answer = send(http().get(&url).query(&common).query(&sha256)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_wrong_secret_is_refused() {
    let emulator = tiny().await;
    let mut parameters = polyv_parameters(&emulator, &[("channelId", &channel(&emulator))]);
    let unsigned = polyv_send(&emulator, &parameters).await;
    polyv_sign("another secret", &mut parameters);
    let signed = polyv_send(&emulator, &parameters).await;
    for answer in [unsigned, signed] {
        let expected = (403, json!(20_002), json!("invalid signature."));
        assert_eq!(error(&answer), expected);
    }
}

#[tokio::test]
async fn a_parameter_added_after_signing_is_refused() {
    let emulator = tiny().await;
    let mut parameters = polyv_parameters(&emulator, &[("channelId", &channel(&emulator))]);
    polyv_sign(&emulator.ready().polyv.app_secret, &mut parameters);
    parameters.push(("pageSize".to_owned(), "5".to_owned()));
    assert_eq!(polyv_send(&emulator, &parameters).await.status, 403);
}

#[tokio::test]
async fn what_only_an_unsigned_body_says_is_not_believed() {
    let emulator = tiny().await;
    let url = format!("{}/live/v4/statistics/session-stats/list", emulator.ready().polyv.base_url);
    let nothing: [(&str, &str); 0] = [];
    let scheme = Scheme::new(Algorithm::Md5, HexCase::Upper);
    let sign = scheme.enclosed(&emulator.ready().polyv.app_secret, nothing);
    let query = [("sign", sign.as_str())];
    let body = json!({
        "appId": emulator.ready().polyv.app_id, "timestamp": emulator.now_ms(),
        "signatureNonce": "584F", "pageNumber": 1, "pageSize": 7
    });
    let answer = send(http().post(&url).query(&query).json(&body)).await;
    assert_eq!(error(&answer), (400, json!(10_001), json!("appId is required.")));
}

#[tokio::test]
async fn secrets_of_others_are_not_in_the_string_to_sign() {
    let emulator = tiny().await;
    let given = [("channelId", "1"), ("appSecret", "REALSECRET"), ("access_token", "REALTOKEN")];
    let mut parameters = polyv_parameters(&emulator, &given);
    polyv_sign("another secret", &mut parameters);
    assert_eq!(polyv_send(&emulator, &parameters).await.status, 403);
    let entry = emulator.journal().pop().unwrap();
    let text = serde_json::to_string(&entry).unwrap();
    assert!(text.contains("appSecret[masked]channelId1"), "{text}");
    assert!(!text.contains("REAL"), "{text}");
}

#[tokio::test]
async fn an_unknown_application_is_refused() {
    let emulator = tiny().await;
    let mut parameters = polyv_parameters(&emulator, &[("channelId", "1")]);
    parameters.retain(|(name, _)| name != "appId");
    let mut unknown = parameters.clone();
    unknown.push(("appId".to_owned(), "frlr1zazn3".to_owned()));
    for parameters in [&mut parameters, &mut unknown] {
        polyv_sign(&emulator.ready().polyv.app_secret, parameters);
    }
    let missing = polyv_send(&emulator, &parameters).await;
    let unknown = polyv_send(&emulator, &unknown).await;
    assert_eq!(error(&missing), (400, json!(10_001), json!("appId is required.")));
    assert_eq!(error(&unknown), (400, json!(20_001), json!("application not found.")));
    assert!(keys_in_order(
        &unknown.text,
        &["code", "status", "requestId", "error", "code", "desc", "success"]
    ));
}

#[tokio::test]
async fn a_timestamp_is_good_for_three_minutes_either_way() {
    let emulator = tiny().await;
    emulator.set_clock_rate_milli(0);
    assert_eq!(of_age(&emulator, 180_000).await.status, 200);
    assert_eq!(of_age(&emulator, -180_000).await.status, 200);
    assert_eq!(
        error(&of_age(&emulator, 180_001).await),
        (400, json!(20_003), json!("ptime is too old."))
    );
    assert_eq!(
        error(&of_age(&emulator, -180_001).await),
        (400, json!(20_003), json!("invalid timestamp."))
    );
}

#[tokio::test]
async fn a_nonce_is_good_once() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let with_nonce = [("channelId", channel.as_str()), ("signatureNonce", "584F")];
    assert_eq!(polyv(&emulator, &with_nonce).await.status, 200);
    let again = polyv(&emulator, &with_nonce).await;
    assert_eq!(error(&again).1, json!(20_004));
    emulator.advance(Duration::from_secs(361));
    assert_eq!(polyv(&emulator, &with_nonce).await.status, 200);
    let before = json!({"now_ms": emulator.now_ms() - 60_000});
    post(&emulator, "/clock", &before).await;
    assert_eq!(polyv(&emulator, &with_nonce).await.status, 200);
}

#[tokio::test]
async fn a_nonce_is_used_up_by_nobody_who_cannot_sign() {
    let emulator = tiny().await;
    let given = [("channelId", "1"), ("signatureNonce", "584F")];
    let mut parameters = polyv_parameters(&emulator, &given);
    let mut forged = parameters.clone();
    polyv_sign("another secret", &mut forged);
    polyv_sign(&emulator.ready().polyv.app_secret, &mut parameters);
    for (parameters, status) in [(&forged, 403), (&parameters, 200), (&parameters, 400)] {
        assert_eq!(polyv_send(&emulator, parameters).await.status, status);
    }
    let long = "5".repeat(129);
    let answer = polyv(&emulator, &[("channelId", "1"), ("signatureNonce", &long)]).await;
    assert_eq!(error(&answer).1, json!(20_004));
}

#[tokio::test]
async fn parameters_are_checked() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let missing = polyv(&emulator, &[]).await;
    assert_eq!(error(&missing), (400, json!(10_001), json!("channelId不能为空")));
    for (name, value) in
        [("pageSize", "1001"), ("pageSize", "0"), ("pageNumber", "0"), ("startTime", "today")]
    {
        let answer = polyv(&emulator, &[("channelId", &channel), (name, value)]).await;
        let (status, code, _) = error(&answer);
        assert_eq!((status, code), (400, json!(10_001)), "{name}={value}");
    }
}

#[tokio::test]
async fn what_is_not_served_says_so() {
    let emulator = tiny().await;
    let base_url = &emulator.ready().polyv.base_url;
    let unknown = send(http().get(format!("{base_url}/live/v4/channel/nothing/list"))).await;
    let wrong = send(http().post(format!("{base_url}{RED_PACKS}"))).await;
    assert_eq!(error(&unknown).0, 404);
    assert_eq!(error(&wrong).0, 405);
}

#[tokio::test]
async fn the_answer_has_the_form_of_the_vendors_example() {
    let emulator = tiny().await;
    let answer = polyv(&emulator, &[("channelId", &channel(&emulator))]).await;
    assert_eq!(answer.content_type, "application/json;charset=UTF-8");
    assert!(keys_in_order(
        &answer.text,
        &[
            "code",
            "status",
            "requestId",
            "data",
            "pageNumber",
            "pageSize",
            "totalPages",
            "totalItems",
            "contents",
            "redPackId",
            "userId",
            "channelId",
            "nickName",
            "amount",
            "balance",
            "allotType",
            "createdTime",
            "channelSessionId",
            "status",
            "redPackType",
            "redPackReceiveList",
            "redPackId",
            "userId",
            "nickName",
            "avatar",
            "amount",
            "createdTime",
            "success"
        ]
    ));
    assert!(answer.at("/data/contents/0/channelId").is_u64());
    assert!(answer.at("/data/contents/1/channelId").is_string());
    let request_id = answer.at("/requestId").as_str().unwrap().to_owned();
    let parts: Vec<&str> = request_id.split('.').collect();
    assert_eq!((parts.len(), parts[0].len()), (3, 32));
}

#[tokio::test]
async fn every_label_occurs() {
    let emulator = tiny().await;
    let mut text = String::new();
    for channel in &emulator.ready().polyv.channel_ids {
        let query = [("channelId", channel.as_str()), ("pageSize", "1000")];
        text += &polyv(&emulator, &query).await.text;
    }
    for label in [
        "随机分配红包",
        "平均分配红包",
        "进行中",
        "已结束",
        "退款中",
        "已退款",
        "红包雨",
        "口令红包",
        "普通红包",
        "\"balance\":0.00",
        "\"redPackReceiveList\":[]",
    ] {
        assert!(text.contains(label), "{label}");
    }
}

#[tokio::test]
async fn pages_of_any_size_hold_everything_once_newest_first() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let query = [("channelId", channel.as_str()), ("pageSize", "1000")];
    let all = polyv(&emulator, &query).await;
    let ids = all.column("/data/contents", "redPackId");
    assert_eq!((ids.len(), all.at("/data/totalItems")), (15, json!(15)));
    let times = all.column("/data/contents", "createdTime");
    assert!(times.is_sorted_by(|newer, older| newer > older));

    for (size, pages) in [(1, 15), (7, 3)] {
        let size = size.to_string();
        let mut seen = Vec::new();
        for number in 1..=pages {
            let number = number.to_string();
            let query = [
                ("channelId", channel.as_str()),
                ("pageNumber", number.as_str()),
                ("pageSize", size.as_str()),
            ];
            let page = polyv(&emulator, &query).await;
            assert_eq!(page.at("/data/totalPages"), json!(pages));
            seen.extend(page.column("/data/contents", "redPackId"));
        }
        assert_eq!(seen, ids, "pages of {size}");
    }
    let beyond = [("channelId", channel.as_str()), ("pageNumber", "99")];
    assert_eq!(polyv(&emulator, &beyond).await.count("/data/contents"), 0);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let all = polyv(&emulator, &[("channelId", &channel), ("pageSize", "1000")]).await;
    let ids = all.column("/data/contents", "redPackId");
    let times = all.column("/data/contents", "createdTime");
    let sessions = all.column("/data/contents", "channelSessionId");

    let newest_session = sessions[0].as_str();
    let in_session =
        polyv(&emulator, &[("channelId", &channel), ("sessionId", newest_session)]).await;
    let expected = sessions.iter().filter(|id| *id == newest_session).count();
    assert!(expected < ids.len());
    assert_eq!(in_session.count("/data/contents"), expected);

    let query = [
        ("channelId", channel.as_str()),
        ("startTime", times[4].as_str()),
        ("endTime", times[2].as_str()),
    ];
    let between = polyv(&emulator, &query).await;
    assert_eq!(between.column("/data/contents", "redPackId"), ids[2..=4]);

    let query = [
        ("channelId", channel.as_str()),
        ("startTime", times[2].as_str()),
        ("endTime", times[4].as_str()),
    ];
    let backwards = polyv(&emulator, &query).await;
    assert_eq!((backwards.status, backwards.at("/data/totalItems")), (200, json!(0)));

    let unknown = polyv(&emulator, &[("channelId", "1")]).await;
    assert_eq!(unknown.at("/data/totalPages"), json!(0));
    assert_eq!(unknown.count("/data/contents"), 0);
}

#[tokio::test]
async fn one_person_can_claim_the_same_twice_in_one_second() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let query = [("channelId", channel.as_str()), ("pageSize", "1000")];
    let all = polyv(&emulator, &query).await.at("/data/contents");
    let doubled = all.as_array().unwrap().iter().any(|packet| {
        let claims = packet["redPackReceiveList"].as_array().unwrap();
        claims.windows(2).any(|pair| pair[0] == pair[1])
    });
    assert!(doubled);
}

#[tokio::test]
async fn the_same_seed_and_start_give_the_same_bytes() {
    let mut texts = Vec::new();
    for seed in [7, 7, 8] {
        let builder = Emulator::builder().scenario(Scenario::Tiny).seed(seed);
        let emulator = start_at(START_MS, builder).await;
        let channel = channel(&emulator);
        texts.push((polyv(&emulator, &[("channelId", &channel)]).await).text);
    }
    assert_eq!(texts[0], texts[1]);
    assert_ne!(texts[0], texts[2]);
}

#[tokio::test]
async fn the_digest_may_be_named() {
    let emulator = tiny().await;
    let secret = &emulator.ready().polyv.app_secret;
    for (method, algorithm, status) in [
        ("MD5", Algorithm::Md5, 200),
        ("SHA256", Algorithm::Sha256, 200),
        ("SHA256", Algorithm::Md5, 403),
        ("SM3", Algorithm::Md5, 403),
    ] {
        let given = [("channelId", "1"), ("signatureMethod", method)];
        let mut parameters = polyv_parameters(&emulator, &given);
        let sign = Scheme::new(algorithm, HexCase::Upper).enclosed(secret, parameters.clone());
        parameters.push(("sign".to_owned(), sign.as_str().to_owned()));
        let answer = polyv_send(&emulator, &parameters).await;
        assert_eq!(answer.status, status, "{method} {algorithm:?}");
    }
}
