use std::{fmt, sync::Arc, time::Duration};

use http::{HeaderMap, StatusCode, header::RETRY_AFTER};
use live_rewards_core::{Delivery, Error, ErrorKind, Result, Timestamp, Vendor};
use tracing::{Instrument, field::Empty};

use crate::{
    Again, Answer, Attempt, Authorise, BaseUrl, Credential, CredentialNames, Draft, Effect,
    Endpoint, EndpointInfo, Envelope, Limits, Opened, Parameters, Refusal, Retry, Stats,
    Surroundings, Transport,
    clock_offset::{ClockOffset, http_date},
    credentials::Carried,
    decode::decode,
    drift::DriftReporter,
    envelope::presentable,
    limits::{Caller, NotNow},
    stats::Counters,
};

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
    /// When the answer was received.
    pub fetched_at: Timestamp,
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
        let span = tracing::debug_span!(
            "call",
            vendor = %self.vendor(),
            endpoint = info.id,
            attempts = Empty,
            status = Empty,
            code = Empty,
            request_id = Empty,
        );
        let call = self.run(&info, request, deadline).instrument(span);
        call.await.map_err(|error| match error.endpoint() {
            // An error of the token's own call keeps that call's name.
            Some(_) => error,
            None => error.with_vendor(self.vendor()).with_endpoint(info.id),
        })
    }

    async fn run<E: Endpoint>(
        &self,
        info: &EndpointInfo,
        request: &E,
        deadline: Duration,
    ) -> Result<Response<E::Output>> {
        let mut parameters = Parameters::new();
        request.parameters(&mut parameters);
        let (opened, status, attempts) = self.exchange(info, &parameters, deadline).await?;
        let span = tracing::Span::current();
        span.record("attempts", attempts);
        span.record("status", status.as_u16());
        let fetched_at = self.0.surroundings.clock.now();
        let look_for_fields = self.0.drift.looks_for_fields(info.id);
        let decoded = decode::<E>(&opened.payload, look_for_fields).map_err(|error| {
            error
                .with_request_id(opened.request_id.as_deref().map(presentable))
                .with_http_status(status.as_u16())
                .with_attempts(attempts)
                .with_delivery(Delivery::Unknown)
        })?;
        self.0.drift.report(info.id, decoded.observations);
        if decoded.rejected > 0 {
            self.0.counters.rejected(decoded.rejected);
            tracing::warn!(rows = decoded.rejected, "rows that can't be read were rejected");
        }
        let Opened { request_id, .. } = opened;
        Ok(Response { output: decoded.output, request_id, fetched_at })
    }

    /// The loop: wait for the limiter, authorise, send, open the envelope, classify.
    async fn exchange(
        &self,
        info: &EndpointInfo,
        parameters: &Parameters,
        deadline: Duration,
    ) -> Result<(Opened, StatusCode, u32)> {
        let Inner { surroundings, retry, .. } = &*self.0;
        let mut delays = retry.delays(surroundings.randomness.next());
        let mut once = Once::default();
        let mut attempts = 0;
        let mut last: Option<Refusal> = None;
        loop {
            // Before the request is counted: what is counted must leave at once.
            self.0.plan.authorise.prepare(info, deadline).await.map_err(not_sent)?;
            if let Err(error) = self.wait_for_limits(info, deadline).await {
                return Err(match last {
                    Some(refusal) if error.kind() == ErrorKind::Blocked => {
                        error.with_attempts(attempts).with_delivery(refusal.delivery)
                    }
                    // What the vendor said before says more than that time ran out.
                    Some(refusal) => refusal.into_error(attempts),
                    None => error,
                });
            }
            let attempt = self.attempt(info, parameters, deadline).await?;
            attempts += 1;
            let mut refusal = match attempt.answer {
                Ok(answer) => match self.0.plan.envelope.open(info, &answer) {
                    Ok(opened) => return Ok((opened, answer.status(), attempts)),
                    Err(refusal) => {
                        let refusal = self.waiting_as_told(*refusal, answer.headers());
                        self.after_skew(refusal, &answer, attempt.offset_ms, &mut once)
                    }
                },
                Err(refusal) => refusal,
            };
            attempt.carried.clean(&mut refusal);
            self.0.counters.refusal();
            record(&refusal, attempts);
            self.remember_block(&refusal);
            let wait = self
                .wait_before_another(info, &refusal, attempt.credential, &mut once, &mut delays)
                .await
                .filter(|wait| self.monotonic().saturating_add(*wait) < deadline);
            match wait {
                Some(wait) => self.pause(wait).await,
                None => return Err(refusal.into_error(attempts)),
            }
            last = Some(refusal);
        }
    }

    async fn wait_for_limits(&self, info: &EndpointInfo, deadline: Duration) -> Result<()> {
        while let Err(not_now) = self.0.limits.take(self.caller(), info) {
            let wait = match not_now {
                NotNow::Full(wait) => wait,
                NotNow::Blocked(left) => return Err(self.blocked(left)),
            };
            if self.monotonic().saturating_add(wait) >= deadline {
                let what = "the deadline leaves no time to wait for the rate limit";
                return Err(Error::new(ErrorKind::RateLimited, what).with_retry_after(Some(wait)));
            }
            self.pause(wait).await;
        }
        Ok(())
    }

    fn caller(&self) -> Caller<'_> {
        let plan = &self.0.plan;
        Caller {
            vendor: plan.vendor,
            authority: plan.base_url.authority(),
            application: &plan.application,
        }
    }

    /// Keeps all calls from a vendor that has shut this address out, as long as it says.
    fn remember_block(&self, refusal: &Refusal) {
        if refusal.kind == ErrorKind::Blocked
            && let Some(lasting) = refusal.retry_after
        {
            tracing::warn!(vendor = %self.vendor(), seconds = lasting.as_secs(), "blocked");
            self.0.limits.block(self.caller(), lasting);
        }
    }

    fn blocked(&self, left: Duration) -> Error {
        let until = self.0.surroundings.clock.now().checked_add(left);
        let until = until.map_or_else(String::new, |until| format!(" until {until}"));
        let what = format!("the vendor has shut this address out{until}");
        Error::new(ErrorKind::Blocked, what).with_retry_after(Some(left))
    }

    async fn pause(&self, wait: Duration) {
        self.0.counters.wait(wait);
        self.0.surroundings.sleep.sleep(wait).await;
    }

    /// One attempt: freshly authorised, encoded, sent.
    async fn attempt(
        &self,
        info: &EndpointInfo,
        parameters: &Parameters,
        deadline: Duration,
    ) -> Result<Attempted> {
        let Inner { surroundings, plan, transport, .. } = &*self.0;
        let mut draft = Draft::new(info, parameters.clone());
        let offset_ms = self.0.offset.in_use();
        let now = ClockOffset::apply(offset_ms, surroundings.clock.now());
        let attempt = Attempt { now, deadline, randomness: &*surroundings.randomness };
        let credential = plan.authorise.authorise(&mut draft, attempt).await.map_err(not_sent)?;
        let mut request = draft.encode(&plan.base_url, &self.0.headers)?;
        request.extensions_mut().insert(CredentialNames::new(plan.authorise.credentials()));
        let carried = Carried::by(&request);
        let timeout = self.0.timeout.min(deadline.saturating_sub(self.monotonic()));
        self.0.counters.attempt();
        let answer = transport.send(request, timeout).await.map_err(Refusal::from);
        if let Ok(answer) = &answer {
            self.0.counters.received(answer.body().len());
        }
        Ok(Attempted { answer, credential, carried, offset_ms })
    }

    /// Takes over what the answer says of the time to wait.
    fn waiting_as_told(&self, mut refusal: Refusal, headers: &HeaderMap) -> Refusal {
        let Some(value) = headers.get(RETRY_AFTER) else {
            return refusal;
        };
        let seconds = value.to_str().ok().and_then(|text| text.parse().ok());
        let told = seconds.map(Duration::from_secs).or_else(|| {
            let now = self.0.surroundings.clock.now();
            let until = http_date(value)?.epoch_ms().saturating_sub(now.epoch_ms());
            Some(Duration::from_millis(until.try_into().unwrap_or_default()))
        });
        refusal.retry_after = refusal.retry_after.max(told);
        refusal
    }

    /// A refused request whose answer shows another time than ours was refused for its timestamp, whatever the vendor
    /// says; the offset is corrected once.
    fn after_skew(
        &self,
        mut refusal: Refusal,
        answer: &Answer,
        offset_ms: i64,
        once: &mut Once,
    ) -> Refusal {
        let about_credentials = matches!(
            refusal.kind,
            ErrorKind::ClockSkew | ErrorKind::Unauthenticated | ErrorKind::InvalidInput
        );
        if !about_credentials || refusal.again == Again::Credentials || once.clock {
            return refusal;
        }
        let now = self.0.surroundings.clock.now();
        match self.0.offset.correct(now, offset_ms, answer.headers()) {
            Some(offset_ms) => {
                tracing::warn!(vendor = %self.vendor(), offset_ms, "clock corrected");
                refusal.again = Again::Clock;
            }
            None if refusal.again == Again::Clock => refusal.again = Again::No,
            None => {}
        }
        refusal
    }

    /// How long to wait before another attempt; `None` if there is to be none.
    async fn wait_before_another(
        &self,
        info: &EndpointInfo,
        refusal: &Refusal,
        credential: Credential,
        once: &mut Once,
        delays: &mut (impl Iterator<Item = Duration> + Send),
    ) -> Option<Duration> {
        let safe = info.effect == Effect::Read || refusal.delivery != Delivery::Unknown;
        if !safe {
            return None;
        }
        let wait = match refusal.again {
            Again::No | Again::Blocked => return None,
            Again::Credentials => {
                let renewed = !std::mem::replace(&mut once.credentials, true)
                    && self.0.plan.authorise.refused(credential).await;
                return renewed.then_some(Duration::ZERO);
            }
            Again::Clock => {
                let corrected = !std::mem::replace(&mut once.clock, true);
                return corrected.then_some(Duration::ZERO);
            }
            Again::Backoff => delays.next()?,
            Again::Window => {
                delays.next()?.max(info.limit.map_or(Duration::ZERO, |limit| limit.window))
            }
        };
        Some(wait.max(refusal.retry_after.unwrap_or_default()))
    }
}

/// Whatever became of a call for a token: this request was not sent.
fn not_sent(error: Error) -> Error {
    error.with_delivery(Delivery::NotSent)
}

/// An attempt that was made.
struct Attempted {
    answer: Result<Answer, Refusal>,
    credential: Credential,
    carried: Carried,
    /// The clock offset it was signed with.
    offset_ms: i64,
}

/// What is tried once in a call.
#[derive(Debug, Default)]
struct Once {
    credentials: bool,
    clock: bool,
}

/// Puts what may be shown of a refusal on the call's span.
fn record(refusal: &Refusal, attempts: u32) {
    let span = tracing::Span::current();
    span.record("attempts", attempts);
    if let Some(status) = refusal.http_status {
        span.record("status", status);
    }
    if let Some(code) = &refusal.code {
        span.record("code", presentable(code).as_str());
    }
    if let Some(id) = &refusal.request_id {
        span.record("request_id", presentable(id).as_str());
    }
    tracing::debug!(attempt = attempts, kind = %refusal.kind, "attempt failed");
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
