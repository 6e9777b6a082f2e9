//! The red packets of a vendor.

use std::ops::Range;

use crate::seed::{Draws, Purpose};
use crate::world::STILL;
use crate::world::crowd::Crowd;
use crate::world::defects::{self, Plant, Planted};
use crate::world::fate::Course;
use crate::world::listing::Listing;
use crate::world::plan::Plan;
use crate::world::red_packet::RedPacket;
use crate::world::schedule::Schedule;
use crate::world::timeline::Timeline;

/// What the red packets of one vendor have that others don't.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Customs {
    /// Fee on some of the packets, in thousandths of the amount that is divided.
    pub(crate) fee_permille: i64,
    /// Whether a few packets never open or go wrong.
    pub(crate) odd_states: bool,
    /// Whether one person's two equal claims in one second occur.
    pub(crate) double_claims: bool,
}

/// All red packets of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RedPackets {
    pub(crate) timeline: Timeline,
    pub(super) customs: Customs,
    pub(super) course: Course,
    pub(super) crowd: Crowd,
    pub(super) audience: i64,
    planted: &'static [Planted],
}

impl RedPackets {
    pub(crate) fn new(
        draws: Draws,
        plan: &Plan,
        start: i64,
        customs: Customs,
        defects: &'static [Planted],
    ) -> Self {
        Self {
            timeline: Timeline::of_red_packets(draws, plan, start),
            customs,
            course: plan.course,
            crowd: plan.crowd,
            audience: plan.audience,
            planted: plan.planted(defects),
        }
    }

    /// Instants of a room's red packets.
    pub(crate) fn schedule(&self, room: i64) -> Schedule {
        self.timeline.schedule(room)
    }

    /// The red packets that a room has at `now`.
    pub(crate) fn listing(&self, room: i64, now: i64) -> Listing {
        self.listed(room, 0..self.schedule(room).count_until(now), now)
    }

    /// Those red packets of a range of indexes that a room has at `now`.
    pub(crate) fn listed(&self, room: i64, range: Range<i64>, now: i64) -> Listing {
        let is_over = now >= self.timeline.past.start + STILL;
        let gap = if is_over { defects::vanished(self.planted, room) } else { None };
        Listing::new(range, gap)
    }

    /// The red packet at an index of a listing.
    pub(crate) fn get(&self, room: i64, index: i64) -> RedPacket {
        let draws = self.timeline.draws.of(Purpose::RedPacket).at(room).at(index);
        let created = self.schedule(room).time(index);
        RedPacket::new(self, room, index, created, draws)
    }

    /// The defects that are planted, each with its red packet.
    pub(crate) fn defects(&self) -> impl Iterator<Item = (Plant, RedPacket)> {
        self.planted.iter().filter_map(|planted| {
            let plant = self.plant(planted.room, planted.index)?;
            Some((plant, self.get(planted.room, planted.index)))
        })
    }

