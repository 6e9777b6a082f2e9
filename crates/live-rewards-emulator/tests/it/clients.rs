//! Requests in the shapes that the vendors' own clients give them.

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_emulator::Emulator;
use serde_json::json;

use crate::support::{
    Answer, GIFTS, RECORDS, RED_PACKETS, RED_PACKS, http, polyv_form, polyv_parameters, polyv_send,
    polyv_sign, polyv_signed, send, tiny, xiaoe, xiaoe_token, yxt_headers,
};

fn channel(emulator: &Emulator) -> String {
    emulator.ready().polyv.channel_ids[0].clone()
}

/// Sends a query exactly as it is written here.
async fn as_written(emulator: &Emulator, query: &str) -> Answer {
    send(http().get(format!("{}{RED_PACKS}?{query}", emulator.ready().polyv.base_url))).await
}

/// Signs pairs as they are.
fn sign(emulator: &Emulator, algorithm: Algorithm, pairs: &[(&str, &str)]) -> String {
    let secret = &emulator.ready().polyv.app_secret;
    let scheme = Scheme::new(algorithm, HexCase::Upper);
    scheme.enclosed(secret, pairs.iter().copied()).as_str().to_owned()
}

#[tokio::test]
async fn polyv_with_the_request_id_of_the_java_client() {
    let emulator = tiny().await;
    let channel = channel(&emulator);
    let given =
        [("channelId", channel.as_str()), ("requestId", "15c37b3457b14f2894af4e7dd6d5ea77")];
    let mut parameters = polyv_parameters(&emulator, &given);
    polyv_sign(&emulator.ready().polyv.app_secret, &mut parameters);
    let answer = polyv_send(&emulator, &parameters).await;
    assert_eq!((answer.status, answer.count("/data/contents")), (200, 10));
}

#[tokio::test]
async fn polyv_in_any_order_and_either_encoding() {
    let emulator = tiny().await;
    let (channel, now) = (channel(&emulator), emulator.now_ms().to_string());
    let app_id = emulator.ready().polyv.app_id.clone();
    let pairs = [
        ("timestamp", now.as_str()),
        ("note", "红包 雨&a=b"),
        ("channelId", channel.as_str()),
        ("appId", app_id.as_str()),
    ];
    let sign = sign(&emulator, Algorithm::Md5, &pairs);
    for note in ["%E7%BA%A2%E5%8C%85%20%E9%9B%A8%26a%3Db", "%e7%ba%a2%e5%8c%85+%e9%9b%a8%26a=b"] {
        for query in [
            format!("sign={sign}&timestamp={now}&note={note}&channelId={channel}&appId={app_id}"),
            format!("appId={app_id}&channelId={channel}&note={note}&timestamp={now}&sign={sign}"),
        ] {
            assert_eq!(as_written(&emulator, &query).await.status, 200, "{query}");
        }
    }
}

#[tokio::test]
async fn polyv_with_values_that_say_nothing() {
    let emulator = tiny().await;
    let (channel, now) = (channel(&emulator), emulator.now_ms().to_string());
    let app_id = emulator.ready().polyv.app_id.clone();
    let pairs =
        [("appId", app_id.as_str()), ("channelId", channel.as_str()), ("timestamp", now.as_str())];
    let left_out = sign(&emulator, Algorithm::Md5, &pairs);
    let query = format!("appId={app_id}&channelId={channel}&timestamp={now}");
    for more in ["sessionId=&startTime=", "sessionId", "note=%20%20", "&&"] {
        let answer = as_written(&emulator, &format!("{query}&{more}&sign={left_out}")).await;
        assert_eq!(answer.status, 200, "{more}");
    }

    let mut signed = pairs.to_vec();
    signed.push(("sessionId", "another"));
    let sign = sign(&emulator, Algorithm::Md5, &signed);
    let answer = as_written(&emulator, &format!("{query}&sessionId=&sign={sign}")).await;
    assert_eq!(answer.status, 403);
}

