//! Each kind of fault, as a client meets it.

mod errors;
mod refused;
mod rows;

use std::io::ErrorKind;
use std::time::Duration;

use live_rewards_emulator::{Emulator, Fault, FaultKind, Scenario};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{
    ACCOUNTS, Answer, START_MS, http, polyv, send, start_at, tiny, xiaoe, xiaoe_token, yxt,
};

async fn with(fault: Fault) -> Emulator {
    let emulator = tiny().await;
    emulator.add_fault(fault).unwrap();
    emulator
}

async fn red_packs(emulator: &Emulator, more: &[(&str, &str)]) -> Answer {
    let mut query = vec![("channelId", emulator.ready().polyv.channel_ids[0].as_str())];
    query.extend_from_slice(more);
    polyv(emulator, &query).await
}

async fn gifts(emulator: &Emulator, more: &[(&str, &str)]) -> Answer {
    let mut query = vec![("roomId", emulator.ready().yxt.room_ids[0].as_str())];
    query.extend_from_slice(more);
    yxt(emulator, &query).await
}

/// A call for the first live of Xiaoe.
async fn of_live(emulator: &Emulator, path: &str, red_packet_id: &str) -> Answer {
    let token = xiaoe_token(emulator).await;
    let resource_id = &emulator.ready().xiaoe.resource_ids[0];
    let body =
        json!({"resource_id": resource_id, "resource_type": 4, "red_packet_id": red_packet_id});
    xiaoe(emulator, path, &token, body).await
}

#[tokio::test]
async fn a_status_for_the_second_request() {
    let fault = Fault::new("polyv", FaultKind::Status(503)).nth([2]);
    let emulator = with(fault).await;
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(red_packs(&emulator, &[]).await);
    }
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 503, 200]);
    assert_eq!(answers[1].text, "");
    let journal = emulator.journal();
    assert_eq!((journal[1].status, journal[1].code.as_deref()), (Some(503), None));
    assert_eq!(journal[1].faults, ["1 status"]);
    assert!(journal[0].faults.is_empty() && journal[2].faults.is_empty());
}

#[tokio::test]
async fn a_page_of_a_gateway() {
    let emulator = with(Fault::new("yxt", FaultKind::Html(502))).await;
    let answer = gifts(&emulator, &[]).await;
    assert_eq!((answer.status, answer.content_type.as_str()), (502, "text/html; charset=utf-8"));
    assert!(answer.text.contains("<h1>502 Bad Gateway</h1>"));
}

