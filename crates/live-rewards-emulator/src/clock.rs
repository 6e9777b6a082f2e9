//! The emulator's clock: it begins at the machine's time plus an offset, or at an instant, and
//! goes at a rate.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::calendar;

/// The rate at which a second takes a second.
pub(crate) const REAL_TIME: u32 = 1000;

/// Milliseconds since 1970, which follow the machine's clock at a rate that can be changed.
///
/// It never goes backwards, even if the machine's does, unless it is set, and it doesn't leave the
/// [calendar](calendar::SPAN_MS): it stops at its end.
#[derive(Debug)]
pub(crate) struct Clock {
    origin: Origin,
    state: Mutex<State>,
}

/// How a clock begins.
#[derive(Clone, Copy, Debug)]
struct Origin {
    begin: Begin,
    rate_milli: u32,
}

#[derive(Clone, Copy, Debug)]
enum Begin {
    /// So many milliseconds ahead of the machine's clock.
    Ahead(i64),
    At(i64),
}

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
        Origin { begin: Begin::Ahead(offset_ms), rate_milli: REAL_TIME }.clock()
    }

    /// A clock that begins at an instant and goes as fast as the machine's.
    pub(crate) fn at(now_ms: i64) -> Self {
        Origin { begin: Begin::At(now_ms), rate_milli: REAL_TIME }.clock()
    }

    /// A clock that begins as this one did and goes at another rate.
    pub(crate) fn rated(&self, rate_milli: u32) -> Self {
        Origin { rate_milli, ..self.origin }.clock()
    }

    /// A clock that begins as this one did.
    pub(crate) fn afresh(&self) -> Self {
        self.origin.clock()
    }

    /// Begins anew.
    pub(crate) fn reset(&self) {
        *self.state() = self.origin.state();
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
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Origin {
    fn clock(self) -> Clock {
        Clock { origin: self, state: Mutex::new(self.state()) }
    }

    fn state(self) -> State {
        let machine_ms = machine_ms();
        let emulated_ms = calendar::bounded(match self.begin {
            Begin::Ahead(offset_ms) => machine_ms.saturating_add(offset_ms),
            Begin::At(now_ms) => now_ms,
        });
        State { machine_ms, emulated_ms, rate_milli: self.rate_milli, told_ms: emulated_ms }
    }
}

impl State {
    /// The time when the machine's clock shows `machine_ms`.
    fn tell(&mut self, machine_ms: i64) -> i64 {
        let passed = i128::from(machine_ms.saturating_sub(self.machine_ms).max(0));
        let passed = passed * i128::from(self.rate_milli) / i128::from(REAL_TIME);
        let passed = i64::try_from(passed).unwrap_or(i64::MAX);
        let now_ms = calendar::bounded(self.emulated_ms.saturating_add(passed));
        self.told_ms = self.told_ms.max(now_ms);
        self.told_ms
    }

    fn start_from(&mut self, now_ms: i64) {
        self.machine_ms = machine_ms();
        self.emulated_ms = calendar::bounded(now_ms);
        self.told_ms = self.emulated_ms;
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
        let clock = Clock::at(1_000_000).rated(0);
        assert_eq!((clock.rate_milli(), clock.now_ms()), (0, 1_000_000));
        clock.advance(Duration::from_millis(500));
        assert_eq!(clock.now_ms(), 1_000_500);
        clock.set(999);
        assert_eq!(clock.now_ms(), 999);
    }

    #[test]
    fn it_begins_anew_as_it_began() {
        let clock = Clock::at(1_000_000).rated(0);
        clock.set(999);
        clock.set_rate_milli(REAL_TIME);
        let other = clock.afresh();
        clock.reset();
        for clock in [clock, other] {
            assert_eq!((clock.rate_milli(), clock.now_ms()), (0, 1_000_000));
        }
        let ahead = Clock::new(86_400_000);
        ahead.set(0);
        ahead.reset();
        assert!(ahead.now_ms() - Clock::new(0).now_ms() > 86_000_000);
    }

    #[test]
    fn it_stays_within_the_calendar() {
        let (first, last) = (*calendar::SPAN_MS.start(), *calendar::SPAN_MS.end());
        let clock = Clock::at(0).rated(0);
        for (now_ms, expected) in
            [(i64::MIN, first), (first - 1, first), (last + 1, last), (i64::MAX, last)]
        {
            clock.set(now_ms);
            assert_eq!(clock.now_ms(), expected);
            assert_eq!(Clock::at(now_ms).rated(0).now_ms(), expected);
        }
        assert_eq!(Clock::new(i64::MIN).rated(0).now_ms(), first);
        assert_eq!(Clock::new(i64::MAX).rated(0).now_ms(), last);
        clock.set(last - 1);
        clock.advance(Duration::from_millis(5));
        assert_eq!(clock.now_ms(), last);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now_ms(), last);
        clock.set(first);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now_ms(), last);
        assert_eq!(state(u32::MAX).tell(i64::MAX), last);
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
    }

    #[test]
    fn it_never_goes_backwards_with_the_machine() {
        let mut state = state(1000);
        assert_eq!(state.tell(10_300), 500_300);
        assert_eq!(state.tell(9_000), 500_300);
        assert_eq!(state.tell(10_400), 500_400);
    }
}
