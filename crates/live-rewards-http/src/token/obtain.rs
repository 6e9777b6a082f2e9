use std::{pin::pin, time::Duration};

use live_rewards_core::{Error, ErrorKind, Result};

use super::{FetchLock, StoredToken, Token, cache::Inner, state::Held};

/// A token that is said to live shorter is used so long all the same, or every call would fetch one.
const LEAST: Duration = Duration::from_secs(10);
/// How often it is looked whether another process has fetched.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

impl Inner {
    /// Takes a token from the store, or fetches one and puts it there.
    pub(super) async fn obtain(
        &self,
        until: Duration,
        fetch: impl Future<Output = Result<Token>> + Send,
    ) -> Result<Held> {
        // Before the lock, which another process may have for long: with a stored token that lives on, others needn't wait at all,
        // and this caller not for long.
        if let Some(held) = self.load().await {
            return Ok(held);
        }
        let until = self.state().patience(self.clock.monotonic(), until).min(until);
        let renewed = pin!(self.renew(until, fetch));
        self.before(until, renewed).await.flatten()
    }

    async fn renew(
        &self,
        until: Duration,
        fetch: impl Future<Output = Result<Token>> + Send,
    ) -> Result<Held> {
        let lock = self.lock(until).await?;
        // Another one may have fetched meanwhile.
        if let Some(held) = self.load().await {
            return Ok(held);
        }
        let token = fetch.await?;
        // Before anything is waited for: from here on the token is there for all callers of this client.
        let lifetime = token.lifetime.max(LEAST);
        let now = self.clock.monotonic();
        let held = self.state().hold(token.value.clone(), lifetime, now, lifetime);
        if let Some(lock) = lock {
            self.save(token, lock).await;
        }
        Ok(held)
    }

    /// Becomes the only one who fetches. Where the store can't tell, the token is fetched without a lock and not saved.
    async fn lock(&self, until: Duration) -> Result<Option<FetchLock>> {
        loop {
            match self.store.try_lock(&self.key).await {
                Ok(Some(lock)) => return Ok(Some(lock)),
                Ok(None) => {}
                Err(error) => {
                    self.warn(&error, "access tokens are not shared: the store can't be locked");
                    return Ok(None);
                }
            }
            if self.left(until) <= LOOK_AGAIN {
                let what = "another process or client is fetching the access token and takes long";
                return Err(Error::new(ErrorKind::Timeout, what));
            }
            self.sleep.sleep(LOOK_AGAIN).await;
        }
    }

    /// Takes over the store's token if it is new here and outlives the held one; `None` if it has to be renewed all the same.
    async fn load(&self) -> Option<Held> {
        let StoredToken { value, expires_at, lifetime } = match self.store.load(&self.key).await {
            Ok(stored) => stored?,
            Err(error) => {
                self.warn(&error, "the stored access token can't be read");
                return None;
            }
        };
        let left_ms = expires_at.epoch_ms().saturating_sub(self.clock.now().epoch_ms());
        let left = Duration::from_millis(u64::try_from(left_ms).ok().filter(|left| *left > 0)?);
        // A wall clock that was set back doesn't lengthen a token's life.
        let left = left.min(lifetime);
        let now = self.clock.monotonic();
        let mut state = self.state();
        if !state.wants(&value, now.saturating_add(left)) {
            return None;
        }
        let held = state.hold(value, lifetime, now, left);
        held.is_fresh(now).then_some(held)
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
}
