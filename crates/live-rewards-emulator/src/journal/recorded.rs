//! A request as it is kept: unless it is very long, nothing of it is read, masked or written out
//! before somebody asks.

use std::borrow::Cow;
use std::fmt;

use hyper::Method;

use crate::calendar;
use crate::journal::mask::{MOST, cut, of_body, of_headers, of_query, plain, shortened};
use crate::journal::{JournalEntry, RefusalReason};
use crate::request::Request;

/// Largest body that is kept.
const LARGEST: usize = 16 << 10;
/// Most characters shown of a path or a method.
const LONGEST: usize = 500;
/// Longest path that is kept as it is, in bytes.
const LONGEST_KEPT: usize = 2 << 10;

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
    remark: Option<&'static str>,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<Cow<'static, str>>,
    refusal: Option<Box<RefusalReason>>,
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
    /// How it departs from the vendor's rule, though it is accepted.
    pub(crate) remark: Option<&'static str>,
}

impl Recorded {
    /// A request of which it isn't known yet what comes of it.
    pub(crate) fn of(arrival: Arrival, request: Request) -> Self {
        let Arrival { vendor, endpoint, at_ms, headers, remark } = arrival;
        let is_form = request.is_form();
        let Request { method, mut path, mut query, headers: given, mut body, .. } = request;
        if path.len() > LONGEST_KEPT {
            path = shortened(&path, LONGEST);
        }
        // A kept value would keep the whole buffer of its connection: it is copied.
        let headers = headers.iter().flat_map(|name| {
            given.get_all(*name).into_iter().map(move |value| {
                let value = value.as_bytes();
                let long = || plain(&String::from_utf8_lossy(value)).into_bytes();
                (*name, if value.len() > LONGEST_KEPT { long() } else { value.to_vec() })
            })
        });
        let headers = headers.take(MOST).collect();
        if query.len() > MOST {
            query.truncate(MOST);
            query.shrink_to_fit();
        }
        query.iter_mut().for_each(cut);
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
            remark,
            ..Self::default()
        }
    }

    /// Says why it was turned down.
    pub(crate) fn refuse(&mut self, mut reason: Box<RefusalReason>) {
        // It may tell the path, however long that is.
        if reason.text.len() > LONGEST_KEPT {
            reason.text = plain(&reason.text);
        }
        self.refusal = Some(reason);
    }

    /// Whether it was turned down.
    pub(crate) fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Bytes of what came with it.
    pub(super) fn size(&self) -> usize {
        let headers = self.headers.iter().map(|(_, value)| value.len());
        let query = self.query.iter().map(|(name, value)| name.len() + value.len());
        let reason = self.refusal.as_ref().map_or(0, |reason| {
            let signature = reason.signature.as_ref();
            reason.text.len() + signature.map_or(0, |signature| signature.string_to_sign.len())
        });
        self.path.len() + self.body.len() + reason + headers.chain(query).sum::<usize>()
    }

    #[cfg(test)]
    pub(super) fn with_body(length: usize) -> Self {
        Self { body: vec![b' '; length], ..Self::default() }
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
            remark: self.remark,
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
        let arrival = Arrival { vendor: "yxt", endpoint: None, at_ms: 0, headers, remark: None };
        Recorded::of(arrival, request(body))
    }

    #[test]
    fn what_is_kept_is_masked_when_it_is_read() {
        let mut recorded = recorded(br#"{"access_token":"xe_1","page":2}"#);
        recorded.refuse(Box::new(RefusalReason::of(recorded.path.clone())));
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
    fn of_a_long_request_little_is_kept_and_nothing_secret() {
        let mut request = request(b"");
        // The secrets lie across the places where it is cut, and far behind them.
        request.path = format!("/{}{XIAOE_SECRET_KEY}{}", "x".repeat(490), "x".repeat(60_000));
        let name = format!("{}token", "x".repeat(60_000));
        let value = format!("{}{XIAOE_SECRET_KEY}{}", "x".repeat(190), "x".repeat(60_000));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        request.query = vec![pair(&name, "REALTOKEN"), pair("note", &value)];
        let nonce = HeaderValue::from_str(&value).unwrap();
        request.headers.insert("nonce", nonce);
        let headers: &[&str] = &["nonce"];
        let arrival = Arrival { vendor: "yxt", endpoint: None, at_ms: 0, headers, remark: None };
        let mut recorded = Recorded::of(arrival, request);
        recorded.refuse(Box::new(RefusalReason::of(format!("there is no {value}"))));
        assert!(recorded.size() < 3000, "{}", recorded.size());
        let entry = recorded.entry(1);
        assert_eq!(entry.path.chars().count(), LONGEST + 1);
        let shown = format!("{entry:?}");
        assert!(!shown.contains("REALTOKEN") && !shown.contains(&XIAOE_SECRET_KEY[..6]));
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
