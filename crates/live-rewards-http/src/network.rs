use std::fmt;

use secrecy::SecretString;

/// How the default transport reaches the network.
#[derive(Clone)]
#[cfg_attr(
    not(any(feature = "rustls", feature = "native-tls")),
    allow(dead_code, reason = "without TLS there is no default transport")
)]
pub(crate) struct Network {
    pub(crate) user_agent: String,
    pub(crate) max_body: usize,
    pub(crate) proxy: Proxy,
    /// Files of certificates, as PEM.
    pub(crate) roots: Vec<Vec<u8>>,
}

/// Through what the vendors are called. This machine itself is never called through a proxy.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    not(any(feature = "rustls", feature = "native-tls")),
    allow(dead_code, reason = "without TLS there is no default transport")
)]
pub(crate) enum Proxy {
    /// What `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// None, whatever the environment says.
    Direct,
    /// One for everything, whatever the environment says. Its URL may hold a password.
    Url(SecretString),
}

impl Default for Network {
    fn default() -> Self {
        Self {
            user_agent: concat!("live-rewards/", env!("CARGO_PKG_VERSION")).to_owned(),
            max_body: 64 * 1024 * 1024,
            proxy: Proxy::default(),
            roots: Vec::new(),
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("user_agent", &self.user_agent)
            .field("max_body", &self.max_body)
            .field("proxy", &self.proxy)
            .field("roots", &self.roots.len())
            .finish()
    }
}
