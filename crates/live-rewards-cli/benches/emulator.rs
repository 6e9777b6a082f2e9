//! What the emulator costs: CPU time a record served and peak memory, for campaigns of different size.
//!
//!     cargo bench --package live-rewards-cli --bench emulator
//!
//! The emulator runs as a process of its own, so that its figures are its own: CPU time and peak memory are read from
//! `/proc`. Every packet, claim and gift of a campaign is read. It ends with an error where the memory is above its bound, and says so
//! where the time is: that differs from machine to machine. At last eight clients at once ask the largest campaign for its largest
//! pages, after one that asks and never reads.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking and prints"
)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use futures_util::{TryStreamExt, future::join_all};
use live_rewards::{
    ClaimQuery, GiftQuery, LiveRewards, LiveRewardsExt, RedPacketQuery, RoomKind, RoomRef,
    polyv::{PolyvClient, PolyvConfig, http::Limits},
    xiaoe::{XiaoeClient, XiaoeConfig},
    yxt::{YxtClient, YxtConfig},
};

/// CPU time a record may cost.
const MOST_NANOS: u128 = 2000;

/// Memory that the emulator may need, whatever the size of its campaign.
const MOST_MIB: u64 = 64;

fn main() {
    // `cargo test --benches` runs it too, with this argument missing.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    println!(
        "{:>12} {:>8} {:>12} {:>16} {:>10}",
        "claims", "vendor", "records", "CPU µs a record", "peak MiB"
    );
    for claims in [10_000, 1_000_000, 10_000_000] {
        runtime.block_on(campaign(claims));
    }
    runtime.block_on(crowd(10_000_000));
}

/// Eight largest pages at once, and one that nobody reads.
async fn crowd(claims: u64) {
    let emulator = Emulator::start(claims);
    let polyv = &emulator.ready["polyv"];
    let client = |base_url: &str| {
        let config = PolyvConfig::new(text(&polyv["app_id"]), text(&polyv["app_secret"]));
        // An unread page is given up after 30 seconds; the others wait so long.
        let patience = Duration::from_secs(120);
        let builder = PolyvClient::builder(config.base_url(base_url)).timeout(patience);
        builder.deadline(patience).limits(Limits::unlimited()).build().unwrap()
    };
    let query = |room: &serde_json::Value| {
        RedPacketQuery::new(RoomRef::new(text(room), RoomKind::Channel)).page_size(1000)
    };
    let rooms = polyv["channel_ids"].as_array().unwrap();

    let (relay, unread) = relay(text(&polyv["base_url"]));
    let stalled = client(&relay);
    let first = query(&rooms[0]);
    let asked = stalled.red_packets_page(&first, None);
    // The relay answers nothing either.
    assert!(tokio::time::timeout(Duration::from_secs(5), asked).await.is_err());

    let client = client(text(&polyv["base_url"]));
    let before = emulator.cpu();
    let pages = rooms.iter().take(8).map(|room| {
        let query = query(room);
        let client = &client;
        async move { client.red_packets_page(&query, None).await.unwrap().items }
    });
    let pages = join_all(pages).await;
    let claims_of = |packet: &live_rewards::RedPacket| packet.claims.as_ref().map_or(0, Vec::len);
    let records = pages.iter().flatten().map(|packet| 1 + claims_of(packet)).sum();
    emulator.print(claims, "8 polyv", records, emulator.cpu().saturating_sub(before));
    drop(unread);
}

