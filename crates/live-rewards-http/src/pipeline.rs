use std::{fmt, sync::Arc, time::Duration};

use http::HeaderMap;
use live_rewards_core::{Delivery, Error, ErrorKind, Result, Timestamp, Vendor};

use crate::{
    Again, Answer, Attempt, Authorise, BaseUrl, Credential, Draft, Effect, Endpoint, EndpointInfo,
    Envelope, Limits, Opened, Parameters, Refusal, Retry, Surroundings, Transport,
    clock_offset::ClockOffset, decode::decode, drift::DriftReporter, limits::Caller,
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

    /// Sends a request, repeating it as far as that is safe, and decodes what it answers.
    pub async fn call<E: Endpoint>(&self, request: &E) -> Result<Response<E::Output>> {
        let info = E::INFO;
        // An error of the token's own call keeps that call's name.
        let named = |error: Error| match error.endpoint() {
            Some(_) => error,
            None => error.with_vendor(self.vendor()).with_endpoint(info.id),
        };
        let mut parameters = Parameters::new();
        request.parameters(&mut parameters);
        let (opened, attempts) = self.exchange(&info, &parameters).await.map_err(named)?;
        let fetched_at = self.0.surroundings.clock.now();
        let look_for_fields = self.0.drift.looks_for_fields(info.id);
        let (output, observations) =
            decode::<E>(&opened.payload, look_for_fields).map_err(|error| {
                named(error)
                    .with_request_id(opened.request_id.clone())
                    .with_attempts(attempts)
                    .with_delivery(Delivery::Unknown)
            })?;
        self.0.drift.report(info.id, observations);
        Ok(Response {
            output,
            request_id: opened.request_id,
            fetched_at,
        })
    }

    /// The loop: wait for the limiter, authorise, send, open the envelope, classify.
    async fn exchange(
        &self,
        info: &EndpointInfo,
        parameters: &Parameters,
    ) -> Result<(Opened, u32)> {
        let Inner {
            surroundings,
            retry,
            ..
        } = &*self.0;
        let deadline = surroundings
            .clock
            .monotonic()
            .saturating_add(self.0.deadline);
        let mut delays = retry.delays(surroundings.randomness.next());
        let mut once = Once::default();
        let mut attempts = 0;
        loop {
            self.wait_for_limits(info, deadline).await?;
            let (answer, credential) = self.attempt(info, parameters).await?;
            attempts += 1;
            let refusal = match answer {
                Ok(answer) => match self.0.plan.envelope.open(info, &answer) {
                    Ok(opened) => return Ok((opened, attempts)),
                    Err(refusal) => self.after_skew(*refusal, &answer, &mut once),
                },
                Err(refusal) => refusal,
            };
            tracing::debug!(
                vendor = %self.vendor(),
                endpoint = info.id,
                attempt = attempts,
                kind = %refusal.kind,
                status = refusal.http_status,
                code = refusal.code,
                "attempt failed"
            );
            let wait = self.wait_before_another(info, &refusal, credential, &mut once, &mut delays);
            let wait = wait
                .await
                .filter(|wait| surroundings.clock.monotonic().saturating_add(*wait) < deadline);
            match wait {
                Some(wait) => surroundings.sleep.sleep(wait).await,
                None => return Err(refusal.into_error().with_attempts(attempts)),
            }
        }
    }

    async fn wait_for_limits(&self, info: &EndpointInfo, deadline: Duration) -> Result<()> {
        let Inner {
            surroundings,
            limits,
            plan,
            ..
        } = &*self.0;
        let caller = Caller {
            vendor: plan.vendor,
            authority: plan.base_url.authority(),
            application: &plan.application,
        };
        while let Err(wait) = limits.take(caller, info) {
            if surroundings.clock.monotonic().saturating_add(wait) >= deadline {
                return Err(Error::new(
                    ErrorKind::Timeout,
                    "the deadline leaves no time to wait for the rate limit",
                )
                .with_retry_after(Some(wait)));
            }
            surroundings.sleep.sleep(wait).await;
        }
        Ok(())
    }

    /// One attempt: freshly authorised, encoded, sent.
    async fn attempt(
        &self,
        info: &EndpointInfo,
        parameters: &Parameters,
    ) -> Result<(Result<Answer, Refusal>, Credential)> {
        let Inner {
            surroundings,
            plan,
            transport,
            ..
        } = &*self.0;
        let mut draft = Draft::new(info, parameters.clone());
        let now = self.0.offset.apply(surroundings.clock.now());
        let attempt = Attempt {
            now,
            randomness: &*surroundings.randomness,
        };
        let credential = plan.authorise.authorise(&mut draft, attempt).await?;
        let request = draft.encode(&plan.base_url, &self.0.headers)?;
        let answer = transport.send(request, self.0.timeout).await;
        Ok((answer.map_err(Refusal::from), credential))
    }

    /// A refused request whose answer shows another time than ours was refused for its timestamp, whatever the vendor
    /// says; the offset is corrected once.
    fn after_skew(&self, mut refusal: Refusal, answer: &Answer, once: &mut Once) -> Refusal {
        let about_credentials = matches!(
            refusal.kind,
            ErrorKind::ClockSkew | ErrorKind::Unauthenticated | ErrorKind::InvalidInput
        );
        if !about_credentials || refusal.again == Again::Credentials || once.clock {
            return refusal;
        }
        let now = self.0.surroundings.clock.now();
        match self.0.offset.correct(now, answer.headers()) {
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
            Again::Window => delays
                .next()?
                .max(info.limit.map_or(Duration::ZERO, |limit| limit.window)),
        };
        Some(wait.max(refusal.retry_after.unwrap_or_default()))
    }
}

/// What is tried once in a call.
#[derive(Debug, Default)]
struct Once {
    credentials: bool,
    clock: bool,
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