/// Against the vendor's rule it signs empty values as well. Its own parameters come last.
#[tokio::test]
async fn polyv_as_the_typescript_client_sends_it() {
    let emulator = tiny().await;
    let (channel, now) = (channel(&emulator), emulator.now_ms().to_string());
    let app_id = emulator.ready().polyv.app_id.clone();
    for given in [
        &[("sessionId", ""), ("startTime", ""), ("endTime", ""), ("pageSize", "20")][..],
        &[("pageNumber", "1"), ("pageSize", "20")][..],
    ] {
        let mut pairs = vec![("channelId", channel.as_str())];
        pairs.extend_from_slice(given);
        pairs.extend([("appId", app_id.as_str()), ("timestamp", now.as_str())]);
        let sign = sign(&emulator, Algorithm::Md5, &pairs);
        pairs.push(("sign", sign.as_str()));
        let query: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = as_written(&emulator, &query.join("&")).await;
        assert_eq!((answer.status, answer.count("/data/contents")), (200, 15), "{query:?}");
    }
}

/// It has the parameters of a POST in the query, and no body or `null`.
#[tokio::test]
async fn polyv_as_the_typescript_client_posts_it() {
    let emulator = tiny().await;
    let ready = &emulator.ready().polyv;
    let path = format!("/live/v2/user/{}/get-income-detail", ready.live_account);
    let given = [("startDate", "2020-01-01"), ("endDate", "2037-12-31"), ("pageSize", "5")];
    let expected = polyv_form(&emulator, &path, &given).await.at("/data");
    assert_eq!(expected["contents"].as_array().unwrap().len(), 5);
    let url = format!("{}{path}", ready.base_url);
    for body in ["", "null"] {
        let request = http().post(&url).query(&polyv_signed(&emulator, &given)).body(body);
        let answer = send(request.header("Content-Type", "application/json")).await;
        assert_eq!((answer.status, answer.at("/data")), (200, expected.clone()));
    }
}

#[tokio::test]
async fn polyv_with_sha256_has_to_sign_the_method() {
    let emulator = tiny().await;
    let (channel, now) = (channel(&emulator), emulator.now_ms().to_string());
    let app_id = emulator.ready().polyv.app_id.clone();
    let mut pairs = vec![
        ("appId", app_id.as_str()),
        ("channelId", channel.as_str()),
        ("timestamp", now.as_str()),
    ];
    let query =
        format!("appId={app_id}&channelId={channel}&timestamp={now}&signatureMethod=SHA256");
    let without = sign(&emulator, Algorithm::Sha256, &pairs);
    let answer = as_written(&emulator, &format!("{query}&sign={without}")).await;
    assert_eq!(answer.status, 403);
    let refusal = emulator.journal().pop().unwrap().refusal.unwrap();
    assert!(refusal.signature.unwrap().hint.unwrap().contains("signatureMethod"));
    pairs.push(("signatureMethod", "SHA256"));
    let with = sign(&emulator, Algorithm::Sha256, &pairs);
    assert_eq!(as_written(&emulator, &format!("{query}&sign={with}")).await.status, 200);
}

#[tokio::test]
async fn polyv_has_an_envelope_for_older_paths() {
    let emulator = tiny().await;
    let base_url = &emulator.ready().polyv.base_url;
    let answer = send(http().get(format!("{base_url}/live/v3/user/channels"))).await;
    let expected = json!({
        "code": 404, "status": "error", "data": "",
        "message": "the emulator has no /live/v3/user/channels"
    });
    assert_eq!((answer.status, answer.json()), (404, expected));
    let newer = send(http().get(format!("{base_url}/live/v4/user/channels"))).await;
    assert_eq!((newer.at("/code"), newer.at("/error/code")), (json!(404), json!(404)));
}

