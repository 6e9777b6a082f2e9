use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::RateLimit;

/// When requests were sent, in milliseconds on some clock.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Tally(Vec<i64>);

/// How much later than another one a request may reach the vendor.
const TRAVEL: Duration = Duration::from_secs(2);

impl Tally {
    /// Counts a request, or says how long it has to wait.
    pub(super) fn count(&mut self, limit: RateLimit, now: i64) -> Option<Duration> {
        let window = limit.window.saturating_add(TRAVEL).as_millis();
        let window = i64::try_from(window).unwrap_or(i64::MAX);
        for at in &mut self.0 {
            // The clock was set back: nobody knows how long ago it was.
            *at = now.min(*at);
        }
        self.0.retain(|at| now.saturating_sub(*at) < window);
        let most = usize::try_from(limit.requests).unwrap_or(usize::MAX).max(1);
        // In order, to find the one whose leaving makes room.
        self.0.sort_unstable();
        if let Some(at) = self.0.len().checked_sub(most).and_then(|at| self.0.get(at)) {
            let wait = at.saturating_add(window).saturating_sub(now);
            return Some(Duration::from_millis(wait.try_into().unwrap_or_default()));
        }
        self.0.push(now);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LimitScope;

    const LIMIT: RateLimit = RateLimit::new(3, 10, LimitScope::Endpoint);

    #[test]
    fn who_finds_no_room_is_told_when_there_is_some() {
        let mut tally = Tally::default();
        let waits: Vec<_> = [0, 1, 1, 5, 11, 12, 12, 13, 13]
            .map(|now| tally.count(LIMIT, now * 1000).map(|wait| wait.as_secs()))
            .into();
        let expected = [None, None, None, Some(7), Some(1), None, Some(1), None, None];
        assert_eq!(waits, expected);
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nobody_up_for_longer_than_a_window() {
        let mut tally = Tally::default();
        for _ in 0..3 {
            assert_eq!(tally.count(LIMIT, 100_000_000), None);
        }
        assert_eq!(tally.count(LIMIT, 5000), Some(Duration::from_secs(12)));
        assert_eq!(tally.count(LIMIT, 17_000), None);
    }
}
