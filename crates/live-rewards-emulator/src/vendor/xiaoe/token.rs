//! Access tokens: two hours long, and five minutes more once another is fetched.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::credentials::{XIAOE_APP_ID, XIAOE_CLIENT_ID, XIAOE_SECRET_KEY};
use crate::ids;
use crate::reply::{Refusal, Reply};
use crate::seed::{Draws, Purpose};
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{refuse, success};
use crate::vendor::xiaoe::{Endpoint, Xiaoe};

/// Life of a token.
const LIFETIME_SECONDS: i64 = 7200;
/// What is left of it when the next one is fetched.
const OVERLAP_MS: i64 = 300_000;
/// Most tokens that can be good at the same time; the oldest goes first.
const CAPACITY: usize = 1000;

/// Tokens that were given out.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<Issued>);

#[derive(Debug, Default)]
struct Issued {
    count: i64,
    live: Vec<Token>,
}

#[derive(Debug)]
struct Token {
    text: String,
    expires_ms: i64,
}

#[derive(Serialize)]
struct Data {
    access_token: String,
    expires_in: i64,
}

/// Decides whether the caller is an application that may ask for a token from where it is.
pub(super) fn check_caller(call: &Call<'_, Endpoint>) -> Result<(), Refusal> {
    let refused = |code, name: &str, fault: &str| {
        Err(refuse(code, &format!("{name} {fault}")).parameter(name))
    };
    match call.parameters.text("app_id") {
        None => return refused(2001, "app_id", "is required"),
        Some(XIAOE_APP_ID) => {}
        Some(_) => return refused(2002, "app_id", "is unknown"),
    }
    match call.parameters.text("client_id") {
        None => return refused(2020, "client_id", "is required"),
        Some(XIAOE_CLIENT_ID) => {}
        Some(_) => return refused(2020, "client_id", "is unknown"),
    }
    match &call.settings.xiaoe_ip_list {
        Some(list) if !list.contains(&call.request.peer) => {
            Err(refuse(2051, &format!("{} is not in the IP white list", call.request.peer)))
        }
        _ => Ok(()),
    }
}

/// Answers a call for a token.
pub(super) fn issue(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    for (name, right, code) in
        [("secret_key", XIAOE_SECRET_KEY, 2004), ("grant_type", "client_credential", 2006)]
    {
        if call.parameters.text(name) != Some(right) {
            return Err(refuse(code, &format!("invalid {name}")).parameter(name));
        }
    }
    let data = Data {
        access_token: xiaoe.tokens.issue(xiaoe.draws, call.now_ms),
        expires_in: LIFETIME_SECONDS,
    };
    Ok(success("success", None, &data))
}

impl Tokens {
    /// Whether a token is good.
    pub(super) fn is_valid(&self, text: &str, now_ms: i64) -> bool {
        let issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        issued.live.iter().any(|token| token.text == text && now_ms < token.expires_ms)
    }

    /// Ends a token at once; false if there is none like it.
    pub(super) fn revoke(&self, text: &str) -> bool {
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = issued.live.len();
        issued.live.retain(|token| token.text != text);
        issued.live.len() < before
    }

    /// Forgets all tokens.
    pub(super) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Issued::default();
    }

    /// Gives out a new token and lets the older ones run out.
    fn issue(&self, draws: Draws, now_ms: i64) -> String {
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let overlap_ends = now_ms.saturating_add(OVERLAP_MS);
        for token in &mut issued.live {
            token.expires_ms = token.expires_ms.min(overlap_ends);
        }
        issued.live.retain(|token| now_ms < token.expires_ms);
        if issued.live.len() >= CAPACITY {
            issued.live.remove(0);
        }
        let text = text(draws.of(Purpose::Token).at(issued.count), now_ms);
        issued.count += 1;
        issued.live.push(Token {
            text: text.clone(),
            expires_ms: now_ms.saturating_add(LIFETIME_SECONDS * 1000),
        });
        text
    }
}

/// `xe_`, 13 hex digits that begin with the second, and a long tail.
fn text(mut draws: Draws, now_ms: i64) -> String {
    let second = now_ms.div_euclid(1000) & 0xffff_ffff;
    let fraction = draws.below(1 << 20);
    let tail = ids::letters(draws, ids::MIXED, 160);
    format!("xe_{second:08x}{fraction:05x}_{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_lasts_two_hours() {
        let tokens = Tokens::default();
        let token = tokens.issue(Draws::new(1), 1000);
        assert!(tokens.is_valid(&token, 1000));
        assert!(tokens.is_valid(&token, 7_200_999));
        assert!(!tokens.is_valid(&token, 7_201_000));
        assert!(!tokens.is_valid("xe_", 1000));
    }

    #[test]
    fn fetching_again_ends_it_in_five_minutes() {
        let tokens = Tokens::default();
        let first = tokens.issue(Draws::new(1), 0);
        let second = tokens.issue(Draws::new(1), 10);
        assert_ne!(first, second);
        assert!(tokens.is_valid(&first, OVERLAP_MS + 9));
        assert!(!tokens.is_valid(&first, OVERLAP_MS + 10));
        assert!(tokens.is_valid(&second, OVERLAP_MS + 10));
    }

    #[test]
    fn a_revoked_token_is_gone() {
        let tokens = Tokens::default();
        let (first, second) = (tokens.issue(Draws::new(1), 0), tokens.issue(Draws::new(1), 0));
        assert!(tokens.revoke(&first) && !tokens.revoke(&first));
        assert!(!tokens.is_valid(&first, 1) && tokens.is_valid(&second, 1));
        tokens.clear();
        assert!(!tokens.is_valid(&second, 1));
    }
}