/// One puts blanks after commas and the token last, the other sorts by name and escapes `&`.
#[tokio::test]
async fn xiaoe_as_the_python_and_go_clients_send_it() {
    let emulator = tiny().await;
    let ready = &emulator.ready().xiaoe;
    let (app_id, client_id) = (&ready.app_id, &ready.client_id);
    let (secret_key, resource_id) = (&ready.secret_key, &ready.resource_ids[0]);
    let as_json = |request: reqwest::RequestBuilder, body: String| {
        send(request.header("Content-Type", "application/json").body(body))
    };
    let (token_url, url) =
        (format!("{}/token", ready.base_url), format!("{}{RED_PACKETS}", ready.base_url));

    let body = format!(
        r#"{{"app_id": "{app_id}", "client_id": "{client_id}", "secret_key": "{secret_key}", "grant_type": "client_credential"}}"#
    );
    let answer = as_json(http().get(&token_url), body).await;
    let token = answer.at("/data/access_token").as_str().unwrap().to_owned();
    let body = format!(
        r#"{{"resource_id": "{resource_id}", "resource_type": 4, "page": 1, "limit": 2, "current_user_id": "\u7ea2 &", "access_token": "{token}"}}"#
    );
    let answer = as_json(http().post(&url), body).await;
    assert_eq!((answer.at("/code"), answer.count("/data")), (json!(0), 2));

    let body = format!(
        r#"{{"app_id":"{app_id}","client_id":"{client_id}","grant_type":"client_credential","secret_key":"{secret_key}"}}"#
    );
    let answer = as_json(http().get(&token_url), body).await;
    let token = answer.at("/data/access_token").as_str().unwrap().to_owned();
    let body = format!(
        r#"{{"access_token":"{token}","current_user_id":"红 \u0026","limit":2,"page":1,"resource_id":"{resource_id}","resource_type":4}}"#
    );
    let answer = as_json(http().post(&url), body).await;
    assert_eq!((answer.at("/code"), answer.count("/data")), (json!(0), 2));
}

#[tokio::test]
async fn xiaoe_without_a_content_type_and_with_numbers_as_text() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let resource_id = &emulator.ready().xiaoe.resource_ids[0];
    let body = json!({
        "access_token": token, "resource_id": resource_id, "resource_type": "4", "limit": "3",
        "app_id": "ignored", "timestamp": 1, "use_type": 0
    });
    let url = format!("{}{RED_PACKETS}", emulator.ready().xiaoe.base_url);
    let answer = send(http().post(&url).body(body.to_string())).await;
    assert_eq!((answer.at("/code"), answer.count("/data")), (json!(0), 3));
    let form = send(http().post(&url).body(format!("access_token={token}"))).await;
    assert_eq!(form.at("/code"), json!(3001));
}

#[tokio::test]
async fn xiaoe_takes_the_first_name_of_a_red_packet_and_negative_pages() {
    let emulator = tiny().await;
    let token = xiaoe_token(&emulator).await;
    let resource_id = &emulator.ready().xiaoe.resource_ids[0];
    let body = json!({"resource_id": resource_id, "resource_type": 4, "page": -3});
    let list = xiaoe(&emulator, RED_PACKETS, &token, body).await;
    let ids = list.column("/data", "id");
    assert_eq!(ids.len(), 10);
    let body = json!({
        "resource_id": resource_id, "resource_type": 4, "red_packet_id": ids[1], "id": ids[0]
    });
    let record = xiaoe(&emulator, RECORDS, &token, body).await;
    assert_eq!(record.at("/data/send_info/id"), json!(ids[1]));
}

#[tokio::test]
async fn xiaoe_refuses_the_form_with_two_keys() {
    let emulator = tiny().await;
    let ready = &emulator.ready().xiaoe;
    let query = [
        ("app_id", ready.app_id.as_str()),
        ("secret_key", ready.secret_key.as_str()),
        ("grant_type", "client_credential"),
    ];
    let answer = send(http().get(format!("{}/token", ready.base_url)).query(&query)).await;
    assert_eq!((answer.status, answer.at("/code")), (200, json!(2020)));
}

#[tokio::test]
async fn yxt_with_a_source_and_a_negative_offset() {
    let emulator = tiny().await;
    let ready = &emulator.ready().yxt;
    let now = (emulator.now_ms() / 1000).to_string();
    let query = [("roomId", ready.room_ids[0].as_str()), ("offset", "-20"), ("key", "小")];
    let mut request = http()
        .get(format!("{}{GIFTS}", ready.base_url))
        .query(&query)
        .header("Source", "907")
        .header("Content-Type", "application/json;charset=UTF-8");
    for (name, value) in yxt_headers(&ready.app_key, &ready.app_secret, "12", &now) {
        request = request.header(name, value);
    }
    let answer = send(request).await;
    assert_eq!((answer.status, answer.count("/datas")), (200, 15));
}
