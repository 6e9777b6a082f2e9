//! How often tokens are fetched, and where they are kept.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::future::join_all;
use live_rewards_core::{Delivery, ErrorKind};
use live_rewards_http::{
    Answer, Endpoint, FileTokenStore, Limits, MemoryTokenStore, TokenStore, TransportError,
    test_util::{ManualClock, Script, TimedTransport, answer, in_any_window},
};
use xiaoe_api::{XiaoeClient, access::Token, red_packet::RedPacketList};

use crate::support::builder;

const WRONG_SECRET: &str = r#"{"code":2004,"msg":"","data":null}"#;
const EXPIRED: &str = r#"{"code":2008,"msg":"","data":null}"#;
const NO_PACKETS: &str = r#"{"code":0,"msg":"success","data":[]}"#;

fn answering(
    script: &Script,
    rule: impl Fn(&str) -> Result<Answer, TransportError> + Send + Sync + 'static,
) -> Arc<TimedTransport> {
    TimedTransport::new(Arc::<ManualClock>::clone(&script.clock), rule)
}

/// Gives tokens that live so many seconds, each another one, and answers other calls by how many there have been.
fn issuing(
    script: &Script,
    seconds: u64,
    other: impl Fn(u64) -> &'static str + Send + Sync + 'static,
) -> Arc<TimedTransport> {
    let issued = AtomicU64::new(0);
    answering(script, move |path| {
        if path != Token::INFO.path {
            return Ok(answer(200, other(issued.load(Ordering::Relaxed))));
        }
        let token = format!("token{}", issued.fetch_add(1, Ordering::Relaxed));
        let data = format!(r#"{{"access_token":"{token}","expires_in":{seconds}}}"#);
        Ok(answer(200, format!(r#"{{"code":0,"msg":"success","data":{data}}}"#)))
    })
}

fn fetches(transport: &TimedTransport) -> Vec<Duration> {
    transport.asked(Token::INFO.path)
}

fn request() -> RedPacketList {
    RedPacketList::new("l_1", 4)
}

#[tokio::test]
async fn whatever_goes_wrong_no_ten_minutes_see_more_than_a_hundred_fetches() {
    let script = Script::new([]);
    for (what, transport) in [
        ("a wrong secret", answering(&script, |_| Ok(answer(200, WRONG_SECRET)))),
        ("a failing gateway", answering(&script, |_| Ok(answer(502, "<html>")))),
        ("no answers", answering(&script, |_| Err(TransportError::timed_out()))),
        ("tokens that are refused", issuing(&script, 7200, |_| EXPIRED)),
        ("tokens that have ended", issuing(&script, 0, |_| EXPIRED)),
    ] {
        let limits = Limits::with_clock(Arc::<ManualClock>::clone(&script.clock));
        let clients: [XiaoeClient; 2] = [(); 2].map(|()| {
            let builder = script.direct(builder()).limits(limits.clone());
            builder.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap()
        });
        for client in clients.iter().cycle().take(1000) {
            client.send(request()).await.unwrap_err();
        }
        let fetches = fetches(&transport);
        let (_, most) = in_any_window(&fetches, Duration::from_secs(600));
        assert!(fetches.len() >= 1000 && most <= 100, "{what}: {} and {most}", fetches.len());
    }
}

#[tokio::test]
async fn a_wrong_secret_is_tried_once_for_a_thousand_callers_at_a_time() {
    let script = Script::new([]);
    let transport = answering(&script, |_| Ok(answer(200, WRONG_SECRET)));
    let builder = script.direct(builder());
    let client = builder.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap();
    for outcome in join_all((0..1000).map(|_| client.send(request()))).await {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Unauthenticated, Some("2004")));
        assert_eq!((error.endpoint(), error.delivery()), (Some("token"), Delivery::NotSent));
    }
    assert_eq!(fetches(&transport).len(), 1);
    assert_eq!(transport.asked(RedPacketList::INFO.path), []);
}

#[tokio::test]
async fn a_thousand_calls_with_a_revoked_token_fetch_one_new_token() {
    let script = Script::new([]);
    let first_revoked = |issued: u64| if issued == 1 { EXPIRED } else { NO_PACKETS };
    let transport = issuing(&script, 7200, first_revoked);
    let builder = script.direct(builder());
    let client = builder.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap();
    for outcome in join_all((0..1000).map(|_| client.send(request()))).await {
        outcome.unwrap();
    }
    assert_eq!(fetches(&transport).len(), 2);
}

/// How many tokens two clients fetch.
async fn fetched_by_two(stores: [Option<Arc<dyn TokenStore>>; 2]) -> usize {
    let script = Script::new([]);
    let transport = issuing(&script, 7200, |_| NO_PACKETS);
    for store in stores {
        let mut builder = script.direct(builder());
        builder = builder.transport(Arc::<TimedTransport>::clone(&transport));
        if let Some(store) = store {
            builder = builder.token_store(store);
        }
        builder.build().unwrap().send(request()).await.unwrap();
    }
    fetches(&transport).len()
}

#[tokio::test]
async fn clients_with_one_store_fetch_one_token_and_others_one_each() {
    let memory = Arc::new(MemoryTokenStore::new());
    let in_memory = || -> Arc<dyn TokenStore> { Arc::<MemoryTokenStore>::clone(&memory) };
    let folder = tempfile::tempdir().unwrap();
    let in_files = || -> Arc<dyn TokenStore> {
        // As two processes have it.
        Arc::new(FileTokenStore::new(folder.path()).unwrap())
    };
    assert_eq!(fetched_by_two([None, None]).await, 2);
    assert_eq!(fetched_by_two([Some(in_memory()), Some(in_memory())]).await, 1);
    assert_eq!(fetched_by_two([Some(in_files()), Some(in_files())]).await, 1);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends_also_by_a_client_that_did_not_fetch_it() {
    let script = Script::new([]);
    let transport = issuing(&script, 7200, |_| NO_PACKETS);
    let store = Arc::new(MemoryTokenStore::new());
    let client = || {
        let builder = script.direct(builder()).token_store(Arc::<MemoryTokenStore>::clone(&store));
        builder.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap()
    };
    let (one, other) = (client(), client());
    one.send(request()).await.unwrap();
    script.clock.advance(Duration::from_secs(6899));
    other.send(request()).await.unwrap();
    assert_eq!(fetches(&transport).len(), 1);
    script.clock.advance(Duration::from_secs(1));
    other.send(request()).await.unwrap();
    one.send(request()).await.unwrap();
    assert_eq!(fetches(&transport).len(), 2);
}
