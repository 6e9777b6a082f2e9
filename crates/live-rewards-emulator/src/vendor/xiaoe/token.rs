//! Access tokens: two hours long, and five minutes more once another is fetched.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::calendar;
use crate::ids;
use crate::seed::{Draws, Purpose};

/// Life of a token.
pub(super) const LIFETIME_SECONDS: i64 = 7200;
/// What is left of it when the next one is fetched.
const OVERLAP_MS: i64 = 300_000;
/// Most tokens that can be good at the same time: the newest.
const CAPACITY: usize = 1000;
/// Most tokens remembered, dead ones included; the oldest is forgotten first.
const REMEMBERED: usize = 2 * CAPACITY;

/// Tokens that were given out.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<Issued>);

#[derive(Debug, Default)]
struct Issued {
    /// Tokens given out since the start or the last reset.
    count: i64,
    /// Oldest first.
    tokens: VecDeque<Token>,
    /// Tokens that are remembered no more.
    forgotten: u64,
}

struct Token {
    text: String,
    expires_ms: i64,
    /// When the one was fetched that brought its end forward.
    superseded_ms: Option<i64>,
    ended: Option<End>,
}

/// What ends a token before its time.
#[derive(Clone, Copy, Debug)]
enum End {
    Revoked,
    Reset,
}

impl Tokens {
    /// Decides whether a token is good; the error says how it died.
    pub(super) fn check(&self, text: &str, now_ms: i64) -> Result<(), String> {
        let issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut newest_first = issued.tokens.iter().rev().enumerate();
        match newest_first.find(|(_, token)| token.text == text) {
            None => Err(issued.unknown()),
            Some((newer, token)) => token.check(newer, now_ms),
        }
    }

    /// Ends a token at once; false if there is none like it.
    pub(super) fn revoke(&self, text: &str) -> bool {
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut newest_first = issued.tokens.iter_mut().rev();
        match newest_first.find(|token| token.text == text) {
            Some(token) if token.ended.is_none() => {
                token.ended = Some(End::Revoked);
                true
            }
            _ => false,
        }
    }

    /// Ends all tokens and counts from the start again.
    pub(super) fn clear(&self) {
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        issued.count = 0;
        for token in &mut issued.tokens {
            token.ended = Some(End::Reset);
        }
    }

    /// Gives out a new token and lets the older ones run out.
    pub(super) fn issue(&self, draws: Draws, now_ms: i64) -> String {
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let overlap_ends = now_ms.saturating_add(OVERLAP_MS);
        for token in &mut issued.tokens {
            if overlap_ends < token.expires_ms {
                token.expires_ms = overlap_ends;
                token.superseded_ms = Some(now_ms);
            }
        }
        if issued.tokens.len() >= REMEMBERED {
            issued.tokens.pop_front();
            issued.forgotten += 1;
        }
        let text = text(draws.of(Purpose::Token).at(issued.count), now_ms);
        issued.count += 1;
        issued.tokens.push_back(Token {
            text: text.clone(),
            expires_ms: now_ms.saturating_add(LIFETIME_SECONDS * 1000),
            superseded_ms: None,
            ended: None,
        });
        text
    }
}

impl Issued {
    /// What there is to say of a token that isn't remembered.
    fn unknown(&self) -> String {
        match self.forgotten {
            0 => "access_token was never issued".to_owned(),
            forgotten => format!(
                "access_token was never issued, \
                 or is one of the {forgotten} oldest, which are forgotten"
            ),
        }
    }
}

