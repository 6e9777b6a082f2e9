use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use live_rewards_core::{Error, ErrorKind, Result};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex as Turn;

use super::{FetchLock, StoredToken, Token, TokenKey, TokenStore, failure::Failure};
use crate::{Clock, Credential, Sleep};

/// How long a caller tries to renew a token that lives on longer than that.
const RENEWAL: Duration = Duration::from_secs(10);
/// How long a token that could not be renewed is used before another try.
const RENEW_AGAIN: Duration = Duration::from_secs(30);
/// A token that is said to live shorter is used so long all the same, or every call would fetch one.
const LEAST: Duration = Duration::from_secs(10);
/// How often it is looked whether another process has fetched.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Holds an application's token for any number of callers: one fetch however many ask, renewed ahead of its end, shared with
/// others through a [`TokenStore`].
///
/// A caller may be dropped at any time: another one then fetches, and a token that has been fetched is not lost.
#[derive(Debug)]
pub struct TokenCache {
    key: TokenKey,
    store: Arc<dyn TokenStore>,
    clock: Arc<dyn Clock>,
    sleep: Arc<dyn Sleep>,
    // Whoever holds it fetches.
    turn: Turn<()>,
    // Never held while waiting.
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
    /// Tokens that have been held.
    count: u64,
    /// The last token that the vendor refused: a store may still have it.
    refused: Option<SecretString>,
    /// Fetches that came to an end, well or not.
    finished: u64,
    /// What the last of them failed of.
    failure: Option<Failure>,
}

/// A token with its instants on the monotonic clock.
#[derive(Clone, Debug)]
struct Held {
    value: SecretString,
    number: u64,
    renew_at: Duration,
    ends_at: Duration,
}

impl Held {
    fn carried(&self) -> (SecretString, Credential) {
        (self.value.clone(), Credential::Token(self.number))
    }
}

impl TokenCache {
    /// A cache over a store. The clock is the one that deadlines are on.
    pub fn new(
        key: TokenKey,
        store: Arc<dyn TokenStore>,
        clock: Arc<dyn Clock>,
        sleep: Arc<dyn Sleep>,
    ) -> Self {
        Self { key, store, clock, sleep, turn: Turn::default(), state: Mutex::default() }
    }

    /// The token, fetched if there is none that lives on for a while. `fetch` is told until when it may take; it is called at
    /// most once.
    ///
    /// Who comes while another one fetches gets what that fetch brings, its error too, unless it failed for lack of time and
    /// there is more of it now. A failed fetch is not remembered beyond that. While a token is renewed ahead of its end, all
    /// others go on with it, and so they do if the renewal fails.
    pub async fn get<F>(
        &self,
        deadline: Duration,
        fetch: impl FnOnce(Duration) -> F + Send,
    ) -> Result<(SecretString, Credential)>
    where
        F: Future<Output = Result<Token>> + Send,
    {
        let now = self.clock.monotonic();
        let (held, finished) = {
            let state = self.state();
            (state.held.clone(), state.finished)
        };
        if let Some(held) = held.as_ref().filter(|held| now < held.renew_at) {
            return Ok(held.carried());
        }
        let _turn = match (self.turn.try_lock(), held.filter(|held| now < held.ends_at)) {
            (Ok(turn), _) => turn,
            (Err(_), Some(renewed_by_another)) => return Ok(renewed_by_another.carried()),
            (Err(_), None) => self.turn.lock().await,
        };
        if let Some(outcome) = self.outcome_since(finished, deadline) {
            return outcome;
        }
        let given = self.left(deadline);
        let outcome = self.obtain(deadline, fetch).await;
        self.finish(outcome, given)
    }

    /// Drops a refused token, unless it has been replaced already. Whether the next attempt will carry another one.
    pub fn drop_refused(&self, credential: Credential) -> bool {
        let Credential::Token(number) = credential else {
            return false;
        };
        let mut state = self.state();
        if let Some(held) = state.held.take_if(|held| held.number == number) {
            state.refused = Some(held.value);
        }
        true
    }

    /// What a fetch has brought that was under way when a caller came.
    fn outcome_since(
        &self,
        finished: u64,
        deadline: Duration,
    ) -> Option<Result<(SecretString, Credential)>> {
        let (now, left) = (self.clock.monotonic(), self.left(deadline));
        let state = self.state();
        let fetched = state.finished != finished;
        if let Some(held) = state.held.as_ref().filter(|held| fetched || now < held.renew_at) {
            return Some(Ok(held.carried()));
        }
        let failure = state.failure.as_ref().filter(|failure| fetched && failure.concerns(left))?;
        Some(Err(failure.error()))
    }

