//! Answers, and refusals with their reason.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, DATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde::Serialize;

use crate::calendar;

/// Status and body of an answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// A request that is turned down: what the client gets, and why.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// For whoever runs the emulator; says more than vendors do.
    pub(crate) reason: String,
    pub(crate) reply: Reply,
}

impl Reply {
    /// Writes the body as JSON.
    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self { status, body },
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Self {
                    status: 500,
                    body: Vec::new(),
                }
            }
        }
    }

    /// The HTTP response; its `Date` is the time of the emulator's clock.
    pub(crate) fn into_response(self, content_type: &'static str, now_ms: i64) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let date = calendar::http_date(now_ms).and_then(|date| HeaderValue::try_from(date).ok());
        if let Some(date) = date {
            headers.insert(DATE, date);
        }
        response
    }
}
