use std::{sync::Arc, time::Duration};

use futures_util::future::{BoxFuture, Shared, WeakShared};
use secrecy::{ExposeSecret, SecretString};

use super::failure::Failure;
use crate::Credential;

/// How long it is tried to renew a token that lives on longer than that, and the least time for a fetch.
const RENEWAL: Duration = Duration::from_secs(10);
/// How long a token that could not be renewed is used before another try.
const RENEW_AGAIN: Duration = Duration::from_secs(30);

/// A fetch that is under way. Whoever waits for it drives it.
pub(super) type Fetch = Shared<BoxFuture<'static, Fetched>>;

/// What a fetch brought.
pub(super) type Fetched = Result<Held, Failure>;

/// What a cache knows. Instants are on the monotonic clock.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) held: Option<Held>,
    /// Gone when nobody waits for it and no runtime drives it.
    pub(super) fetch: Option<WeakShared<BoxFuture<'static, Fetched>>>,
    /// Tokens that have been held.
    count: u64,
    /// The last token that the vendor refused: a store may still have it.
    refused: Option<Arc<SecretString>>,
}

/// A token.
#[derive(Clone, Debug)]
pub(super) struct Held {
    value: Arc<SecretString>,
    number: u64,
    renew_at: Duration,
    ends_at: Duration,
}

impl State {
    /// The held token, if it lives.
    pub(super) fn living(&self, now: Duration) -> Option<&Held> {
        self.held.as_ref().filter(|held| now < held.ends_at)
    }

    /// Until when a token is fetched for a caller that has so long. Who has one that lives on needn't wait as long as it could; what
    /// comes too late for a caller in a hurry is there for the next.
    pub(super) fn patience(&self, now: Duration, deadline: Duration) -> Duration {
        let enough = now.saturating_add(RENEWAL);
        if self.living(enough).is_some() { enough } else { deadline.max(enough) }
    }

    /// Makes a token that lives on for so long the one that callers are given.
    pub(super) fn hold(
        &mut self,
        value: SecretString,
        lifetime: Duration,
        now: Duration,
        left: Duration,
    ) -> Held {
        self.count += 1;
        let held = Held {
            value: Arc::new(value),
            number: self.count,
            renew_at: now.saturating_add(left.saturating_sub(margin(lifetime))),
            ends_at: now.saturating_add(left),
        };
        self.held.insert(held).clone()
    }

    /// Whether a stored token that lives on until then is news and better than the held one.
    pub(super) fn wants(&self, value: &SecretString, ends_at: Duration) -> bool {
        let same = |known: &SecretString| known.expose_secret() == value.expose_secret();
        let better =
            self.held.as_ref().is_none_or(|held| held.ends_at < ends_at && !same(&held.value));
        better && !self.refused.as_ref().is_some_and(|refused| same(refused))
    }

    /// Goes on with the held token for a while.
    pub(super) fn postpone_renewal(&mut self, now: Duration) {
        if let Some(held) = &mut self.held {
            held.renew_at = now.saturating_add(RENEW_AGAIN);
        }
    }

    /// Drops a refused token, unless it has been replaced already.
    pub(super) fn drop_refused(&mut self, number: u64) {
        if let Some(held) = self.held.take_if(|held| held.number == number) {
            self.refused = Some(held.value);
        }
    }
}

impl Held {
    /// Whether it is too early to renew it.
    pub(super) fn is_fresh(&self, now: Duration) -> bool {
        now < self.renew_at
    }

    pub(super) fn carried(self) -> (Arc<SecretString>, Credential) {
        (self.value, Credential::Token(self.number))
    }
}

/// A token is renewed five minutes before it ends, or earlier in its life if that is short.
fn margin(lifetime: Duration) -> Duration {
    Duration::from_secs(300).min(lifetime / 4)
}
