//! The emulator's clock: it starts at the machine's time plus an offset, and goes at a rate.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The rate at which a second takes a second.
const REAL_TIME: u32 = 1000;

/// Milliseconds since 1970, which follow the machine's clock at a rate that can be changed.
///
/// It never goes backwards, even if the machine's does, unless it is set.
#[derive(Debug)]
pub(crate) struct Clock(Mutex<State>);

#[derive(Debug)]
struct State {
    /// The two clocks when this one was last moved.
    machine_ms: i64,
    emulated_ms: i64,
    rate_milli: u32,
    /// The latest time that was told since.
    told_ms: i64,
}

impl Clock {
    /// A clock that is ahead of the machine's and goes as fast.
    pub(crate) fn new(offset_ms: i64) -> Self {
        let machine_ms = machine_ms();
        let emulated_ms = machine_ms.saturating_add(offset_ms);
        Self(Mutex::new(State {
            machine_ms,
            emulated_ms,
            rate_milli: REAL_TIME,
            told_ms: emulated_ms,
        }))
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.state().tell(machine_ms())
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let mut state = self.state();
        let now_ms = state.tell(machine_ms());
        state.start_from(now_ms.saturating_add(by_ms));
    }

    /// Sets the clock to any time, also to an earlier one.
    pub(crate) fn set(&self, now_ms: i64) {
        self.state().start_from(now_ms);
    }

    /// Emulated milliseconds in a second of the machine's: 1000 is real time, 0 stands still.
    pub(crate) fn rate_milli(&self) -> u32 {
        self.state().rate_milli
    }

    /// Changes the rate from now on.
    pub(crate) fn set_rate_milli(&self, rate_milli: u32) {
        let mut state = self.state();
        let now_ms = state.tell(machine_ms());
        state.start_from(now_ms);
        state.rate_milli = rate_milli;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The time when the machine's clock shows `machine_ms`.
    fn tell(&mut self, machine_ms: i64) -> i64 {
        let passed = i128::from(machine_ms.saturating_sub(self.machine_ms).max(0));
        let passed = passed * i128::from(self.rate_milli) / i128::from(REAL_TIME);
        let passed = i64::try_from(passed).unwrap_or(i64::MAX);
        self.told_ms = self.told_ms.max(self.emulated_ms.saturating_add(passed));
        self.told_ms
    }

    fn start_from(&mut self, now_ms: i64) {
        self.machine_ms = machine_ms();
        self.emulated_ms = now_ms;
        self.told_ms = now_ms;
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_moves_the_clock() {
        let plain = Clock::new(0);
        let ahead = Clock::new(86_400_000);
        assert!(ahead.now_ms() - plain.now_ms() > 86_000_000);
        plain.advance(Duration::from_secs(2 * 86_400));
        assert!(plain.now_ms() - ahead.now_ms() > 86_000_000);
    }

    #[test]
    fn at_rate_0_it_moves_only_when_it_is_moved() {
        let clock = Clock::new(0);
        clock.set_rate_milli(0);
        clock.set(1_000_000);
        assert_eq!((clock.rate_milli(), clock.now_ms()), (0, 1_000_000));
        clock.advance(Duration::from_millis(500));
        assert_eq!(clock.now_ms(), 1_000_500);
        clock.set(999);
        assert_eq!(clock.now_ms(), 999);
    }

    fn state(rate_milli: u32) -> State {
        State { machine_ms: 10_000, emulated_ms: 500_000, rate_milli, told_ms: 500_000 }
    }

    #[test]
    fn the_rate_is_kept_exactly() {
        for (rate_milli, passed, expected) in
            [(1000, 7, 7), (60_000, 7, 420), (1, 999, 0), (1, 1000, 1), (1500, 3, 4), (0, 99, 0)]
        {
            assert_eq!(state(rate_milli).tell(10_000 + passed), 500_000 + expected);
        }
        assert_eq!(state(u32::MAX).tell(i64::MAX), i64::MAX);
    }

    #[test]
    fn it_never_goes_backwards_with_the_machine() {
        let mut state = state(1000);
        assert_eq!(state.tell(10_300), 500_300);
        assert_eq!(state.tell(9_000), 500_300);
        assert_eq!(state.tell(10_400), 500_400);
    }
}
