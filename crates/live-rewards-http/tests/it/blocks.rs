use std::{sync::Arc, time::Duration};

use futures_util::future::join;
use http::header::{HeaderValue, RETRY_AFTER};
use live_rewards_core::{Delivery, Error, ErrorKind};
use live_rewards_http::{
    Answer, Limits,
    test_util::{ManualClock, Script, TimedTransport},
};

use crate::shop::{Read, ShopClient, Write, coded, good};

/// A refusal that shuts the address out for so many seconds.
fn block(seconds: &'static str) -> Answer {
    let mut answer = coded(70);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
    answer
}

fn told(error: &Error) -> (ErrorKind, Delivery, u64) {
    let wait = error.retry_after().unwrap();
    (error.kind(), error.delivery(), wait.as_secs())
}

#[tokio::test]
async fn a_block_keeps_all_clients_from_the_host_until_it_ends() {
    let script = Script::new([Ok(block("300")), Ok(good("null")), Ok(good("null"))]);
    let limits = Limits::with_clock(Arc::<ManualClock>::clone(&script.clock));
    let client = || script.direct(ShopClient::builder()).limits(limits.clone()).build().unwrap();
    let (one, other) = (client(), client());
    let error = one.send(Read).await.unwrap_err();
    assert_eq!(told(&error), (ErrorKind::Blocked, Delivery::Refused, 300));

    script.clock.advance(Duration::from_secs(100));
    for error in [one.send(Read).await.unwrap_err(), other.send(Write).await.unwrap_err()] {
        assert_eq!(told(&error), (ErrorKind::Blocked, Delivery::NotSent, 200));
        assert_eq!(
            error.message(),
            "the vendor has shut this address out until 2022-08-12T02:53:46Z"
        );
        assert_eq!(error.attempts(), 0);
    }
    script.clock.advance(Duration::from_secs(199));
    assert_eq!(told(&other.send(Read).await.unwrap_err()).2, 1);
    assert_eq!(script.transport.requests().len(), 1, "nobody knocked");

    script.clock.advance(Duration::from_secs(1));
    one.send(Read).await.unwrap();
    other.send(Write).await.unwrap();
    assert!(script.clock.sleeps().is_empty(), "and nobody waited");
}

#[tokio::test]
async fn calls_between_attempts_notice_it_too() {
    let script = Script::new([]);
    let transport = TimedTransport::new(Arc::<ManualClock>::clone(&script.clock), |path| {
        Ok(if path == "/read" { coded(20) } else { block("300") })
    });
    let limits = Limits::with_clock(Arc::<ManualClock>::clone(&script.clock));
    let client = script.direct(ShopClient::builder()).limits(limits);
    let client = client.transport(Arc::<TimedTransport>::clone(&transport)).build().unwrap();
    let (tried_again, blocked) = join(client.send(Read), client.send(Write)).await;
    assert_eq!(blocked.unwrap_err().kind(), ErrorKind::Blocked);
    let error = tried_again.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Blocked, Delivery::Refused));
    let sent = transport.asked("/read").len();
    assert_eq!(usize::try_from(error.attempts()).unwrap(), sent);
    assert!(sent < 5, "{sent} attempts");
}

#[tokio::test]
async fn no_answer_keeps_calls_back_for_ever() {
    let script = Script::new([Ok(block("99999999999999999")), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).build().unwrap();
    client.send(Read).await.unwrap_err();
    let error = client.send(Read).await.unwrap_err();
    assert_eq!(told(&error), (ErrorKind::Blocked, Delivery::NotSent, 3600));
    script.clock.advance(Duration::from_secs(3600));
    client.send(Read).await.unwrap();
}

#[tokio::test]
async fn without_limits_blocks_are_not_remembered() {
    let script = Script::new([Ok(block("300")), Ok(good("null"))]);
    let client = script.direct(ShopClient::builder()).limits(Limits::unlimited()).build().unwrap();
    client.send(Read).await.unwrap_err();
    client.send(Read).await.unwrap();
}
