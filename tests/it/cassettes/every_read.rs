//! Every read of the three vendors that the emulator answers by data, recorded of people of whom all is told that can be.

mod calls;
mod marked;

use std::sync::Arc;

use live_rewards::{
    Vendor,
    polyv::{
        PolyvClient, PolyvConfig,
        http::{
            BuildClient, ClientBuilder, Limits, Retry, Transport,
            cassette::{Pseudonyms, Recorder, ReplayingTransport},
        },
    },
    xiaoe::{XiaoeClient, XiaoeConfig},
    yxt::{YxtClient, YxtConfig},
};
use live_rewards_emulator::endpoints;
use serde_json::Value;

use super::Lines;
use crate::vendors::{self, Account};
use marked::{MARKS, Marked, document};

#[tokio::test]
async fn xiaoe() {
    check(vendors::xiaoe().await).await;
}

#[tokio::test]
async fn polyv() {
    check(vendors::polyv().await).await;
}

#[tokio::test]
async fn yxt() {
    check(vendors::yxt().await).await;
}

async fn check(account: Account) {
    let pseudonyms = Pseudonyms::new("key");
    let lines = Lines::default();
    let tape = Recorder::new(lines.clone(), pseudonyms.clone());
    let marked = Marked::new(account.base_url());
    let transport: Arc<dyn Transport> = Arc::<Marked>::clone(&marked);
    let shown = read(&account, transport, Some(tape)).await;
    let cassette = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let exchanges: Vec<Value> =
        cassette.lines().map(|line| serde_json::from_str(line).unwrap()).collect();

    assert_every_read(account.vendor, &exchanges);
    for mark in MARKS {
        assert!(!cassette.contains(mark), "{mark}");
    }
    let people = marked.people();
    assert!(people.len() > 20);
    for person in people {
        assert_nobody(&cassette, &person);
    }
    let answers = marked.answers();
    assert_eq!(answers.len(), exchanges.len());
    for (answer, exchange) in answers.iter().zip(&exchanges) {
        compare(answer, &exchange["response"]["json"], &pseudonyms);
    }

    let replay = ReplayingTransport::new(cassette.as_bytes()).unwrap();
    let replayed = read(&account, Arc::new(replay), None).await;
    assert_eq!(
        replayed.iter().map(|row| without_texts(row)).collect::<Vec<_>>(),
        shown.iter().map(|row| without_texts(row)).collect::<Vec<_>>()
    );
}

/// All that the account's client reads.
async fn read(
    account: &Account,
    transport: Arc<dyn Transport>,
    tape: Option<Recorder>,
) -> Vec<String> {
    let ready = account.emulator.ready();
    match account.vendor {
        Vendor::Xiaoe => {
            let xiaoe = &ready.xiaoe;
            let config =
                XiaoeConfig::new(&xiaoe.app_id, &xiaoe.client_id, xiaoe.secret_key.as_str());
            let builder = XiaoeClient::builder(config.base_url(&xiaoe.base_url));
            calls::xiaoe(&client(builder, transport, tape), account).await
        }
        Vendor::Polyv => {
            let polyv = &ready.polyv;
            let config = PolyvConfig::new(&polyv.app_id, polyv.app_secret.as_str());
            let builder = PolyvClient::builder(config.base_url(&polyv.base_url));
            calls::polyv(&client(builder, transport, tape), account).await
        }
        _ => {
            let yxt = &ready.yxt;
            let config = YxtConfig::new(&yxt.app_key, yxt.app_secret.as_str());
            let builder = YxtClient::builder(config.base_url(&yxt.base_url));
            calls::yxt(&client(builder, transport, tape), account).await
        }
    }
}

fn client<C: BuildClient>(
    builder: ClientBuilder<C>,
    transport: Arc<dyn Transport>,
    tape: Option<Recorder>,
) -> C {
    let builder = builder
        .transport(transport)
        .limits(Limits::unlimited())
        .retry(Retry::none())
        .look_for_drift_in_every_answer()
        .on_drift(|drift| panic!("{drift:?}"));
    let builder = match tape {
        Some(tape) => builder.record(tape),
        None => builder,
    };
    builder.build().unwrap()
}

/// A call that is answered by the example of its spec needs none of its own: what no list knows gets a pseudonym.
fn assert_every_read(vendor: Vendor, exchanges: &[Value]) {
    let endpoints = endpoints().into_iter().filter(|one| one.vendor == vendor.as_str());
    for endpoint in endpoints.filter(|one| one.effect == "read" && one.behaviour == "world") {
        let pattern: Vec<&str> = endpoint.path.split('/').collect();
        let is_called = exchanges.iter().any(|exchange| {
            let path = exchange["request"]["path"].as_str().unwrap();
            let path: Vec<&str> = path.split('/').collect();
            let mut pairs = pattern.iter().zip(&path);
            pattern.len() == path.len()
                && pairs.all(|(one, other)| one == other || one.starts_with('{'))
        });
        assert!(is_called, "{} was not read", endpoint.id);
    }
}

/// Shorter ids are found in other numbers.
const LONG: usize = 10;

fn assert_nobody(cassette: &str, person: &str) {
    // As it stands in JSON, and in JSON that stands in a text.
    let text = serde_json::to_string(person).unwrap();
    let in_text = serde_json::to_string(&text).unwrap();
    for written in [text.as_str(), &in_text[1..in_text.len() - 1]] {
        assert!(!cassette.contains(written), "{written}");
    }
    // A nickname may be a part of a channel's name.
    let is_id = person.bytes().all(|byte| byte.is_ascii_graphic());
    assert!(!is_id || person.len() < LONG || !cassette.contains(person), "{person}");
}

/// What is recorded is what was answered, with pseudonyms in place of people.
fn compare(answer: &Value, recorded: &Value, pseudonyms: &Pseudonyms) {
    match (answer, recorded) {
        (Value::Object(answer), Value::Object(recorded)) => {
            assert!(answer.keys().eq(recorded.keys()));
            for (name, value) in answer {
                compare(value, &recorded[name], pseudonyms);
            }
        }
        (Value::Array(answer), Value::Array(recorded)) => {
            assert_eq!(answer.len(), recorded.len());
            for (value, recorded) in answer.iter().zip(recorded) {
                compare(value, recorded, pseudonyms);
            }
        }
        (Value::String(answer), Value::String(recorded)) if answer != recorded => {
            if let Some(document) = document(answer) {
                return compare(&document, &serde_json::from_str(recorded).unwrap(), pseudonyms);
            }
            let ids: Vec<_> = answer.split(',').map(|id| pseudonyms.id(id)).collect();
            let is_pseudonym = [ids.join(","), pseudonyms.name(answer)].contains(recorded);
            let is_picture = recorded.starts_with("https://example.invalid/");
            // In a live's address there is the shop's id.
            let is_removed = recorded == "removed" || recorded.contains("[removed]");
            assert!(is_pseudonym || is_picture || is_removed, "{answer} {recorded}");
        }
        (Value::Number(answer), Value::Number(recorded)) if answer != recorded => {
            assert_eq!(recorded.to_string(), pseudonyms.id(&answer.to_string()));
        }
        _ => assert_eq!(answer, recorded),
    }
}

/// A row as it is shown, without the texts in it: persons are texts wherever a row has a type for them.
fn without_texts(shown: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    let outside = |character: &char| {
        let was_text = is_text;
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            _ => {}
        }
        !was_text
    };
    shown.chars().filter(outside).collect()
}
