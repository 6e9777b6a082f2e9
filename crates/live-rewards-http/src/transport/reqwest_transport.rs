use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use live_rewards_core::{Error, ErrorKind, Result};
use reqwest::{Client, redirect, retry};

use super::{Transport, TransportError};
use crate::{Answer, BaseUrl};

/// The default transport: a pooled reqwest client.
#[derive(Debug)]
pub struct ReqwestTransport {
    client: Client,
    max_body: usize,
}

/// A connection that isn't made in this time was not sent anything, which the time of a whole attempt wouldn't tell.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

impl ReqwestTransport {
    /// A transport to one vendor. Proxies come from the environment (`HTTPS_PROXY`, `NO_PROXY`), but this machine itself is
    /// never called through one. An answer of more than `max_body` bytes, decompressed, is an error.
    pub fn new(base_url: &BaseUrl, user_agent: &str, max_body: usize) -> Result<Self> {
        let mut builder = Client::builder()
            .user_agent(user_agent)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .connect_timeout(CONNECT_TIMEOUT);
        if base_url.is_loopback() {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| {
            Error::new(ErrorKind::Config, "the HTTP client can't be set up")
                .with_source(error.without_url())
        })?;
        Ok(Self { client, max_body })
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<Answer, TransportError> {
        let mut response = self.client.execute(request).await.map_err(classify)?;
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(classify)? {
            if chunk.len() > self.max_body.saturating_sub(body.len()) {
                return Err(TransportError::too_large(self.max_body));
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = Answer::new(body.freeze());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<Answer, TransportError> {
        let mut request = reqwest::Request::try_from(request).map_err(|error| {
            TransportError::not_sent("the request is invalid").with_source(error.without_url())
        })?;
        *request.timeout_mut() = Some(timeout);
        self.exchange(request).await
    }
}

fn classify(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let classified = if error.is_connect() {
        TransportError::not_sent("the connection could not be made")
    } else if error.is_timeout() {
        TransportError::timed_out()
    } else {
        TransportError::broken_off("the connection broke off")
    };
    classified.with_source(error)
}
