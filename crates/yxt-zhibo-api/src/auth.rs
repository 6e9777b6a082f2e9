use async_trait::async_trait;
use common_signing::{Algorithm, HexCase, Scheme};
use live_rewards_core::Result;
use live_rewards_http::{Attempt, Authorise, Credential, Draft, ExposeSecret};

use crate::YxtConfig;

/// Signs in headers: key, secret, nonce and seconds since 1970, as lower-case SHA-256. Nothing of the request itself is
/// signed.
#[derive(Debug)]
pub(crate) struct YxtAuth {
    config: YxtConfig,
}

const SCHEME: Scheme = Scheme::new(Algorithm::Sha256, HexCase::Lower);

impl YxtAuth {
    pub(crate) const fn new(config: YxtConfig) -> Self {
        Self { config }
    }
}

#[async_trait]
impl Authorise for YxtAuth {
    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        let YxtConfig { app_key, app_secret, source, .. } = &self.config;
        let nonce = attempt.nonce();
        let timestamp = attempt.now.epoch_seconds().to_string();
        let signature =
            SCHEME.ordered([app_key.as_str(), app_secret.expose_secret(), &nonce, &timestamp]);
        draft.header("appkey", app_key)?;
        draft.header("nonce", &nonce)?;
        draft.header("timestamp", &timestamp)?;
        draft.sensitive_header("signature", signature.as_str())?;
        if let Some(source) = source {
            draft.header("source", source)?;
        }
        Ok(Credential::Fixed)
    }

    fn credentials(&self) -> &'static [&'static str] {
        &["appkey", "nonce", "timestamp", "signature", "source"]
    }
}
