use std::{
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{
    FutureExt,
    future::{Either, WeakShared, select},
};
use live_rewards_core::{Error, ErrorKind, Result};
use secrecy::SecretString;
use tokio::runtime::Handle;

use super::{
    Token, TokenKey, TokenStore,
    failure::Failure,
    state::{Fetch, Fetched, Held, State},
    tally::Tally,
};
use crate::{Clock, Credential, RateLimit, Sleep};

/// Holds an application's token for any number of callers: one fetch however many ask, renewed ahead of its end, shared with
/// others through a [`TokenStore`]. Clones are the same cache.
///
/// A fetch belongs to nobody: all who wait for it drive it, and so does tokio's runtime where there is one. A caller may be dropped or
/// left alone at any time, and nothing is lost and nobody is held up.
#[derive(Clone, Debug)]
pub struct TokenCache(Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) key: TokenKey,
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) sleep: Arc<dyn Sleep>,
    // Never held while waiting.
    state: Mutex<State>,
    /// Requests for tokens by this cache.
    tally: Mutex<Tally>,
}

impl TokenCache {
    /// A cache over a store. The clock is the one that deadlines are on.
    pub fn new(
        key: TokenKey,
        store: Arc<dyn TokenStore>,
        clock: Arc<dyn Clock>,
        sleep: Arc<dyn Sleep>,
    ) -> Self {
        let (state, tally) = (Mutex::default(), Mutex::default());
        Self(Arc::new(Inner { key, store, clock, sleep, state, tally }))
    }

    /// The token, fetched if there is none that lives on for a while. `fetch` is told until when it may take, which may be longer than
    /// the caller waits. It makes a future that goes on without this caller, and must not call the cache itself before that is
    /// driven.
    ///
    /// Who comes while another one fetches gets what that fetch brings, its error too, unless it failed for lack of time and
    /// there is more of it now. A failed fetch is not remembered beyond that. While a token is renewed ahead of its end, all
    /// others go on with it, and so they do if the renewal fails. Nobody waits beyond its deadline.
    pub async fn get<F>(
        &self,
        deadline: Duration,
        mut fetch: impl FnMut(Duration) -> F + Send,
    ) -> Result<(Arc<SecretString>, Credential)>
    where
        F: Future<Output = Result<Token>> + Send + 'static,
    {
        loop {
            let under_way = match self.held_or_fetch(deadline, &mut fetch)? {
                Either::Left(held) => return Ok(held.carried()),
                Either::Right(under_way) => under_way,
            };
            match self.0.before(deadline, under_way).await {
                Ok(Ok(held)) => return Ok(held.carried()),
                Ok(Err(failure)) if failure.concerns(self.0.left(deadline)) => {
                    return Err(failure.error());
                }
                // It had less time than is left here.
                Ok(Err(_)) => {}
                Err(late) => return Err(late),
            }
        }
    }

    /// Drops a refused token, unless it has been replaced already. Whether the next attempt will carry another one.
    pub fn drop_refused(&self, credential: Credential) -> bool {
        let Credential::Token(number) = credential else {
            return false;
        };
        self.0.state().drop_refused(number);
        true
    }

    /// Counts a request for a token, right before it is sent, with those of all who share the store, and waits if they have used up
    /// the vendor's limit. This cache alone keeps to it whatever becomes of the store.
    pub async fn count(&self, limit: Option<RateLimit>, deadline: Duration) -> Result<()> {
        let Some(limit) = limit else {
            return Ok(());
        };
        let Inner { key, store, clock, .. } = &*self.0;
        loop {
            match store.count(key, limit, clock.now()).await {
                Ok(None) => break,
                Ok(Some(wait)) => self.0.wait_for_room(wait, deadline).await?,
                Err(error) => {
                    self.0.warn(&error, "requests for access tokens can't be counted");
                    break;
                }
            }
        }
        // The store may have failed, may not count, or may go by a clock that has been set.
        while let Some(wait) = self.0.count(limit) {
            self.0.wait_for_room(wait, deadline).await?;
        }
        Ok(())
    }

    /// The held token if that will do, else the fetch that is under way, or a new one if there is time for any.
    fn held_or_fetch<F>(
        &self,
        deadline: Duration,
        fetch: &mut impl FnMut(Duration) -> F,
    ) -> Result<Either<Held, Fetch>>
    where
        F: Future<Output = Result<Token>> + Send + 'static,
    {
        let now = self.0.clock.monotonic();
        let mut state = self.0.state();
        let under_way = state.fetch.as_ref().and_then(WeakShared::upgrade);
        if let Some(held) = state.living(now)
            && (held.is_fresh(now) || under_way.is_some())
        {
            return Ok(Either::Left(held.clone()));
        }
        if let Some(under_way) = under_way {
            return Ok(Either::Right(under_way));
        }
        if deadline <= now {
            return Err(late());
        }
        let until = state.patience(now, deadline);
        let given = until.saturating_sub(now);
        let (inner, token) = (Arc::clone(&self.0), fetch(until));
        let fetching = async move {
            let outcome = {
                let obtained = pin!(inner.obtain(until, token));
                inner.before(until, obtained).await.flatten()
            };
            inner.finish(outcome, given)
        };
        let fetching = fetching.boxed().shared();
        state.fetch = fetching.downgrade();
        drop(state);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(fetching.clone());
        }
        Ok(Either::Right(fetching))
    }
}

impl Inner {
    /// Ends a fetch. What it brought is for those who wait for it.
    fn finish(&self, outcome: Result<Held>, given: Duration) -> Fetched {
        let mut state = self.state();
        state.fetch = None;
        let error = match outcome {
            Ok(held) => return Ok(held),
            Err(error) => error,
        };
        let now = self.clock.monotonic();
        let Some(held) = state.living(now).cloned() else {
            state.held = None;
            return Err(Failure::new(error, given));
        };
        // If it is fresh, it was fetched, and only saving it took too long.
        if !held.is_fresh(now) {
            state.postpone_renewal(now);
            self.warn(&error, "the access token could not be renewed ahead of its end");
        }
        Ok(held)
    }

    /// Counts a request of this cache, or says how long it has to wait.
    fn count(&self, limit: RateLimit) -> Option<Duration> {
        let now_ms = self.clock.monotonic().as_millis().try_into().unwrap_or(i64::MAX);
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).count(limit, now_ms)
    }

    async fn wait_for_room(&self, wait: Duration, deadline: Duration) -> Result<()> {
        if wait >= self.left(deadline) {
            let what = "so many access tokens were fetched that the vendor allows no more now";
            return Err(Error::new(ErrorKind::RateLimited, what).with_retry_after(Some(wait)));
        }
        self.sleep.sleep(wait).await;
        Ok(())
    }

    /// What a future brings before an instant.
    pub(super) async fn before<T>(
        &self,
        instant: Duration,
        future: impl Future<Output = T> + Unpin + Send,
    ) -> Result<T> {
        match select(future, self.sleep.expire(self.left(instant))).await {
            Either::Left((brought, _)) => Ok(brought),
            Either::Right(_) => Err(late()),
        }
    }

    pub(super) fn left(&self, deadline: Duration) -> Duration {
        deadline.saturating_sub(self.clock.monotonic())
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn warn(&self, error: &Error, what: &'static str) {
        tracing::warn!(vendor = %self.key.vendor, kind = %error.kind(), "{what}");
    }
}

fn late() -> Error {
    Error::new(ErrorKind::Timeout, "the access token did not come in time")
}
