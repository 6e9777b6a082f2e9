use std::{fmt, sync::Arc, time::Duration};

use http::HeaderMap;
use live_rewards_core::Result;

use crate::{
    BaseUrl, DriftHook, Limits, MemoryTokenStore, Pipeline, Plan, Retry, Surroundings, TokenCache,
    TokenKey, TokenStore, Transport, clock_offset::ClockOffset, drift::DriftReporter,
    network::Network, pipeline::Inner, stats::Counters,
};

/// What a client can be told besides its vendor's configuration.
#[derive(Clone)]
pub struct Settings {
    pub(super) timeout: Duration,
    pub(super) deadline: Duration,
    pub(super) retry: Retry,
    pub(super) limits: Option<Limits>,
    pub(super) surroundings: Option<Surroundings>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) plain_http: bool,
    pub(super) network: Network,
    pub(super) headers: HeaderMap,
    #[cfg(feature = "cassette")]
    pub(super) recorder: Option<crate::cassette::Recorder>,
    /// Shared by all pipelines of the client.
    counters: Arc<Counters>,
    pub(super) every_answer: bool,
    pub(super) drift_hook: Option<DriftHook>,
    pub(super) token_store: Option<Arc<dyn TokenStore>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            deadline: Duration::from_secs(120),
            retry: Retry::default(),
            limits: None,
            surroundings: None,
            transport: None,
            plain_http: false,
            network: Network::default(),
            headers: HeaderMap::new(),
            #[cfg(feature = "cassette")]
            recorder: None,
            counters: Arc::default(),
            every_answer: false,
            drift_hook: None,
            token_store: None,
        }
    }
}

impl Settings {
    /// Checks a base URL under these settings.
    pub fn base_url(&self, text: &str) -> Result<BaseUrl> {
        BaseUrl::parse(text, self.plain_http)
    }

    /// Makes what is made by default now, so that all pipelines of a client share it.
    pub fn shared(mut self, base_url: &BaseUrl) -> Result<Self> {
        self.limits = Some(self.limits_to_use());
        self.surroundings.get_or_insert_with(Surroundings::system);
        if self.transport.is_none() {
            self.transport = Some(default_transport(&self, base_url)?);
        }
        Ok(self)
    }

    /// A cache for an application's tokens, over the store that the client was given. The settings are those that are
    /// [shared](Self::shared), so that its clock is the pipelines'.
    pub fn token_cache(&self, key: TokenKey) -> TokenCache {
        let store = self.token_store.clone();
        let store = store.unwrap_or_else(|| Arc::new(MemoryTokenStore::new()));
        let surroundings = self.surroundings.clone().unwrap_or_else(Surroundings::system);
        TokenCache::new(key, store, surroundings.clock, surroundings.sleep)
    }

    fn limits_to_use(&self) -> Limits {
        match (&self.limits, &self.surroundings) {
            (Some(limits), _) => limits.clone(),
            (None, Some(own)) => Limits::with_clock(Arc::clone(&own.clock)),
            (None, None) => Limits::shared(),
        }
    }

    /// A pipeline for a vendor's plan.
    pub fn pipeline(&self, plan: Plan) -> Result<Pipeline> {
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => default_transport(self, &plan.base_url)?,
        };
        #[cfg(feature = "cassette")]
        let transport = match &self.recorder {
            Some(recorder) => recorder.around(transport),
            None => transport,
        };
        let limits = self.limits_to_use();
        Ok(Pipeline::new(Inner {
            transport,
            surroundings: self.surroundings.clone().unwrap_or_else(Surroundings::system),
            limits,
            retry: self.retry,
            timeout: self.timeout,
            deadline: self.deadline,
            headers: self.headers.clone(),
            offset: ClockOffset::default(),
            counters: Arc::clone(&self.counters),
            drift: DriftReporter::new(plan.vendor, self.every_answer, self.drift_hook.clone()),
            plan,
        }))
    }
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn default_transport(settings: &Settings, base_url: &BaseUrl) -> Result<Arc<dyn Transport>> {
    Ok(Arc::new(crate::ReqwestTransport::on(base_url, &settings.network)?))
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn default_transport(_: &Settings, _: &BaseUrl) -> Result<Arc<dyn Transport>> {
    Err(live_rewards_core::Error::new(
        live_rewards_core::ErrorKind::Config,
        "there is no transport; enable the feature rustls or native-tls, or give one to the builder",
    ))
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .field("transport", &self.transport)
            .field("network", &self.network)
            .finish_non_exhaustive()
    }
}
