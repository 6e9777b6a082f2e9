//! What people donate in the rooms: cash, and gifts that are paid with cash or with points.

use crate::people;
use crate::seed::{Draws, Purpose};
use crate::world::defects::Planted;
use crate::world::plan::Plan;
use crate::world::timeline::Timeline;

/// All donations of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Donations {
    pub(crate) timeline: Timeline,
    audience: i64,
    planted: &'static [Planted],
}

/// One donation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Donation {
    pub(crate) means: Means,
    /// What is shown for it: the name of the gift, or that it is cash.
    pub(crate) name: &'static str,
    /// Number of gifts; 1 for cash.
    pub(crate) count: i64,
    /// In fen, or in points.
    pub(crate) amount: i64,
    pub(crate) giver: i64,
    pub(crate) at: i64,
}

/// How a donation is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// Cash and nothing else.
    Cash,
    /// A gift for cash.
    CashGift,
    /// A gift for points.
    PointGift,
}

/// A gift that is offered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    pub(crate) name: &'static str,
    /// Price for cash.
    pub(crate) fen: i64,
    /// Price for points.
    pub(crate) points: i64,
}

/// Gifts that are offered in every room.
pub(crate) const OFFERS: [Offer; 4] = [offer(0), offer(1), offer(2), offer(3)];
/// Amounts of cash that are offered, in fen.
pub(crate) const CASH: [i64; 6] = [cash(0), cash(1), cash(2), cash(3), cash(4), cash(5)];
/// Least amount of cash of one's own choice, in fen, and the largest.
pub(crate) const LEAST_CASH: i64 = 1;
const MOST_CASH: i64 = 9999;

impl Donations {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64, defects: &'static [Planted]) -> Self {
        Self {
            timeline: Timeline::of_gifts(draws.of(Purpose::Donation), plan, start),
            audience: plan.audience,
            planted: plan.planted(defects),
        }
    }

    /// The donation at an index of a room.
    pub(crate) fn get(&self, room: i64, index: i64) -> Donation {
        let mut draw = self.timeline.draws.at(room).at(index);
        let giver =
            if draw.below(4) == 0 { people::REGULAR } else { 1 + draw.below(self.audience) };
        let means = means(room, index);
        let offer = offer(draw.below(4));
        let count = 1 + draw.below(3);
        let (name, count, amount) = match means {
            // Half of it are amounts that are offered.
            Means::Cash if draw.below(2) == 0 => ("现金", 1, cash(draw.below(6))),
            Means::Cash => ("现金", 1, LEAST_CASH + draw.below(MOST_CASH)),
            Means::CashGift => (offer.name, count, count * offer.fen),
            Means::PointGift => (offer.name, count, count * offer.points),
        };
        let at = self.timeline.schedule(room).time(index);
        Donation { means, name, count, amount, giver, at }
    }

    /// The defects that are planted.
    pub(crate) fn defects(&self) -> &'static [Planted] {
        self.planted
    }
}

/// How gifts are paid in a room now.
pub(crate) const fn gifts_cost_cash(room: i64) -> bool {
    room % 2 == 0
}

/// A third of the donations is cash. The others are gifts, of which a few were paid in the way of
/// another day.
pub(super) const fn means(room: i64, index: i64) -> Means {
    let is_as_now = index % 7 != 3;
    match index % 3 {
        0 => Means::Cash,
        _ if gifts_cost_cash(room) == is_as_now => Means::CashGift,
        _ => Means::PointGift,
    }
}

const fn offer(number: i64) -> Offer {
    let (name, fen, points) = match number {
        0 => ("鲜花", 10, 1),
        1 => ("\"666\"", 666, 66),
        2 => ("咖啡", 1990, 300),
        _ => ("跑车,限量版🏎", 18_880, 1888),
    };
    Offer { name, fen, points }
}

const fn cash(number: i64) -> i64 {
    match number {
        0 => 88,
        1 => 666,
        2 => 888,
        3 => 1888,
        4 => 6666,
        _ => 8888,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn all_means_occur_in_every_room_and_amounts_lie_in_their_range() {
        let plan = Plan::of(Scenario::Small, 1);
        let donations = Donations::new(Draws::new(2), &plan, 1_790_000_000, &[]);
        for room in 0..4 {
            let all: Vec<Donation> = (0..30).map(|index| donations.get(room, index)).collect();
            for means in [Means::Cash, Means::CashGift, Means::PointGift] {
                assert!(all.iter().any(|donation| donation.means == means), "{room} {means:?}");
            }
            assert!(all.is_sorted_by(|before, after| before.at < after.at));
            for donation in all {
                match donation.means {
                    Means::Cash => assert!((1..=9999).contains(&donation.amount)),
                    Means::CashGift => assert!((10..=56_640).contains(&donation.amount)),
                    Means::PointGift => assert!((1..=5664).contains(&donation.amount)),
                }
            }
        }
        assert!(CASH.iter().all(|fen| (LEAST_CASH..=MOST_CASH).contains(fen)));
    }
}
