mod kind;

use std::{borrow::Cow, error::Error as StdError, fmt, time::Duration};

pub use kind::{Delivery, ErrorKind};

use crate::Vendor;

/// Result of everything that talks to a vendor.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, what the vendor said, and whether the request may have taken effect.
///
/// `Display` is one line. No form of it shows a secret, a token, a signature or a URL's query. What the vendor says in its
/// [`message`](Self::message) is shown.
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    vendor: Option<Vendor>,
    endpoint: Option<&'static str>,
    code: Option<String>,
    http_status: Option<u16>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    attempts: u32,
    delivery: Delivery,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of something that was not sent.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            vendor: None,
            endpoint: None,
            code: None,
            http_status: None,
            request_id: None,
            retry_after: None,
            attempts: 0,
            delivery: Delivery::NotSent,
            source: None,
        }))
    }

    /// Names the vendor.
    pub fn with_vendor(mut self, vendor: Vendor) -> Self {
        self.0.vendor = Some(vendor);
        self
    }

    /// Names the endpoint by the id of its spec.
    pub fn with_endpoint(mut self, endpoint: &'static str) -> Self {
        self.0.endpoint = Some(endpoint);
        self
    }

    /// Keeps the vendor's own code.
    pub fn with_code(mut self, code: Option<String>) -> Self {
        self.0.code = code;
        self
    }

    /// Keeps the status of the HTTP answer.
    pub fn with_http_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    /// Keeps the vendor's id of the request.
    pub fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = request_id;
        self
    }

    /// Says how long to wait before another try.
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    /// Counts the attempts that were made.
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Says whether the request may have taken effect.
    pub fn with_delivery(mut self, delivery: Delivery) -> Self {
        self.0.delivery = delivery;
        self
    }

    /// Keeps the cause. It must not show secrets or a URL's query.
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What the caller can do.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What went wrong: the vendor's message where it gave one. Nothing is left out of that but credentials: if the vendor names a
    /// person in it, so does this.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The vendor that was called.
    pub fn vendor(&self) -> Option<Vendor> {
        self.0.vendor
    }

    /// The endpoint that was called, as the id of its spec.
    pub fn endpoint(&self) -> Option<&'static str> {
        self.0.endpoint
    }

    /// The vendor's own code: a number at Xiaoe and Polyv, a key at YXT.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Status of the HTTP answer, if there was one.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The vendor's id of the request, to quote to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long to wait before another try, where known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many attempts were sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the request may have taken effect.
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        match (inner.vendor, inner.endpoint) {
            (Some(vendor), Some(endpoint)) => write!(f, "{vendor} {endpoint}: ")?,
            (Some(vendor), None) => write!(f, "{vendor}: ")?,
            (None, Some(endpoint)) => write!(f, "{endpoint}: ")?,
            (None, None) => {}
        }
        write!(f, "{}: ", inner.kind)?;
        // A vendor's message may hold line breaks; this is one line.
        for part in inner.message.split_inclusive(['\r', '\n']) {
            f.write_str(part.trim_end_matches(['\r', '\n']))?;
            if part.ends_with(['\r', '\n']) {
                f.write_str(" ")?;
            }
        }
        let mut separator = " (";
        let mut detail = |f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>| {
            f.write_str(separator)?;
            separator = ", ";
            f.write_fmt(text)
        };
        if let Some(code) = &inner.code {
            detail(f, format_args!("code {code}"))?;
        }
        if let Some(status) = inner.http_status {
            detail(f, format_args!("HTTP {status}"))?;
        }
        if let Some(id) = &inner.request_id {
            detail(f, format_args!("request {id}"))?;
        }
        if let Some(wait) = inner.retry_after {
            detail(f, format_args!("retry after {} s", wait.as_secs()))?;
        }
        if inner.attempts > 1 {
            detail(f, format_args!("{} attempts", inner.attempts))?;
        }
        if separator == ", " { f.write_str(")") } else { Ok(()) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_is_one_line() {
        let error = Error::new(ErrorKind::Unauthenticated, "application\nnot found.")
            .with_vendor(Vendor::Polyv)
            .with_endpoint("red_pack_statistics")
            .with_code(Some("20001".to_owned()))
            .with_http_status(400)
            .with_request_id(Some("d310b70b".to_owned()))
            .with_attempts(2);
        insta::assert_snapshot!(error, @"polyv red_pack_statistics: not authenticated: application not found. (code 20001, HTTP 400, request d310b70b, 2 attempts)");
        insta::assert_snapshot!(Error::new(ErrorKind::Config, "no secret"), @"configuration: no secret");
    }

    #[test]
    fn it_is_one_pointer_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
