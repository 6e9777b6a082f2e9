use live_rewards_core::Result;
use live_rewards_http::{SecretString, Service, optional_env, required_env};

use crate::Polyv;

/// Credentials and address of a Polyv account.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PolyvConfig {
    /// Application id (`appId`).
    pub app_id: String,
    /// Application secret (`appSecret`).
    pub app_secret: SecretString,
    /// Where the API is; `https://api.polyv.net` unless said.
    pub base_url: String,
}

impl PolyvConfig {
    /// The vendor's own service.
    pub fn new(app_id: impl Into<String>, app_secret: impl Into<SecretString>) -> Self {
        Self {
            app_id: app_id.into(),
            app_secret: app_secret.into(),
            base_url: Polyv::BASE_URL.to_owned(),
        }
    }

    /// Another address, as the emulator's.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Reads `POLYV_APP_ID`, `POLYV_APP_SECRET` and, if it is set, `POLYV_BASE_URL`.
    pub fn from_env() -> Result<Self> {
        let [app_id, app_secret] = required_env(["POLYV_APP_ID", "POLYV_APP_SECRET"])?;
        let config = Self::new(app_id, app_secret);
        Ok(match optional_env("POLYV_BASE_URL") {
            Some(base_url) => config.base_url(base_url),
            None => config,
        })
    }
}
