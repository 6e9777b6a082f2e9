//! Callbacks, as a receiver on this machine sees them.

use std::time::Duration;

use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_emulator::{Callback, CallbackForm, CallbackKind, Emulator};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::management::{error, post};
use crate::support::tiny;

/// What arrives: the request line, and the body.
#[derive(Debug)]
struct Received {
    line: String,
    body: String,
}

impl Received {
    /// Parameters of the query.
    fn query(&self) -> Vec<(String, String)> {
        let target = self.line.split(' ').nth(1).unwrap();
        let query = target.split_once('?').map_or("", |(_, query)| query);
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// Parameters of a form.
    fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.body.as_bytes()).into_owned().collect()
    }
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find_map(|(known, value)| (known == name).then_some(value.as_str())).unwrap()
}

/// Answers as many requests as there are statuses.
async fn receiver(statuses: &'static [u16]) -> (String, JoinHandle<Vec<Received>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/push", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let mut received = Vec::new();
        for status in statuses {
            let (mut stream, _) = listener.accept().await.unwrap();
            received.push(read(&mut stream).await);
            let answer = format!("HTTP/1.1 {status} x\r\nContent-Length: 7\r\n\r\nsuccess");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        received
    });
    (url, task)
}

async fn read(stream: &mut TcpStream) -> Received {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).await.unwrap();
        assert_ne!(length, 0, "{text}");
        text.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let expected = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().unwrap())
        });
        if body.len() >= expected.unwrap_or(0) {
            let line = head.lines().next().unwrap().to_owned();
            return Received { line, body: body.to_owned() };
        }
    }
}

/// Checks the signature of Xiaoe's four values, and gives the encrypted one.
fn signed(emulator: &Emulator, value: impl Fn(&str) -> String) -> String {
    let token = emulator.ready().xiaoe.push_token.clone();
    let parts = [token, value("timestamp"), value("nonce"), value("encrypt")];
    let expected = Scheme::new(Algorithm::Sha1, HexCase::Lower).sorted(&parts);
    assert_eq!(expected.as_str(), value("signature"));
    assert!(emulator.now_ms() / 1000 - parts[1].parse::<i64>().unwrap() < 600);
    parts[3].clone()
}

#[tokio::test]
async fn a_push_comes_again_until_it_is_taken() {
    let emulator = tiny().await;
    let (url, received) = receiver(&[503, 500, 200]).await;
    let kind = CallbackKind::PointsChange { entry: 0 };
    let callback = Callback::new(url, kind).tries(5).every(Duration::from_millis(1));
    let sent = emulator.send_callback(callback).await.unwrap();

    let statuses: Vec<Option<u16>> = sent.tries.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Some(503), Some(500), Some(200)]);
    let retries: Vec<u32> = sent.tries.iter().map(|one| one.retry_times).collect();
    assert_eq!((retries.as_slice(), sent.tries[2].body.as_str()), (&[0, 1, 2][..], "success"));
    assert_eq!(sent.message_id.unwrap().len(), 28);

    let mut encrypted = Vec::new();
    for one in received.await.unwrap() {
        assert!(one.line.starts_with("POST /push HTTP/1.1"), "{}", one.line);
        let values: Value = serde_json::from_str(&one.body).unwrap();
        encrypted.push(signed(&emulator, |name| values[name].as_str().unwrap().to_owned()));
    }
    assert!(encrypted[0] != encrypted[1] && encrypted[1] != encrypted[2]);
}

#[tokio::test]
async fn a_push_may_have_its_values_anywhere() {
    let emulator = tiny().await;
    for form in [CallbackForm::Query, CallbackForm::Form] {
        let (url, received) = receiver(&[204]).await;
        let kind = CallbackKind::LiveChange { live: 1, from: 0, to: 1 };
        let sent = emulator.send_callback(Callback::new(url, kind).form(form)).await.unwrap();
        assert_eq!(sent.tries.len(), 1);
        let received = received.await.unwrap().remove(0);
        let pairs = if form == CallbackForm::Query { received.query() } else { received.form() };
        signed(&emulator, |name| value(&pairs, name).to_owned());
    }
}

