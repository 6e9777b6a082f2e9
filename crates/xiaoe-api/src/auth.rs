use std::time::Duration;

use async_trait::async_trait;
use live_rewards_core::{Error, ErrorKind, Result};
use live_rewards_http::{
    Attempt, Authorise, Body, Credential, Draft, Endpoint, EndpointInfo, Pipeline,
    Token as AccessToken, TokenCache,
};

use crate::{XiaoeConfig, access::Token};

/// Puts the access token into the JSON body. One token is fetched for all callers, ahead of its end, and once more when
/// the vendor refuses it.
#[derive(Debug)]
pub(crate) struct XiaoeAuth {
    config: XiaoeConfig,
    tokens: Pipeline,
    cache: TokenCache,
}

impl XiaoeAuth {
    pub(crate) fn new(config: XiaoeConfig, tokens: Pipeline, cache: TokenCache) -> Self {
        Self { config, tokens, cache }
    }

    async fn fetch(&self, deadline: Duration) -> Result<AccessToken> {
        let XiaoeConfig { app_id, client_id, secret_key, .. } = &self.config;
        let request = Token::new(app_id, client_id, secret_key.clone());
        let issued = self.tokens.call_until(&request, deadline).await?.output;
        Ok(AccessToken {
            value: issued.access_token,
            lifetime: Duration::from_secs(issued.expires_in),
        })
    }
}

/// Those of the calls, and of the call for the token.
const CREDENTIALS: &[&str] = &["access_token", "app_id", "client_id", "secret_key"];

#[async_trait]
impl Authorise for XiaoeAuth {
    async fn prepare(&self, info: &EndpointInfo, deadline: Duration) -> Result<()> {
        if info.path == Token::INFO.path {
            return Ok(());
        }
        self.cache.get(deadline, |deadline| self.fetch(deadline)).await.map(drop)
    }

    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        if draft.path == Token::INFO.path {
            return Ok(Credential::Fixed);
        }
        let Body::Json(parameters) = &mut draft.body else {
            return Err(Error::new(
                ErrorKind::InvalidInput,
                "the token goes into a JSON body, and this request has none",
            ));
        };
        let (token, credential) =
            self.cache.get(attempt.deadline, |deadline| self.fetch(deadline)).await?;
        parameters.push_secret("access_token", &token);
        Ok(credential)
    }

    fn credentials(&self) -> &'static [&'static str] {
        CREDENTIALS
    }

    async fn refused(&self, credential: Credential) -> bool {
        self.cache.drop_refused(credential)
    }
}

/// For the call that fetches the token: its parameters are the credentials.
#[derive(Debug)]
pub(crate) struct Unauthorised;

#[async_trait]
impl Authorise for Unauthorised {
    async fn authorise(&self, _: &mut Draft, _: Attempt<'_>) -> Result<Credential> {
        Ok(Credential::Fixed)
    }

    fn credentials(&self) -> &'static [&'static str] {
        CREDENTIALS
    }
}
