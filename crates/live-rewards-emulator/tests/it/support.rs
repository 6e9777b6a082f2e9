//! Calls as a client makes them, and what comes back.

use std::sync::LazyLock;

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_emulator::{Emulator, EmulatorBuilder, Scenario};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderName};
use serde_json::{Value, json};

/// An instant for data that must not depend on when the test runs.
pub(crate) const START_MS: i64 = 1_790_000_000_000;

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
    pub(crate) content_type: String,
    pub(crate) date: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Value at a JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// Length of the list at a JSON pointer.
    pub(crate) fn count(&self, pointer: &str) -> usize {
        self.at(pointer).as_array().unwrap().len()
    }

    /// A member of each row of the list at a JSON pointer, as text.
    pub(crate) fn column(&self, pointer: &str, member: &str) -> Vec<String> {
        let rows = self.at(pointer);
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| match &row[member] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
            .collect()
    }
}

pub(crate) async fn tiny() -> Emulator {
    let builder = Emulator::builder().scenario(Scenario::Tiny);
    builder.start().await.unwrap()
}

/// Starts an emulator whose data and clock both begin at an instant.
pub(crate) async fn start_at(ms: i64, builder: EmulatorBuilder) -> Emulator {
    let offset = ms - tiny().await.now_ms();
    builder.start_at(ms).clock_offset_ms(offset).start().await.unwrap()
}

/// The client of all tests: each new one reads all certificates of the machine. It keeps no
/// connection, as that would belong to the runtime of one test.
pub(crate) fn http() -> reqwest::Client {
    static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(|| {
        let builder = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0);
        builder.build().unwrap()
    });
    CLIENT.clone()
}

pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let header = |name: HeaderName| {
        let value = response.headers().get(name);
        value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    };
    Answer {
        status: response.status().as_u16(),
        content_type: header(CONTENT_TYPE),
        date: header(DATE),
        text: response.text().await.unwrap(),
    }
}

pub(crate) const RED_PACKS: &str = "/live/v4/channel/red-pack/statistics/list";
pub(crate) const GIFTS: &str = "/v1/zhibo/giftprecent";
pub(crate) const RED_PACKETS: &str = "/xe.live.redpacket.list/1.0.0";
pub(crate) const RECORDS: &str = "/xe.live.redpacket.record/1.0.0";
pub(crate) const ACCOUNTS: &str = "/xe.account.info.batch/1.0.0";

/// Parameters of a Polyv call with application and time, not yet signed.
pub(crate) fn polyv_parameters(
    emulator: &Emulator,
    given: &[(&str, &str)],
) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    all.push(("appId".to_owned(), emulator.ready().polyv.app_id.clone()));
    all.push(("timestamp".to_owned(), emulator.now_ms().to_string()));
    all
}

/// Signs with MD5 by the vendor's rule: parameters without a value are left out.
pub(crate) fn polyv_sign(secret: &str, parameters: &mut Vec<(String, String)>) {
    let signed: Vec<(String, String)> =
        parameters.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
    let sign = Scheme::new(Algorithm::Md5, HexCase::Upper).enclosed(secret, signed);
    parameters.push(("sign".to_owned(), sign.as_str().to_owned()));
}

pub(crate) async fn polyv_send(emulator: &Emulator, parameters: &[(String, String)]) -> Answer {
    let url = format!("{}{RED_PACKS}", emulator.ready().polyv.base_url);
    send(http().get(url).query(parameters)).await
}

pub(crate) async fn polyv(emulator: &Emulator, given: &[(&str, &str)]) -> Answer {
    polyv_get(emulator, RED_PACKS, given).await
}

/// Parameters with application, time and signature.
pub(crate) fn polyv_signed(emulator: &Emulator, given: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut parameters = polyv_parameters(emulator, given);
    polyv_sign(&emulator.ready().polyv.app_secret, &mut parameters);
    parameters
}

