use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use live_rewards_core::{Error, ErrorKind, Result};
use live_rewards_http::{
    Attempt, Authorise, Body, Credential, Draft, Endpoint, EndpointInfo, Pipeline, SecretString,
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

    async fn token(&self, deadline: Duration) -> Result<(Arc<SecretString>, Credential)> {
        let begin = |deadline| {
            let XiaoeConfig { app_id, client_id, secret_key, .. } = &self.config;
            let request = Token::new(app_id, client_id, secret_key.clone());
            fetch(self.tokens.clone(), request, deadline)
        };
        self.cache.get(deadline, begin).await
    }
}

async fn fetch(tokens: Pipeline, request: Token, deadline: Duration) -> Result<AccessToken> {
    let issued = tokens.call_until(&request, deadline).await?.output;
    let lifetime = Duration::from_secs(issued.expires_in);
    Ok(AccessToken { value: issued.access_token, lifetime })
}

/// Those of the calls, and of the call for the token.
const CREDENTIALS: &[&str] = &["access_token", "app_id", "client_id", "secret_key"];

#[async_trait]
impl Authorise for XiaoeAuth {
    async fn prepare(&self, info: &EndpointInfo, deadline: Duration) -> Result<()> {
        if info.path == Token::INFO.path {
            return Ok(());
        }
        self.token(deadline).await.map(drop)
    }

    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        if draft.path == Token::INFO.path {
            return counted(&self.cache, attempt).await;
        }
        let Body::Json(parameters) = &mut draft.body else {
            return Err(Error::new(
                ErrorKind::InvalidInput,
                "the token goes into a JSON body, and this request has none",
            ));
        };
        let (token, credential) = self.token(attempt.deadline).await?;
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
pub(crate) struct Unauthorised(pub(crate) TokenCache);

#[async_trait]
impl Authorise for Unauthorised {
    async fn authorise(&self, _: &mut Draft, attempt: Attempt<'_>) -> Result<Credential> {
        counted(&self.0, attempt).await
    }

    fn credentials(&self) -> &'static [&'static str] {
        CREDENTIALS
    }
}

/// Counts a call for a token, as every attempt of one is.
async fn counted(cache: &TokenCache, attempt: Attempt<'_>) -> Result<Credential> {
    cache.count(Token::INFO.limit, attempt.deadline).await?;
    Ok(Credential::Fixed)
}
