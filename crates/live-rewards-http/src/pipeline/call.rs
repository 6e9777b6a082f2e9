use std::{borrow::Cow, sync::Arc, time::Duration};

use backon::ExponentialBackoff;
use http::StatusCode;
use live_rewards_core::{Delivery, Error, ErrorKind, Result};

use super::{Inner, attempt::Attempted, lacked_time};
use crate::{
    EndpointInfo, Opened, Parameters, Refusal,
    limits::{Caller, Limiter, Place},
};

/// One call with all its attempts.
pub(super) struct Call<'a> {
    pub(super) pipeline: &'a Inner,
    pub(super) info: &'a EndpointInfo,
    /// The path, with the request's values in it.
    pub(super) path: Cow<'static, str>,
    /// Writes the request's parameters, for each attempt anew.
    pub(super) parameters: &'a (dyn Fn(&mut Parameters) + Send + Sync),
    pub(super) deadline: Duration,
    limiter: Option<Arc<Limiter>>,
    pub(super) delays: ExponentialBackoff,
    /// Another credential is tried once in a call,
    pub(super) renewed: bool,
    /// and so is another time, by the clock offset that a refusal showed.
    pub(super) corrected: Option<i64>,
    /// Attempts that were sent.
    pub(super) attempts: u32,
    /// What came of the last of them.
    last: Option<Refusal>,
}

/// What a call was answered.
pub(super) struct Exchanged {
    pub(super) opened: Opened,
    pub(super) status: StatusCode,
    pub(super) attempts: u32,
}

impl<'a> Call<'a> {
    pub(super) fn new(
        pipeline: &'a Inner,
        info: &'a EndpointInfo,
        path: Cow<'static, str>,
        parameters: &'a (dyn Fn(&mut Parameters) + Send + Sync),
        deadline: Duration,
    ) -> Self {
        Self {
            pipeline,
            info,
            path,
            parameters,
            deadline,
            limiter: pipeline.limits.limiter(pipeline.caller(), info),
            delays: pipeline.retry.delays(pipeline.surroundings.randomness.next()),
            renewed: false,
            corrected: None,
            attempts: 0,
            last: None,
        }
    }

    /// The loop: wait for the limiter, authorise, send, open the envelope, classify.
    pub(super) async fn run(mut self) -> Result<Exchanged> {
        let pipeline = self.pipeline;
        loop {
            let Attempted { draft, credential, offset_ms, outcome } = match self.send_next().await {
                Ok(attempted) => attempted,
                Err(error) => return Err(self.unsent(error)),
            };
            let carried = || pipeline.carried(&draft);
            let mut refusal = match outcome {
                Ok(answer) => match pipeline.plan.envelope.open(self.info, &answer) {
                    Ok(mut opened) => {
                        // Not before: the `Date` may be wrong, and the refusal about something else.
                        if let Some(offset_ms) = self.corrected {
                            pipeline.offset.learn(offset_ms);
                        }
                        opened.request_id = opened.request_id.map(|id| carried().mask(id));
                        let (status, attempts) = (answer.status(), self.attempts);
                        return Ok(Exchanged { opened, status, attempts });
                    }
                    Err(refusal) => self.judged(*refusal, &answer, offset_ms),
                },
                Err(error) => error.into(),
            };
            carried().clean(&mut refusal);
            pipeline.note(&refusal, self.attempts);
            let wait = self.wait_before_another(&refusal, credential).await;
            let Some(wait) = wait.filter(|wait| *wait < self.left()) else {
                return Err(refusal.into_error(self.attempts));
            };
            self.last = Some(refusal);
            pipeline.pause(wait).await;
        }
    }

    async fn send_next(&mut self) -> Result<Attempted> {
        let limiter = self.limiter.clone();
        loop {
            // Before the wait for the limiter: when its place has come, a request must leave at once.
            self.pipeline.plan.authorise.prepare(self.info, self.deadline).await?;
            let place = self.place(limiter.as_deref()).await?;
            if let Some(attempted) = self.attempt(place).await? {
                return Ok(attempted);
            }
        }
    }

    /// Waits for the limiter: a place that has come, if there is a limit.
    async fn place<'l>(&self, limiter: Option<&'l Limiter>) -> Result<Option<Place<'l>>> {
        loop {
            self.pipeline.check_block()?;
            let Some(limiter) = limiter else {
                return Ok(None);
            };
            let place = limiter.place(self.left()).map_err(|wait| {
                let what = "the deadline leaves no time to wait for the rate limit";
                Error::new(ErrorKind::RateLimited, what).with_retry_after(Some(wait))
            })?;
            let wait = place.wait();
            if !wait.is_zero() {
                self.pipeline.pause(wait).await;
                self.pipeline.check_block()?;
            }
            if !place.has_passed() {
                return Ok(Some(place));
            }
        }
    }

    /// The error of a call whose next attempt could not be sent.
    fn unsent(self, error: Error) -> Error {
        match self.last {
            None => error.with_delivery(Delivery::NotSent),
            // What the vendor said before says more than that time ran out.
            Some(refusal) if lacked_time(&error) => refusal.into_error(self.attempts),
            Some(refusal) => error.with_attempts(self.attempts).with_delivery(refusal.delivery),
        }
    }

    /// The time until the deadline.
    pub(super) fn left(&self) -> Duration {
        self.deadline.saturating_sub(self.pipeline.monotonic())
    }
}

impl Inner {
    pub(super) fn caller(&self) -> Caller<'_> {
        Caller {
            vendor: self.plan.vendor,
            authority: self.plan.base_url.authority(),
            application: &self.plan.application,
        }
    }

    /// An error while the vendor keeps this address out.
    fn check_block(&self) -> Result<()> {
        let Some(left) = self.limits.blocked(self.caller()) else {
            return Ok(());
        };
        let until = self.now().checked_add(left);
        let until = until.map_or_else(String::new, |until| format!(" until {until}"));
        let what = format!("the vendor has shut this address out{until}");
        Err(Error::new(ErrorKind::Blocked, what).with_retry_after(Some(left)))
    }

    async fn pause(&self, wait: Duration) {
        // What is repeated at once, as with another token, doesn't wait.
        if !wait.is_zero() {
            self.counters.wait(wait);
            self.surroundings.sleep.sleep(wait).await;
        }
    }
}
