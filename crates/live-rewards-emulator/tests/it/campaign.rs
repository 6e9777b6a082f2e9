//! Campaigns: any size, and a page costs what its rows cost.

use std::time::Duration;

use live_rewards_emulator::{Emulator, EmulatorBuilder, Scenario, Totals};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::management::{get, post};
use crate::reading::{
    Sums, gift_sums, packet_sums, polyv_packets, polyv_sums, still, xiaoe_accounts, xiaoe_packets,
    yxt_gifts,
};
use crate::support::{
    ACCOUNTS, RECORDS, RED_PACKETS, RED_PACKS, START_MS, http, polyv, polyv_signed, send, start_at,
    xiaoe, xiaoe_token, yxt,
};

fn campaign(claims: u64) -> EmulatorBuilder {
    Emulator::builder().scenario(Scenario::Campaign).claims(claims)
}

#[tokio::test]
async fn what_is_served_adds_up() {
    let emulator = still(campaign(30_000)).await;
    let truth = emulator.truth();
    let served = [
        polyv_sums(&emulator, &polyv_packets(&emulator).await).await,
        packet_sums(&xiaoe_packets(&emulator).await),
        gift_sums(&yxt_gifts(&emulator).await),
    ];
    for (served, truth) in served.into_iter().zip([&truth.polyv, &truth.xiaoe, &truth.yxt]) {
        assert_eq!(served, Sums::told(truth));
        let mut days = truth.days.values();
        let total = days.try_fold(Totals::default(), |sum, day| sum.checked_add(*day));
        assert_eq!(total, Some(truth.total));
    }
    for total in [truth.polyv.total, truth.xiaoe.total] {
        assert!((27_000..33_000).contains(&total.claims), "{total:?}");
        assert_eq!(total.red_packets, 300);
    }
    assert_eq!((truth.polyv.total.gifts, truth.yxt.total.gifts), (30_000, 30_000));

    let accounts = xiaoe_accounts(&emulator).await;
    assert_eq!((accounts.len() as u64, truth.xiaoe.points_accounts), (3000, 3000));
    let available: i64 = accounts.iter().map(|account| account.available).sum();
    let frozen: i64 = accounts.iter().map(|account| account.frozen).sum();
    let expected = (truth.xiaoe.points_available, truth.xiaoe.points_frozen);
    assert_eq!((available, frozen), expected);
}

/// Reading all of it would take hours here.
#[tokio::test]
async fn the_last_page_of_ten_million_claims_is_served_at_once() {
    let emulator = still(campaign(10_000_000)).await;
    let ready = emulator.ready();
    let rooms =
        [&ready.polyv.channel_ids, &ready.xiaoe.resource_ids, &ready.yxt.room_ids].map(Vec::len);
    assert_eq!(rooms, [50; 3]);

    let channel = ready.polyv.channel_ids[49].as_str();
    let query = [("channelId", channel), ("pageNumber", "200"), ("pageSize", "10")];
    let last = polyv(&emulator, &query).await;
    assert_eq!(last.at("/data/totalItems"), json!(2000));
    assert_eq!(last.count("/data/contents"), 10);
    assert!(last.count("/data/contents/9/redPackReceiveList") > 50);
    let session = last.column("/data/contents", "channelSessionId").pop().unwrap();
    let query = [("channelId", channel), ("sessionId", session.as_str()), ("pageSize", "1")];
    assert_eq!(polyv(&emulator, &query).await.count("/data/contents"), 1);

    let token = xiaoe_token(&emulator).await;
    let live = ready.xiaoe.resource_ids[49].as_str();
    let body = json!({"resource_id": live, "resource_type": 4, "limit": 100, "page": 20});
    let last = xiaoe(&emulator, RED_PACKETS, &token, body).await;
    assert_eq!(last.count("/data"), 100);
    let oldest = last.at("/data/99");
    let body = json!({
        "resource_id": live, "resource_type": 4, "red_packet_id": oldest["id"], "limit": 100
    });
    let records = xiaoe(&emulator, RECORDS, &token, body).await;
    assert_eq!(records.at("/data/send_info/id"), oldest["id"]);
    assert!(records.count("/data/record_list") > 50);

    let body = json!({"page": 10_000, "page_size": 100, "user_ids": null});
    let last = xiaoe(&emulator, ACCOUNTS, &token, body).await;
    assert_eq!(last.at("/data/page/last_page"), json!(10_000));
    assert_eq!(last.at("/data/list/99/id"), json!(1));

    let room = ready.yxt.room_ids[49].as_str();
    for (offset, count) in [("199900", 100), ("200000", 0)] {
        let query = [("roomId", room), ("limit", "100"), ("offset", offset)];
        assert_eq!(yxt(&emulator, &query).await.count("/datas"), count);
    }
}

