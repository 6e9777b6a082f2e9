//! Clock, sleep and randomness. The real ones are read in this file only, so that everything else can be tested without waiting.

use std::{
    fmt::Debug,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use async_trait::async_trait;
use live_rewards_core::Timestamp;

/// Tells the time.
pub trait Clock: Debug + Send + Sync {
    /// The wall clock, for timestamps in requests.
    fn now(&self) -> Timestamp;

    /// Time since some fixed instant, never running backwards, for limits and deadlines.
    fn monotonic(&self) -> Duration;
}

/// Waits.
#[async_trait]
pub trait Sleep: Debug + Send + Sync {
    /// Waits so long.
    async fn sleep(&self, duration: Duration);

    /// Ends after so long, for what is given up then; mostly something else comes first and this is dropped. The same as
    /// [`sleep`](Self::sleep) but on a clock that sleeping moves, which this must leave alone.
    async fn expire(&self, after: Duration) {
        self.sleep(after).await;
    }
}

/// Gives random numbers, for nonces and jitter.
pub trait Randomness: Debug + Send + Sync {
    /// The next number.
    fn next(&self) -> u64;
}

/// What a client takes from its surroundings.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Waits.
    pub sleep: Arc<dyn Sleep>,
    /// Gives random numbers.
    pub randomness: Arc<dyn Randomness>,
}

impl Surroundings {
    /// The machine's clock, tokio's timer and the process's randomness.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock::start()),
            sleep: Arc::new(TokioSleep),
            randomness: Arc::new(ProcessRandomness),
        }
    }
}

#[derive(Debug)]
pub(crate) struct SystemClock {
    start: Instant,
}

impl SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the injected clock")]
    pub(crate) fn start() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the injected clock")]
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }
}

#[derive(Debug)]
struct TokioSleep;

#[async_trait]
impl Sleep for TokioSleep {
    #[expect(clippy::disallowed_methods, reason = "this is the injected sleep")]
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

#[derive(Debug)]
struct ProcessRandomness;

impl Randomness for ProcessRandomness {
    #[expect(clippy::disallowed_methods, reason = "this is the injected randomness")]
    fn next(&self) -> u64 {
        fastrand::u64(..)
    }
}
