//! A request that was read completely.

use axum::body::{Bytes, to_bytes};
use axum::http::{HeaderMap, Method};

/// Largest body that is read.
const MAX_BODY: usize = 1 << 20;

/// What a vendor decides on.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// Decoded query parameters in the order received.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body was too large or broke off; it is empty then.
    pub(crate) truncated: bool,
}

impl Request {
    pub(crate) async fn read(request: axum::extract::Request) -> Self {
        let (head, body) = request.into_parts();
        let query = head.uri.query().unwrap_or_default();
        let body = to_bytes(body, MAX_BODY).await;
        Self {
            method: head.method,
            path: head.uri.path().to_owned(),
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            headers: head.headers,
            truncated: body.is_err(),
            body: body.unwrap_or_default(),
        }
    }

    /// Text of a header; `None` if it is absent or not ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
