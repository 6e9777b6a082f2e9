//! Stores that fail, or take for ever.

use std::{future::pending, sync::Arc, time::Duration};

use async_trait::async_trait;
use futures_util::FutureExt;
use live_rewards_core::{Error, ErrorKind, Result, Timestamp};
use live_rewards_http::{
    Clock, FetchLock, LimitScope, MemoryTokenStore, RateLimit, StoredToken, TokenKey, TokenStore,
    test_util::in_any_window,
};

use crate::token_stores::{FAR, clock, held, key, none, over, timed, token};

/// Can't do what it is told to fail at, and doesn't count.
#[derive(Debug, Default)]
struct Failing {
    store: MemoryTokenStore,
    load: bool,
    lock: bool,
    save: bool,
}

fn broken(fails: bool) -> Result<()> {
    if fails { Err(Error::new(ErrorKind::Config, "the disk is full")) } else { Ok(()) }
}

#[async_trait]
impl TokenStore for Failing {
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>> {
        broken(self.load)?;
        self.store.load(key).await
    }

    async fn try_lock(&self, key: &TokenKey) -> Result<Option<FetchLock>> {
        broken(self.lock)?;
        self.store.try_lock(key).await
    }

    async fn save(&self, key: &TokenKey, token: StoredToken, lock: FetchLock) -> Result<()> {
        broken(self.save)?;
        self.store.save(key, token, lock).await
    }

    async fn count(&self, _: &TokenKey, _: RateLimit, _: Timestamp) -> Result<Option<Duration>> {
        broken(self.save)?;
        Ok(None)
    }
}

#[tokio::test]
async fn a_store_that_fails_keeps_nobody_from_a_token() {
    for fails in [[true, false, false], [false, true, false], [false, false, true], [true; 3]] {
        let [load, lock, save] = fails;
        let store = Arc::new(Failing { load, lock, save, ..Failing::default() });
        let cache = over(Arc::<Failing>::clone(&store), &clock());
        assert_eq!(held(cache.get(FAR, |_| token("t1")).await), "t1");
        assert_eq!(held(cache.get(FAR, |_| none()).await), "t1");
        let limit = RateLimit::new(1, 1, LimitScope::Endpoint);
        cache.count(Some(limit), FAR).await.unwrap();
        // Without the lock nothing is saved: another one may be at it.
        let saved = store.store.load(&key()).await.unwrap().is_some();
        assert_eq!(saved, !lock && !save, "{fails:?}");
        assert!(store.store.try_lock(&key()).await.unwrap().is_some(), "the lock is given up");
    }
}

#[tokio::test]
async fn where_the_store_does_not_count_the_client_does() {
    let limit = RateLimit::new(100, 600, LimitScope::Endpoint);
    for save in [false, true] {
        let clock = clock();
        let client = timed(Arc::new(Failing { save, ..Failing::default() }), &clock);
        let mut counted = Vec::new();
        for _ in 0..300 {
            client.count(Some(limit), FAR).await.unwrap();
            counted.push(clock.monotonic());
        }
        let (_, most) = in_any_window(&counted, limit.window);
        assert_eq!(most, 100);
        let error = client.count(Some(limit), clock.monotonic()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
    }
}

/// Never ends saving.
#[derive(Debug, Default)]
struct Hanging(MemoryTokenStore);

#[async_trait]
impl TokenStore for Hanging {
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>> {
        self.0.load(key).await
    }

    async fn try_lock(&self, key: &TokenKey) -> Result<Option<FetchLock>> {
        self.0.try_lock(key).await
    }

    async fn save(&self, _: &TokenKey, _: StoredToken, _lock: FetchLock) -> Result<()> {
        pending().await
    }
}

#[tokio::test]
async fn a_token_that_takes_long_to_save_is_used_as_long_as_any() {
    let clock = clock();
    let cache = timed(Arc::new(Hanging::default()), &clock);
    let minute = Duration::from_secs(60);
    let mut first = Box::pin(cache.get(minute, |_| token("t1")));
    assert!(first.as_mut().now_or_never().is_none());
    assert_eq!(held(cache.get(minute, |_| none()).await), "t1");
    clock.advance(minute);
    assert_eq!(held(first.await), "t1");
    clock.advance(minute);
    assert_eq!(held(cache.get(FAR, |_| none()).await), "t1");
}