/// A call with its parameters in the query.
pub(crate) async fn polyv_get(emulator: &Emulator, path: &str, given: &[(&str, &str)]) -> Answer {
    let url = format!("{}{path}", emulator.ready().polyv.base_url);
    send(http().get(url).query(&polyv_signed(emulator, given))).await
}

/// A call with its parameters in a form.
pub(crate) async fn polyv_form(emulator: &Emulator, path: &str, given: &[(&str, &str)]) -> Answer {
    let url = format!("{}{path}", emulator.ready().polyv.base_url);
    send(http().post(url).form(&polyv_signed(emulator, given))).await
}

pub(crate) async fn xiaoe_token(emulator: &Emulator) -> String {
    let ready = &emulator.ready().xiaoe;
    let query = [
        ("app_id", ready.app_id.as_str()),
        ("client_id", ready.client_id.as_str()),
        ("secret_key", ready.secret_key.as_str()),
        ("grant_type", "client_credential"),
    ];
    let answer = xiaoe_get_token(emulator, &query).await;
    answer.at("/data/access_token").as_str().unwrap().to_owned()
}

pub(crate) async fn xiaoe_get_token(emulator: &Emulator, query: &[(&str, &str)]) -> Answer {
    let url = format!("{}/token", emulator.ready().xiaoe.base_url);
    send(http().get(url).query(query)).await
}

/// Posts a body as it is.
pub(crate) async fn xiaoe_post(emulator: &Emulator, path: &str, body: &Value) -> Answer {
    let url = format!("{}{path}", emulator.ready().xiaoe.base_url);
    send(http().post(url).json(body)).await
}

/// Posts a body with the token added.
pub(crate) async fn xiaoe(emulator: &Emulator, path: &str, token: &str, mut body: Value) -> Answer {
    body["access_token"] = json!(token);
    xiaoe_post(emulator, path, &body).await
}

pub(crate) async fn yxt(emulator: &Emulator, query: &[(&str, &str)]) -> Answer {
    yxt_get(emulator, GIFTS, query).await
}

pub(crate) async fn yxt_get(emulator: &Emulator, path: &str, query: &[(&str, &str)]) -> Answer {
    let ready = &emulator.ready().yxt;
    let timestamp = (emulator.now_ms() / 1000).to_string();
    let headers = yxt_headers(&ready.app_key, &ready.app_secret, "14314", &timestamp);
    yxt_send_to(emulator, path, query, &headers).await
}

pub(crate) fn yxt_headers(
    app_key: &str,
    secret: &str,
    nonce: &str,
    timestamp: &str,
) -> [(&'static str, String); 4] {
    let signature = Scheme::new(Algorithm::Sha256, HexCase::Lower)
        .ordered([app_key, secret, nonce, timestamp])
        .as_str()
        .to_owned();
    [
        ("appkey", app_key.to_owned()),
        ("nonce", nonce.to_owned()),
        ("timestamp", timestamp.to_owned()),
        ("signature", signature),
    ]
}

pub(crate) async fn yxt_send(
    emulator: &Emulator,
    query: &[(&str, &str)],
    headers: &[(&'static str, String)],
) -> Answer {
    yxt_send_to(emulator, GIFTS, query, headers).await
}

async fn yxt_send_to(
    emulator: &Emulator,
    path: &str,
    query: &[(&str, &str)],
    headers: &[(&'static str, String)],
) -> Answer {
    let url = format!("{}{path}", emulator.ready().yxt.base_url);
    let mut request = http().get(url).query(query);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    send(request).await
}

/// Whether the names occur as JSON members in this order, each after the one before.
pub(crate) fn keys_in_order(text: &str, keys: &[&str]) -> bool {
    let mut rest = text;
    keys.iter().all(|key| {
        let member = format!("\"{key}\":");
        match rest.find(&member) {
            None => false,
            Some(position) => {
                rest = &rest[position + member.len()..];
                true
            }
        }
    })
}
