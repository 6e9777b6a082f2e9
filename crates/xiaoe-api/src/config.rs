use live_rewards_core::Result;
use live_rewards_http::{SecretString, Service, optional_env, required_env};

use crate::Xiaoe;

/// Credentials and address of a Xiaoe shop.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct XiaoeConfig {
    /// Business id of the shop (`app…`).
    pub app_id: String,
    /// Id of the application (`xop…`).
    pub client_id: String,
    /// Secret of the application.
    pub secret_key: SecretString,
    /// Where the API is; `https://api.xiaoe-tech.com` unless said.
    pub base_url: String,
}

impl XiaoeConfig {
    /// The vendor's own service.
    pub fn new(
        app_id: impl Into<String>,
        client_id: impl Into<String>,
        secret_key: impl Into<SecretString>,
    ) -> Self {
        Self {
            app_id: app_id.into(),
            client_id: client_id.into(),
            secret_key: secret_key.into(),
            base_url: Xiaoe::BASE_URL.to_owned(),
        }
    }

    /// Another address, as the emulator's.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Reads `XIAOE_APP_ID`, `XIAOE_CLIENT_ID`, `XIAOE_SECRET_KEY` and, if it is set, `XIAOE_BASE_URL`.
    pub fn from_env() -> Result<Self> {
        let [app_id, client_id, secret_key] =
            required_env(["XIAOE_APP_ID", "XIAOE_CLIENT_ID", "XIAOE_SECRET_KEY"])?;
        let config = Self::new(app_id, client_id, secret_key);
        Ok(match optional_env("XIAOE_BASE_URL") {
            Some(base_url) => config.base_url(base_url),
            None => config,
        })
    }
}
