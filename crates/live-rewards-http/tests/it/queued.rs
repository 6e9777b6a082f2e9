//! Calls that have places already when the token is refused.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::future::{Either, join_all, select};
use live_rewards_core::Result;
use live_rewards_http::{
    Attempt, Authorise, Credential, Draft, EndpointInfo, MemoryTokenStore, SecretString, Sleep,
    TokenCache,
    test_util::{Counting, ManualClock, TimedTransport, in_any_window},
};
use tokio::task::yield_now;

use crate::{
    shop::{LIMIT, Read, ShopClient, coded, good},
    token_stores::{clock, key, token},
};

/// Waits until another one has moved the clock.
#[derive(Debug)]
struct Patient(Arc<ManualClock>);

#[async_trait]
impl Sleep for Patient {
    async fn sleep(&self, duration: Duration) {
        self.0.expire(duration).await;
    }
}

/// What comes of a future while the clock goes on.
async fn driven<T: Send>(clock: &ManualClock, future: impl Future<Output = T> + Send) -> T {
    let ticking = pin!(async {
        for _ in 0..2000 {
            // Until all others have had their turns.
            for _ in 0..10 {
                yield_now().await;
            }
            clock.advance(Duration::from_millis(50));
        }
    });
    match select(pin!(future), ticking).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => panic!("it never ends"),
    }
}

/// Tokens that take five seconds to come.
#[derive(Debug)]
struct Slow {
    cache: TokenCache,
    clock: Arc<ManualClock>,
}

impl Slow {
    async fn get(&self, deadline: Duration) -> Result<(Arc<SecretString>, Credential)> {
        let fetch = |_: Duration| {
            let clock = Arc::clone(&self.clock);
            async move {
                clock.expire(Duration::from_secs(5)).await;
                token("t").await
            }
        };
        self.cache.get(deadline, fetch).await
    }
}

#[async_trait]
impl Authorise for Slow {
    async fn prepare(&self, _: &EndpointInfo, deadline: Duration) -> Result<()> {
        self.get(deadline).await.map(drop)
    }

    async fn authorise(&self, _: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        Ok(self.get(attempt.deadline).await?.1)
    }

    fn credentials(&self) -> &'static [&'static str] {
        &[]
    }

    async fn refused(&self, credential: Credential) -> bool {
        self.cache.drop_refused(credential)
    }
}

#[tokio::test]
async fn calls_that_wait_for_another_token_are_not_sent_together_when_it_comes() {
    let clock = clock();
    let sleep = Arc::new(Patient(Arc::clone(&clock)));
    let store = Arc::new(MemoryTokenStore::new());
    let (time, sleeping) = (Arc::<ManualClock>::clone(&clock), Arc::<Patient>::clone(&sleep));
    let cache = TokenCache::new(key(), store, time, sleeping);
    let slow = Slow { cache, clock: Arc::clone(&clock) };
    let answered = AtomicUsize::new(0);
    let transport = TimedTransport::new(Arc::<ManualClock>::clone(&clock), move |_| {
        let refused = answered.fetch_add(1, Ordering::Relaxed) == 20;
        Ok(if refused { coded(30) } else { good("null") })
    });
    let client = ShopClient::authorised_by(Arc::new(slow))
        .transport(Arc::<TimedTransport>::clone(&transport))
        .surroundings(Arc::<ManualClock>::clone(&clock), sleep, Arc::new(Counting::default()))
        .build()
        .unwrap();
    let calls = join_all((0..150).map(|_| client.send(Read)));
    for outcome in driven(&clock, calls).await {
        outcome.unwrap();
    }
    let asked = transport.asked("/read");
    assert_eq!(asked.len(), 151);
    let (_, most) = in_any_window(&asked, LIMIT.window);
    assert!(most <= 100, "{most} requests in a window");
}
