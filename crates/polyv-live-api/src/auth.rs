use async_trait::async_trait;
use live_rewards_core::Result;
use live_rewards_http::{Attempt, Authorise, Body, Credential, Draft, ExposeSecret};

use crate::PolyvConfig;

/// Signs the parameters: secret, then each name and value in the order of the names, then the secret again, as the upper-case digest
/// that the configuration names.
#[derive(Debug)]
pub(crate) struct PolyvAuth {
    config: PolyvConfig,
}

impl PolyvAuth {
    pub(crate) const fn new(config: PolyvConfig) -> Self {
        Self { config }
    }
}

#[async_trait]
impl Authorise for PolyvAuth {
    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        // A JSON body is not signed; what is signed then stands in the query.
        let parameters = match &mut draft.body {
            Body::Form(form) => form,
            _ => &mut draft.query,
        };
        // The vendor signs what has a value. What is not signed is not sent either.
        parameters.retain(|_, value| !value.text().is_empty());
        parameters.push("appId", &self.config.app_id);
        parameters.push("timestamp", attempt.now.epoch_ms());
        // Both are signed themselves.
        parameters.push_some("signatureMethod", self.config.signing.method());
        parameters.push_some("signatureNonce", self.config.nonce.then(|| attempt.nonce()));
        let signed: Vec<_> =
            parameters.iter().map(|(name, value)| (name.to_owned(), value.text())).collect();
        let sign = self.config.signing.scheme().enclosed(
            self.config.app_secret.expose_secret(),
            signed.iter().map(|(name, value)| (name, value.as_bytes())),
        );
        let sign = sign.as_str().to_owned();
        drop(signed);
        parameters.push("sign", sign);
        Ok(Credential::Fixed)
    }

    fn credentials(&self) -> &'static [&'static str] {
        &["appId", "timestamp", "sign", "signatureMethod", "signatureNonce"]
    }
}
