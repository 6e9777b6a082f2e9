use std::{fmt::Debug, time::Duration};

use bytes::Bytes;
use live_rewards_core::{Delivery, Error, ErrorKind};

use crate::{Again, EndpointInfo, VendorCode, excerpt::description};

/// An HTTP answer.
pub type Answer = http::Response<Bytes>;

/// Takes a payload out of an answer, or says how the vendor refused.
pub trait Envelope: Debug + Send + Sync {
    /// Opens an answer.
    fn open(&self, info: &EndpointInfo, answer: &Answer) -> Result<Opened, Box<Refusal>>;
}

/// What was in an envelope.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The payload's JSON text.
    pub payload: Bytes,
    /// The vendor's id of the request.
    pub request_id: Option<String>,
}

/// An attempt that did not succeed, and what can be done about it.
#[derive(Debug)]
pub struct Refusal {
    /// What the caller can do.
    pub kind: ErrorKind,
    /// Whether another attempt can help.
    pub again: Again,
    /// Whether the request may have taken effect.
    pub delivery: Delivery,
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's message, or ours. It is shown; credentials are taken out of it, persons that the vendor names are not.
    pub message: String,
    /// Status of the HTTP answer.
    pub http_status: Option<u16>,
    /// The vendor's id of the request.
    pub request_id: Option<String>,
    /// The shortest time to wait that is known, by the answer or by the vendor's rules.
    pub retry_after: Option<Duration>,
    /// The cause.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Refusal {
    /// A refusal by the vendor, by what its published codes say. A code that is not published is of kind
    /// [`Vendor`](ErrorKind::Vendor), or of the kind that its HTTP status means.
    pub fn by_vendor(
        codes: &[VendorCode],
        answer: &Answer,
        code: Option<String>,
        message: Option<String>,
    ) -> Box<Self> {
        Self::by_vendor_with_status(codes, answer, answer.status().as_u16(), code, message)
    }

    /// The same by a status that stands for the answer's own, where the vendor tells one inside of an HTTP 200.
    pub fn by_vendor_with_status(
        codes: &[VendorCode],
        answer: &Answer,
        status: u16,
        code: Option<String>,
        message: Option<String>,
    ) -> Box<Self> {
        let known = VendorCode::look_up(codes, code.as_deref(), message.as_deref());
        let (kind, again) = match known {
            Some(known) => (known.kind, known.again),
            None => by_status(status),
        };
        Box::new(Self {
            kind,
            again,
            delivery: if status >= 500 { Delivery::Unknown } else { Delivery::Refused },
            message: message
                .filter(|message| !message.is_empty())
                .or_else(|| known.map(|known| known.meaning.to_owned()))
                .unwrap_or_else(|| "the vendor refused without a message".to_owned()),
            code,
            http_status: Some(answer.status().as_u16()),
            request_id: None,
            retry_after: None,
            source: None,
        })
    }

    /// An answer that is not in the vendor's envelope: a gateway's page, a cut body.
    pub fn unreadable(answer: &Answer, reason: &str) -> Box<Self> {
        let status = answer.status();
        let (kind, again) = if status.is_success() {
            (ErrorKind::Decode, Again::Backoff)
        } else {
            by_status(status.as_u16())
        };
        Box::new(Self {
            kind,
            again,
            delivery: Delivery::Unknown,
            code: None,
            message: format!(
                "the answer is not in the vendor's envelope: {reason} ({})",
                description(answer)
            ),
            http_status: Some(status.as_u16()),
            request_id: None,
            retry_after: None,
            source: None,
        })
    }

    pub(crate) fn into_error(self, attempts: u32) -> Error {
        let mut error = Error::new(self.kind, presentable(&self.message))
            .with_code(self.code.as_deref().map(presentable))
            .with_request_id(self.request_id.as_deref().map(presentable))
            .with_retry_after(self.retry_after)
            .with_attempts(attempts)
            .with_delivery(self.delivery);
        if let Some(status) = self.http_status {
            error = error.with_http_status(status);
        }
        if let Some(source) = self.source {
            error = error.with_source(source);
        }
        error
    }
}

/// Characters of a vendor's text that are kept.
const MOST: usize = 300;

/// A vendor's text fit for one line of a terminal: without control characters, and not endless.
pub(crate) fn presentable(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut kept: String = text.chars().take(MOST).map(plain).collect();
    if text.chars().nth(MOST).is_some() {
        kept.push('…');
    }
    kept
}

/// What an HTTP status means where the vendor's own code says nothing.
fn by_status(status: u16) -> (ErrorKind, Again) {
    match status {
        400 | 405 | 413..=415 | 422 => (ErrorKind::InvalidInput, Again::No),
        401 => (ErrorKind::Unauthenticated, Again::No),
        403 => (ErrorKind::PermissionDenied, Again::No),
        404 => (ErrorKind::NotFound, Again::No),
        429 => (ErrorKind::RateLimited, Again::Window),
        408 | 500.. => (ErrorKind::Vendor, Again::Backoff),
        _ => (ErrorKind::Vendor, Again::No),
    }
}
