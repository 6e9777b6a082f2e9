#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod proxy;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod reqwest_transport;

use std::{fmt::Debug, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use http::StatusCode;
use live_rewards_core::{Delivery, ErrorKind};

use crate::{Again, Answer, Refusal};

#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub use reqwest_transport::ReqwestTransport;

/// Sends one HTTP request and receives its whole answer. It doesn't retry and doesn't follow redirects.
#[async_trait]
pub trait Transport: Debug + Send + Sync {
    /// Sends a request; gives up after the timeout.
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<Answer, TransportError>;
}

/// An exchange without an answer. It never shows a URL.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// Whether the request may have reached the vendor.
    pub delivery: Delivery,
    /// Whether time ran out.
    pub timed_out: bool,
    /// Whether another attempt would fare the same.
    pub lasting: bool,
    /// Status of the HTTP answer, if so much of it came.
    pub http_status: Option<u16>,
    /// What happened.
    pub message: String,
    /// The cause.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// The connection could not be made: nothing was sent.
    pub fn not_sent(message: impl Into<String>) -> Self {
        Self::new(Delivery::NotSent, message.into())
    }

    /// The exchange broke off: the request may have been received.
    pub fn broken_off(message: impl Into<String>) -> Self {
        Self::new(Delivery::Unknown, message.into())
    }

    /// No answer came in time.
    pub fn timed_out() -> Self {
        let message = "no answer in time".to_owned();
        Self { timed_out: true, ..Self::new(Delivery::Unknown, message) }
    }

    /// The answer can't be received whole, however often it is asked for.
    pub fn too_large(max_body: usize) -> Self {
        let message = format!("the answer is larger than {max_body} bytes");
        Self { lasting: true, ..Self::new(Delivery::Unknown, message) }
    }

    /// Keeps the status of an answer whose body could not be received.
    pub fn with_http_status(mut self, status: StatusCode) -> Self {
        self.http_status = Some(status.as_u16());
        self
    }

    /// Keeps the cause, which must not show a URL.
    pub fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    fn new(delivery: Delivery, message: String) -> Self {
        Self {
            delivery,
            timed_out: false,
            lasting: false,
            http_status: None,
            message,
            source: None,
        }
    }
}

impl From<TransportError> for Refusal {
    fn from(error: TransportError) -> Self {
        Self {
            kind: if error.timed_out { ErrorKind::Timeout } else { ErrorKind::Transport },
            again: if error.lasting { Again::No } else { Again::Backoff },
            delivery: error.delivery,
            code: None,
            message: error.message,
            http_status: error.http_status,
            request_id: None,
            retry_after: None,
            source: error.source,
        }
    }
}
