//! Who comes to the sessions of a room, and who signs in there.
//!
//! Whoever gives a gift comes for it: who gives twice comes twice. The host and the regular come to
//! every session, before all others, so that nobody comes twice at the same second.

use std::collections::HashSet;
use std::ops::Range;

use crate::people;
use crate::seed::{Draws, Purpose};
use crate::world::gifts::Gifts;
use crate::world::search::count_before;
use crate::world::sessions::{Session, Sessions};

/// Visits to a session that are nobody's who gives.
const WITHOUT_GIFT: i64 = 2;
/// Seconds from the begin of the first visits to the first gift. Who comes for a gift comes a second
/// later.
const BEFORE_GIFT: i64 = 60;
/// Seconds from the last gift of a session to the round of signing in, and how long that takes.
const BEFORE_ROUND: i64 = 30;
const ROUND: i64 = 60;

/// All visits of a vendor's rooms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attendance {
    draws: Draws,
    gifts: Gifts,
    sessions: Sessions,
}

/// One visit.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) session: Session,
    pub(crate) person: i64,
    pub(crate) joined: i64,
    pub(crate) left: i64,
}

/// One who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SignIn {
    pub(crate) person: i64,
    pub(crate) at: i64,
}

impl Attendance {
    pub(crate) fn new(draws: Draws, gifts: Gifts, sessions: Sessions) -> Self {
        Self { draws: draws.of(Purpose::CheckIn), gifts, sessions }
    }

    /// Indexes of a room's visits until `now`, in the order of time.
    pub(crate) fn of_room(&self, room: i64, now: i64) -> Range<i64> {
        let gifts = self.gifts.timeline.schedule(room).count_until(now);
        let last = self.gifts.timeline.session_of(room, gifts - 1);
        let sessions = if gifts == 0 { None } else { self.sessions.place(room, last) };
        0..sessions.map_or(0, |place| gifts + (place + 1) * WITHOUT_GIFT)
    }

    /// Indexes of the visits to a room's session until `now`.
    pub(crate) fn of_session(&self, room: i64, session: i64, now: i64) -> Range<i64> {
        let place = self.sessions.place(room, session);
        let found = place.and_then(|place| Some((place, self.sessions.get(room, place)?)));
        let Some((place, session)) = found else { return 0..0 };
        let end = self.of_room(room, now).end;
        let first = first_visit(place, &session).min(end);
        first..(session.rows.end + (place + 1) * WITHOUT_GIFT).min(end)
    }

    /// The visit of a room at an index.
    pub(crate) fn visit(&self, room: i64, index: i64) -> Option<Visit> {
        let is_before = |place| {
            let session = self.sessions.get(room, place);
            session.is_some_and(|session| first_visit(place, &session) <= index)
        };
        // No session has fewer visits than these.
        let place = count_before(index / WITHOUT_GIFT + 1, is_before) - 1;
        let session = self.sessions.get(room, place)?;
        let visit = index - first_visit(place, &session);
        let gift = self.gifts.get(room, session.rows.start + (visit - WITHOUT_GIFT).max(0));
        let mut draw = self.draws.at(room).at(index);
        let person = match visit {
            0 => people::host(room),
            1 => people::REGULAR,
            _ => gift.giver,
        };
        let left = gift.at + 60 + draw.below(600);
        let joined = gift.at - BEFORE_GIFT + i64::from(visit >= WITHOUT_GIFT);
        Some(Visit { session, person, joined, left })
    }

    /// When those in a session were asked to sign in; `None` if that isn't over at `now`.
    pub(crate) fn round(&self, room: i64, session: &Session, now: i64) -> Option<i64> {
        let last = self.gifts.timeline.schedule(room).time(session.rows.end - 1);
        let at = last + BEFORE_ROUND;
        (at + ROUND <= now).then_some(at)
    }

    /// Number of a room's rounds of signing in that are over at `now`, one a session.
    pub(crate) fn rounds(&self, room: i64, now: i64) -> i64 {
        count_before(self.sessions.begun(room, now), |place| {
            let session = self.sessions.get(room, place);
            session.is_some_and(|session| self.round(room, &session, now).is_some())
        })
    }

