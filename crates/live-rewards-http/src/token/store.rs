use std::{
    fmt::{self, Debug},
    time::Duration,
};

use async_trait::async_trait;
use live_rewards_core::{Result, Timestamp, Vendor};
use secrecy::SecretString;

use crate::RateLimit;

/// Keeps access tokens, for all who call for the same application.
///
/// A vendor may end the former token when it hands out another one, so those who call for one application should share a
/// store: a [`MemoryTokenStore`](crate::MemoryTokenStore) within a process, a [`FileTokenStore`](crate::FileTokenStore)
/// between processes of a machine. Whoever is given a store gets the tokens in it without the application's secret being
/// checked.
///
/// A store that fails is passed over with a warning, and the token is then the client's own. Its errors must not show tokens.
#[async_trait]
pub trait TokenStore: Debug + Send + Sync {
    /// The token that is kept for an application, whether it still lives or not.
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>>;

    /// Tries to become the only one who fetches a token for an application; `None` while another one is. Doesn't wait.
    async fn try_lock(&self, key: &TokenKey) -> Result<Option<FetchLock>>;

    /// Keeps a token in place of the former one, whole or not at all, and gives up the lock. Once it has begun it is brought to
    /// its end, also if the caller is dropped meanwhile.
    async fn save(&self, key: &TokenKey, token: StoredToken, lock: FetchLock) -> Result<()>;

    /// Counts a request for a token that is sent at once, of which the vendor allows so many in any window of a length, whoever sends
    /// them. If there is no room it is not counted, and the answer is how long to wait.
    ///
    /// A store that doesn't count lets all through; then each client keeps to the limit by itself.
    async fn count(
        &self,
        key: &TokenKey,
        limit: RateLimit,
        now: Timestamp,
    ) -> Result<Option<Duration>> {
        let _ = (key, limit, now);
        Ok(None)
    }
}

/// Whose token it is. It has no secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TokenKey {
    /// The vendor.
    pub vendor: Vendor,
    /// Host and port of its API, as [`BaseUrl::authority`](crate::BaseUrl::authority) has them.
    pub authority: String,
    /// The application at the vendor.
    pub application: String,
}

impl TokenKey {
    /// The key of an application's token.
    pub fn new(
        vendor: Vendor,
        authority: impl Into<String>,
        application: impl Into<String>,
    ) -> Self {
        Self { vendor, authority: authority.into(), application: application.into() }
    }
}

/// A token as it is kept.
#[derive(Clone)]
pub struct StoredToken {
    /// The token.
    pub value: SecretString,
    /// When it ends, by the wall clock, which processes share.
    pub expires_at: Timestamp,
    /// How long it was valid when it was fetched.
    pub lifetime: Duration,
}

impl fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredToken")
            .field("expires_at", &self.expires_at)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

/// Held while a token is fetched and saved. Dropping it gives it up.
pub struct FetchLock {
    _guard: Box<dyn Send>,
}

impl FetchLock {
    /// A lock that is given up when this guard is dropped.
    pub fn new(guard: impl Send + 'static) -> Self {
        Self { _guard: Box::new(guard) }
    }
}

impl Debug for FetchLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FetchLock")
    }
}