impl Token {
    /// Decides whether it is good, with so many newer ones; the error says how it died.
    fn check(&self, newer: usize, now_ms: i64) -> Result<(), String> {
        match (self.ended, self.superseded_ms) {
            (Some(End::Revoked), _) => Err("access_token was revoked by a fault".to_owned()),
            (Some(End::Reset), _) => {
                Err("access_token was forgotten when the emulator was reset".to_owned())
            }
            (None, None) if now_ms >= self.expires_ms => Err(format!(
                "access_token expired at {}, {LIFETIME_SECONDS} seconds after it was issued",
                instant(self.expires_ms)
            )),
            (None, Some(superseded_ms)) if now_ms >= self.expires_ms => Err(format!(
                "access_token was superseded by the one fetched at {}, \
                 and died five minutes later, at {}",
                instant(superseded_ms),
                instant(self.expires_ms)
            )),
            (None, _) if newer >= CAPACITY => {
                Err(format!("access_token was forgotten: {newer} newer ones were issued"))
            }
            (None, _) => Ok(()),
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Token").field("ended", &self.ended).finish_non_exhaustive()
    }
}

fn instant(ms: i64) -> String {
    calendar::rfc3339(ms).unwrap_or_default()
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

    fn is_good(tokens: &Tokens, text: &str, now_ms: i64) -> bool {
        tokens.check(text, now_ms).is_ok()
    }

    #[test]
    fn a_token_lasts_two_hours() {
        let tokens = Tokens::default();
        let token = tokens.issue(Draws::new(1), 1000);
        assert!(is_good(&tokens, &token, 1000));
        assert!(is_good(&tokens, &token, 7_200_999));
        assert_eq!(
            tokens.check(&token, 7_201_000).unwrap_err(),
            "access_token expired at 1970-01-01T02:00:01Z, 7200 seconds after it was issued"
        );
        assert_eq!(tokens.check("xe_", 1000).unwrap_err(), "access_token was never issued");
    }

    #[test]
    fn fetching_again_ends_it_in_five_minutes() {
        let tokens = Tokens::default();
        let first = tokens.issue(Draws::new(1), 0);
        let second = tokens.issue(Draws::new(1), 1000);
        assert_ne!(first, second);
        // Further fetches neither lengthen nor shorten its life.
        tokens.issue(Draws::new(1), 2000);
        assert!(is_good(&tokens, &first, OVERLAP_MS + 999));
        assert_eq!(
            tokens.check(&first, OVERLAP_MS + 1000).unwrap_err(),
            "access_token was superseded by the one fetched at 1970-01-01T00:00:01Z, \
             and died five minutes later, at 1970-01-01T00:05:01Z"
        );
        assert!(is_good(&tokens, &second, OVERLAP_MS + 1999));
        assert!(!is_good(&tokens, &second, OVERLAP_MS + 2000));
    }

    #[test]
    fn fetching_again_in_its_last_minutes_changes_nothing() {
        let tokens = Tokens::default();
        let first = tokens.issue(Draws::new(1), 0);
        tokens.issue(Draws::new(1), 7_000_000);
        assert!(is_good(&tokens, &first, 7_199_999));
        assert!(tokens.check(&first, 7_200_000).unwrap_err().contains("expired"));
    }

    #[test]
    fn a_revoked_token_is_gone() {
        let tokens = Tokens::default();
        let (first, second) = (tokens.issue(Draws::new(1), 0), tokens.issue(Draws::new(1), 0));
        assert!(tokens.revoke(&first) && !tokens.revoke(&first));
        assert!(tokens.check(&first, 1).unwrap_err().contains("revoked"));
        assert!(is_good(&tokens, &second, 1));
        tokens.clear();
        assert!(tokens.check(&second, 1).unwrap_err().contains("reset"));
        // The first after a reset is the first once more.
        assert_eq!(tokens.issue(Draws::new(1), 0), first);
        assert!(is_good(&tokens, &first, 1));
    }

    #[test]
    fn only_the_newest_are_good_and_the_oldest_forgotten() {
        let tokens = Tokens::default();
        let issued: Vec<String> =
            (0..=REMEMBERED).map(|_| tokens.issue(Draws::new(1), 0)).collect();
        assert_eq!(tokens.0.lock().unwrap().tokens.len(), REMEMBERED);
        let why = |newer: usize| tokens.check(&issued[REMEMBERED - newer], 1);
        assert_eq!(why(CAPACITY - 1), Ok(()));
        let forgotten = "access_token was forgotten: 1000 newer ones were issued";
        assert_eq!(why(CAPACITY).unwrap_err(), forgotten);
        assert!(why(REMEMBERED).unwrap_err().contains("one of the 1 oldest"));
    }

    #[test]
    fn a_token_is_not_shown() {
        let tokens = Tokens::default();
        let token = tokens.issue(Draws::new(1), 0);
        assert!(!format!("{tokens:?}").contains(&token));
    }
}
