//! Calls that are dropped wherever they wait.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, atomic::Ordering},
    time::Duration,
};

use async_trait::async_trait;
use futures_util::FutureExt;
use live_rewards_http::{
    Clock, MemoryTokenStore, Sleep, TokenStore,
    test_util::{Counting, ManualClock, Script, TimedTransport},
};
use tokio::task::yield_now;

use crate::{
    shop::{LIMIT, Read, ShopClient, Tokens, coded, good},
    token_stores::key,
};

/// Takes two turns to wait.
#[derive(Debug)]
struct Stepping(Arc<ManualClock>);

#[async_trait]
impl Sleep for Stepping {
    async fn sleep(&self, duration: Duration) {
        yield_now().await;
        self.0.sleep(duration).await;
    }

    async fn expire(&self, after: Duration) {
        self.0.expire(after).await;
    }
}

/// A client whose first call waits for a token, the limit, the vendor, another token, and a backoff.
struct Scene {
    clock: Arc<ManualClock>,
    store: Arc<MemoryTokenStore>,
    tokens: Arc<Tokens>,
    transport: Arc<TimedTransport>,
    client: ShopClient,
}

impl Scene {
    async fn new() -> Self {
        let script = Script::new([]);
        let clock = Arc::clone(&script.clock);
        let sleep = Arc::new(Stepping(Arc::clone(&clock)));
        let store = Arc::new(MemoryTokenStore::new());
        let (own, sleeping) = (Arc::clone(&clock), Arc::clone(&sleep));
        let tokens = Tokens::over(Arc::<MemoryTokenStore>::clone(&store), own, sleeping);
        // Four use up what may be sent at once; then the token is refused, and the vendor is busy.
        let codes = Mutex::new(VecDeque::from([0, 0, 0, 0, 30, 20]));
        let timing = Arc::<ManualClock>::clone(&clock);
        let transport = TimedTransport::new(timing, move |_| {
            let code = codes.lock().unwrap().pop_front().unwrap_or_default();
            Ok(if code == 0 { good("null") } else { coded(code) })
        });
        let client = ShopClient::with_tokens(&tokens)
            .transport(Arc::<TimedTransport>::clone(&transport))
            .surroundings(Arc::<ManualClock>::clone(&clock), sleep, Arc::new(Counting::default()))
            .build()
            .unwrap();
        for _ in 0..4 {
            client.send(Read).await.unwrap();
        }
        // It is fetched anew.
        let (_, credential) =
            tokens.cache.get(Duration::MAX, |_| std::future::pending()).await.unwrap();
        tokens.cache.drop_refused(credential);
        Self { clock, store, tokens, transport, client }
    }
}

#[tokio::test]
async fn wherever_a_call_is_dropped_the_next_one_finds_all_in_order() {
    for polls in 0..1000 {
        let scene = Scene::new().await;
        let mut call = Box::pin(scene.client.send(Read));
        let mut outcome = None;
        for _ in 0..polls {
            outcome = call.as_mut().now_or_never();
            if outcome.is_some() {
                break;
            }
            // What goes on without the caller does.
            yield_now().await;
        }
        drop(call);
        scene.client.send(Read).await.unwrap();
        let fetched = scene.tokens.fetched.load(Ordering::Relaxed);
        assert!(fetched <= 3, "{fetched} tokens after {polls} turns");
        assert!(scene.store.try_lock(&key()).await.unwrap().is_some(), "after {polls} turns");
        // As many may be sent as if nobody had been dropped.
        let begin = scene.clock.monotonic();
        for _ in 0..10 {
            scene.client.send(Read).await.unwrap();
        }
        let taken = scene.clock.monotonic().abs_diff(begin);
        assert!(taken <= LIMIT.window / 91 * 11, "{taken:?} after {polls} turns");
        if let Some(outcome) = outcome {
            outcome.unwrap();
            assert_eq!(scene.transport.asked("/read").len(), 4 + 3 + 1 + 10);
            assert!(polls >= 6, "it waited at {polls} places only");
            return;
        }
    }
    panic!("it never ends");
}
