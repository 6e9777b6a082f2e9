//! Check-ins of viewers: five in each session.

use std::ops::Range;

use crate::seed::{Draws, Purpose};
use crate::world::queue::Queue;
use crate::world::sessions::{Session, Sessions};

/// Check-ins of a session.
const EACH: i64 = 5;

/// All check-ins of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckIns {
    draws: Draws,
    sessions: Sessions,
    audience: i64,
}

/// One check-in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckIn {
    /// Number of its session, and when that began.
    pub(crate) session: i64,
    pub(crate) session_start: i64,
    /// Its number among those of the room, from 1.
    pub(crate) number: i64,
    pub(crate) person: i64,
    pub(crate) at: i64,
}

impl CheckIns {
    pub(crate) fn new(draws: Draws, sessions: Sessions, audience: i64) -> Self {
        Self { draws: draws.of(Purpose::CheckIn), sessions, audience }
    }

    /// Check-ins of a room's session until `now`, oldest first.
    pub(crate) fn of_session(&self, room: i64, session: i64, now: i64) -> Vec<CheckIn> {
        let place = self.sessions.place(room, session);
        let session = place.and_then(|place| self.sessions.get(room, place));
        session.map_or_else(Vec::new, |session| self.within(room, &session, &(i64::MIN..now + 1)))
    }

    /// Check-ins of a room within a span of time, oldest first.
    pub(crate) fn between(&self, room: i64, span: &Range<i64>) -> Vec<CheckIn> {
        // The session that goes on when the span begins has begun before.
        let first = (self.sessions.begun(room, span.start) - 1).max(0);
        let places = first..self.sessions.begun(room, span.end);
        places
            .filter_map(|place| self.sessions.get(room, place))
            .flat_map(|session| self.within(room, &session, span))
            .collect()
    }

    fn within(&self, room: i64, session: &Session, span: &Range<i64>) -> Vec<CheckIn> {
        let mut draw = self.draws.at(room).at(session.number);
        let queue = Queue::drawn(self.audience, &mut draw);
        (0..EACH)
            .map(|place| CheckIn {
                session: session.number,
                session_start: session.start,
                number: session.number * EACH + place + 1,
                person: queue.person(place),
                at: session.start + (session.end - session.start) * (place + 1) / (EACH + 1),
            })
            .filter(|check_in| span.contains(&check_in.at))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::world::DAY;
    use crate::world::plan::Plan;
    use crate::world::timeline::Timeline;

    const START: i64 = 1_790_000_000;

    #[test]
    fn days_and_sessions_have_the_same_check_ins() {
        for scenario in [Scenario::Tiny, Scenario::Live] {
            let plan = Plan::of(scenario, 1);
            let timeline = Timeline::of_red_packets(Draws::new(1), &plan, START);
            let sessions = Sessions::new(timeline);
            let check_ins = CheckIns::new(Draws::new(1), sessions, plan.audience);
            let end = START + DAY / 2;
            let numbers = |check_ins: Vec<CheckIn>| -> Vec<i64> {
                check_ins.iter().map(|check_in| check_in.number).collect()
            };
            let by_day: Vec<i64> = (-5..1)
                .map(|day| START + day * DAY)
                .flat_map(|day| check_ins.between(0, &(day..(day + DAY).min(end))))
                .map(|check_in| check_in.number)
                .collect();
            let by_session: Vec<i64> = (0..sessions.begun(0, end))
                .filter_map(|place| sessions.get(0, place))
                .flat_map(|session| numbers(check_ins.of_session(0, session.number, end - 1)))
                .collect();
            assert_eq!(by_day, by_session, "{scenario}");
            assert!(by_day.is_sorted() && by_day.len() >= 10);
        }
    }
}
