//! A request that was read completely.

use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use hyper::body::{Body, Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::{HeaderMap, Method, Uri};

use crate::catalog::Place;

/// Largest body that is kept.
const MAX_BODY: usize = 1 << 20;
/// Most that is read of a larger one and thrown away: who is still sending doesn't see an answer.
pub(crate) const MOST_PASSED_OVER: usize = 8 << 20;
/// Type of the body of a form.
const FORM: &str = "application/x-www-form-urlencoded";
/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a vendor decides on.
#[derive(Debug)]
pub(crate) struct Request {
    /// Who asks.
    pub(crate) peer: IpAddr,
    pub(crate) method: Method,
    /// Path; where a tunnel is asked for, the address that it is to lead to.
    pub(crate) path: String,
    /// Decoded query parameters in the order received.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Whether the body was too large, took too long or broke off; it is empty then.
    pub(crate) truncated: bool,
}

impl Request {
    pub(crate) async fn read(peer: IpAddr, request: hyper::Request<Incoming>) -> Self {
        let (mut read, body) = Self::head(peer, request);
        let body = tokio::time::timeout(PATIENCE, whole(body, MAX_BODY)).await.ok().flatten();
        read.truncated = body.is_none();
        read.body = body.unwrap_or_default();
        read
    }

    /// The request as if it had no body, and the body unread.
    pub(crate) fn head(peer: IpAddr, request: hyper::Request<Incoming>) -> (Self, Incoming) {
        let (head, body) = request.into_parts();
        let query = head.uri.query().unwrap_or_default();
        let read = Self {
            peer,
            path: path(&head.uri),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            method: head.method,
            headers: head.headers,
            body: Vec::new(),
            truncated: false,
        };
        (read, body)
    }

    /// Text of a header; `None` if it is absent or not ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What was given as pairs of names and values, decoded: the query and, in a form, the body.
    pub(crate) fn pairs(&self, place: Place) -> Vec<(String, String)> {
        let mut pairs = self.query.clone();
        if place == Place::Form {
            pairs.extend(form_urlencoded::parse(&self.body).into_owned());
        }
        pairs
    }

    /// Whether the body says of itself that it is a form.
    pub(crate) fn is_form(&self) -> bool {
        let given = self.header(CONTENT_TYPE.as_str()).and_then(|value| value.split(';').next());
        given.is_some_and(|given| given.trim().eq_ignore_ascii_case(FORM))
    }

    /// First value of a query parameter.
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find_map(|(given, value)| (given == name).then_some(value.as_str()))
    }
}

/// The path, or the address without the user and password that may be in front of it.
fn path(uri: &Uri) -> String {
    let path = match uri.authority() {
        Some(address) if uri.path().is_empty() => address.as_str().rsplit('@').next(),
        _ => Some(uri.path()),
    };
    path.unwrap_or_default().to_owned()
}

/// A body of at most so many bytes; `None` if it is larger or breaks off.
pub(crate) async fn whole<B>(mut body: B, most: usize) -> Option<Vec<u8>>
where
    B: Body<Data = Bytes> + Send + Unpin,
    B::Error: Send,
{
    let mut kept = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        length += data.len();
        if length <= most {
            kept.extend_from_slice(&data);
            continue;
        }
        kept = Vec::new();
        if length > MOST_PASSED_OVER {
            return None;
        }
    }
    (length <= most).then_some(kept)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use hyper::header::HeaderValue;

    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    fn request(body: &[u8]) -> Request {
        Request {
            peer: Ipv4Addr::LOCALHOST.into(),
            method: Method::POST,
            path: "/".to_owned(),
            query: vec![pair("a", "1")],
            headers: HeaderMap::new(),
            body: body.to_vec(),
            truncated: false,
        }
    }

    #[test]
    fn a_forms_parameters_may_be_in_the_query_or_the_body() {
        let request = request(b"b=%E7%BA%A2+%26");
        assert_eq!(request.pairs(Place::Form), [pair("a", "1"), pair("b", "红 &")]);
        assert_eq!(request.pairs(Place::Query), [pair("a", "1")]);
        assert_eq!(request.query_value("a"), Some("1"));
    }

    #[test]
    fn a_form_says_so() {
        let mut request = request(b"");
        assert!(!request.is_form());
        for (content_type, expected) in [
            ("application/x-www-form-urlencoded", true),
            ("Application/X-WWW-Form-URLEncoded ; charset=UTF-8", true),
            ("application/json", false),
        ] {
            request.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
            assert_eq!(request.is_form(), expected, "{content_type}");
        }
    }

    #[test]
    fn a_tunnel_has_an_address_for_a_path() {
        for (uri, expected) in [
            ("/token?a=1", "/token"),
            ("http://user:password@host/token", "/token"),
            ("*", "*"),
            ("host:443", "host:443"),
            ("user:password@host:443", "host:443"),
        ] {
            assert_eq!(path(&uri.parse().unwrap()), expected, "{uri}");
        }
    }
}
