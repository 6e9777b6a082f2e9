mod attempt;
mod call;
mod refusal;

use std::{fmt, sync::Arc, time::Duration};

use http::HeaderMap;
use live_rewards_core::{Delivery, Error, ErrorKind, Result, Timestamp, Vendor};
use tracing::{Instrument, Span, field::Empty};

use crate::{
    Authorise, BaseUrl, Endpoint, EndpointInfo, Envelope, Limits, Parameters, Retry, Stats,
    Surroundings, Transport, clock_offset::ClockOffset, decode::decode, drift::DriftReporter,
    envelope::presentable, stats::Counters,
};
use call::{Call, Exchanged};

/// Sends typed requests. Clones share everything.
#[derive(Clone)]
pub struct Pipeline(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) plan: Plan,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) surroundings: Surroundings,
    pub(crate) limits: Limits,
    pub(crate) retry: Retry,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) headers: HeaderMap,
    pub(crate) offset: ClockOffset,
    pub(crate) drift: DriftReporter,
    pub(crate) counters: Arc<Counters>,
}

/// What makes a pipeline a vendor's.
#[derive(Debug)]
pub struct Plan {
    /// The vendor.
    pub vendor: Vendor,
    /// Where its API is.
    pub base_url: BaseUrl,
    /// The application whose requests are counted together; no secret.
    pub application: String,
    /// Puts credentials on requests.
    pub authorise: Arc<dyn Authorise>,
    /// Opens answers.
    pub envelope: Arc<dyn Envelope>,
}

/// An output, and what the pipeline knows of its request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the endpoint answered.
    pub output: T,
    /// The vendor's id of the request, where it gives one.
    pub request_id: Option<String>,
    /// When the answer was received, by the vendor's clock as far as it is known to differ from ours.
    pub fetched_at: Timestamp,
    /// Rows that could not be decoded.
    pub(crate) rejected: usize,
}

impl Pipeline {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The vendor.
    pub fn vendor(&self) -> Vendor {
        self.0.plan.vendor
    }

    /// Where requests go.
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.plan.base_url
    }

    /// The monotonic clock that the pipeline runs on.
    pub fn monotonic(&self) -> Duration {
        self.0.surroundings.clock.monotonic()
    }

    /// What was done so far.
    pub fn stats(&self) -> Stats {
        self.0.counters.stats()
    }

    /// Sends a request, repeating it as far as that is safe, and decodes what it answers.
    pub async fn call<E: Endpoint>(&self, request: &E) -> Result<Response<E::Output>> {
        self.call_until(request, self.monotonic().saturating_add(self.0.deadline)).await
    }

    /// The same, with no attempt and no wait beyond an instant of the [monotonic](Self::monotonic) clock.
    pub async fn call_until<E: Endpoint>(
        &self,
        request: &E,
        deadline: Duration,
    ) -> Result<Response<E::Output>> {
        let info = E::INFO;
        self.0.counters.request();
        // Kept, because the current span is another one where this one is filtered out.
        let span = tracing::debug_span!(
            "call",
            vendor = %self.vendor(),
            endpoint = info.id,
            attempts = Empty,
            status = Empty,
            code = Empty,
            request_id = Empty,
        );
        let outcome = self.run(&info, request, deadline, &span).instrument(span.clone()).await;
        outcome.map_err(|error| {
            let (status, code) = (error.http_status(), error.code());
            record(&span, error.attempts(), status, code, error.request_id());
            match error.endpoint() {
                // An error of the token's own call keeps that call's name.
                Some(_) => error,
                None => error.with_vendor(self.vendor()).with_endpoint(info.id),
            }
        })
    }

    async fn run<E: Endpoint>(
        &self,
        info: &EndpointInfo,
        request: &E,
        deadline: Duration,
        span: &Span,
    ) -> Result<Response<E::Output>> {
        request.check()?;
        let parameters = |parameters: &mut Parameters| request.parameters(parameters);
        let call = Call::new(&self.0, info, request.path(), &parameters, deadline);
        let exchanged = call.run().await?;
        let Exchanged { opened, status, attempts } = exchanged;
        let fetched_at = self.0.now();
        let request_id = opened.request_id;
        let shown_id = || request_id.as_deref().map(presentable);
        if !span.is_disabled() {
            record(span, attempts, Some(status.as_u16()), None, shown_id().as_deref());
        }
        let look_for_fields = self.0.drift.looks_for_fields(info.id);
        let decoded = decode::<E>(&opened.payload, look_for_fields).map_err(|error| {
            error
                .with_request_id(shown_id())
                .with_http_status(status.as_u16())
                .with_attempts(attempts)
                .with_delivery(Delivery::Unknown)
        })?;
        self.0.drift.report(info.id, decoded.observations);
        self.rejected(info.id, decoded.rejected);
        let (output, rejected) = (decoded.output, decoded.rejected);
        Ok(Response { output, request_id, fetched_at, rejected })
    }

    /// Counts rows that were rejected, and says so.
    pub(crate) fn rejected(&self, endpoint: &'static str, rows: usize) {
        if rows > 0 {
            self.0.counters.rejected(rows);
            let vendor = self.vendor();
            tracing::warn!(%vendor, endpoint, rows, "rows that can't be read were rejected");
        }
    }
}

impl Inner {
    /// The time as the vendor's clock shows it, as far as the difference to ours is known.
    fn now(&self) -> Timestamp {
        ClockOffset::apply(self.offset.in_use(), self.surroundings.clock.now())
    }

    fn monotonic(&self) -> Duration {
        self.surroundings.clock.monotonic()
    }
}

/// Whether a call failed for lack of time: another one may fare better with more of it.
pub(crate) fn lacked_time(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Timeout => true,
        ErrorKind::RateLimited => error.delivery() == Delivery::NotSent,
        _ => false,
    }
}

/// Puts on a call's span how it ended.
fn record(
    span: &Span,
    attempts: u32,
    status: Option<u16>,
    code: Option<&str>,
    request_id: Option<&str>,
) {
    span.record("attempts", attempts);
    span.record("status", status);
    span.record("code", code);
    span.record("request_id", request_id);
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipeline")
            .field("vendor", &self.vendor())
            .field("base_url", self.base_url())
            .field("transport", &self.0.transport)
            .field("retry", &self.0.retry)
            .field("timeout", &self.0.timeout)
            .field("deadline", &self.0.deadline)
            .finish_non_exhaustive()
    }
}
