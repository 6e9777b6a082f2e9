//! Clients that share a store: one in memory, and a folder as two processes have it.

use std::{
    future::{Ready, pending, ready},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::future::{join, lazy};
use live_rewards_core::{Delivery, Error, ErrorKind, Result, Vendor};
use live_rewards_http::{
    Clock, Credential, ExposeSecret, FileTokenStore, LimitScope, MemoryTokenStore, RateLimit,
    SecretString, Sleep, StoredToken, Token, TokenCache, TokenKey, TokenStore,
    test_util::{ManualClock, in_any_window},
};
use tempfile::TempDir;
use tokio::task::yield_now;

pub(crate) const FAR: Duration = Duration::MAX;
pub(crate) const TWO_HOURS: Duration = Duration::from_secs(7200);

pub(crate) fn key() -> TokenKey {
    TokenKey::new(Vendor::Xiaoe, "shop.example.com", "app")
}

/// A fetch that brings a token of two hours.
pub(crate) fn token(value: &str) -> Ready<Result<Token>> {
    ready(Ok(Token { value: value.into(), lifetime: TWO_HOURS }))
}

/// A fetch that must not be.
pub(crate) fn none() -> impl Future<Output = Result<Token>> + Send {
    lazy(|_| -> Result<Token> { panic!("nobody is to fetch") })
}

pub(crate) fn held(outcome: Result<(Arc<SecretString>, Credential)>) -> String {
    outcome.unwrap().0.expose_secret().to_owned()
}

/// A clock that starts where all of them start.
pub(crate) fn clock() -> Arc<ManualClock> {
    ManualClock::at("2022-08-12T02:48:46Z".parse().unwrap())
}

/// The cache of a client.
pub(crate) fn over(store: Arc<dyn TokenStore>, clock: &Arc<ManualClock>) -> TokenCache {
    TokenCache::new(key(), store, Arc::<ManualClock>::clone(clock), Arc::new(Yielding))
}

/// The cache of a client that waits by the clock.
pub(crate) fn timed(store: Arc<dyn TokenStore>, clock: &Arc<ManualClock>) -> TokenCache {
    let (own, sleep) = (Arc::<ManualClock>::clone(clock), Arc::<ManualClock>::clone(clock));
    TokenCache::new(key(), store, own, sleep)
}

/// Lets others go on instead of waiting: whoever holds a lock gives it up in the end.
#[derive(Debug)]
struct Yielding;

#[async_trait]
impl Sleep for Yielding {
    async fn sleep(&self, _: Duration) {
        yield_now().await;
    }

    async fn expire(&self, _: Duration) {
        pending::<()>().await;
    }
}

/// A store as each of its clients gets it.
struct Shared {
    memory: Option<Arc<MemoryTokenStore>>,
    folder: TempDir,
}

impl Shared {
    fn kinds() -> [Self; 2] {
        let folder = || tempfile::tempdir().unwrap();
        let memory = Some(Arc::new(MemoryTokenStore::new()));
        [Self { memory, folder: folder() }, Self { memory: None, folder: folder() }]
    }

    fn store(&self) -> Arc<dyn TokenStore> {
        match &self.memory {
            Some(memory) => Arc::<MemoryTokenStore>::clone(memory),
            None => Arc::new(FileTokenStore::new(self.folder.path()).unwrap()),
        }
    }

    fn client(&self, clock: &Arc<ManualClock>) -> TokenCache {
        over(self.store(), clock)
    }
}

#[tokio::test]
async fn who_ask_at_the_same_time_fetch_once() {
    for shared in Shared::kinds() {
        let clock = clock();
        let (one, other) = (shared.client(&clock), shared.client(&clock));
        let fetched = Arc::new(AtomicU64::new(0));
        let fetch = |_: Duration| {
            let fetched = Arc::clone(&fetched);
            async move {
                let number = fetched.fetch_add(1, Ordering::Relaxed) + 1;
                for _ in 0..10 {
                    yield_now().await;
                }
                token(&format!("t{number}")).await
            }
        };
        let (first, second) = join(one.get(FAR, fetch), other.get(FAR, fetch)).await;
        assert_eq!((held(first), held(second)), ("t1".to_owned(), "t1".to_owned()));
        assert_eq!(fetched.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn a_stored_token_lives_as_long_as_where_it_was_fetched() {
    for (after, expected) in [(0, "t1"), (6899, "t1"), (6900, "t2"), (7200, "t2"), (86_400, "t2")] {
        for shared in Shared::kinds() {
            let clock = clock();
            shared.client(&clock).get(FAR, |_| token("t1")).await.unwrap();
            clock.advance(Duration::from_secs(after));
            let later = shared.client(&clock);
            assert_eq!(held(later.get(FAR, |_| token("t2")).await), expected, "{after}");
        }
    }
}

#[tokio::test]
async fn one_renews_and_the_other_takes_it_over() {
    for shared in Shared::kinds() {
        let clock = clock();
        let (one, other) = (shared.client(&clock), shared.client(&clock));
        assert_eq!(held(one.get(FAR, |_| token("t1")).await), "t1");
        clock.advance(Duration::from_secs(5000));
        assert_eq!(held(other.get(FAR, |_| none()).await), "t1");
        clock.advance(Duration::from_secs(1900));
        assert_eq!(held(other.get(FAR, |_| token("t2")).await), "t2");
        assert_eq!(held(one.get(FAR, |_| none()).await), "t2");
    }
}

#[tokio::test]
async fn a_refused_token_is_not_taken_from_the_store_again() {
    for shared in Shared::kinds() {
        let clock = clock();
        let (one, other) = (shared.client(&clock), shared.client(&clock));
        let (_, of_one) = one.get(FAR, |_| token("t1")).await.unwrap();
        let (_, of_other) = other.get(FAR, |_| none()).await.unwrap();
        assert!(other.drop_refused(of_other));
        assert_eq!(held(other.get(FAR, |_| token("t2")).await), "t2");
        // The next one to be refused finds what was fetched meanwhile.
        assert!(one.drop_refused(of_one));
        assert_eq!(held(one.get(FAR, |_| none()).await), "t2");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_doesnt_lengthen_a_life() {
    for shared in Shared::kinds() {
        shared.client(&clock()).get(FAR, |_| token("t1")).await.unwrap();
        let an_hour_back = ManualClock::at("2022-08-12T01:48:46Z".parse().unwrap());
        let client = shared.client(&an_hour_back);
        assert_eq!(held(client.get(FAR, |_| none()).await), "t1");
        an_hour_back.advance(Duration::from_secs(6900));
        assert_eq!(held(client.get(FAR, |_| token("t2")).await), "t2");
    }
}

#[tokio::test]
async fn a_stored_token_that_ends_sooner_does_not_displace_the_held_one() {
    for shared in Shared::kinds() {
        let clock = clock();
        let client = shared.client(&clock);
        client.get(FAR, |_| token("t1")).await.unwrap();
        clock.advance(Duration::from_secs(6900));
        let store = shared.store();
        let lock = store.try_lock(&key()).await.unwrap().unwrap();
        let expires_at = clock.now().checked_add(Duration::from_secs(100)).unwrap();
        let stored = StoredToken { value: "t0".into(), expires_at, lifetime: TWO_HOURS };
        store.save(&key(), stored, lock).await.unwrap();
        let failed = |_| ready(Err(Error::new(ErrorKind::Transport, "no token")));
        assert_eq!(held(client.get(FAR, failed).await), "t1");
    }
}

#[tokio::test]
async fn all_who_share_a_store_keep_to_the_limit_of_fetches_together() {
    let limit = RateLimit::new(100, 600, LimitScope::Endpoint);
    for shared in Shared::kinds() {
        let clock = clock();
        let clients = [(); 3].map(|()| timed(shared.store(), &clock));
        let mut counted = Vec::new();
        for client in clients.iter().cycle().take(300) {
            client.count(Some(limit), FAR).await.unwrap();
            counted.push(clock.monotonic());
        }
        let (_, most) = in_any_window(&counted, limit.window);
        assert!(most <= 100, "{most} fetches in ten minutes");
        assert!(clock.monotonic() < Duration::from_secs(1300), "and no fewer than needed");
        let soon = clock.monotonic() + Duration::from_secs(60);
        let error = clients[0].count(Some(limit), soon).await.unwrap_err();
        assert_eq!((error.kind(), error.delivery()), (ErrorKind::RateLimited, Delivery::NotSent));
        assert!(error.retry_after().unwrap() > Duration::from_secs(600), "{error}");
        // Another application has a limit of its own.
        let other = TokenKey::new(Vendor::Xiaoe, "shop.example.com", "another");
        assert_eq!(shared.store().count(&other, limit, clock.now()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn applications_do_not_get_each_others_tokens() {
    for shared in Shared::kinds() {
        shared.client(&clock()).get(FAR, |_| token("t1")).await.unwrap();
        let store = shared.store();
        for other in [
            TokenKey::new(Vendor::Xiaoe, "shop.example.com", "another"),
            TokenKey::new(Vendor::Xiaoe, "shop.example.org", "app"),
            TokenKey::new(Vendor::Polyv, "shop.example.com", "app"),
        ] {
            assert!(store.load(&other).await.unwrap().is_none());
        }
        assert!(store.load(&key()).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_lock_that_is_not_given_up_ends_in_a_timeout() {
    let store = Arc::new(MemoryTokenStore::new());
    let lock = store.try_lock(&key()).await.unwrap().unwrap();
    let clock = clock();
    let cache = timed(Arc::<MemoryTokenStore>::clone(&store), &clock);
    let error = cache.get(Duration::from_secs(60), |_| none()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let slept: Duration = clock.sleeps().iter().sum();
    assert!((Duration::from_secs(59)..Duration::from_secs(60)).contains(&slept), "{slept:?}");
    drop(lock);
    assert_eq!(held(cache.get(FAR, |_| token("t1")).await), "t1");
}

#[tokio::test]
async fn while_another_one_fetches_for_long_a_stored_token_that_lives_on_is_used() {
    let store = Arc::new(MemoryTokenStore::new());
    let clock = clock();
    let lock = store.try_lock(&key()).await.unwrap().unwrap();
    let expires_at = clock.now().checked_add(Duration::from_secs(200)).unwrap();
    let stored = StoredToken { value: "t0".into(), expires_at, lifetime: TWO_HOURS };
    store.save(&key(), stored, lock).await.unwrap();
    let _lock = store.try_lock(&key()).await.unwrap().unwrap();
    let cache = timed(Arc::<MemoryTokenStore>::clone(&store), &clock);
    assert_eq!(held(cache.get(Duration::from_secs(120), |_| none()).await), "t0");
    let waited = clock.monotonic();
    assert!(waited <= Duration::from_secs(10), "{waited:?}");
}

#[tokio::test]
async fn nothing_shows_a_token() {
    for shared in Shared::kinds() {
        let client = shared.client(&clock());
        let (_, credential) = client.get(FAR, |_| token("hunter2")).await.unwrap();
        client.drop_refused(credential);
        client.get(FAR, |_| token("hunter2-too")).await.unwrap();
        let stored = StoredToken {
            value: "hunter2".into(),
            expires_at: std::time::UNIX_EPOCH.into(),
            lifetime: TWO_HOURS,
        };
        let fetched = token("hunter2").await.unwrap();
        let shown = format!("{client:?} {stored:?} {fetched:?} {:?}", shared.store());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