    /// Takes a token from the store, or fetches one and puts it there.
    async fn obtain<F>(
        &self,
        deadline: Duration,
        fetch: impl FnOnce(Duration) -> F + Send,
    ) -> Result<Held>
    where
        F: Future<Output = Result<Token>> + Send,
    {
        if self.left(deadline).is_zero() {
            let what = "no time is left to fetch an access token";
            return Err(Error::new(ErrorKind::Timeout, what));
        }
        let lock = self.lock(self.patience(deadline)).await?;
        if let Some(held) = self.load().await {
            return Ok(held);
        }
        let token = fetch(self.patience(deadline)).await?;
        // Before anything is waited for: from here on the token is there for all callers of this client.
        let lifetime = token.lifetime.max(LEAST);
        let held = self.hold(token.value.clone(), lifetime, lifetime);
        if let Some(lock) = lock {
            self.save(token, lock).await;
        }
        Ok(held)
    }

    /// Counts a fetch and keeps what it brought for those who wait.
    fn finish(&self, outcome: Result<Held>, given: Duration) -> Result<(SecretString, Credential)> {
        let now = self.clock.monotonic();
        let mut state = self.state();
        state.finished += 1;
        state.failure = None;
        let error = match outcome {
            Ok(held) => return Ok(held.carried()),
            Err(error) => error,
        };
        if let Some(held) = state.held.as_mut().filter(|held| now < held.ends_at) {
            self.warn(&error, "the access token could not be renewed ahead of its end");
            held.renew_at = now.saturating_add(RENEW_AGAIN);
            return Ok(held.carried());
        }
        state.held = None;
        let failure = Failure::new(error, given);
        let error = failure.error();
        state.failure = Some(failure);
        Err(error)
    }

    /// Becomes the only one who fetches. Where the store can't tell, the token is fetched without a lock and not saved.
    async fn lock(&self, deadline: Duration) -> Result<Option<FetchLock>> {
        loop {
            match self.store.try_lock(&self.key).await {
                Ok(Some(lock)) => return Ok(Some(lock)),
                Ok(None) => {}
                Err(error) => {
                    self.warn(&error, "access tokens are not shared: the store can't be locked");
                    return Ok(None);
                }
            }
            if self.left(deadline) <= LOOK_AGAIN {
                let what = "another process or client is fetching the access token and takes long";
                return Err(Error::new(ErrorKind::Timeout, what));
            }
            self.sleep.sleep(LOOK_AGAIN).await;
        }
    }

    /// Takes over the store's token if it is new here and lives on for a while.
    async fn load(&self) -> Option<Held> {
        let stored = match self.store.load(&self.key).await {
            Ok(stored) => stored?,
            Err(error) => {
                self.warn(&error, "the stored access token can't be read");
                return None;
            }
        };
        let left_ms = stored.expires_at.epoch_ms().saturating_sub(self.clock.now().epoch_ms());
        let left = Duration::from_millis(u64::try_from(left_ms).ok().filter(|left| *left > 0)?);
        {
            let state = self.state();
            let same = |known: &SecretString| known.expose_secret() == stored.value.expose_secret();
            let held = state.held.as_ref().map(|held| &held.value);
            if held.is_some_and(same) || state.refused.as_ref().is_some_and(same) {
                return None;
            }
        }
        // A wall clock that was set back doesn't lengthen a token's life.
        let held = self.hold(stored.value, stored.lifetime, left.min(stored.lifetime));
        (self.clock.monotonic() < held.renew_at).then_some(held)
    }

    async fn save(&self, token: Token, lock: FetchLock) {
        let Token { value, lifetime } = token;
        let Some(expires_at) = self.clock.now().checked_add(lifetime) else {
            return;
        };
        let stored = StoredToken { value, expires_at, lifetime };
        if let Err(error) = self.store.save(&self.key, stored, lock).await {
            self.warn(&error, "the access token can't be stored");
        }
    }

    /// Makes a token the one that callers are given.
    fn hold(&self, value: SecretString, lifetime: Duration, left: Duration) -> Held {
        let now = self.clock.monotonic();
        let mut state = self.state();
        state.count += 1;
        let held = Held {
            value,
            number: state.count,
            renew_at: now.saturating_add(left.saturating_sub(margin(lifetime))),
            ends_at: now.saturating_add(left),
        };
        state.held = Some(held.clone());
        held
    }

    /// Until when a caller tries. One whose token lives on needn't wait as long as it could.
    fn patience(&self, deadline: Duration) -> Duration {
        let enough = self.clock.monotonic().saturating_add(RENEWAL);
        let lives_on = self.state().held.as_ref().is_some_and(|held| enough < held.ends_at);
        if lives_on { deadline.min(enough) } else { deadline }
    }

    fn left(&self, deadline: Duration) -> Duration {
        deadline.saturating_sub(self.clock.monotonic())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn warn(&self, error: &Error, what: &'static str) {
        tracing::warn!(vendor = %self.key.vendor, kind = %error.kind(), "{what}");
    }
}

/// A token is renewed five minutes before it ends, or earlier in its life if that is short.
fn margin(lifetime: Duration) -> Duration {
    Duration::from_secs(300).min(lifetime / 4)
}
