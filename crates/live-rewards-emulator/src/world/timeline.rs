//! Rooms, each with a schedule that is cut into sessions.

use std::ops::Range;

use crate::seed::{Draws, Purpose};
use crate::world::counts::Counts;
use crate::world::pace::Pace;
use crate::world::plan::Plan;
use crate::world::schedule::{Past, Schedule};

/// Rooms with rows. The rows before the start are divided into a number of sessions; those after
/// it go to new ones, an hour long at first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeline {
    pub(crate) draws: Draws,
    pub(crate) past: Past,
    /// Sessions of a room before the start.
    pub(crate) sessions: i64,
    pub(crate) counts: Counts,
    /// How often a row is added to a room after the start, if any is.
    pub(crate) pace: Option<Pace>,
}

impl Timeline {
    /// Rooms with the red packets of a plan.
    pub(crate) fn of_red_packets(draws: Draws, plan: &Plan, start: i64) -> Self {
        Self {
            draws,
            past: plan.past(start),
            sessions: plan.sessions,
            counts: plan.red_packets,
            pace: plan.paces.map(|paces| paces.red_packets),
        }
    }

    /// Rooms with the gifts of a plan.
    pub(crate) fn of_gifts(draws: Draws, plan: &Plan, start: i64) -> Self {
        Self {
            draws,
            past: plan.past(start),
            sessions: plan.sessions,
            counts: plan.gifts,
            pace: plan.paces.map(|paces| paces.gifts),
        }
    }

    /// Numbers of the rooms.
    pub(crate) fn rooms(&self) -> Range<i64> {
        self.counts.rooms()
    }

    /// Schedule of a room; an empty one for a number that is no room's.
    pub(crate) fn schedule(&self, room: i64) -> Schedule {
        let pace = self.pace.filter(|_| self.rooms().contains(&room));
        let draws = self.draws.of(Purpose::Room).at(room);
        Schedule::new(draws, self.past, self.counts.of(room), pace)
    }

    /// Session that a row belongs to.
    pub(crate) fn session_of(&self, room: i64, index: i64) -> i64 {
        let count = self.counts.of(room);
        match self.pace {
            Some(pace) if index >= count => self.sessions + (index - count) / pace.hourly(),
            _ => index * self.sessions / count.max(1),
        }
    }

    /// Indexes of a session's rows, whether they exist yet or not.
    pub(crate) fn session_rows(&self, room: i64, session: i64) -> Range<i64> {
        let count = self.counts.of(room);
        let first = |session: i64| match self.pace {
            Some(pace) if session > self.sessions => {
                count + (session - self.sessions) * pace.hourly()
            }
            _ => {
                let scaled = session.min(self.sessions) * count;
                scaled / self.sessions + i64::from(scaled % self.sessions > 0)
            }
        };
        first(session)..first(session + 1)
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

    fn timeline(pace: Option<Pace>) -> Timeline {
        Timeline {
            draws: Draws::new(1),
            past: Past { start: 1_790_000_000, days: 4, rest: 900 },
            sessions: 3,
            counts: Counts::Listed(&[10, 0, 1, 300_000]),
            pace,
        }
    }

    #[test]
    fn sessions_divide_the_rows() {
        for (pace, sessions) in [(None, 3), (Some(Pace::every(60)), 9)] {
            let timeline = timeline(pace);
            for room in timeline.rooms() {
                let mut next = 0;
                for session in 0..sessions {
                    let rows = timeline.session_rows(room, session);
                    assert_eq!(rows.start, next);
                    next = rows.end;
                    for index in [rows.start, rows.end - 1] {
                        if rows.contains(&index) {
                            assert_eq!(timeline.session_of(room, index), session);
                        }
                    }
                }
                assert_eq!(next, timeline.counts.of(room) + 60 * (sessions - 3));
            }
        }
    }

    #[test]
    fn an_unknown_room_has_no_rows() {
        let schedule = timeline(Some(Pace::every(60))).schedule(9);
        assert_eq!(schedule.count_until(1_800_000_000), 0);
    }

    #[test]
    fn no_rows_follow_without_a_pace() {
        let timeline = timeline(None);
        assert!(timeline.session_rows(0, 3).is_empty());
        assert!(timeline.session_rows(0, 1 << 24).is_empty());
    }
}
