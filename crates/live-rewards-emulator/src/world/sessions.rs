//! Sessions: when each begins and when it is over.

use std::ops::Range;

use crate::world::timeline::Timeline;

/// Most seconds that a session goes on before its first row and after its last one.
const MARGIN: i64 = 600;

/// The sessions of a timeline that have rows. In each room they have places from 0 on, in the order
/// of time, and no two of them overlap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sessions(Timeline);

/// One session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Its number in the timeline, which also counts sessions without rows.
    pub(crate) number: i64,
    /// Indexes of its rows, whether they exist yet or not.
    pub(crate) rows: Range<i64>,
    pub(crate) start: i64,
    pub(crate) end: i64,
}

impl Sessions {
    pub(crate) const fn new(timeline: Timeline) -> Self {
        Self(timeline)
    }

    /// Numbers of the rooms.
    pub(crate) fn rooms(&self) -> Range<i64> {
        self.0.rooms()
    }

    /// Number of sessions that have begun at `now`.
    pub(crate) fn begun(&self, room: i64, now: i64) -> i64 {
        let rows = self.0.schedule(room).count_until(now);
        let last = (rows > 0).then(|| self.0.session_of(room, rows - 1));
        let known = last.and_then(|number| self.place(room, number)).map_or(0, |place| place + 1);
        // A session begins a little before its first row.
        let next = self.get(room, known).is_some_and(|session| session.start <= now);
        known + i64::from(next)
    }

    /// Places of the sessions that began between two instants, both included and both optional, and
    /// not after `now`.
    pub(crate) fn between(
        &self,
        room: i64,
        from: Option<i64>,
        to: Option<i64>,
        now: i64,
    ) -> Range<i64> {
        let first = from.map_or(0, |from| self.begun(room, from.saturating_sub(1).min(now)));
        first..self.begun(room, to.map_or(now, |to| to.min(now))).max(first)
    }

    /// The session that goes on at `now`, or else the one before.
    pub(crate) fn latest(&self, room: i64, now: i64) -> Option<Session> {
        self.get(room, self.begun(room, now) - 1)
    }

    /// The session that goes on at `now`.
    pub(crate) fn running(&self, room: i64, now: i64) -> Option<Session> {
        self.latest(room, now).filter(|session| now < session.end)
    }

    /// The session at a place; `None` if there is none.
    pub(crate) fn get(&self, room: i64, place: i64) -> Option<Session> {
        let timeline = &self.0;
        let (count, past) = (timeline.counts.of(room), self.past(room));
        let number = match place {
            ..0 => return None,
            _ if place >= past => timeline.sessions + place - past,
            // There are fewer rows than sessions: each has one of its own.
            _ if count < timeline.sessions => timeline.session_of(room, place),
            _ => place,
        };
        let rows = timeline.session_rows(room, number);
        if rows.is_empty() {
            return None;
        }
        let schedule = timeline.schedule(room);
        let (first, last) = (schedule.time(rows.start), schedule.time(rows.end - 1));
        let before = (rows.start > 0).then(|| first - schedule.time(rows.start - 1));
        let has_next = timeline.pace.is_some() || rows.end < count;
        let after = has_next.then(|| schedule.time(rows.end) - last);
        Some(Session { number, rows, start: first - margin(before), end: last + margin(after) })
    }

    /// Place of a session, which its number tells; `None` if there is none.
    pub(crate) fn place(&self, room: i64, number: i64) -> Option<i64> {
        let timeline = &self.0;
        let rows = timeline.session_rows(room, number);
        if !self.rooms().contains(&room) || rows.is_empty() {
            return None;
        }
        Some(if number >= timeline.sessions {
            self.past(room) + number - timeline.sessions
        } else if timeline.counts.of(room) < timeline.sessions {
            rows.start
        } else {
            number
        })
    }

    /// Sessions before the start that have rows.
    fn past(&self, room: i64) -> i64 {
        self.0.counts.of(room).min(self.0.sessions)
    }
}

/// Seconds that a session is longer than its rows at an end, given how far the neighbour's are.
fn margin(gap: Option<i64>) -> i64 {
    gap.map_or(MARGIN, |gap| ((gap - 1) / 2).min(MARGIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Draws;
    use crate::world::counts::Counts;
    use crate::world::pace::Pace;
    use crate::world::schedule::Past;

    const START: i64 = 1_790_000_000;

    fn sessions(pace: Option<Pace>) -> Sessions {
        Sessions::new(Timeline {
            draws: Draws::new(1),
            past: Past { start: START, days: 4, rest: 900 },
            sessions: 3,
            counts: Counts::Listed(&[10, 2, 1, 0]),
            pace,
        })
    }

    #[test]
    fn they_follow_each_other_and_hold_their_rows() {
        for (pace, most) in [(None, [3, 2, 1, 0]), (Some(Pace::every(10)), [9, 8, 7, 6])] {
            let sessions = sessions(pace);
            for (room, most) in sessions.rooms().zip(most) {
                let schedule = sessions.0.schedule(room);
                let mut before = i64::MIN;
                for place in 0..most {
                    let session = sessions.get(room, place).unwrap();
                    assert!(before < session.start, "{room} {place}");
                    for row in session.rows.clone() {
                        assert!((session.start..=session.end).contains(&schedule.time(row)));
                        assert_eq!(sessions.0.session_of(room, row), session.number);
                    }
                    assert_eq!(sessions.place(room, session.number), Some(place));
                    before = session.end;
                }
                assert_eq!(sessions.get(room, most).is_some(), pace.is_some());
            }
            assert_eq!((sessions.get(0, -1), sessions.place(9, 0)), (None, None));
        }
    }

    #[test]
    fn they_are_counted_by_their_start() {
        for pace in [None, Some(Pace::every(10))] {
            let sessions = sessions(pace);
            for room in sessions.rooms() {
                for (place, session) in (0..8).map_while(|at| Some((at, sessions.get(room, at)?))) {
                    assert_eq!(sessions.begun(room, session.start - 1), place);
                    assert_eq!(sessions.begun(room, session.start), place + 1);
                    let one = sessions.between(
                        room,
                        Some(session.start),
                        Some(session.start),
                        i64::from(i32::MAX),
                    );
                    assert_eq!(one, place..place + 1);
                    assert_eq!(sessions.running(room, session.start), Some(session.clone()));
                    assert_eq!(sessions.running(room, session.end), None);
                    assert_eq!(sessions.latest(room, session.end), Some(session));
                }
            }
        }
        assert_eq!(sessions(None).begun(0, i64::MAX), 3);
        assert_eq!(sessions(None).between(0, Some(START), Some(0), START), 3..3);
        assert_eq!(sessions(None).latest(3, START), None);
    }
}
