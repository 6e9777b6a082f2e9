use std::{fmt, time::Duration};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use live_rewards_core::{Error, ErrorKind, Result};
use reqwest::{Certificate, Client, ClientBuilder, redirect, retry};
use secrecy::ExposeSecret;

use super::{Transport, TransportError, proxy};
use crate::{
    Answer, BaseUrl,
    network::{Network, Proxy},
};

/// The default transport: a pooled reqwest client.
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
        let user_agent = user_agent.to_owned();
        Self::on(base_url, &Network { user_agent, max_body, ..Network::default() })
    }

    /// A transport to one vendor, by a client's settings.
    pub(crate) fn on(base_url: &BaseUrl, network: &Network) -> Result<Self> {
        let mut builder = Client::builder()
            .user_agent(network.user_agent.as_str())
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .connect_timeout(CONNECT_TIMEOUT);
        // The URL is checked even if this machine is called, where it is not used.
        let proxy = match &network.proxy {
            Proxy::Url(url) => Some(proxy::parse(url.expose_secret())?),
            Proxy::Environment | Proxy::Direct => None,
        };
        builder = match (proxy, &network.proxy) {
            _ if base_url.is_loopback() => builder.no_proxy(),
            (Some(proxy), _) => builder.proxy(proxy),
            (None, Proxy::Direct) => builder.no_proxy(),
            (None, _) => builder,
        };
        for pem in &network.roots {
            builder = trust(builder, pem)?;
        }
        let client = builder.build().map_err(|error| {
            Error::new(ErrorKind::Config, "the HTTP client can't be set up")
                .with_source(error.without_url())
        })?;
        Ok(Self { client, max_body: network.max_body })
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<Answer, TransportError> {
        let mut response = self.client.execute(request).await.map_err(classify)?;
        let status = response.status();
        let too_large = || TransportError::too_large(self.max_body).with_http_status(status);
        let announced = usize::try_from(response.content_length().unwrap_or_default());
        if !announced.is_ok_and(|bytes| bytes <= self.max_body) {
            return Err(too_large());
        }
        let mut body = BytesMut::new();
        let cut = |error| classify_body(error).with_http_status(status);
        while let Some(chunk) = response.chunk().await.map_err(cut)? {
            if chunk.len() > self.max_body.saturating_sub(body.len()) {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = Answer::new(body.freeze());
        *answer.status_mut() = status;
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

/// Adds the certificates of a PEM file to the system's.
fn trust(builder: ClientBuilder, pem: &[u8]) -> Result<ClientBuilder> {
    let refused = || {
        let what = "the extra root certificate is not PEM text of one or more certificates";
        Error::new(ErrorKind::Config, what)
    };
    let certificates = Certificate::from_pem_bundle(pem)
        .map_err(|error| refused().with_source(error.without_url()))?;
    if certificates.is_empty() {
        return Err(refused());
    }
    Ok(builder.tls_certs_merge(certificates))
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

/// The status has come, the body has not, or not as it was announced.
fn classify_body(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let classified = if error.is_timeout() {
        TransportError::timed_out()
    } else {
        TransportError::broken_off("the answer broke off")
    };
    classified.with_source(error)
}

// reqwest's own form shows the proxy's address and every default header.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").field("max_body", &self.max_body).finish_non_exhaustive()
    }
}