/// The address of who passes one request on and reads nothing of the answer, and the connection on
/// which that waits.
fn relay(base_url: &str) -> (String, mpsc::Receiver<(TcpStream, TcpStream)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let target = base_url.trim_start_matches("http://").to_owned();
    let (hand_over, unread) = mpsc::channel();
    thread::spawn(move || {
        let (mut asking, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !request.ends_with(b"\r\n\r\n") {
            let length = asking.read(&mut buffer).unwrap();
            assert_ne!(length, 0, "the request broke off");
            request.extend_from_slice(&buffer[..length]);
        }
        let mut emulator = TcpStream::connect(target).unwrap();
        emulator.write_all(&request).unwrap();
        hand_over.send((asking, emulator)).unwrap();
    });
    (address, unread)
}

async fn campaign(claims: u64) {
    let emulator = Emulator::start(claims);
    let polyv = &emulator.ready["polyv"];
    let config = PolyvConfig::new(text(&polyv["app_id"]), text(&polyv["app_secret"]))
        .base_url(text(&polyv["base_url"]));
    let client = PolyvClient::builder(config).limits(Limits::unlimited()).build().unwrap();
    let before = emulator.cpu();
    let records = red_packets(&client, &polyv["channel_ids"]).await;
    emulator.print(claims, "polyv", records, emulator.cpu().saturating_sub(before));

    let xiaoe = &emulator.ready["xiaoe"];
    let (app, client) = (text(&xiaoe["app_id"]), text(&xiaoe["client_id"]));
    let config = XiaoeConfig::new(app, client, text(&xiaoe["secret_key"]))
        .base_url(text(&xiaoe["base_url"]));
    let client = XiaoeClient::builder(config).limits(Limits::unlimited()).build().unwrap();
    let before = emulator.cpu();
    let records = claims_by_packet(&client, &xiaoe["resource_ids"]).await;
    emulator.print(claims, "xiaoe", records, emulator.cpu().saturating_sub(before));

    let yxt = &emulator.ready["yxt"];
    let config = YxtConfig::new(text(&yxt["app_key"]), text(&yxt["app_secret"]))
        .base_url(text(&yxt["base_url"]));
    let client = YxtClient::builder(config).limits(Limits::unlimited()).build().unwrap();
    let before = emulator.cpu();
    let records = gifts(&client, &yxt["room_ids"]).await;
    emulator.print(claims, "yxt", records, emulator.cpu().saturating_sub(before));
}

async fn red_packets(client: &dyn LiveRewards, rooms: &serde_json::Value) -> usize {
    let mut records = 0;
    for room in rooms.as_array().unwrap() {
        let room = RoomRef::new(text(room), RoomKind::Channel);
        let mut pages = std::pin::pin!(client.red_packet_pages(RedPacketQuery::new(room), None));
        while let Some(page) = pages.try_next().await.unwrap() {
            let claims =
                |packet: &live_rewards::RedPacket| packet.claims.as_ref().map_or(0, Vec::len);
            records += page.items.len() + page.items.iter().map(claims).sum::<usize>();
        }
    }
    records
}

async fn claims_by_packet(client: &dyn LiveRewards, rooms: &serde_json::Value) -> usize {
    let mut records = 0;
    for room in rooms.as_array().unwrap() {
        let room = RoomRef::new(text(room), RoomKind::Live);
        let mut packets = std::pin::pin!(client.red_packets(RedPacketQuery::new(room.clone())));
        while let Some(packet) = packets.try_next().await.unwrap() {
            let query = ClaimQuery::new(room.clone(), packet.id);
            let pages: Vec<_> = client.claim_pages(query, None).try_collect().await.unwrap();
            records += 1 + pages.iter().map(|claims| claims.page.items.len()).sum::<usize>();
        }
    }
    records
}

async fn gifts(client: &dyn LiveRewards, rooms: &serde_json::Value) -> usize {
    let mut records = 0;
    for room in rooms.as_array().unwrap() {
        let room = RoomRef::new(text(room), RoomKind::Room);
        let mut pages = std::pin::pin!(client.gift_pages(GiftQuery::in_room(room), None));
        while let Some(page) = pages.try_next().await.unwrap() {
            records += page.items.len();
        }
    }
    records
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap()
}

/// A running emulator; ends with this value.
struct Emulator {
    child: Child,
    ready: serde_json::Value,
}

impl Emulator {
    fn start(claims: u64) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_live-rewards"))
            .args(["emulate", "--port", "0", "--no-limits", "--scenario", "campaign", "--claims"])
            .arg(claims.to_string())
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { ready: serde_json::from_str(&line).unwrap(), child }
    }

    /// CPU time of all its threads so far.
    fn cpu(&self) -> Duration {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let nanos = tasks.map(|task| {
            let stat = fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap();
            stat.split_whitespace().next().unwrap().parse::<u64>().unwrap()
        });
        Duration::from_nanos(nanos.sum())
    }

    fn print(&self, claims: u64, vendor: &str, records: usize, cpu: Duration) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let peak_kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        let nanos = cpu.as_nanos() / u128::try_from(records.max(1)).unwrap();
        let micros = format!("{}.{:02}", nanos / 1000, nanos % 1000 / 10);
        let slow = if nanos > MOST_NANOS { "  slower than 2 µs" } else { "" };
        let memory = peak_kib / 1024;
        println!("{claims:>12} {vendor:>8} {records:>12} {micros:>16} {memory:>10}{slow}");
        assert!(memory < MOST_MIB, "the emulator needs {memory} MiB");
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
