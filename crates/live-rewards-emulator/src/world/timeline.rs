//! When rows are created, and to which session they belong.

use std::ops::Range;

use crate::seed::{Draws, Purpose};
use crate::world::DAY;

/// Seconds before the start in which nothing is created any more, so that the newest row has a
/// past.
const QUIET: i64 = 900;

/// Instants at which the rows of one list were created, ascending with their index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    origin: i64,
    step: i64,
    count: i64,
    draws: Draws,
}

impl Schedule {
    /// Spreads `count` rows over the days before `start`.
    pub(crate) fn new(draws: Draws, start: i64, days: i64, count: i64) -> Self {
        let span = days * DAY;
        Self {
            origin: start - span,
            step: ((span - QUIET) / count.max(1)).max(1),
            count,
            draws: draws.of(Purpose::Time),
        }
    }

    /// Instant of a row, somewhere in the slot of its index.
    pub(crate) fn time(self, index: i64) -> i64 {
        self.origin + index * self.step + self.draws.at(index).below(self.step)
    }

    /// Number of rows created at `second` or before.
    pub(crate) fn count_until(self, second: i64) -> i64 {
        let slot = second.saturating_sub(self.origin).div_euclid(self.step);
        let index = slot.clamp(-1, self.count - 1);
        if index < 0 {
            0
        } else {
            index + i64::from(self.time(index) <= second)
        }
    }

    /// Indexes of the rows created between two instants, both included and both optional, of those
    /// that exist at `now`.
    pub(crate) fn between(self, from: Option<i64>, to: Option<i64>, now: i64) -> Range<i64> {
        let first = from.map_or(0, |from| self.count_until(from.saturating_sub(1)));
        let end = self.count_until(to.map_or(now, |to| to.min(now)));
        first..end.max(first)
    }
}

/// Rooms, each with a schedule that is cut into sessions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeline {
    pub(crate) draws: Draws,
    pub(crate) start: i64,
    pub(crate) days: i64,
    pub(crate) sessions: i64,
    /// Rows of each room.
    pub(crate) counts: &'static [i64],
}

impl Timeline {
    /// Numbers of the rooms.
    pub(crate) fn rooms(&self) -> Range<i64> {
        0..i64::try_from(self.counts.len()).unwrap_or(0)
    }

    /// Schedule of a room; an empty one for a number that is no room's.
    pub(crate) fn schedule(&self, room: i64) -> Schedule {
        let draws = self.draws.of(Purpose::Room).at(room);
        Schedule::new(draws, self.start, self.days, self.count(room))
    }

    /// Session that a row belongs to.
    pub(crate) fn session_of(&self, room: i64, index: i64) -> i64 {
        index * self.sessions / self.count(room).max(1)
    }

    /// Indexes of a session's rows.
    pub(crate) fn session_rows(&self, room: i64, session: i64) -> Range<i64> {
        let count = self.count(room);
        let first = |session: i64| {
            let scaled = session * count;
            scaled / self.sessions + i64::from(scaled % self.sessions > 0)
        };
        first(session)..first(session + 1)
    }

    fn count(&self, room: i64) -> i64 {
        usize::try_from(room)
            .ok()
            .and_then(|room| self.counts.get(room))
            .copied()
            .unwrap_or(0)
    }
}

/// The indexes that are in both.
pub(crate) fn overlap(left: &Range<i64>, right: &Range<i64>) -> Range<i64> {
    let first = left.start.max(right.start);
    first..left.end.min(right.end).max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_790_000_000;

    fn timeline() -> Timeline {
        Timeline {
            draws: Draws::new(1),
            start: START,
            days: 4,
            sessions: 3,
            counts: &[10, 0, 1, 300_000],
        }
    }

    #[test]
    fn times_ascend_and_end_before_the_start() {
        let schedule = timeline().schedule(0);
        let times: Vec<i64> = (0..10).map(|index| schedule.time(index)).collect();
        assert!(times.is_sorted_by(|left, right| left < right));
        assert!(times.iter().all(|time| *time < START - QUIET));
    }

    #[test]
    fn rows_are_counted_by_their_time() {
        let schedule = timeline().schedule(0);
        for index in 0..10 {
            let time = schedule.time(index);
            assert_eq!(schedule.count_until(time - 1), index);
            assert_eq!(schedule.count_until(time), index + 1);
        }
        assert_eq!(schedule.count_until(i64::MIN), 0);
        assert_eq!(schedule.count_until(i64::MAX), 10);
        assert_eq!(timeline().schedule(1).count_until(START), 0);
    }

    #[test]
    fn bounds_are_included() {
        let schedule = timeline().schedule(0);
        let between = schedule.between(Some(schedule.time(3)), Some(schedule.time(5)), START);
        assert_eq!(between, 3..6);
        assert!(schedule.between(Some(START), None, START).is_empty());
        assert_eq!(schedule.between(None, None, START), 0..10);
    }

    #[test]
    fn sessions_divide_the_rows() {
        let timeline = timeline();
        for room in timeline.rooms() {
            let mut next = 0;
            for session in 0..3 {
                let rows = timeline.session_rows(room, session);
                assert_eq!(rows.start, next);
                next = rows.end;
                for index in [rows.start, rows.end - 1] {
                    if rows.contains(&index) {
                        assert_eq!(timeline.session_of(room, index), session);
                    }
                }
            }
            assert_eq!(next, timeline.count(room));
        }
    }
}