    /// Everybody who comes to a session, each once.
    pub(crate) fn people(&self, room: i64, session: &Session) -> Vec<i64> {
        let givers = session.rows.clone().map(|index| self.gifts.get(room, index).giver);
        let mut seen = HashSet::new();
        let all = [people::host(room), people::REGULAR].into_iter().chain(givers);
        all.filter(|person| seen.insert(*person)).collect()
    }

    /// When a person signs in in a session, given when its round began; not everybody does.
    pub(crate) fn sign_in(
        &self,
        room: i64,
        session: &Session,
        round: i64,
        person: i64,
    ) -> Option<SignIn> {
        let mut draw = self.draws.of(Purpose::Session).at(room).at(session.number).at(person);
        (draw.below(3) > 0).then(|| SignIn { person, at: round + 1 + draw.below(ROUND - 1) })
    }
}

/// Index of the first visit to a session.
fn first_visit(place: i64, session: &Session) -> i64 {
    session.rows.start + place * WITHOUT_GIFT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::world::plan::Plan;
    use crate::world::{HOUR, STILL};

    const START: i64 = 1_790_000_000;

    fn attendance(scenario: Scenario) -> Attendance {
        let gifts = Gifts::new(Draws::new(2), &Plan::of(scenario, 100), START, &[]);
        Attendance::new(Draws::new(2), gifts, Sessions::new(gifts.timeline))
    }

    fn visits(attendance: &Attendance, room: i64, range: Range<i64>) -> Vec<Visit> {
        range.map(|index| attendance.visit(room, index).unwrap()).collect()
    }

    #[test]
    fn visits_ascend_and_sessions_divide_them() {
        for (scenario, now) in [(Scenario::Small, START), (Scenario::Live, START + 2 * HOUR + 9)] {
            let attendance = attendance(scenario);
            for room in 0..3 {
                let all = attendance.of_room(room, now);
                let visits = visits(&attendance, room, all.clone());
                assert!(visits.is_sorted_by_key(|visit| visit.joined));
                assert!(visits.iter().all(|visit| visit.joined < now && visit.joined < visit.left));
                let once = visits.iter().map(|visit| (visit.person, visit.joined));
                // Where gifts come every few seconds, somebody may give two at once.
                let twice = visits.len() - once.collect::<HashSet<_>>().len();
                assert!(twice == 0 || scenario == Scenario::Live);
                let mut next = 0;
                for place in 0.. {
                    let Some(session) = attendance.sessions.get(room, place) else { break };
                    let range = attendance.of_session(room, session.number, now);
                    if range.is_empty() {
                        break;
                    }
                    assert_eq!(range.start, next);
                    for index in [range.start, range.end - 1] {
                        assert_eq!(attendance.visit(room, index).unwrap().session, session);
                    }
                    next = range.end;
                }
                assert_eq!(next, all.end);
            }
        }
        assert!(attendance(Scenario::Small).of_room(4, START).is_empty());
    }

    #[test]
    fn everybody_who_gives_or_gets_a_gift_is_there() {
        let attendance = attendance(Scenario::Tiny);
        let all = visits(&attendance, 1, attendance.of_room(1, START));
        let people: HashSet<i64> = all.iter().map(|visit| visit.person).collect();
        for gift in (0..10).map(|index| attendance.gifts.get(1, index)) {
            assert!(people.contains(&gift.giver) && people.contains(&gift.receiver));
        }
        assert!(all.iter().all(|visit| visit.left < START));
    }

    #[test]
    fn some_sign_in_when_the_session_is_over() {
        let attendance = attendance(Scenario::Tiny);
        let (mut all, mut all_signed) = (0, 0);
        for place in 0..2 {
            let session = attendance.sessions.get(0, place).unwrap();
            let round = attendance.round(0, &session, START + STILL).unwrap();
            assert_eq!(attendance.round(0, &session, round + ROUND - 1), None);
            assert_eq!(attendance.rounds(0, round + ROUND - 1), place);
            assert_eq!(attendance.rounds(0, round + ROUND), place + 1);
            let people = attendance.people(0, &session);
            let signed = people
                .iter()
                .filter_map(|person| attendance.sign_in(0, &session, round, *person))
                .filter(|sign_in| (round..round + ROUND).contains(&sign_in.at))
                .count();
            all += people.len();
            all_signed += signed;
        }
        assert!((1..all).contains(&all_signed), "{all_signed} of {all}");
    }
}
