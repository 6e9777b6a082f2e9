//! How often something happens after the start.

use crate::world::HOUR;

/// Seconds after the start in which much happens.
const BUSY: i64 = 12 * HOUR;
/// How many times as rarely it happens afterwards.
const SLOWER: i64 = 10;

/// Slots of equal length one after the other, ten times as long once twelve hours have passed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    step: i64,
}

impl Pace {
    /// One slot every so many seconds, at least one.
    pub(crate) const fn every(seconds: i64) -> Self {
        Self { step: if seconds < 1 { 1 } else { seconds } }
    }

    /// Seconds from the start to the beginning of a slot.
    pub(crate) const fn begin(self, slot: i64) -> i64 {
        let busy = self.busy_slots();
        if slot <= busy {
            slot * self.step
        } else {
            busy * self.step + (slot - busy) * self.step * SLOWER
        }
    }

    /// Length of a slot in seconds.
    pub(crate) const fn length(self, slot: i64) -> i64 {
        if slot < self.busy_slots() { self.step } else { self.step * SLOWER }
    }

    /// Number of the slot in which a second after the start lies; below 0 for one before it.
    pub(crate) const fn slot(self, second: i64) -> i64 {
        let busy = self.busy_slots();
        let end = busy * self.step;
        if second < end {
            second.div_euclid(self.step)
        } else {
            busy + (second - end) / (self.step * SLOWER)
        }
    }

    /// Slots in the first hour.
    pub(crate) const fn hourly(self) -> i64 {
        if self.step < HOUR { HOUR / self.step } else { 1 }
    }

    const fn busy_slots(self) -> i64 {
        BUSY / self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_follow_each_other() {
        for step in [1, 7, 60, 100_000] {
            let pace = Pace::every(step);
            for slot in [0, 1, 5, BUSY / step - 1, BUSY / step, BUSY / step + 1, 90_000] {
                let (begin, next) = (pace.begin(slot), pace.begin(slot + 1));
                assert_eq!(begin + pace.length(slot), next, "{step} {slot}");
                assert_eq!((pace.slot(begin), pace.slot(next - 1)), (slot, slot), "{step}");
            }
        }
    }

    #[test]
    fn it_is_slower_after_twelve_hours() {
        let pace = Pace::every(60);
        assert_eq!((pace.length(0), pace.length(719), pace.length(720)), (60, 60, 600));
        assert_eq!((pace.slot(-1), pace.slot(-61)), (-1, -2));
        assert_eq!(pace.hourly(), 60);
    }
}
