//! A scripted transport, a manual clock and a counting randomness, for tests without network and waiting.

mod render;
mod timed;

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use http::StatusCode;
use live_rewards_core::Timestamp;
use tokio::sync::Notify;

pub use render::render;
pub use timed::{TimedTransport, in_any_window};

use crate::{
    Answer, BuildClient, ClientBuilder, Clock, Drift, Randomness, Sleep, Transport, TransportError,
};

/// Plays prepared answers and remembers the requests.
#[derive(Default)]
pub struct ScriptedTransport {
    answers: Mutex<VecDeque<Result<Answer, TransportError>>>,
    requests: Mutex<Vec<http::Request<Bytes>>>,
    timeouts: Mutex<Vec<Duration>>,
}

impl ScriptedTransport {
    /// A transport that answers in this order, and breaks off when it has no more.
    pub fn new(answers: impl IntoIterator<Item = Result<Answer, TransportError>>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            requests: Mutex::default(),
            timeouts: Mutex::default(),
        })
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How long each of them was given.
    pub fn timeouts(&self) -> Vec<Duration> {
        self.timeouts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

// The requests hold signatures and secrets.
impl std::fmt::Debug for ScriptedTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScriptedTransport").finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for ScriptedTransport {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<Answer, TransportError> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        self.timeouts.lock().unwrap_or_else(PoisonError::into_inner).push(timeout);
        let answer = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        answer.unwrap_or_else(|| Err(TransportError::broken_off("the script has ended")))
    }
}

/// An answer of a status and a body.
pub fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
    let mut answer = Answer::new(body.into());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT);
    answer
}

/// A script, the clock it runs on and the drift that was reported: what a test of single exchanges needs.
#[derive(Debug)]
pub struct Script {
    /// The transport.
    pub transport: Arc<ScriptedTransport>,
    /// The clock.
    pub clock: Arc<ManualClock>,
    drift: Arc<Mutex<Vec<Drift>>>,
}

/// What an endpoint was sent and answered.
#[derive(Debug)]
pub struct Answered<T> {
    /// The last request, as [`render`] writes it.
    pub request: String,
    /// What came of it.
    pub output: T,
}

impl Script {
    /// A script that starts at 2022-08-12 10:48:46 in China.
    pub fn new(answers: impl IntoIterator<Item = Result<Answer, TransportError>>) -> Self {
        let start = Timestamp::parse_china("2022-08-12 10:48:46");
        Self {
            transport: ScriptedTransport::new(answers),
            clock: ManualClock::at(start.unwrap_or_else(|| std::time::UNIX_EPOCH.into())),
            drift: Arc::default(),
        }
    }

    /// Puts a client on the script, looking for drift in every answer.
    pub fn direct<C: BuildClient>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        let clock = &self.clock;
        let drift = Arc::clone(&self.drift);
        builder
            .transport(Arc::<ScriptedTransport>::clone(&self.transport))
            .surroundings(
                Arc::<ManualClock>::clone(clock),
                Arc::<ManualClock>::clone(clock),
                Arc::new(Counting::default()),
            )
            .look_for_drift_in_every_answer()
            .on_drift(move |seen| {
                drift.lock().unwrap_or_else(PoisonError::into_inner).push(seen.clone());
            })
    }

    /// The drift that was reported so far.
    pub fn drift(&self) -> Vec<Drift> {
        self.drift.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The last request with what came of it.
    ///
    /// # Panics
    ///
    /// If there was drift or a rejected row: a published sample has neither.
    pub fn answered<T: std::fmt::Debug>(&self, output: T) -> Answered<T> {
        assert_eq!(self.drift(), []);
        assert!(!format!("{output:?}").contains("RejectedRow"), "{output:#?}");
        let request = self.transport.requests().last().map(render).unwrap_or_default();
        Answered { request, output }
    }
}

/// A clock that stands still until it is moved; sleeping moves it.
#[derive(Debug)]
pub struct ManualClock {
    start_ms: i64,
    elapsed: Mutex<Duration>,
    moved: Notify,
    sleeps: Mutex<Vec<Duration>>,
}

impl ManualClock {
    /// A clock that shows an instant.
    pub fn at(start: Timestamp) -> Arc<Self> {
        Arc::new(Self {
            start_ms: start.epoch_ms(),
            elapsed: Mutex::default(),
            moved: Notify::new(),
            sleeps: Mutex::default(),
        })
    }

    /// Moves the clock on.
    pub fn advance(&self, duration: Duration) {
        *self.elapsed.lock().unwrap_or_else(PoisonError::into_inner) += duration;
        self.moved.notify_waiters();
    }

    /// The waits so far.
    pub fn sleeps(&self) -> Vec<Duration> {
        self.sleeps.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        let elapsed = i64::try_from(self.monotonic().as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_epoch_ms(self.start_ms.saturating_add(elapsed))
            .unwrap_or_else(|| std::time::UNIX_EPOCH.into())
    }

    fn monotonic(&self) -> Duration {
        *self.elapsed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Sleep for ManualClock {
    async fn sleep(&self, duration: Duration) {
        self.sleeps.lock().unwrap_or_else(PoisonError::into_inner).push(duration);
        self.advance(duration);
    }

    async fn expire(&self, after: Duration) {
        let end = self.monotonic().saturating_add(after);
        loop {
            let moved = self.moved.notified();
            if self.monotonic() >= end {
                return;
            }
            moved.await;
        }
    }
}

/// Counts instead of being random.
#[derive(Debug, Default)]
pub struct Counting(AtomicU64);

impl Randomness for Counting {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}