/// Asks for the largest page of red packets with all their claims, some 20 MB.
async fn ask_for_much(emulator: &Emulator) -> TcpStream {
    let channel = emulator.ready().polyv.channel_ids[0].as_str();
    let pairs = polyv_signed(emulator, &[("channelId", channel), ("pageSize", "1000")]);
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let base_url = emulator.ready().polyv.base_url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(base_url).await.unwrap();
    let request = format!("GET {RED_PACKS}?{query} HTTP/1.1\r\nHost: x\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn a_large_page_is_made_when_the_one_before_is_written() {
    let emulator = still(campaign(400_000)).await;
    let mut head = [0; 16];
    let mut unread = ask_for_much(&emulator).await;
    unread.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200 OK\r");

    let mut next = ask_for_much(&emulator).await;
    assert!(timeout(Duration::from_secs(1), next.read(&mut head)).await.is_err());
    let channel = emulator.ready().polyv.channel_ids[0].as_str();
    for size in ["1", "100"] {
        let small = polyv(&emulator, &[("channelId", channel), ("pageSize", size)]).await;
        assert_eq!(small.status, 200);
    }
    drop(unread);
    assert!(next.read(&mut head).await.unwrap() > 0);
}

#[tokio::test]
async fn sorting_very_many_accounts_holds_up_no_port() {
    let emulator = still(campaign(1_000_000_000)).await;
    let token = xiaoe_token(&emulator).await;
    let url = format!("{}{ACCOUNTS}", emulator.ready().xiaoe.base_url);
    let body = json!({
        "access_token": token, "page": 1, "page_size": 1, "user_ids": null, "sort_rule": 11
    });
    let mut sorted = tokio::spawn(async move { send(http().post(url).json(&body)).await });
    assert!(timeout(Duration::from_millis(50), &mut sorted).await.is_err());
    assert_eq!(get(&emulator, "/healthz").await.status, 200);
    let page = json!({"page": 1, "page_size": 1, "user_ids": null});
    assert_eq!(xiaoe(&emulator, ACCOUNTS, &token, page).await.at("/code"), json!(0));
    assert!(!sorted.is_finished());
    sorted.abort();

    // Nobody waits for it any more: what is long comes next, and need not be long.
    let body = json!({"page": 1, "page_size": 1, "user_ids": [], "sort_rule": 11});
    let next = timeout(Duration::from_secs(9), xiaoe(&emulator, ACCOUNTS, &token, body));
    assert_eq!(next.await.unwrap().at("/code"), json!(0));
}

#[tokio::test]
async fn totals_that_nobody_waits_for_are_given_up() {
    let emulator = still(campaign(100_000_000)).await;
    for _ in 0..2 {
        let counted = get(&emulator, "/truth");
        assert!(timeout(Duration::from_millis(50), counted).await.is_err());
        post(&emulator, "/reset", &json!({"seed": 9})).await;
        // It takes its turn.
        let next = timeout(Duration::from_secs(9), get(&emulator, "/truth?vendor=none"));
        assert_eq!(next.await.unwrap().status, 404);
    }
}

/// Everything but the ports.
fn without_addresses(emulator: &Emulator) -> Value {
    let mut ready = serde_json::to_value(emulator.ready()).unwrap();
    for part in ["xiaoe", "polyv", "yxt", "admin"] {
        ready[part]["base_url"] = Value::Null;
    }
    ready
}

#[tokio::test]
async fn the_same_size_gives_the_same_bytes() {
    let (one, same, other) =
        (still(campaign(3000)).await, still(campaign(3000)).await, still(campaign(4000)).await);
    assert_eq!(without_addresses(&one), without_addresses(&same));
    assert_eq!(without_addresses(&one)["claims"], 3000);
    assert_ne!(one.truth(), other.truth());
    let mut texts = Vec::new();
    for emulator in [&one, &same] {
        let channel = emulator.ready().polyv.channel_ids[1].as_str();
        texts.push(polyv(emulator, &[("channelId", channel)]).await.text);
        let room = emulator.ready().yxt.room_ids[1].as_str();
        texts.push(yxt(emulator, &[("roomId", room)]).await.text);
    }
    assert_eq!(texts[..2], texts[2..]);
}

#[tokio::test]
async fn sizes_out_of_range_are_refused() {
    for claims in [0, 1_000_000_001, u64::MAX] {
        assert!(campaign(claims).start().await.is_err(), "{claims}");
    }
    for claims in [1, 1_000_000_000] {
        let emulator = start_at(START_MS, campaign(claims)).await;
        assert_eq!(emulator.ready().claims, Some(claims));
    }
}
