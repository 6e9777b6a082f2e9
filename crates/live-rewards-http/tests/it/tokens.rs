use std::{
    future::{Ready, pending, poll_fn, ready},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::Poll,
    time::Duration,
};

use futures_util::{
    FutureExt,
    future::{join, join_all},
};
use live_rewards_core::{Delivery, Error, ErrorKind, Result};
use live_rewards_http::{
    Clock, ExposeSecret, MemoryTokenStore, Sleep, Token, TokenCache, TokenStore,
    test_util::{ManualClock, Script},
};
use tokio::{sync::Notify, task::yield_now};

use crate::{
    shop::{Read, ShopClient, Tokens, coded, good},
    token_stores::{FAR, TWO_HOURS, held, key, none, timed, token},
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
    with_store(&Arc::default())
}

fn with_store(store: &Arc<MemoryTokenStore>) -> (Arc<ManualClock>, TokenCache) {
    let clock = ManualClock::at(std::time::UNIX_EPOCH.into());
    let cache = timed(Arc::<MemoryTokenStore>::clone(store), &clock);
    (clock, cache)
}

/// A fetch that never ends.
fn endless() -> impl Future<Output = Result<Token>> + Send {
    pending()
}

/// A fetch that brings a token when it is driven for the second time.
fn slow(value: &'static str) -> impl Future<Output = Result<Token>> + Send {
    let mut driven = 0;
    let second = poll_fn(move |_| {
        driven += 1;
        if driven < 2 { Poll::Pending } else { Poll::Ready(()) }
    });
    second.then(move |()| token(value))
}

fn failed(kind: ErrorKind) -> Ready<Result<Token>> {
    ready(Err(Error::new(kind, "no token")))
}

/// No runtime drives it either, which is how a call is left that was made ahead by a stream whose reader has gone elsewhere.
#[test]
fn who_waits_for_a_fetch_drives_it_whoever_began_it() {
    let (_, cache) = cache();
    let mut first = Box::pin(cache.get(FAR, |_| slow("t1")));
    assert!(first.as_mut().now_or_never().is_none());
    let second = cache.get(FAR, |_| none()).now_or_never();
    assert_eq!(held(second.unwrap()), "t1");
    assert_eq!(held(first.now_or_never().unwrap()), "t1");
}

#[test]
fn nobody_waits_for_a_fetch_beyond_its_deadline() {
    let (clock, cache) = cache();
    let mut first = Box::pin(cache.get(60 * SECOND, |_| endless()));
    assert!(first.as_mut().now_or_never().is_none());
    let mut second = Box::pin(cache.get(2 * SECOND, |_| none()));
    for _ in 0..2 {
        assert!(second.as_mut().now_or_never().is_none());
        clock.advance(SECOND);
    }
    let error = second.now_or_never().unwrap().unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Timeout, Delivery::NotSent));
    // Nor does the fetch itself.
    clock.advance(58 * SECOND);
    let error = first.now_or_never().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(held(cache.get(FAR, |_| token("t1")).now_or_never().unwrap()), "t1");
}

#[test]
fn a_fetch_that_nobody_waits_for_any_more_makes_way_and_frees_the_lock() {
    let store = Arc::new(MemoryTokenStore::new());
    let (_, cache) = with_store(&store);
    let mut first = Box::pin(cache.get(FAR, |_| endless()));
    let mut second = Box::pin(cache.get(FAR, |_| none()));
    assert!(first.as_mut().now_or_never().is_none());
    assert!(second.as_mut().now_or_never().is_none());
    let locked = || store.try_lock(&key()).now_or_never().unwrap().unwrap().is_none();
    drop(first);
    assert!(locked());
    drop(second);
    assert!(!locked());
    assert_eq!(held(cache.get(FAR, |_| token("t1")).now_or_never().unwrap()), "t1");
}

