//! Nonces that were used, remembered for as long as their timestamp is good.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Most nonces remembered; the oldest is forgotten first.
const CAPACITY: usize = 100_000;
/// Longest nonce taken, in bytes.
const MAX_LENGTH: usize = 128;
/// Requests overtake each other by less than this, in milliseconds.
const OVERTAKEN_MS: i64 = 1000;

/// Nonces used in the last minutes.
#[derive(Debug, Default)]
pub(super) struct Nonces(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    nonces: HashSet<String>,
    /// The same, oldest first, with the instant of their end.
    order: VecDeque<(i64, String)>,
}

/// Why a nonce isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Used,
    TooLong,
}

impl Nonces {
    /// Remembers a nonce until `until_ms`.
    pub(super) fn take(&self, nonce: &str, now_ms: i64, until_ms: i64) -> Result<(), Refused> {
        if nonce.len() > MAX_LENGTH {
            return Err(Refused::TooLong);
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.forget(now_ms, until_ms);
        if !seen.nonces.insert(nonce.to_owned()) {
            return Err(Refused::Used);
        }
        seen.order.push_back((until_ms, nonce.to_owned()));
        Ok(())
    }

    /// Forgets all of them.
    pub(super) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Seen::default();
    }
}

impl Seen {
    /// Drops what has ended, and what ends after one of now: the clock was set back.
    fn forget(&mut self, now_ms: i64, until_ms: i64) {
        while self.order.back().is_some_and(|(end_ms, _)| *end_ms > until_ms + OVERTAKEN_MS) {
            let newest = self.order.pop_back();
            self.remove(newest);
        }
        let is_over = |(end_ms, _): &(i64, String)| *end_ms < now_ms;
        while self.order.len() >= CAPACITY || self.order.front().is_some_and(is_over) {
            let oldest = self.order.pop_front();
            self.remove(oldest);
        }
    }

    fn remove(&mut self, taken: Option<(i64, String)>) {
        if let Some((_, nonce)) = taken {
            self.nonces.remove(&nonce);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_good_once_until_it_is_forgotten() {
        let nonces = Nonces::default();
        assert_eq!(nonces.take("a", 0, 100), Ok(()));
        assert_eq!(nonces.take("b", 0, 100), Ok(()));
        assert_eq!(nonces.take("a", 100, 200), Err(Refused::Used));
        assert_eq!(nonces.take("a", 101, 201), Ok(()));
        assert_eq!(nonces.take(&"x".repeat(MAX_LENGTH + 1), 0, 1), Err(Refused::TooLong));
        nonces.clear();
        assert_eq!(nonces.take("a", 101, 201), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_frees_them() {
        let nonces = Nonces::default();
        let later = 10 * OVERTAKEN_MS;
        assert_eq!(nonces.take("a", later, later + 100), Ok(()));
        assert_eq!(nonces.take("b", later - OVERTAKEN_MS, later + 100 - OVERTAKEN_MS), Ok(()));
        assert_eq!(nonces.take("a", later, later + 100), Err(Refused::Used));
        assert_eq!(nonces.take("a", 0, 100), Ok(()));
        // What was taken in between is forgotten in time, too.
        assert_eq!(nonces.take("a", 101, 201), Ok(()));
    }
}