    pub(super) fn plant(&self, room: i64, index: i64) -> Option<Plant> {
        defects::find(self.planted, room, index, self.timeline.past.start)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::scenario::Scenario;
    use crate::split::Split;
    use crate::world::standing::{Claim, Phase};
    use crate::world::{DAY, HOUR};

    const START: i64 = 1_790_000_000;

    const ODD: Customs = Customs { fee_permille: 6, odd_states: true, double_claims: false };

    fn red_packets(scenario: Scenario, customs: Customs) -> RedPackets {
        RedPackets::new(Draws::new(7), &Plan::of(scenario, 5000), START, customs, &[])
    }

    fn each(all: &RedPackets, now: i64) -> Vec<RedPacket> {
        let rooms = all.timeline.rooms();
        rooms
            .flat_map(|room| {
                all.listing(room, now).indexes().map(move |index| all.get(room, index))
            })
            .collect()
    }

    fn claims(packet: &RedPacket, now: i64) -> Vec<Claim> {
        packet.served(now).1
    }

    #[test]
    fn every_phase_occurs() {
        let all = each(&red_packets(Scenario::Small, ODD), START);
        for phase in [
            Phase::Precreated,
            Phase::Open,
            Phase::SoldOut,
            Phase::Refunding,
            Phase::Refunded,
            Phase::Abnormal,
        ] {
            assert!(all.iter().any(|packet| packet.standing(START).phase == phase), "{phase:?}");
        }
    }

    #[test]
    fn where_it_is_quiet_nothing_happens_in_the_first_six_hours() {
        for scenario in [Scenario::Tiny, Scenario::Small, Scenario::Campaign, Scenario::Defects] {
            for packet in each(&red_packets(scenario, ODD), START) {
                let (before, after) = (packet.standing(START), packet.standing(START + STILL));
                assert_eq!(before.phase, after.phase, "{packet:?}");
                assert_eq!(before.claims, after.claims, "{packet:?}");
            }
        }
    }

    #[test]
    fn later_on_the_open_ones_are_refunded() {
        for scenario in [Scenario::Small, Scenario::Live] {
            for packet in each(&red_packets(scenario, ODD), START) {
                let end = packet.standing(START + 30 * DAY);
                assert!(!matches!(end.phase, Phase::Open | Phase::Refunding));
                let is_odd = matches!(end.phase, Phase::Precreated | Phase::Abnormal);
                assert!(end.left == 0 || is_odd);
                assert_eq!(end.missing(), 0);
            }
        }
    }

    #[test]
    fn a_refund_is_never_overdue() {
        for packet in each(&red_packets(Scenario::Small, ODD), START) {
            let standing = packet.standing(packet.created + 61 * HOUR);
            assert!(!matches!(standing.phase, Phase::Open | Phase::Refunding));
        }
    }

    #[test]
    fn claims_lie_within_the_day_of_their_packet_in_order() {
        for (scenario, now) in [(Scenario::Small, START), (Scenario::Live, START + 2 * HOUR)] {
            for packet in each(&red_packets(scenario, ODD), now) {
                let (standing, claims) = packet.served(now);
                assert!(claims.is_sorted_by_key(|claim| claim.at));
                let end = (now + 1).min(packet.created + DAY);
                assert!(claims.iter().all(|claim| (packet.created..end).contains(&claim.at)));
                let sum: i64 = claims.iter().map(|claim| claim.amount).sum();
                assert_eq!(sum, standing.claimed);
                assert!(sum <= standing.net && standing.net <= standing.issued);
            }
        }
    }

    #[test]
    fn counts_and_sums_are_those_of_the_claims_at_every_moment() {
        let customs = Customs { double_claims: true, ..ODD };
        for scenario in [Scenario::Small, Scenario::Live] {
            let all = red_packets(scenario, customs);
            for packet in (20..80).map(|index| all.get(0, index)) {
                let instants: Vec<i64> =
                    claims(&packet, START + 9 * DAY).iter().map(|claim| claim.at).collect();
                for now in instants.iter().flat_map(|at| [at - 1, *at, at + 1]) {
                    let (standing, claims) = packet.served(now);
                    let made = instants.iter().filter(|at| **at <= now).count();
                    assert_eq!(claims.len(), made, "{packet:?}");
                    let quick = packet.standing(now);
                    assert_eq!(quick.claimed, standing.claimed);
                    assert_eq!(quick.claims, standing.claims);
                }
            }
        }
    }

    #[test]
    fn a_person_claims_once_in_a_red_packet_unless_doubled() {
        for packet in each(&red_packets(Scenario::Small, ODD), START) {
            let claims = claims(&packet, START);
            let people: HashSet<i64> = claims.iter().map(|claim| claim.person).collect();
            assert_eq!(people.len(), claims.len());
        }
    }

    #[test]
    fn doubled_claims_differ_in_nothing() {
        let customs = Customs { double_claims: true, ..ODD };
        let key = |claim: &Claim| (claim.person, claim.at, claim.amount);
        let doubled = each(&red_packets(Scenario::Small, customs), START)
            .iter()
            .map(|packet| claims(packet, START))
            .filter(|claims| claims.windows(2).any(|pair| key(&pair[0]) == key(&pair[1])))
            .count();
        assert!(doubled > 0);
    }

    #[test]
    fn the_first_of_the_largest_drawn_shares_is_the_best_luck() {
        for packet in each(&red_packets(Scenario::Small, ODD), START) {
            let claims = claims(&packet, START);
            let best: Vec<&Claim> = claims.iter().filter(|claim| claim.best_luck).collect();
            if packet.split == Split::Equal || claims.is_empty() {
                assert!(best.is_empty());
            } else {
                assert_eq!(best.len(), 1);
                assert!(claims.iter().all(|claim| claim.amount <= best[0].amount));
            }
        }
    }

    #[test]
    fn one_red_packet_is_large() {
        let large = red_packets(Scenario::Small, ODD).get(0, 2);
        assert_eq!(large.standing(START).claims, 250);
    }

    #[test]
    fn a_campaign_has_about_the_claims_asked_for() {
        for size in [1, 5000, 50_000] {
            let plan = Plan::of(Scenario::Campaign, size);
            let all = RedPackets::new(Draws::new(7), &plan, START, ODD, &[]);
            let packets = each(&all, START);
            let claims: i64 = packets.iter().map(|packet| packet.standing(START).claims).sum();
            assert!((size * 9 / 10..=size * 11 / 10 + 1).contains(&claims), "{size}: {claims}");
        }
    }
}
