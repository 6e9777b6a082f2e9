use std::{fmt, time::Duration};

use live_rewards_core::Result;
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::Credential;

/// A vendor's access token and how long it lives.
#[derive(Clone)]
pub struct Token {
    /// The token.
    pub value: SecretString,
    /// How long it is valid from when it was fetched.
    pub lifetime: Duration,
}

/// Holds one token for any number of callers: one fetch however many ask, renewed ahead of its expiry.
#[derive(Debug, Default)]
pub struct TokenCache {
    // Held during a fetch, so that all others wait for it; released if the fetching caller is dropped.
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
    fetched: u64,
}

#[derive(Debug)]
struct Held {
    value: SecretString,
    number: u64,
    renew_at: Duration,
}

impl TokenCache {
    /// A cache without a token.
    pub fn new() -> Self {
        Self::default()
    }

    /// The token, fetched if there is none that lives on for a while. `now` is the monotonic clock. A failed fetch is not
    /// remembered.
    pub async fn get<F>(
        &self,
        now: Duration,
        fetch: impl FnOnce() -> F + Send,
    ) -> Result<(SecretString, Credential)>
    where
        F: Future<Output = Result<Token>> + Send,
    {
        let mut state = self.state.lock().await;
        if let Some(held) = state.held.as_ref().filter(|held| now < held.renew_at) {
            return Ok((held.value.clone(), Credential::Token(held.number)));
        }
        let token = fetch().await?;
        state.fetched += 1;
        let number = state.fetched;
        let renew_at = now.saturating_add(token.lifetime.saturating_sub(margin(token.lifetime)));
        state.held = Some(Held { value: token.value.clone(), number, renew_at });
        Ok((token.value, Credential::Token(number)))
    }

    /// Drops a refused token, unless it has been replaced already. Whether the next attempt will carry another one.
    pub async fn drop_refused(&self, credential: Credential) -> bool {
        let Credential::Token(refused) = credential else {
            return false;
        };
        let mut state = self.state.lock().await;
        if state.held.as_ref().is_some_and(|held| held.number == refused) {
            state.held = None;
        }
        true
    }
}

/// A token is renewed five minutes before it expires, or earlier in its life if that is short.
fn margin(lifetime: Duration) -> Duration {
    Duration::from_secs(300).min(lifetime / 4)
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}
