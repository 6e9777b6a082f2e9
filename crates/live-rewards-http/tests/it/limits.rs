use std::{sync::Arc, time::Duration};

use live_rewards_core::ErrorKind;
use live_rewards_http::{
    Clock, Limits,
    test_util::{ManualClock, Script},
};

use crate::shop::{Read, ShopClient, Write, good};

/// The endpoint's limit is 20 requests in any 10 s.
const ALLOWED: usize = 20;
const WINDOW: Duration = Duration::from_secs(10);

#[tokio::test]
async fn no_window_sees_more_than_is_allowed_and_most_of_it_is_used() {
    let script = Script::new((0..200).map(|_| Ok(good("null"))));
    let client = script.direct(ShopClient::builder()).build().unwrap();
    let mut sent = Vec::new();
    for _ in 0..200 {
        client.send(Read).await.unwrap();
        sent.push(script.clock.monotonic());
    }
    for (at, start) in sent.iter().enumerate() {
        let within =
            sent[at..].iter().take_while(|time| time.saturating_sub(*start) < WINDOW).count();
        assert!(within <= ALLOWED, "{within} requests from {start:?} on");
    }
    // 200 requests at nine tenths of the allowance.
    assert!(sent[199] <= WINDOW * 200 / 18, "{:?}", sent[199]);
}

#[tokio::test]
async fn endpoints_with_limits_of_their_own_do_not_share_them() {
    let script = Script::new((0..4).map(|_| Ok(good("null"))));
    let client = script.direct(ShopClient::builder()).build().unwrap();
    client.send(Read).await.unwrap();
    client.send(Read).await.unwrap();
    client.send(Write).await.unwrap();
    client.send(Write).await.unwrap();
    assert_eq!(script.clock.sleeps(), []);
}

#[tokio::test]
async fn clients_share_the_limits_they_are_given() {
    let script = Script::new((0..4).map(|_| Ok(good("null"))));
    let limits = Limits::with_clock(Arc::<ManualClock>::clone(&script.clock));
    let client = || script.direct(ShopClient::builder()).limits(limits.clone()).build().unwrap();
    let (one, other) = (client(), client());
    for _ in 0..2 {
        one.send(Read).await.unwrap();
        other.send(Read).await.unwrap();
    }
    assert!(!script.clock.sleeps().is_empty());
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_an_error_that_says_how_long() {
    let script = Script::new((0..100).map(|_| Ok(good("null"))));
    let client =
        script.direct(ShopClient::builder()).deadline(Duration::from_millis(100)).build().unwrap();
    client.send(Read).await.unwrap();
    client.send(Read).await.unwrap();
    let error = client.send(Read).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert!(error.retry_after().is_some());
}