/// Checks Polyv's signature.
fn polyv_signed(emulator: &Emulator, pairs: &[(String, String)]) {
    let given = pairs.iter().filter(|(name, value)| name != "sign" && !value.is_empty());
    let given = given.map(|(name, value)| (name.as_str(), value.as_str()));
    let scheme = Scheme::new(Algorithm::Md5, HexCase::Upper);
    let expected = scheme.enclosed(&emulator.ready().polyv.app_secret, given);
    assert_eq!(expected.as_str(), value(pairs, "sign"));
}

#[tokio::test]
async fn points_are_asked_for_and_taken() {
    let emulator = tiny().await;
    let channel = emulator.ready().polyv.channel_ids[0].clone();

    let (url, received) = receiver(&[200]).await;
    let kind = CallbackKind::PointsBalance { channel: 0, viewer: 1 };
    emulator.send_callback(Callback::new(format!("{url}?shop=7"), kind)).await.unwrap();
    let received = received.await.unwrap().remove(0);
    assert!(received.line.starts_with("GET /push?shop=7&channelId="), "{}", received.line);
    let asked = received.query();
    polyv_signed(&emulator, &asked);
    assert_eq!(value(&asked, "channelId"), channel);

    let (url, received) = receiver(&[200]).await;
    let kind = CallbackKind::PointsSpend { channel: 0, viewer: 1, good: 1, number: 2 };
    emulator.send_callback(Callback::new(url, kind)).await.unwrap();
    let received = received.await.unwrap().remove(0);
    assert!(received.line.starts_with("POST /push HTTP/1.1"), "{}", received.line);
    let taken = received.form();
    polyv_signed(&emulator, &taken);
    assert_eq!(value(&taken, "viewerId"), value(&asked, "viewerId"));
    assert_eq!(value(&taken, "goodNum"), "2");
}

#[tokio::test]
async fn nobody_there_is_told_and_tried_again() {
    let emulator = tiny().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/push", listener.local_addr().unwrap());
    drop(listener);
    let body = json!({
        "url": url, "kind": {"live_change": {"live": 0, "from": 1, "to": 2}}, "tries": 2, "every_ms": 1
    });
    let sent = post(&emulator, "/callbacks", &body).await;
    assert_eq!((sent.status, sent.count("/tries")), (200, 2));
    assert_eq!(sent.at("/tries/1/status"), Value::Null);
    assert!(!sent.at("/tries/1/error").as_str().unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let emulator = tiny().await;
    let url = "http://127.0.0.1:9/push";
    for (body, word) in [
        (json!({"url": "http://vendor.example/", "kind": {"points_change": {"entry": 0}}}), "url"),
        (json!({"url": "https://127.0.0.1/", "kind": {"points_change": {"entry": 0}}}), "url"),
        (json!({"url": url, "kind": {"points_change": {"entry": 1_000_000}}}), "entry"),
        (json!({"url": url, "kind": {"live_change": {"live": 9, "from": 0, "to": 1}}}), "live"),
        (json!({"url": url, "kind": {"live_change": {"live": 0, "from": 0, "to": 3}}}), "from, to"),
        (json!({"url": url, "kind": {"points_balance": {"channel": 9, "viewer": 1}}}), "channel"),
        (json!({"url": url, "kind": {"points_change": {"entry": 0}}, "tries": 0}), "tries"),
        (
            json!({"url": url, "kind": {"points_change": {"entry": 0}}, "every_ms": 5001}),
            "every_ms",
        ),
        (json!({"url": url, "kind": {"lottery": {}}}), "variant"),
        (json!({"url": url}), "kind"),
    ] {
        let (status, text) = error(&post(&emulator, "/callbacks", &body).await);
        assert_eq!(status, 400, "{body}");
        assert!(text.contains(word), "{text}");
    }
}
