use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use futures_util::{FutureExt, future::join_all};
use live_rewards_core::ErrorKind;
use live_rewards_http::test_util::Script;

use crate::shop::{Read, ShopClient, Tokens, coded, good};

#[tokio::test]
async fn any_number_of_callers_fetch_one_token() {
    let tokens = Arc::<Tokens>::default();
    let script = Script::new((0..32).map(|_| Ok(good("null"))));
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    for outcome in join_all((0..32).map(|_| client.send(Read))).await {
        outcome.unwrap();
    }
    assert_eq!(tokens.fetched.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let tokens = Arc::<Tokens>::default();
    let script = Script::new([Ok(coded(30)), Ok(good("null"))]);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    client.send(Read).await.unwrap();
    let sent: Vec<_> = script.transport.requests();
    assert!(sent[0].uri().query().unwrap().ends_with("access_token=t1"));
    assert!(sent[1].uri().query().unwrap().ends_with("access_token=t2"));
}

#[tokio::test]
async fn a_second_refusal_is_the_answer() {
    let tokens = Arc::<Tokens>::default();
    let script = Script::new([Ok(coded(30)), Ok(coded(30)), Ok(good("null"))]);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    assert_eq!(client.send(Read).await.unwrap_err().kind(), ErrorKind::Unauthenticated);
    assert_eq!(script.transport.requests().len(), 2);
}

#[tokio::test]
async fn a_caller_that_is_dropped_while_fetching_leaves_the_way_free() {
    let tokens = Arc::<Tokens>::default();
    let script = Script::new([Ok(good("null"))]);
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    assert!(client.send(Read).now_or_never().is_none());
    client.send(Read).await.unwrap();
    assert_eq!(tokens.fetched.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_expiry() {
    let tokens = Arc::<Tokens>::default();
    let script = Script::new((0..3).map(|_| Ok(good("null"))));
    let client = script.direct(ShopClient::with_tokens(&tokens)).build().unwrap();
    // It lives 7200 s and is renewed five minutes before.
    for (now, fetched) in [(0, 1), (6899, 1), (6900, 2)] {
        *tokens.now.lock().unwrap() = Duration::from_secs(now);
        client.send(Read).await.unwrap();
        assert_eq!(tokens.fetched.load(Ordering::Relaxed), fetched, "{now}");
    }
}
