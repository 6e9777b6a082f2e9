use std::fmt;

use live_rewards_core::Result;
use live_rewards_http::{SecretString, Service, optional_env, required_env};

use crate::Polyv;

/// Credentials and address of a Polyv account.
#[derive(Clone)]
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

// An address that isn't checked yet may hold a password.
impl fmt::Debug for PolyvConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app_id, app_secret, base_url: _ } = self;
        f.debug_struct("PolyvConfig")
            .field("app_id", app_id)
            .field("app_secret", app_secret)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_secret_nor_address_is_shown() {
        let config = PolyvConfig::new("app", "hunter2").base_url("https://user:hunter2@localhost");
        let shown = format!("{config:?} {config:#?}");
        assert!(shown.contains("app_id: \"app\"") && !shown.contains("hunter2"), "{shown}");
    }
}