/// The vendor has counted it, so its token must not be lost.
#[tokio::test]
async fn a_fetch_goes_on_when_the_caller_is_dropped() {
    let (_, cache) = cache();
    let come = Arc::new(Notify::new());
    let awaited = Arc::clone(&come);
    let fetch = move |_: Duration| {
        let awaited = Arc::clone(&awaited);
        async move {
            awaited.notified().await;
            token("t1").await
        }
    };
    assert!(cache.get(FAR, fetch).now_or_never().is_none());
    come.notify_one();
    for _ in 0..3 {
        yield_now().await;
    }
    assert_eq!(held(cache.get(FAR, |_| none()).now_or_never().unwrap()), "t1");
}

#[tokio::test]
async fn while_one_renews_the_others_go_on() {
    let (clock, cache) = cache();
    cache.get(FAR, |_| token("t1")).await.unwrap();
    clock.advance(6900 * SECOND);
    let mut renewing = Box::pin(cache.get(FAR, |_| slow("t2")));
    assert!(renewing.as_mut().now_or_never().is_none());
    assert_eq!(held(cache.get(FAR, |_| none()).now_or_never().unwrap()), "t1");
    assert_eq!(held(renewing.await), "t2");
    assert_eq!(held(cache.get(FAR, |_| none()).await), "t2");
}

/// Whoever waits for the store's lock first has no more time than others.
#[tokio::test]
async fn a_renewal_keeps_its_caller_ten_seconds_at_most() {
    let store = Arc::new(MemoryTokenStore::new());
    let (clock, cache) = with_store(&store);
    cache.get(FAR, |_| token("t1")).await.unwrap();
    clock.advance(6900 * SECOND);
    let lock = store.try_lock(&key()).await.unwrap();
    assert_eq!(held(cache.get(FAR, |_| none()).await), "t1");
    let waited = clock.monotonic().abs_diff(6900 * SECOND);
    assert!(waited <= 10 * SECOND, "{waited:?}");
    drop(lock);

    clock.advance(40 * SECOND);
    let begin = clock.monotonic();
    let mut renewing = Box::pin(cache.get(FAR, |until| {
        assert_eq!(until, begin + 10 * SECOND);
        endless()
    }));
    assert!(renewing.as_mut().now_or_never().is_none());
    clock.advance(10 * SECOND);
    assert_eq!(held(renewing.await), "t1");
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
    let late = Arc::new(Notify::new());
    let mut first = Box::pin(cache.get(SECOND, |_| {
        let late = Arc::clone(&late);
        async move {
            late.notified().await;
            failed(ErrorKind::Timeout).await
        }
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

/// Or calls in a hurry would fetch one token after the other, and none of them would ever come.
#[tokio::test]
async fn what_comes_too_late_for_one_is_there_for_the_next() {
    let (clock, cache) = cache();
    let fetch = |_: Duration| {
        let clock = Arc::clone(&clock);
        async move {
            clock.expire(SECOND * 6 / 5).await;
            token("t1").await
        }
    };
    let mut hurried = Box::pin(cache.get(SECOND, fetch));
    assert!(hurried.as_mut().now_or_never().is_none());
    clock.advance(SECOND);
    assert_eq!(hurried.await.unwrap_err().kind(), ErrorKind::Timeout);
    let mut next = Box::pin(cache.get(SECOND * 2, |_| none()));
    assert!(next.as_mut().now_or_never().is_none());
    clock.advance(SECOND / 5);
    assert_eq!(held(next.await), "t1");
}

#[tokio::test]
async fn without_time_nothing_is_fetched() {
    let (clock, cache) = cache();
    clock.advance(SECOND);
    let begin = |_: Duration| -> Ready<Result<Token>> { panic!("nobody is to begin") };
    let error = cache.get(SECOND, begin).await.unwrap_err();
    assert_eq!((error.kind(), error.delivery()), (ErrorKind::Timeout, Delivery::NotSent));
}

#[tokio::test]
async fn lifetimes_beyond_reason_do_no_harm() {
    for lifetime in [Duration::ZERO, Duration::MAX, TWO_HOURS] {
        let (_, cache) = cache();
        let fetched = Arc::new(AtomicU64::new(0));
        let fetch = |_: Duration| {
            let fetched = Arc::clone(&fetched);
            async move {
                fetched.fetch_add(1, Ordering::Relaxed);
                yield_now().await;
                Ok(Token { value: "t1".into(), lifetime })
            }
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
