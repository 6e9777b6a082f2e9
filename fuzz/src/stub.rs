//! Clients of vendors that answer what a test makes up. Nothing leaves the process and nothing waits.

use std::sync::Arc;

use live_rewards_core::{Error, Timestamp};
use live_rewards_http::{
    Answer, BuildClient, ClientBuilder, Endpoint, Retry,
    test_util::{Counting, ManualClock, TimedTransport, answer},
};
use polyv_live_api::{PolyvClient, PolyvConfig};
use tokio::runtime::Builder;
use xiaoe_api::{XiaoeClient, XiaoeConfig, access::Token};
use yxt_zhibo_api::{YxtClient, YxtConfig};

/// The other end of the clients' wire.
pub(crate) struct Stub {
    clock: Arc<ManualClock>,
    transport: Arc<TimedTransport>,
}

impl Stub {
    /// Answers by path.
    pub(crate) fn new(rule: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let start = Timestamp::parse_china("2022-08-12 10:48:46").expect("a time");
        let clock = ManualClock::at(start);
        let transport =
            TimedTransport::new(Arc::<ManualClock>::clone(&clock), move |path| Ok(rule(path)));
        Self { clock, transport }
    }

    /// Answers the same to every call but that for a token.
    pub(crate) fn answering(same: Answer) -> Self {
        Self::new(move |path| if path == Token::INFO.path { token() } else { same.clone() })
    }

    pub(crate) fn xiaoe(&self) -> XiaoeClient {
        self.client(XiaoeClient::builder(XiaoeConfig::new("app", "xop", "secret")))
    }

    pub(crate) fn polyv(&self) -> PolyvClient {
        self.client(PolyvClient::builder(PolyvConfig::new("app", "secret")))
    }

    pub(crate) fn yxt(&self) -> YxtClient {
        self.client(YxtClient::builder(YxtConfig::new("key", "secret")))
    }

    fn client<C: BuildClient>(&self, builder: ClientBuilder<C>) -> C {
        let clock = &self.clock;
        builder
            .transport(Arc::<TimedTransport>::clone(&self.transport))
            .surroundings(
                Arc::<ManualClock>::clone(clock),
                Arc::<ManualClock>::clone(clock),
                Arc::new(Counting::default()),
            )
            .retry(Retry::default().max_retries(1))
            .look_for_drift_in_every_answer()
            .build()
            .expect("a client")
    }

    /// How often an endpoint was called.
    pub(crate) fn calls<E: Endpoint>(&self) -> usize {
        self.transport.asked(E::INFO.path).len()
    }
}

/// The answer to the call for a token.
pub(crate) fn token() -> Answer {
    answer(200, r#"{"code":0,"data":{"access_token":"token","expires_in":7200}}"#)
}

/// Runs calls to their end.
pub(crate) fn run<T>(calls: impl Future<Output = T>) -> T {
    Builder::new_current_thread().build().expect("a runtime").block_on(calls)
}

/// An error is one short line without anything that a terminal obeys.
pub(crate) fn assert_fit_to_show(error: &Error) {
    let line = error.to_string();
    assert!(!line.contains(char::is_control), "{line:?}");
    // Message, code and request id, three hundred characters each, and what we say ourselves.
    assert!(line.chars().count() < 1200, "{line:?}");
}
