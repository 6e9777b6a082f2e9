use std::{
    future::{Ready, pending, ready},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::{
    FutureExt,
    future::{join, join_all},
};
use live_rewards_core::{Delivery, Error, ErrorKind, Result};
use live_rewards_http::{
    Clock, ExposeSecret, MemoryTokenStore, Token, TokenCache,
    test_util::{ManualClock, Script},
};
use tokio::{sync::Notify, task::yield_now};

use crate::{
    shop::{Read, ShopClient, Tokens, coded, good},
    token_stores::{FAR, TWO_HOURS, held, key, none, token},
};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn any_number_of_callers_fetch_one_token() {
    let script = Script::new((0..32).map(|_| Ok(good("null"))));
    let tokens = Tokens::on(&script);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    for outcome in join_all((0..32).map(|_| client.send(Read))).await {
        outcome.unwrap();
    }
    assert_eq!(tokens.fetched.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_fetch_that_fails_fails_once_for_all_who_wait_for_it() {
    let script = Script::new([Ok(good("null"))]);
    let tokens = Tokens::on(&script);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    tokens.failing.store(true, Ordering::Relaxed);
    for outcome in join_all((0..32).map(|_| client.send(Read))).await {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthenticated);
        assert_eq!(error.message(), "fetch 1 was refused");
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
    assert_eq!(tokens.fetched.load(Ordering::Relaxed), 1);
    tokens.failing.store(false, Ordering::Relaxed);
    client.send(Read).await.unwrap();
    assert_eq!(tokens.fetched.load(Ordering::Relaxed), 2, "a failure is not remembered");
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let script = Script::new([Ok(coded(30)), Ok(good("null"))]);
    let tokens = Tokens::on(&script);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    client.send(Read).await.unwrap();
    let sent: Vec<_> = script.transport.requests();
    assert!(sent[0].uri().query().unwrap().ends_with("access_token=t1"));
    assert!(sent[1].uri().query().unwrap().ends_with("access_token=t2"));
}

#[tokio::test]
async fn a_second_refusal_is_the_answer() {
    let script = Script::new([Ok(coded(30)), Ok(coded(30)), Ok(good("null"))]);
    let tokens = Tokens::on(&script);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    assert_eq!(client.send(Read).await.unwrap_err().kind(), ErrorKind::Unauthenticated);
    assert_eq!(script.transport.requests().len(), 2);
}

#[tokio::test]
async fn a_call_that_is_dropped_while_fetching_leaves_the_way_free() {
    let script = Script::new([Ok(good("null"))]);
    let tokens = Tokens::on(&script);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    assert!(client.send(Read).now_or_never().is_none());
    client.send(Read).await.unwrap();
    assert_eq!(tokens.fetched.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_end() {
    let script = Script::new((0..3).map(|_| Ok(good("null"))));
    let tokens = Tokens::on(&script);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    // It lives 7200 s and is renewed five minutes before.
    for (now, fetched) in [(0, 1), (6899, 1), (6900, 2)] {
        script.clock.advance(Duration::from_secs(now).saturating_sub(script.clock.monotonic()));
        client.send(Read).await.unwrap();
        assert_eq!(tokens.fetched.load(Ordering::Relaxed), fetched, "{now}");
    }
}

/// A cache over a store of its own.
fn cache() -> (Arc<ManualClock>, TokenCache) {
    let clock = ManualClock::at(std::time::UNIX_EPOCH.into());
    let (own, sleep) = (Arc::<ManualClock>::clone(&clock), Arc::<ManualClock>::clone(&clock));
    let cache = TokenCache::new(key(), Arc::new(MemoryTokenStore::new()), own, sleep);
    (clock, cache)
}

fn failed(kind: ErrorKind) -> Ready<Result<Token>> {
    ready(Err(Error::new(kind, "no token")))
}

#[tokio::test]
async fn when_the_fetching_caller_is_dropped_one_of_those_who_wait_fetches() {
    let (_, cache) = cache();
    let mut first = Box::pin(cache.get(FAR, |_| pending()));
    assert!(first.as_mut().now_or_never().is_none());
    let mut second = Box::pin(cache.get(FAR, |_| token("t1")));
    let mut third = Box::pin(cache.get(FAR, |_| none()));
    assert!(second.as_mut().now_or_never().is_none());
    assert!(third.as_mut().now_or_never().is_none());
    drop(first);
    assert_eq!(held(second.await), "t1");
    assert_eq!(held(third.await), "t1");
}

#[tokio::test]
async fn while_one_renews_the_others_go_on() {
    let (clock, cache) = cache();
    cache.get(FAR, |_| token("t1")).await.unwrap();
    clock.advance(6900 * SECOND);
    let mut renewing = Box::pin(cache.get(FAR, |_| pending()));
    assert!(renewing.as_mut().now_or_never().is_none());
    assert_eq!(held(cache.get(FAR, |_| none()).now_or_never().unwrap()), "t1");
    drop(renewing);
    assert_eq!(held(cache.get(FAR, |_| token("t2")).await), "t2");
}

#[tokio::test]
async fn a_renewal_that_fails_harms_nobody_before_the_token_ends() {
    let (clock, cache) = cache();
    cache.get(FAR, |_| token("t1")).await.unwrap();
    clock.advance(6900 * SECOND);
    let renewed = cache.get(FAR, |deadline| {
        assert_eq!(deadline, 6910 * SECOND, "the caller isn't kept waiting long");
        failed(ErrorKind::Transport)
    });
    assert_eq!(held(renewed.await), "t1");
    clock.advance(29 * SECOND);
    assert_eq!(held(cache.get(FAR, |_| none()).await), "t1");
    clock.advance(SECOND);
    assert_eq!(held(cache.get(FAR, |_| failed(ErrorKind::Transport)).await), "t1");
    clock.advance(270 * SECOND);
    let ended = cache.get(FAR, |_| failed(ErrorKind::Transport)).await;
    assert_eq!(ended.unwrap_err().kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn who_has_more_time_than_a_fetch_that_lacked_it_tries_again() {
    let (_, cache) = cache();
    let late = Notify::new();
    let mut first = Box::pin(cache.get(SECOND, |_| async {
        late.notified().await;
        failed(ErrorKind::Timeout).await
    }));
    let mut as_hurried = Box::pin(cache.get(SECOND, |_| none()));
    let mut patient = Box::pin(cache.get(60 * SECOND, |_| token("t1")));
    assert!(first.as_mut().now_or_never().is_none());
    assert!(as_hurried.as_mut().now_or_never().is_none());
    assert!(patient.as_mut().now_or_never().is_none());
    late.notify_one();
    assert_eq!(first.await.unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(as_hurried.await.unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(held(patient.await), "t1");
}

#[tokio::test]
async fn without_time_nothing_is_fetched() {
    let (clock, cache) = cache();
    clock.advance(SECOND);
    let error = cache.get(SECOND, |_| none()).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Timeout, Delivery::NotSent));
}

#[tokio::test]
async fn lifetimes_beyond_reason_do_no_harm() {
    for lifetime in [Duration::ZERO, Duration::MAX, TWO_HOURS] {
        let (_, cache) = cache();
        let fetched = AtomicU64::new(0);
        let fetch = |_: Duration| async {
            fetched.fetch_add(1, Ordering::Relaxed);
            yield_now().await;
            Ok(Token { value: "t1".into(), lifetime })
        };
        let (one, other) = join(cache.get(FAR, fetch), cache.get(FAR, fetch)).await;
        assert_eq!((held(one), held(other)), ("t1".to_owned(), "t1".to_owned()));
        assert_eq!(fetched.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn a_token_that_was_replaced_meanwhile_is_not_dropped() {
    let (_, cache) = cache();
    let (_, first) = cache.get(FAR, |_| token("t1")).await.unwrap();
    assert!(cache.drop_refused(first));
    let (value, second) = cache.get(FAR, |_| token("t2")).await.unwrap();
    assert_eq!(value.expose_secret(), "t2");
    assert!(cache.drop_refused(first));
    assert_eq!(held(cache.get(FAR, |_| none()).await), "t2");
    assert!(cache.drop_refused(second));
    assert_eq!(held(cache.get(FAR, |_| token("t3")).await), "t3");
}
