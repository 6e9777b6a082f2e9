//! A request as it is kept: nothing of it is read, masked or written out before somebody asks.

use std::borrow::Cow;
use std::fmt;

use hyper::Method;

use crate::calendar;
use crate::journal::mask::{MOST, of_body, of_headers, of_query, plain, shortened};
use crate::journal::{JournalEntry, RefusalReason};
use crate::request::Request;

/// Largest body that is kept.
const LARGEST: usize = 16 << 10;
/// Most characters shown of a path or a method.
const LONGEST: usize = 500;

/// A request and what came of it.
#[derive(Default)]
pub(crate) struct Recorded {
    vendor: &'static str,
    endpoint: Option<&'static str>,
    at_ms: i64,
    method: Method,
    path: String,
    headers: Vec<(&'static str, Vec<u8>)>,
    query: Vec<(String, String)>,
    body: Vec<u8>,
    /// Length of a body that is too large to be kept.
    left_out: Option<usize>,
    is_form: bool,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<Cow<'static, str>>,
    pub(crate) refusal: Option<Box<RefusalReason>>,
    pub(crate) faults: Vec<String>,
}

/// Where and when a request arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    pub(crate) vendor: &'static str,
    pub(crate) endpoint: Option<&'static str>,
    pub(crate) at_ms: i64,
    /// Names of the headers that the vendor's rules look at.
    pub(crate) headers: &'static [&'static str],
}

impl Recorded {
    /// A request of which it isn't known yet what comes of it.
    pub(crate) fn of(arrival: Arrival, request: Request) -> Self {
        let Arrival { vendor, endpoint, at_ms, headers } = arrival;
        let is_form = request.is_form();
        let Request { method, path, mut query, headers: given, mut body, .. } = request;
        // A kept value would keep the whole buffer of its connection: it is copied.
        let headers = headers.iter().flat_map(|name| {
            given.get_all(*name).into_iter().map(move |value| (*name, value.as_bytes().to_vec()))
        });
        let headers = headers.take(MOST).collect();
        if query.len() > MOST {
            query.truncate(MOST);
            query.shrink_to_fit();
        }
        let left_out = (body.len() > LARGEST).then_some(body.len());
        if left_out.is_some() {
            body = Vec::new();
        }
        Self {
            vendor,
            endpoint,
            at_ms,
            method,
            path,
            headers,
            query,
            body,
            left_out,
            is_form,
            ..Self::default()
        }
    }

    /// Path without secrets, for events.
    pub(crate) fn path(&self) -> String {
        plain(&self.path)
    }

    /// What is shown of it.
    pub(super) fn entry(&self, number: u64) -> JournalEntry {
        JournalEntry {
            number,
            at: calendar::rfc3339(self.at_ms).unwrap_or_default(),
            at_ms: self.at_ms,
            vendor: self.vendor,
            endpoint: self.endpoint,
            method: shortened(self.method.as_str(), LONGEST),
            path: shortened(&self.path, LONGEST),
            headers: of_headers(&self.headers),
            query: of_query(&self.query),
            body: of_body(&self.body, self.is_form),
            body_left_out: self.left_out,
            status: self.status,
            code: self.code.as_deref().map(str::to_owned),
            refusal: self.refusal.as_deref().map(shown),
            faults: self.faults.clone(),
        }
    }
}

/// It may tell the path, in which a secret may have been put.
fn shown(reason: &RefusalReason) -> RefusalReason {
    RefusalReason { text: plain(&reason.text), ..reason.clone() }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = formatter.debug_struct("Recorded");
        text.field("vendor", &self.vendor).field("endpoint", &self.endpoint);
        text.field("status", &self.status).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use hyper::HeaderMap;
    use hyper::header::{CONTENT_TYPE, HeaderValue};

    use super::*;
    use crate::credentials::XIAOE_SECRET_KEY;

    fn request(body: &[u8]) -> Request {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert("nonce", HeaderValue::from_static("7"));
        Request {
            peer: Ipv4Addr::LOCALHOST.into(),
            method: Method::POST,
            path: format!("/{XIAOE_SECRET_KEY}"),
            query: vec![("sign".to_owned(), "AB".to_owned()); MOST + 1],
            headers,
            body: body.to_vec(),
            truncated: false,
        }
    }

    fn recorded(body: &[u8]) -> Recorded {
        let headers: &[&str] = &["nonce", "source"];
        let arrival = Arrival { vendor: "yxt", endpoint: None, at_ms: 0, headers };
        Recorded::of(arrival, request(body))
    }

    #[test]
    fn what_is_kept_is_masked_when_it_is_read() {
        let mut recorded = recorded(br#"{"access_token":"xe_1","page":2}"#);
        recorded.refusal = Some(Box::new(RefusalReason::of(recorded.path.clone())));
        let entry = recorded.entry(3);
        assert_eq!((entry.number, entry.at.as_str()), (3, "1970-01-01T00:00:00Z"));
        assert_eq!(entry.path, "/[secret]");
        assert_eq!(entry.headers, [("nonce".to_owned(), "7".to_owned())]);
        assert_eq!(entry.query.len(), MOST);
        assert!(entry.query.iter().all(|(_, value)| value == "[masked]"));
        assert_eq!(entry.body.len(), 2);
        assert!(entry.body.contains(&("access_token".to_owned(), "[masked]".to_owned())));
        assert_eq!(entry.refusal.unwrap().text, "/[secret]");
        assert!(!format!("{recorded:?}").contains("xe_1"));
    }

    #[test]
    fn a_large_body_is_told_by_its_length() {
        let body = format!("{{\"note\":\"{}\"}}", "x".repeat(LARGEST - 11));
        assert_eq!(body.len(), LARGEST);
        let entry = recorded(body.as_bytes()).entry(1);
        assert_eq!((entry.body.len(), entry.body_left_out), (1, None));
        let entry = recorded(format!("{body} ").as_bytes()).entry(1);
        assert_eq!((entry.body.len(), entry.body_left_out), (0, Some(LARGEST + 1)));
    }
}
