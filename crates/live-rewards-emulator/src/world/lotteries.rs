//! Lotteries: one in each session, in the middle of what happens there.

use std::ops::Range;

use crate::people;
use crate::seed::{Draws, Purpose};
use crate::world::queue::Queue;
use crate::world::sessions::Sessions;

/// All lotteries of a vendor. In each room they have places from 0 on, those of their sessions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lotteries {
    draws: Draws,
    sessions: Sessions,
    audience: i64,
}

/// One lottery.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lottery {
    /// Number of its session.
    pub(crate) session: i64,
    pub(crate) at: i64,
    pub(crate) prize: &'static str,
    /// How many were to win.
    pub(crate) planned: i64,
    /// How many won.
    pub(crate) won: i64,
    /// How many took part.
    pub(crate) participants: i64,
    /// Whether the regular is the first winner.
    regular_wins: bool,
    queue: Queue,
}

impl Lotteries {
    pub(crate) fn new(draws: Draws, sessions: Sessions, audience: i64) -> Self {
        Self { draws: draws.of(Purpose::Lottery), sessions, audience }
    }

    /// Number of a room's lotteries that were held at `now` or before.
    pub(crate) fn held(&self, room: i64, now: i64) -> i64 {
        let begun = self.sessions.begun(room, now);
        let is_ahead = self.get(room, begun - 1).is_some_and(|lottery| now < lottery.at);
        begun - i64::from(is_ahead)
    }

    /// Places of a room's lotteries that were held between two instants, both included, and not
    /// after `now`.
    pub(crate) fn between(&self, room: i64, from: i64, to: i64, now: i64) -> Range<i64> {
        let first = self.held(room, from.saturating_sub(1).min(now));
        first..self.held(room, to.min(now)).max(first)
    }

    /// Place of the lottery of a session, if it was held at `now` or before.
    pub(crate) fn place(&self, room: i64, session: i64, now: i64) -> Option<i64> {
        self.sessions.place(room, session).filter(|place| *place < self.held(room, now))
    }

    /// The lottery at a place; `None` if there is none.
    pub(crate) fn get(&self, room: i64, place: i64) -> Option<Lottery> {
        let session = self.sessions.get(room, place)?;
        let mut draw = self.draws.at(room).at(session.number);
        let won = 1 + draw.below(5);
        let planned = won + if draw.below(4) == 0 { 1 + draw.below(2) } else { 0 };
        Some(Lottery {
            session: session.number,
            at: session.start + (session.end - session.start) / 2,
            prize: prize(draw.below(4)),
            planned,
            won,
            participants: planned + draw.below(self.audience - planned),
            regular_wins: place % 3 == 0,
            queue: Queue::drawn(self.audience, &mut draw),
        })
    }
}

impl Lottery {
    /// The winner at a place, counted from 0.
    pub(crate) fn winner(&self, place: i64) -> i64 {
        if self.regular_wins && place == 0 { people::REGULAR } else { self.queue.person(place) }
    }

    /// Place of a person among the winners.
    pub(crate) fn place_of(&self, person: i64) -> Option<i64> {
        (0..self.won).find(|place| self.winner(*place) == person)
    }
}

fn prize(number: i64) -> &'static str {
    match number {
        0 => "保温杯",
        1 => "100 元话费",
        2 => "课程兑换券, \"进阶\"",
        _ => "🎁 神秘礼物",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::scenario::Scenario;
    use crate::world::plan::Plan;
    use crate::world::timeline::Timeline;
    use crate::world::{HOUR, STILL};

    const START: i64 = 1_790_000_000;

    fn lotteries(scenario: Scenario) -> Lotteries {
        let plan = Plan::of(scenario, 5000);
        let timeline = Timeline::of_red_packets(Draws::new(1), &plan, START);
        Lotteries::new(Draws::new(1), Sessions::new(timeline), plan.audience)
    }

    #[test]
    fn each_session_has_one_and_nobody_wins_twice_in_it() {
        let lotteries = lotteries(Scenario::Small);
        for (room, held) in [(0, 6), (3, 6), (4, 0)] {
            assert_eq!(lotteries.held(room, START), held);
            for place in 0..held {
                let lottery = lotteries.get(room, place).unwrap();
                assert_eq!(lotteries.place(room, lottery.session, START), Some(place));
                let winners: HashSet<i64> =
                    (0..lottery.won).map(|place| lottery.winner(place)).collect();
                assert_eq!(i64::try_from(winners.len()), Ok(lottery.won));
                assert!(lottery.won <= lottery.planned);
                assert!(lottery.planned <= lottery.participants);
                assert_eq!(lottery.place_of(lottery.winner(0)), Some(0));
            }
        }
    }

    #[test]
    fn they_are_counted_by_their_time() {
        for (scenario, rooms) in [(Scenario::Tiny, 2), (Scenario::Live, 3)] {
            let lotteries = lotteries(scenario);
            for (room, place) in (0..rooms).flat_map(|room| [(room, 0), (room, 1)]) {
                let at = lotteries.get(room, place).unwrap().at;
                assert_eq!(
                    (lotteries.held(room, at - 1), lotteries.held(room, at)),
                    (place, place + 1)
                );
                assert_eq!(lotteries.between(room, at, at, START), place..place + 1);
                assert_eq!(lotteries.between(room, at + 1, at, START), place + 1..place + 1);
            }
        }
    }

    #[test]
    fn new_ones_are_held_only_where_something_happens() {
        for scenario in [Scenario::Tiny, Scenario::Small, Scenario::Campaign, Scenario::Defects] {
            let lotteries = lotteries(scenario);
            assert_eq!(lotteries.held(0, START), lotteries.held(0, START + STILL));
        }
        let live = lotteries(Scenario::Live);
        assert_eq!(live.held(0, START + 3 * HOUR) - live.held(0, START), 3);
    }
}
