//! A sliding window.

use std::collections::VecDeque;

/// Instants of the last requests that were let through: never more than the limit.
#[derive(Debug, Default)]
pub(super) struct Window {
    times: VecDeque<i64>,
    /// Begin and end of a block.
    blocked: Option<(i64, i64)>,
}

impl Window {
    /// Counts a request; the error is the instant at which the next one is let through.
    pub(super) fn count(
        &mut self,
        allowed: usize,
        length_ms: i64,
        block_ms: Option<i64>,
        now_ms: i64,
    ) -> Result<(), i64> {
        self.forget(length_ms, now_ms);
        if let Some((_, until_ms)) = self.blocked {
            return Err(until_ms);
        }
        if self.times.len() < allowed {
            self.times.push_back(now_ms);
            return Ok(());
        }
        let Some(block_ms) = block_ms else {
            return Err(self.times.front().map_or(now_ms, |first| first + length_ms));
        };
        let until_ms = now_ms.saturating_add(block_ms);
        self.times.clear();
        self.blocked = Some((now_ms, until_ms));
        Err(until_ms)
    }

    /// Instant of the last thing that happened.
    pub(super) fn last_ms(&self) -> i64 {
        let counted = self.times.back().copied();
        counted.max(self.blocked.map(|(_, until_ms)| until_ms)).unwrap_or(i64::MIN)
    }

    /// Drops what lies behind the window, and what lies ahead of a clock that was set back.
    fn forget(&mut self, length_ms: i64, now_ms: i64) {
        while self.times.front().is_some_and(|first| first.saturating_add(length_ms) <= now_ms) {
            self.times.pop_front();
        }
        while self.times.back().is_some_and(|last| *last > now_ms) {
            self.times.pop_back();
        }
        self.blocked =
            self.blocked.filter(|(from_ms, until_ms)| (*from_ms..*until_ms).contains(&now_ms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides() {
        let mut window = Window::default();
        for now_ms in [0, 400, 900] {
            assert_eq!(window.count(3, 1000, None, now_ms), Ok(()));
        }
        assert_eq!(window.count(3, 1000, None, 999), Err(1000));
        assert_eq!(window.count(3, 1000, None, 1000), Ok(()));
        assert_eq!(window.count(3, 1000, None, 1399), Err(1400));
        assert_eq!(window.times.len(), 3);
    }

    #[test]
    fn a_block_lasts_its_time_however_often_it_is_tried() {
        let mut window = Window::default();
        assert_eq!(window.count(1, 1000, Some(5000), 0), Ok(()));
        for now_ms in [10, 2000, 5009] {
            assert_eq!(window.count(1, 1000, Some(5000), now_ms), Err(5010));
        }
        assert_eq!(window.count(1, 1000, Some(5000), 5010), Ok(()));
    }

    #[test]
    fn a_clock_set_back_frees_the_window() {
        let mut window = Window::default();
        assert_eq!(window.count(1, 1000, Some(5000), 9000), Ok(()));
        assert_eq!(window.count(1, 1000, Some(5000), 9000), Err(14_000));
        assert_eq!(window.count(1, 1000, Some(5000), 100), Ok(()));
    }
}
