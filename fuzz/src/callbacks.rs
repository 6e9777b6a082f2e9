use std::{collections::BTreeMap, fmt::Display};

use aes::Aes256;
use base64::{Engine, engine::general_purpose::STANDARD};
use cbc::{
    Encryptor,
    cipher::{BlockModeEncrypt, KeyIvInit, block_padding::NoPadding},
};
use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_core::Timestamp;
use live_rewards_http::callback::Incoming;
use polyv_live_api::callback::PolyvCallbacks;
use xiaoe_api::callback::XiaoeCallbacks;

const NOW: i64 = 1_660_270_926;
const SECRET: &str = "secret";
/// Thirty-two zero bytes.
const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whatever comes to a callback's address, it is read as an event or refused in one short line; so is what comes signed.
///
/// The first two lines are the `Content-Type` and the query, the rest is the body.
pub fn callbacks(bytes: &[u8]) {
    let mut parts = bytes.splitn(3, |byte| *byte == b'\n');
    let mut next = || parts.next().unwrap_or_default();
    let (content_type, query) = (str::from_utf8(next()).ok(), next());
    let (query, body) = (str::from_utf8(query).unwrap_or_default(), next());
    for method in ["GET", "POST"] {
        receive(&Incoming { method, query, content_type, body });
        let query = signed_query(query);
        receive(&Incoming { method, query: &query, content_type: None, body: b"" });
    }
    let mut framed = vec![0; 16];
    framed.extend(u32::try_from(body.len()).unwrap_or_default().to_be_bytes());
    framed.extend(body);
    for text in [framed, body.to_vec()] {
        let query = push(text);
        receive(&Incoming { method: "POST", query: &query, content_type: None, body: b"" });
    }
}

fn receive(incoming: &Incoming<'_>) {
    let now = Timestamp::from_epoch_ms(NOW * 1000).expect("a time");
    let polyv = PolyvCallbacks::new("app", SECRET).verify(incoming, now);
    if let Err(error) = polyv.and_then(|verified| verified.parse()) {
        assert_fit_to_show(&error);
    }
    let xiaoe = XiaoeCallbacks::new(SECRET, KEY).expect("a key").verify(incoming, now);
    if let Err(error) = xiaoe.and_then(|verified| verified.parse()) {
        assert_fit_to_show(&error);
    }
}

fn assert_fit_to_show(error: &impl Display) {
    let line = error.to_string();
    assert!(!line.contains(char::is_control) && line.chars().count() < 200, "{line:?}");
}

/// The parameters of a query with application, time and signature as Polyv puts them.
fn signed_query(query: &str) -> String {
    let mut given: BTreeMap<String, String> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    given.remove("sign");
    given.insert("appId".to_owned(), "app".to_owned());
    given.insert("ts".to_owned(), format!("{NOW}000"));
    let signed = given.iter().filter(|(_, value)| !value.is_empty());
    let scheme = Scheme::new(Algorithm::Md5, HexCase::Upper);
    let sign = scheme.enclosed(SECRET, signed).as_str().to_owned();
    given.insert("sign".to_owned(), sign);
    form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish()
}

/// A push of Xiaoe's with this text, padded and encrypted.
fn push(mut text: Vec<u8>) -> String {
    let padding = 32 - text.len() % 32;
    text.resize(text.len() + padding, u8::try_from(padding).unwrap_or_default());
    let (length, key) = (text.len(), [0; 32]);
    let encryptor = Encryptor::<Aes256>::new(&key.into(), &[0; 16].into());
    let encrypted = encryptor.encrypt_padded::<NoPadding>(&mut text, length).expect("whole blocks");
    let (encrypt, timestamp) = (STANDARD.encode(encrypted), NOW.to_string());
    let parts = [SECRET, timestamp.as_str(), "nonce", encrypt.as_str()];
    let signature = Scheme::new(Algorithm::Sha1, HexCase::Lower).sorted(parts);
    let pairs = [
        ("encrypt", encrypt.as_str()),
        ("timestamp", timestamp.as_str()),
        ("nonce", "nonce"),
        ("signature", signature.as_str()),
    ];
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
