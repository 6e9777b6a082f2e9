//! Access tokens: fetched once for all callers, renewed ahead of their end, and kept where other clients and processes find them.

mod cache;
mod failure;
mod file_content;
mod file_store;
mod memory_store;
mod obtain;
mod state;
mod store;
mod tally;

use std::{fmt, time::Duration};

use secrecy::SecretString;

pub use cache::TokenCache;
pub use file_store::FileTokenStore;
pub use memory_store::MemoryTokenStore;
pub use store::{FetchLock, StoredToken, TokenKey, TokenStore};

/// A vendor's access token and how long it lives.
#[derive(Clone)]
pub struct Token {
    /// The token.
    pub value: SecretString,
    /// How long it is valid from when it was fetched.
    pub lifetime: Duration,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}
