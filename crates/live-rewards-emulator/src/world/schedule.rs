//! When the rows of one list are created.

use std::ops::Range;

use crate::seed::{Draws, Purpose};
use crate::world::DAY;
use crate::world::pace::Pace;

/// The time before the start over which rows are spread.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Past {
    pub(crate) start: i64,
    pub(crate) days: i64,
    /// Seconds before the start in which nothing is created any more.
    pub(crate) rest: i64,
}

/// Instants at which rows are created, ascending with their index: a number of rows before the
/// start and, where there is a pace, rows without end after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    origin: i64,
    step: i64,
    count: i64,
    start: i64,
    pace: Option<Pace>,
    draws: Draws,
}

impl Schedule {
    /// Spreads `count` rows over the past and lets more follow at a pace.
    pub(crate) fn new(draws: Draws, past: Past, count: i64, pace: Option<Pace>) -> Self {
        let span = past.days * DAY;
        Self {
            origin: past.start - span,
            step: ((span - past.rest) / count.max(1)).max(1),
            count,
            start: past.start,
            pace,
            draws: draws.of(Purpose::Time),
        }
    }

    /// Instant of a row, somewhere in the slot of its index.
    pub(crate) fn time(self, index: i64) -> i64 {
        let (begin, length) = match self.pace {
            Some(pace) if index >= self.count => {
                let slot = index - self.count;
                (self.start + pace.begin(slot), pace.length(slot))
            }
            _ => (self.origin + index * self.step, self.step),
        };
        begin + self.draws.at(index).below(length)
    }

    /// Number of rows created at `second` or before.
    pub(crate) fn count_until(self, second: i64) -> i64 {
        let index = match self.pace {
            Some(pace) if second >= self.start => self.count + pace.slot(second - self.start),
            _ => {
                let slot = second.saturating_sub(self.origin).div_euclid(self.step);
                slot.min(self.count - 1)
            }
        };
        if index < 0 { 0 } else { index + i64::from(self.time(index) <= second) }
    }

    /// Indexes of the rows created between two instants, both included and both optional, of those
    /// that exist at `now`.
    pub(crate) fn between(self, from: Option<i64>, to: Option<i64>, now: i64) -> Range<i64> {
        let first = from.map_or(0, |from| self.count_until(from.saturating_sub(1).min(now)));
        let end = self.count_until(to.map_or(now, |to| to.min(now)));
        first..end.max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_790_000_000;
    const PAST: Past = Past { start: START, days: 4, rest: 900 };

    fn schedule(count: i64, pace: Option<Pace>) -> Schedule {
        Schedule::new(Draws::new(1), PAST, count, pace)
    }

    #[test]
    fn times_ascend_and_end_before_the_start() {
        let times: Vec<i64> = (0..10).map(|index| schedule(10, None).time(index)).collect();
        assert!(times.is_sorted_by(|left, right| left < right));
        assert!(times.iter().all(|time| *time < START - 900));
    }

    #[test]
    fn rows_are_counted_by_their_time() {
        for (pace, count) in [(None, 10), (Some(Pace::every(60)), 2000)] {
            let schedule = schedule(10, pace);
            for index in 0..count {
                let time = schedule.time(index);
                assert_eq!(schedule.count_until(time - 1), index);
                assert_eq!(schedule.count_until(time), index + 1);
            }
            assert_eq!(schedule.count_until(i64::MIN), 0);
            assert_eq!(schedule.count_until(START - 1), 10);
        }
        assert_eq!(schedule(10, None).count_until(i64::MAX), 10);
        assert_eq!(schedule(0, None).count_until(START), 0);
        assert_eq!(schedule(0, Some(Pace::every(60))).count_until(START + 59), 1);
    }

    #[test]
    fn with_a_pace_rows_go_on_after_the_start() {
        let schedule = schedule(10, Some(Pace::every(60)));
        assert!(schedule.time(9) < START && schedule.time(10) >= START);
        assert_eq!(schedule.count_until(START + 3600 - 1), 10 + 60);
        assert_eq!(schedule.count_until(START + 24 * 3600 - 1), 10 + 720 + 72);
    }

    #[test]
    fn bounds_are_included() {
        let schedule = schedule(10, None);
        let between = schedule.between(Some(schedule.time(3)), Some(schedule.time(5)), START);
        assert_eq!(between, 3..6);
        assert!(schedule.between(Some(START), None, START).is_empty());
        assert_eq!(schedule.between(None, None, START), 0..10);
    }
}