#[tokio::test]
async fn a_reset() {
    let emulator = with(Fault::new("yxt", FaultKind::Reset).times(1)).await;
    let address = emulator.ready().yxt.base_url.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let error = stream.read(&mut [0; 64]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    let entry = emulator.journal().pop().unwrap();
    assert_eq!((entry.status, entry.faults), (None, vec!["1 reset".to_owned()]));
    assert_eq!(gifts(&emulator, &[]).await.status, 200);
}

#[tokio::test]
async fn half_a_body() {
    let emulator = with(Fault::new("yxt", FaultKind::CutBody).nth([2])).await;
    let whole = gifts(&emulator, &[]).await.text;
    let half = gifts(&emulator, &[]).await.text;
    // The cut may go through a character.
    assert!(whole.starts_with(half.trim_end_matches('\u{fffd}')));
    assert!((whole.len() / 2 - 3..=whole.len() / 2 + 3).contains(&half.len()));
}

#[tokio::test]
async fn a_body_that_breaks_off() {
    let emulator = with(Fault::new("yxt", FaultKind::BrokenBody).times(1)).await;
    let address = emulator.ready().yxt.base_url.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    // Closed or reset, it ends.
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert_eq!(body.len(), length.parse::<usize>().unwrap() / 2, "{answer}");
    assert_eq!(emulator.journal().pop().unwrap().faults, ["1 broken_body"]);

    emulator.add_fault(Fault::new("polyv", FaultKind::BrokenBody)).unwrap();
    let url = format!("{}/live/v4/nothing", emulator.ready().polyv.base_url);
    let response = http().get(url).send().await.unwrap();
    assert!(response.text().await.is_err());
    assert_eq!(gifts(&emulator, &[]).await.status, 200);
}

#[tokio::test]
async fn a_body_that_is_waited_for() {
    let emulator = with(Fault::new("yxt", FaultKind::Slow(30_000))).await;
    let url = format!("{}/", emulator.ready().yxt.base_url);
    let response = http().get(url).send().await.unwrap();
    assert_eq!(response.status(), 404);
    let body = tokio::time::timeout(Duration::from_millis(100), response.text()).await;
    assert!(body.is_err());
}

#[tokio::test]
async fn a_wait_by_the_clock() {
    let emulator = with(Fault::new("yxt", FaultKind::SlowByClock(3_600_000)).nth([2])).await;
    emulator.set_clock_rate_milli(0);
    let before = emulator.now_ms();
    gifts(&emulator, &[]).await;
    assert_eq!(emulator.now_ms(), before);
    assert_eq!(gifts(&emulator, &[]).await.status, 200);
    assert_eq!(emulator.now_ms(), before + 3_600_000);
}

#[tokio::test]
async fn a_token_that_dies() {
    let fault = Fault::new("xiaoe", FaultKind::TokenRevoked).endpoint("account_info_batch");
    let emulator = with(fault.nth([2])).await;
    let token = xiaoe_token(&emulator).await;
    let body = json!({"page": "1", "page_size": "1", "user_ids": null});
    for code in [0, 2008, 2008] {
        let answer = xiaoe(&emulator, ACCOUNTS, &token, body.clone()).await;
        assert_eq!(answer.at("/code"), json!(code));
    }
    let faults: Vec<usize> = emulator.journal().iter().map(|entry| entry.faults.len()).collect();
    assert_eq!(faults, [0, 0, 1, 0]);
}

#[tokio::test]
async fn a_clock_that_is_off_from_here_on() {
    let builder = Emulator::builder().scenario(Scenario::Tiny);
    let emulator = start_at(START_MS, builder).await;
    let fault = Fault::new("polyv", FaultKind::ClockSkew(86_400_000)).nth([2]);
    emulator.add_fault(fault).unwrap();
    assert_eq!(red_packs(&emulator, &[]).await.status, 200);
    for _ in 0..2 {
        let answer = red_packs(&emulator, &[]).await;
        assert_eq!(answer.at("/error/desc"), json!("ptime is too old."));
        assert!(answer.date.starts_with("Tue, 22 Sep 2026"), "{}", answer.date);
    }
    assert_eq!(gifts(&emulator, &[]).await.status, 200);
    emulator.reset();
    assert_eq!(red_packs(&emulator, &[]).await.status, 200);
}

/// Statuses of the next answers, one digit each.
async fn course(emulator: &Emulator) -> String {
    let client = http();
    let url = format!("{}/", emulator.ready().polyv.base_url);
    let mut statuses = String::new();
    for _ in 0..60 {
        statuses += if send(client.get(&url)).await.status == 503 { "x" } else { "." };
    }
    statuses
}

#[tokio::test]
async fn the_same_seed_fails_in_the_same_places() {
    let mut courses = Vec::new();
    for seed in [7, 7, 8] {
        let builder = Emulator::builder().scenario(Scenario::Tiny).seed(seed);
        let emulator = builder.start().await.unwrap();
        let fault = Fault::new("polyv", FaultKind::Status(503)).permille(300);
        emulator.add_fault(fault).unwrap();
        courses.push(course(&emulator).await);
    }
    assert_eq!(courses[0], courses[1]);
    assert_ne!(courses[0], courses[2]);
    assert!(courses[0].contains('x') && courses[0].contains('.'));
}

#[tokio::test]
async fn faults_of_a_file_are_in_force_from_the_start_and_after_a_reset() {
    let text = r#"
        [[fault]]
        vendor = "yxt"
        nth = [1]
        kind = { html = 500 }

        [[fault]]
        vendor = "polyv"
        endpoint = "red_pack_statistics"
        kind = "cut_body"
        times = 1
    "#;
    let builder = Emulator::builder().scenario(Scenario::Tiny).faults_toml(text).unwrap();
    let emulator = builder.start().await.unwrap();
    for _ in 0..2 {
        assert_eq!(gifts(&emulator, &[]).await.status, 500);
        assert_eq!(gifts(&emulator, &[]).await.status, 200);
        let cut = red_packs(&emulator, &[]).await;
        assert!(serde_json::from_str::<Value>(&cut.text).is_err());
        assert!(red_packs(&emulator, &[]).await.at("/success").as_bool().unwrap());
        emulator.reset();
    }
}
