mod settings;

use std::{fmt, sync::Arc, time::Duration};

use http::{HeaderName, HeaderValue};
use live_rewards_core::Result;
use secrecy::SecretString;

use crate::{
    Clock, Drift, Limits, Randomness, Retry, Sleep, Surroundings, TokenStore, Transport,
    network::Proxy,
};
pub use settings::Settings;

/// A client that a [`ClientBuilder`] makes.
pub trait BuildClient: Sized {
    /// What it needs to know: credentials, base URL.
    type Config;

    /// Makes the client.
    fn build(config: Self::Config, settings: Settings) -> Result<Self>;
}

/// Sets up a vendor's client. Every vendor's builder is this one.
pub struct ClientBuilder<C: BuildClient> {
    config: C::Config,
    settings: Settings,
}

impl<C: BuildClient> ClientBuilder<C> {
    /// Starts from a vendor's configuration.
    pub fn new(config: C::Config) -> Self {
        Self { config, settings: Settings::default() }
    }

    /// How long one attempt may take; 30 s unless said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// How long a call may take with all its attempts and waits; 2 minutes unless said.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = deadline;
        self
    }

    /// How often and how patiently a call is tried again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// Counts requests apart from the process's other clients, or not at all.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = Some(limits);
        self
    }

    /// Sends through a transport of the caller's own instead of reqwest.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.settings.transport = Some(transport);
        self
    }

    /// Takes time, waiting and randomness from elsewhere. Requests are then counted on that clock, apart from other clients',
    /// unless [`limits`](Self::limits) says otherwise.
    pub fn surroundings(
        mut self,
        clock: Arc<dyn Clock>,
        sleep: Arc<dyn Sleep>,
        randomness: Arc<dyn Randomness>,
    ) -> Self {
        self.settings.surroundings = Some(Surroundings { clock, sleep, randomness });
        self
    }

    /// Allows a plain `http` base URL on another machine. Credentials and records then travel readable.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.plain_http = true;
        self
    }

    /// Names the caller to the vendor. Applies to the default transport.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.network.user_agent = user_agent.into();
        self
    }

    /// Calls the vendor through a proxy, whatever the environment says: `http://`, `https://`, `socks5://`, or `socks5h://` where
    /// the proxy is to look up names; with `user:password@` before the host if it asks for them. This machine itself is never called
    /// through it. Unless this or [`no_proxy`](Self::no_proxy) is said, the environment is followed: `HTTPS_PROXY`, `HTTP_PROXY`,
    /// `ALL_PROXY` and, for hosts that are called directly, `NO_PROXY`. Applies to the default transport.
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.settings.network.proxy = Proxy::Url(url.into());
        self
    }

    /// Calls the vendor directly, whatever the environment says. Applies to the default transport.
    pub fn no_proxy(mut self) -> Self {
        self.settings.network.proxy = Proxy::Direct;
        self
    }

    /// Trusts the certificates in a PEM file besides the system's, as those of a company that looks into TLS. May be called more than
    /// once. Applies to the default transport.
    pub fn root_certificate_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.network.roots.push(pem.into());
        self
    }

    /// Records what is answered, for tests; see [`cassette`](crate::cassette).
    #[cfg(feature = "cassette")]
    pub fn record(mut self, recorder: crate::cassette::Recorder) -> Self {
        self.settings.recorder = Some(recorder);
        self
    }

    /// Sends a header with every request. The value is shown nowhere, and its words of 6 characters and more are taken out of what a
    /// vendor's messages repeat.
    pub fn header(mut self, name: HeaderName, mut value: HeaderValue) -> Self {
        value.set_sensitive(true);
        self.settings.headers.insert(name, value);
        self
    }

    /// How large an answer may be, decompressed; 64 MiB unless said. Applies to the default transport.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.network.max_body = bytes;
        self
    }

    /// Looks for unknown members in every answer instead of a sample of them.
    pub fn look_for_drift_in_every_answer(mut self) -> Self {
        self.settings.every_answer = true;
        self
    }

    /// Is told, besides the tracing event, when an answer has something that the spec doesn't know.
    pub fn on_drift(mut self, hook: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        self.settings.drift_hook = Some(Arc::new(hook));
        self
    }

    /// Keeps access tokens in a store that clients share, or processes, as with a [`FileTokenStore`](crate::FileTokenStore); without
    /// one they are this client's alone. For vendors that give out tokens; others take no notice.
    pub fn token_store(mut self, store: Arc<dyn TokenStore>) -> Self {
        self.settings.token_store = Some(store);
        self
    }

    /// Makes the client.
    pub fn build(self) -> Result<C> {
        C::build(self.config, self.settings)
    }
}

impl<C: BuildClient> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}
