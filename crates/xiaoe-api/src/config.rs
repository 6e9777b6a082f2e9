use std::fmt;

use live_rewards_core::Result;
use live_rewards_http::{SecretString, Service, optional_env, required_env};

use crate::Xiaoe;

/// Credentials and address of a Xiaoe shop.
#[derive(Clone)]
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

// An address that isn't checked yet may hold a password.
impl fmt::Debug for XiaoeConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app_id, client_id, secret_key, base_url: _ } = self;
        f.debug_struct("XiaoeConfig")
            .field("app_id", app_id)
            .field("client_id", client_id)
            .field("secret_key", secret_key)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_secret_nor_address_is_shown() {
        let config = XiaoeConfig::new("app", "xop", "hunter2");
        let config = config.base_url("https://user:hunter2@localhost");
        let shown = format!("{config:?} {config:#?}");
        assert!(shown.contains("app_id: \"app\"") && !shown.contains("hunter2"), "{shown}");
    }
}
