use std::{fmt::Debug, time::Duration};

use async_trait::async_trait;
use live_rewards_core::{Result, Timestamp};

use crate::{Draft, EndpointInfo, Randomness};

/// Puts credentials on requests: a token into a JSON body, a signature over parameters, signed headers.
#[async_trait]
pub trait Authorise: Debug + Send + Sync {
    /// Gets ready what takes time, as a token that has to be fetched. Called before every attempt's wait for the limiter: a request
    /// whose time has come must not be held up, or it would be sent along with later ones.
    async fn prepare(&self, info: &EndpointInfo, deadline: Duration) -> Result<()> {
        let _ = (info, deadline);
        Ok(())
    }

    /// Puts credentials on a draft. Called anew for every attempt, after the wait for the limiter, so that timestamp,
    /// nonce and token are fresh. If a token takes its time even so, the request waits once more, and this is called again.
    async fn authorise(&self, draft: &mut Draft, attempt: Attempt<'_>) -> Result<Credential>;

    /// The names of all parameters and headers that [`authorise`](Self::authorise) adds, and of those parameters of requests that
    /// are credentials themselves. They are not recorded, and values of 16 characters and more are taken out of what the vendor's
    /// messages repeat.
    fn credentials(&self) -> &'static [&'static str];

    /// Told that the vendor refused a credential; whether another attempt would carry a new one.
    async fn refused(&self, credential: Credential) -> bool {
        let _ = credential;
        false
    }
}

/// What an attempt brings along.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The time as the vendor's clock shows it, as far as the difference to ours is known.
    pub now: Timestamp,
    /// Until when the call may take, on the pipeline's monotonic clock.
    pub deadline: Duration,
    /// For nonces.
    pub randomness: &'a dyn Randomness,
}

impl Attempt<'_> {
    /// A nonce of 32 lower-case hex digits.
    pub fn nonce(&self) -> String {
        format!("{:016x}{:016x}", self.randomness.next(), self.randomness.next())
    }
}

/// Which credential an attempt carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credential {
    /// The configured key and secret; there is no other.
    Fixed,
    /// A token, by its number in the [`TokenCache`](crate::TokenCache).
    Token(u64),
}
