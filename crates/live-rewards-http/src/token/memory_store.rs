use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use live_rewards_core::{Result, Timestamp};
use tokio::sync::Mutex as Turn;

use super::{FetchLock, StoredToken, TokenKey, TokenStore, tally::Tally};
use crate::RateLimit;

/// Keeps tokens in memory, for the clients of a process that are given the same store. A client that is given none has one of
/// its own.
#[derive(Default)]
pub struct MemoryTokenStore(Mutex<HashMap<TokenKey, Kept>>);

#[derive(Default)]
struct Kept {
    token: Option<StoredToken>,
    turn: Arc<Turn<()>>,
    tally: Tally,
}

impl MemoryTokenStore {
    /// A store without tokens.
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<TokenKey, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>> {
        Ok(self.kept().get(key).and_then(|kept| kept.token.clone()))
    }

    async fn try_lock(&self, key: &TokenKey) -> Result<Option<FetchLock>> {
        let turn = Arc::clone(&self.kept().entry(key.clone()).or_default().turn);
        Ok(turn.try_lock_owned().ok().map(FetchLock::new))
    }

    async fn save(&self, key: &TokenKey, token: StoredToken, lock: FetchLock) -> Result<()> {
        self.kept().entry(key.clone()).or_default().token = Some(token);
        drop(lock);
        Ok(())
    }

    async fn count(
        &self,
        key: &TokenKey,
        limit: RateLimit,
        now: Timestamp,
    ) -> Result<Option<Duration>> {
        Ok(self.kept().entry(key.clone()).or_default().tally.count(limit, now.epoch_ms()))
    }
}

impl fmt::Debug for MemoryTokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryTokenStore").finish_non_exhaustive()
    }
}
