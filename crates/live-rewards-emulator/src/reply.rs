//! Answers, refusals with their reason, and their way onto the wire.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{CONTENT_TYPE, DATE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Sleep;

use crate::journal::{LimitHit, RefusalReason, SignatureMismatch};
use crate::wait::pause;

/// Time for the first half of a body before the connection is closed.
const BEFORE_BREAK: Duration = Duration::from_millis(50);

/// Status and body of an answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// Type of the body where it isn't the one of the port.
    content_type: Option<&'static str>,
    /// Whether the connection is closed in the middle of the body.
    is_broken: bool,
}

/// A request that is turned down: what the client gets, and why.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// For whoever runs the emulator; says more than vendors do.
    pub(crate) reason: Box<RefusalReason>,
    /// The vendor's code or key in the body.
    pub(crate) code: String,
    pub(crate) reply: Reply,
}

/// How an answer goes out.
#[derive(Debug, Default)]
pub(crate) struct Dispatch {
    /// Waited for between the headers and the body.
    pub(crate) delay: Option<Duration>,
    /// Held until the body is written: one of the requests under way, and room for the body.
    pub(crate) held: [Option<OwnedSemaphorePermit>; 2],
}

impl Reply {
    /// Writes the body as JSON.
    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self { status, body, content_type: None, is_broken: false },
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Self::empty(500)
            }
        }
    }

    /// JSON as it is written already.
    pub(crate) fn json_text(text: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, body: text.into(), content_type: None, is_broken: false }
    }

    /// A page for people.
    pub(crate) fn html(status: u16, page: String) -> Self {
        let content_type = Some("text/html; charset=utf-8");
        Self { status, body: page.into_bytes(), content_type, is_broken: false }
    }

    /// A status alone.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, body: Vec::new(), content_type: None, is_broken: false }
    }

    /// Breaks off in the middle of the body.
    pub(crate) fn break_off(&mut self) {
        self.is_broken = true;
    }

    /// The HTTP response; its `Date` is the time of the emulated clock.
    pub(crate) fn into_response(
        self,
        content_type: &'static str,
        date: Option<HeaderValue>,
        dispatch: Dispatch,
    ) -> Response<Outgoing> {
        let content_type = self.content_type.unwrap_or(content_type);
        let mut outgoing = Outgoing::new(self.body, dispatch);
        if self.is_broken {
            outgoing.end = End::Half;
        }
        let mut response = Response::new(outgoing);
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        if let Some(date) = date {
            headers.insert(DATE, date);
        }
        response
    }
}

impl Refusal {
    pub(crate) fn new(code: impl Into<String>, reason: impl Into<String>, reply: Reply) -> Self {
        Self { reason: Box::new(RefusalReason::of(reason)), code: code.into(), reply }
    }

    /// Names the parameter or header that is wrong.
    pub(crate) fn parameter(mut self, name: &str) -> Self {
        self.reason.parameter = Some(name.to_owned());
        self
    }

    /// Says how far the client's clock is ahead of the vendor's.
    pub(crate) fn clock_offset(mut self, offset_ms: i64) -> Self {
        self.reason.clock_offset_ms = Some(offset_ms);
        self
    }

    /// Shows what should have been signed.
    pub(crate) fn signature(mut self, mismatch: SignatureMismatch) -> Self {
        self.reason.signature = Some(mismatch);
        self
    }

    /// Says which limit was reached.
    pub(crate) fn limit(mut self, hit: LimitHit) -> Self {
        self.reason.limit = Some(hit);
        self
    }
}

/// Body of a response or of a callback, perhaps a late one.
#[derive(Debug)]
pub(crate) struct Outgoing {
    bytes: Option<Bytes>,
    delay: Option<Pin<Box<Sleep>>>,
    end: End,
}

/// How a body ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// When all of it is sent.
    Whole,
    /// After its first half.
    Half,
    /// Now.
    Broken,
}

/// A body and what is held as long as it is there.
struct Held {
    body: Vec<u8>,
    _held: [Option<OwnedSemaphorePermit>; 2],
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

impl Outgoing {
    pub(crate) fn new(body: Vec<u8>, dispatch: Dispatch) -> Self {
        let Dispatch { delay, held } = dispatch;
        // The server takes the bytes long before they are written: what is held goes with them.
        let bytes = (!body.is_empty()).then(|| Bytes::from_owner(Held { body, _held: held }));
        Self { bytes, delay: delay.map(|delay| Box::pin(pause(delay))), end: End::Whole }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(delay) = &mut self.delay {
            ready!(delay.as_mut().poll(context));
            self.delay = None;
        }
        match self.end {
            End::Whole => Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            End::Half => {
                self.end = End::Broken;
                // Meanwhile the first half goes out.
                self.delay = Some(Box::pin(pause(BEFORE_BREAK)));
                let half = self.bytes.as_mut().map(|bytes| bytes.split_to(bytes.len() / 2));
                Poll::Ready(half.map(|half| Ok(Frame::data(half))))
            }
            End::Broken => Poll::Ready(Some(Err(io::Error::other("broken off on purpose")))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
