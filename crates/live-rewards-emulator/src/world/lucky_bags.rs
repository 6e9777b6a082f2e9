//! Lucky bags: one a room, in its first session.

use crate::seed::{Draws, Purpose};
use crate::world::counts::Counts;
use crate::world::plan::Plan;
use crate::world::queue::Queue;
use crate::world::sessions::Sessions;

/// Most winners of a lucky bag.
const MOST: i64 = 250;

/// All lucky bags of a vendor. A room without a session has an empty one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LuckyBags {
    draws: Draws,
    sessions: Sessions,
    counts: Counts,
    audience: i64,
}

/// One lucky bag that was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LuckyBag {
    /// Number of its session.
    pub(crate) session: i64,
    /// How many win in the end, one a second.
    winners: i64,
    at: i64,
    queue: Queue,
    draws: Draws,
}

/// One win.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Win {
    pub(crate) person: i64,
    pub(crate) at: i64,
    pub(crate) prize: Prize,
}

/// What was in the bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prize {
    /// Fen.
    Cash(i64),
    /// Something else.
    Thing(&'static str),
}

impl LuckyBags {
    pub(crate) fn new(draws: Draws, plan: &Plan, sessions: Sessions) -> Self {
        let (counts, audience) = (plan.gifts, plan.audience);
        Self { draws: draws.of(Purpose::LuckyBag), sessions, counts, audience }
    }

    /// The lucky bag of a room.
    pub(crate) fn get(&self, room: i64) -> Option<LuckyBag> {
        let session = self.sessions.get(room, 0)?;
        let draws = self.draws.at(room);
        Some(LuckyBag {
            session: session.number,
            winners: self.counts.of(room).min(MOST),
            at: session.start + (session.end - session.start) / 3,
            queue: Queue::drawn(self.audience, &mut draws.of(Purpose::Person)),
            draws,
        })
    }
}

impl LuckyBag {
    /// How many have won by `now`.
    pub(crate) fn won(&self, now: i64) -> i64 {
        (now - self.at + 1).clamp(0, self.winners)
    }

    /// The win at a place, counted from 0.
    pub(crate) fn win(&self, place: i64) -> Win {
        let mut draw = self.draws.of(Purpose::Winner).at(place);
        let prize = if place % 4 == 3 {
            Prize::Thing("水杯")
        } else {
            Prize::Cash(30 + draw.below(1970))
        };
        Win { person: self.queue.person(place), at: self.at + place, prize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::world::timeline::Timeline;

    const START: i64 = 1_790_000_000;

    #[test]
    fn everything_was_won_before_the_start() {
        for scenario in Scenario::ALL {
            let plan = Plan::of(*scenario, 1);
            let timeline = Timeline::of_red_packets(Draws::new(1), &plan, START);
            let bags = LuckyBags::new(Draws::new(1), &plan, Sessions::new(timeline));
            let bag = bags.get(0).unwrap();
            assert_eq!(bag.won(START), plan.gifts.of(0).min(MOST), "{scenario}");
            assert_eq!((bag.won(bag.at - 1), bag.won(bag.at)), (0, 1));
            assert_eq!(bag.win(3).prize, Prize::Thing("水杯"));
            assert!(matches!(bag.win(0).prize, Prize::Cash(30..2000)));
        }
    }

    #[test]
    fn a_room_without_red_packets_has_none() {
        let plan = Plan::of(Scenario::Small, 1);
        let timeline = Timeline::of_red_packets(Draws::new(1), &plan, START);
        let bags = LuckyBags::new(Draws::new(1), &plan, Sessions::new(timeline));
        assert!(bags.get(3).is_some() && bags.get(4).is_none());
    }
}
