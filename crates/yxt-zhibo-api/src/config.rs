use std::fmt;

use live_rewards_core::Result;
use live_rewards_http::{SecretString, Service, optional_env, required_env};

use crate::Yxt;

/// Credentials and address of a YXT live account.
#[derive(Clone)]
#[non_exhaustive]
pub struct YxtConfig {
    /// Access key (`appkey`).
    pub app_key: String,
    /// Secret access key.
    pub app_secret: SecretString,
    /// Value of the header `source`, which the vendor's examples send and nowhere explain.
    pub source: Option<String>,
    /// Where the API is; `https://api-zhibo.yxt.com` unless said.
    pub base_url: String,
}

impl YxtConfig {
    /// The vendor's own service.
    pub fn new(app_key: impl Into<String>, app_secret: impl Into<SecretString>) -> Self {
        Self {
            app_key: app_key.into(),
            app_secret: app_secret.into(),
            source: None,
            base_url: Yxt::BASE_URL.to_owned(),
        }
    }

    /// Sends the header `source`.
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Another address, as the emulator's.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Reads `YXT_APP_KEY`, `YXT_APP_SECRET` and, if they are set, `YXT_SOURCE` and `YXT_BASE_URL`.
    pub fn from_env() -> Result<Self> {
        let [app_key, app_secret] = required_env(["YXT_APP_KEY", "YXT_APP_SECRET"])?;
        let mut config = Self::new(app_key, app_secret);
        config.source = optional_env("YXT_SOURCE");
        Ok(match optional_env("YXT_BASE_URL") {
            Some(base_url) => config.base_url(base_url),
            None => config,
        })
    }
}

// An address that isn't checked yet may hold a password.
impl fmt::Debug for YxtConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app_key, app_secret, source, base_url: _ } = self;
        f.debug_struct("YxtConfig")
            .field("app_key", app_key)
            .field("app_secret", app_secret)
            .field("source", source)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_secret_nor_address_is_shown() {
        let config = YxtConfig::new("key", "hunter2").base_url("https://user:hunter2@localhost");
        let shown = format!("{config:?} {config:#?}");
        assert!(shown.contains("app_key: \"key\"") && !shown.contains("hunter2"), "{shown}");
    }
}
