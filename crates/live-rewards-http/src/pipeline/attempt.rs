use live_rewards_core::{Error, ErrorKind, Result};

use super::{Inner, call::Call};
use crate::{
    Answer, Attempt, Credential, CredentialNames, Draft, Parameters, TransportError,
    clock_offset::ClockOffset, credentials::Carried, limits::Place,
};

/// An attempt that was sent.
pub(super) struct Attempted {
    /// What was sent, for what has to be known of it if it is refused.
    pub(super) draft: Draft,
    pub(super) credential: Credential,
    /// The clock offset it was signed with.
    pub(super) offset_ms: i64,
    pub(super) outcome: Result<Answer, TransportError>,
}

impl Call<'_> {
    /// One attempt: freshly authorised, encoded, sent. An error means that it was not sent, `None` that its place passed before it
    /// could be.
    pub(super) async fn attempt(&mut self, place: Option<Place<'_>>) -> Result<Option<Attempted>> {
        let Inner { surroundings, plan, transport, counters, .. } = self.pipeline;
        let mut parameters = Parameters::new();
        (self.parameters)(&mut parameters);
        let mut draft = Draft::new(self.info, self.path.clone(), parameters);
        let offset_ms = self.corrected.unwrap_or_else(|| self.pipeline.offset.in_use());
        let now = ClockOffset::apply(offset_ms, surroundings.clock.now());
        let randomness = &*surroundings.randomness;
        let at = Attempt { now, deadline: self.deadline, randomness };
        let credential = plan.authorise.authorise(&mut draft, at).await?;
        let mut request = draft.encode(&plan.base_url, &self.pipeline.headers)?;
        request.extensions_mut().insert(self.pipeline.credential_names());
        let left = self.left();
        if left.is_zero() {
            let what = "the deadline leaves no time to send the request";
            return Err(Error::new(ErrorKind::Timeout, what));
        }
        let in_time = place.is_none_or(Place::take);
        // All that waited for a new token would be sent together. A call for a token has been counted and must be sent.
        if !in_time && matches!(credential, Credential::Token(_)) {
            return Ok(None);
        }
        self.attempts += 1;
        counters.attempt();
        let outcome = transport.send(request, self.pipeline.timeout.min(left)).await;
        if let Ok(answer) = &outcome {
            counters.received(answer.body().len());
        }
        Ok(Some(Attempted { draft, credential, offset_ms, outcome }))
    }
}

impl Inner {
    fn credential_names(&self) -> CredentialNames {
        CredentialNames::new(self.plan.authorise.credentials())
    }

    /// The credentials that went with a request.
    pub(super) fn carried<'a>(&'a self, draft: &'a Draft) -> Carried<'a> {
        Carried::by(draft, &self.headers, self.credential_names())
    }
}
