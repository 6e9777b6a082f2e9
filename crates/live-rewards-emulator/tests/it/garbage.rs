//! What isn't a request at all, and more of it than fits.

use std::time::Duration;

use live_rewards_emulator::Emulator;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::management::get;
use crate::support::{GIFTS, RED_PACKETS, RED_PACKS, http, send, tiny};

/// Addresses of the four ports.
fn addresses(emulator: &Emulator) -> Vec<String> {
    let ready = emulator.ready();
    let admin = &ready.admin.as_ref().unwrap().base_url;
    [&ready.xiaoe.base_url, &ready.polyv.base_url, &ready.yxt.base_url, admin]
        .map(|base_url| base_url.trim_start_matches("http://").to_owned())
        .into()
}

/// Sends bytes and gives what comes back until the connection is closed, by the other side or, if
/// the request is `broken`, by this one.
async fn exchange(address: &str, bytes: &[u8], broken: bool) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The other side may close while it is still being written to.
    let _ = stream.write_all(bytes).await;
    if broken {
        let _ = stream.shutdown().await;
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn assert_alive(emulator: &Emulator) {
    assert_eq!(get(emulator, "/healthz").await.status, 200);
    for base_url in [
        &emulator.ready().xiaoe.base_url,
        &emulator.ready().polyv.base_url,
        &emulator.ready().yxt.base_url,
    ] {
        assert!(!send(http().get(format!("{base_url}/"))).await.text.is_empty());
    }
}

/// Bytes without a pattern, the same in each run.
fn noise(length: usize, mut state: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length);
    for _ in 0..length {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        bytes.push(state.to_be_bytes()[0]);
    }
    bytes
}

#[tokio::test]
async fn noise_is_turned_away() {
    let emulator = tiny().await;
    for address in addresses(&emulator) {
        for round in 0..20 {
            let answer = exchange(&address, &noise(1000, round), true).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        }
    }
    assert_alive(&emulator).await;
}

#[tokio::test]
async fn half_requests_are_given_up() {
    let emulator = tiny().await;
    let request = "POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"app_id\":\"a\"";
    for address in addresses(&emulator) {
        for end in (1..request.len()).step_by(7) {
            exchange(&address, &request.as_bytes()[..end], true).await;
        }
    }
    assert_alive(&emulator).await;
}

#[tokio::test]
async fn strange_requests_get_an_answer() {
    let emulator = tiny().await;
    for address in addresses(&emulator) {
        for (line, body) in [
            ("GET /?a=%zz&%00=%ff&=&&& HTTP/1.1", ""),
            ("OPTIONS * HTTP/1.1", ""),
            ("PURGE //../.. HTTP/1.0", ""),
            ("POST /token HTTP/1.1", "{\"a\":[[[[[[[[[["),
            ("GET /token HTTP/1.1", "[1,2,3]"),
        ] {
            let length = body.len();
            let request = format!(
                "{line}\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            let answer = exchange(&address, request.as_bytes(), false).await;
            assert!(answer.starts_with("HTTP/1."), "{line}: {answer}");
            assert!(!answer.starts_with("HTTP/1.1 5"), "{line}: {answer}");
        }
    }
    assert_alive(&emulator).await;
}

#[tokio::test]
async fn no_tunnel_is_opened() {
    let emulator = tiny().await;
    for address in addresses(&emulator).iter().take(3) {
        for (target, shown) in [
            ("api.example:443", "api.example:443"),
            ("user:password@api.example:443", "api.example:443"),
            ("/token", "/token"),
        ] {
            let request =
                format!("CONNECT {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            let answer = exchange(address, request.as_bytes(), false).await;
            assert!(answer.starts_with("HTTP/1.1 405 "), "{target}: {answer}");
            let entry = emulator.journal().pop().unwrap();
            assert_eq!((entry.method.as_str(), entry.path.as_str()), ("CONNECT", shown));
            assert!(entry.refusal.is_some());
        }
    }
    assert_alive(&emulator).await;
}

#[tokio::test]
async fn wrong_methods_are_refused_in_each_vendors_form() {
    let emulator = tiny().await;
    let ready = emulator.ready();
    for (base_url, path, wrong, unknown) in [
        (&ready.xiaoe.base_url, RED_PACKETS, (200, "2055"), (200, "2052")),
        (&ready.polyv.base_url, RED_PACKS, (405, "405"), (404, "404")),
        (
            &ready.yxt.base_url,
            GIFTS,
            (405, "emulator.method.wrong"),
            (404, "emulator.path.unknown"),
        ),
    ] {
        for method in ["TRACE", "PUT", "DELETE", "OPTIONS", "HEAD", "PURGE"] {
            for (path, expected) in [(path, wrong), ("/nothing", unknown)] {
                let request = http().request(method.parse().unwrap(), format!("{base_url}{path}"));
                let status = send(request).await.status;
                let code = emulator.journal().pop().unwrap().code.unwrap();
                assert_eq!((status, code.as_str()), expected, "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn huge_heads_are_refused() {
    let emulator = tiny().await;
    let request = format!("GET / HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n", "x".repeat(1 << 20));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: x\r\n".repeat(101));
    for address in addresses(&emulator) {
        let answer = exchange(&address, request.as_bytes(), false).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
        let answer = exchange(&address, many.as_bytes(), false).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
    assert_alive(&emulator).await;
}

#[tokio::test]
async fn huge_bodies_are_refused_in_the_vendors_form() {
    let emulator = tiny().await;
    let url = format!("{}{RED_PACKETS}", emulator.ready().xiaoe.base_url);
    let answer = send(http().post(url).body("x".repeat(2 << 20))).await;
    assert_eq!((answer.status, answer.at("/code")), (200, json!(3001)));
    assert_alive(&emulator).await;
}

#[tokio::test]
async fn idle_connections_are_in_nobodys_way() {
    let emulator = tiny().await;
    let mut idle = Vec::new();
    for address in addresses(&emulator) {
        for _ in 0..25 {
            idle.push(TcpStream::connect(&address).await.unwrap());
        }
    }
    assert_alive(&emulator).await;
}

#[tokio::test]
async fn it_stops_with_connections_open_and_requests_half_sent() {
    let emulator = tiny().await;
    let mut open = Vec::new();
    for address in addresses(&emulator) {
        open.push(TcpStream::connect(&address).await.unwrap());
        let mut half = TcpStream::connect(&address).await.unwrap();
        half.write_all(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n").await.unwrap();
        open.push(half);
    }
    let addresses = addresses(&emulator);
    // Two seconds of grace, and time for a slow machine.
    tokio::time::timeout(Duration::from_secs(60), emulator.stop()).await.unwrap();
    for address in addresses {
        assert!(TcpStream::connect(address).await.is_err());
    }
}
