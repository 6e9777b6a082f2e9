//! One red packet: what is issued, who claims it when, and what becomes of the rest.

use crate::people;
use crate::seed::{Draws, Purpose};
use crate::split::{Shares, Split};
use crate::world::red_packets::RedPackets;
use crate::world::{DAY, HOUR};

/// Shares of the one red packet whose claims fill several pages.
const LARGE: i64 = 250;

/// What is going to happen to a red packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// All shares are claimed.
    SoldOut,
    /// Some shares are claimed; the rest goes back a day later.
    Partly,
    /// Nothing is claimed; all of it goes back.
    Untouched,
    /// Like `Partly`, but the refund takes four days.
    SlowRefund,
    /// It never opens.
    Precreated,
    /// It went wrong after some claims.
    Abnormal,
}

/// Where a red packet stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Precreated,
    Open,
    SoldOut,
    Refunding,
    Refunded,
    Abnormal,
}

/// A red packet at an instant. Money is in fen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    pub(crate) phase: Phase,
    /// Number of claims.
    pub(crate) claims: i64,
    /// Their sum.
    pub(crate) claimed: i64,
    /// When the rest went back.
    pub(crate) refunded_at: Option<i64>,
}

/// One red packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RedPacket {
    pub(crate) room: i64,
    pub(crate) index: i64,
    /// Instant of its creation.
    pub(crate) created: i64,
    pub(crate) split: Split,
    /// Paid by the sender, in fen.
    pub(crate) issued: i64,
    /// What is divided: `issued` less the fee.
    pub(crate) net: i64,
    /// Number of shares.
    pub(crate) shares: i64,
    fate: Fate,
    /// Shares that are claimed in the end.
    takes: i64,
    /// Seconds from the end of its day to the refund.
    refund_delay: i64,
    /// Seconds over which the claims are spread.
    rush: i64,
    /// Where among the audience the claimants begin, and the step to the next.
    claimants: (i64, i64),
    doubled: bool,
    draws: Draws,
}

/// One claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// Position in its red packet, in the order of time.
    pub(crate) ordinal: i64,
    pub(crate) person: i64,
    pub(crate) at: i64,
    /// In fen.
    pub(crate) amount: i64,
}

impl RedPacket {
    pub(super) fn new(all: &RedPackets, room: i64, index: i64, created: i64, draws: Draws) -> Self {
        let start = all.timeline.start;
        let last = all.visible(room, start).end - 1;
        let fate = fate(index, last - index, start - created, all.customs.odd_states);
        let split = if index % 3 == 1 {
            Split::Equal
        } else {
            Split::Lucky
        };

        let mut draw = draws;
        let shares = if room == 0 && index == 2 {
            LARGE
        } else {
            2 + draw.below(19)
        };
        let mean = 1 + draw.below(3000);
        let net = match split {
            Split::Equal => shares * mean,
            Split::Lucky => shares * mean + draw.below(shares),
        };
        let takes = match fate {
            Fate::SoldOut => shares,
            Fate::Untouched | Fate::Precreated => 0,
            Fate::Partly | Fate::SlowRefund | Fate::Abnormal => 1 + draw.below(shares - 1),
        };
        let slow = if fate == Fate::SlowRefund { 4 * DAY } else { 0 };
        Self {
            room,
            index,
            created,
            split,
            issued: net + fee(index, net, all.customs.fee_permille),
            net,
            shares,
            fate,
            takes,
            refund_delay: slow + 300 + draw.below(1200),
            // Everything is claimed before the start and before the day is over.
            rush: (takes * 20).min(DAY - 600).min(start - created - 2).max(0),
            claimants: (
                draw.below(people::AUDIENCE),
                1 + draw.below(people::AUDIENCE - 1),
            ),
            doubled: all.customs.double_claims && split == Split::Equal && index % 4 == 0,
            draws,
        }
    }

    /// Where it stands at `now`.
    pub(crate) fn state(&self, now: i64) -> State {
        let claims = self.claims_until(now);
        let expires = self.created + DAY;
        let refunds = expires + self.refund_delay;
        let phase = match self.fate {
            Fate::Precreated => Phase::Precreated,
            Fate::Abnormal => Phase::Abnormal,
            _ if claims == self.shares => Phase::SoldOut,
            _ if now < expires => Phase::Open,
            _ if now < refunds => Phase::Refunding,
            _ => Phase::Refunded,
        };
        State {
            phase,
            claims,
            claimed: (0..claims)
                .zip(self.amounts())
                .map(|(_, amount)| amount)
                .sum(),
            refunded_at: (phase == Phase::Refunded).then_some(refunds),
        }
    }

    /// The claims made at `now` or before, oldest first.
    pub(crate) fn claims(&self, now: i64) -> impl Iterator<Item = Claim> {
        (0..self.claims_until(now))
            .zip(self.amounts())
            .map(move |(ordinal, amount)| Claim {
                ordinal,
                person: self.claimant(ordinal),
                at: self.claimed_at(ordinal),
                amount,
            })
    }

    fn claims_until(&self, now: i64) -> i64 {
        let mut ordinals = 0..self.takes;
        ordinals
            .find(|ordinal| self.claimed_at(*ordinal) > now)
            .unwrap_or(self.takes)
    }

    fn amounts(&self) -> Shares {
        let draws = self.draws.of(Purpose::Share);
        Shares::new(self.split, self.net, self.shares, draws)
    }

    fn claimed_at(&self, ordinal: i64) -> i64 {
        if self.doubled && ordinal == 1 {
            return self.claimed_at(0);
        }
        let jitter = self.draws.of(Purpose::Claim).at(ordinal).below(1024);
        let part = self.rush * (ordinal * 1024 + jitter) / (self.takes.max(1) * 1024);
        self.created + 1 + part
    }

    fn claimant(&self, ordinal: i64) -> i64 {
        let (first, stride) = self.claimants;
        match ordinal {
            1 if self.doubled => self.claimant(0),
            0 if self.index % 2 == 0 => people::REGULAR,
            2 if self.index % 5 == 0 => people::host(self.room),
            _ => 1 + (first + ordinal * stride) % people::AUDIENCE,
        }
    }
}

impl State {
    /// What has gone back to the sender of a red packet, in fen.
    pub(crate) fn refunded(&self, packet: &RedPacket) -> i64 {
        match self.phase {
            Phase::Refunded => packet.net - self.claimed,
            _ => 0,
        }
    }
}

/// Chooses what happens, so that every case occurs in every room and nothing is due in the first
/// six hours after the start: a packet is open for a day, so one of 18 to 26 hours has to be sold
/// out. `rank` counts from the newest packet, `age` is in seconds at the start.
fn fate(index: i64, rank: i64, age: i64, odd_states: bool) -> Fate {
    if age < 18 * HOUR {
        return match rank % 3 {
            0 => Fate::Partly,
            1 => Fate::Untouched,
            _ => Fate::SoldOut,
        };
    }
    if age <= 26 * HOUR {
        return Fate::SoldOut;
    }
    match index % 20 {
        3 if odd_states => return Fate::Precreated,
        8 if odd_states => return Fate::Abnormal,
        _ => {}
    }
    match index % 6 {
        1 => Fate::Partly,
        3 => Fate::Untouched,
        // The slow refund must not fall into the quiet hours either.
        5 if (113 * HOUR..=121 * HOUR).contains(&age) => Fate::Partly,
        5 => Fate::SlowRefund,
        _ => Fate::SoldOut,
    }
}

/// Fee on every fourth red packet, rounded up to whole fen.
fn fee(index: i64, net: i64, permille: i64) -> i64 {
    if index % 4 == 3 {
        (net * permille + 999) / 1000
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::world::red_packets::Customs;
    use crate::world::timeline::Timeline;

    const START: i64 = 1_790_000_000;

    fn red_packets(customs: Customs) -> RedPackets {
        RedPackets {
            timeline: Timeline {
                draws: Draws::new(7),
                start: START,
                days: 14,
                sessions: 6,
                counts: &[160, 120, 80],
            },
            customs,
        }
    }

    const XIAOE: Customs = Customs {
        fee_permille: 6,
        odd_states: true,
        double_claims: false,
    };

    fn each(all: &RedPackets) -> Vec<RedPacket> {
        all.timeline
            .rooms()
            .flat_map(|room| {
                all.visible(room, START)
                    .map(move |index| all.get(room, index))
            })
            .collect()
    }

    #[test]
    fn every_phase_occurs() {
        let all = red_packets(XIAOE);
        for phase in [
            Phase::Precreated,
            Phase::Open,
            Phase::SoldOut,
            Phase::Refunding,
            Phase::Refunded,
            Phase::Abnormal,
        ] {
            assert!(
                each(&all)
                    .iter()
                    .any(|packet| packet.state(START).phase == phase),
                "{phase:?}"
            );
        }
    }

    #[test]
    fn nothing_happens_in_the_first_six_hours() {
        for packet in each(&red_packets(XIAOE)) {
            let (before, after) = (packet.state(START), packet.state(START + 6 * HOUR));
            assert_eq!(before.phase, after.phase, "{packet:?}");
            assert_eq!(before.claims, after.claims, "{packet:?}");
        }
    }

    #[test]
    fn later_on_the_open_ones_are_refunded() {
        for packet in each(&red_packets(XIAOE)) {
            let end = packet.state(START + 30 * DAY);
            assert!(!matches!(end.phase, Phase::Open | Phase::Refunding));
            let left = packet.net - end.claimed - end.refunded(&packet);
            assert!(left == 0 || matches!(end.phase, Phase::Precreated | Phase::Abnormal));
        }
    }

    #[test]
    fn claims_lie_between_creation_and_end_in_order() {
        for packet in each(&red_packets(XIAOE)) {
            let claims: Vec<Claim> = packet.claims(START).collect();
            assert!(claims.is_sorted_by_key(|claim| claim.at));
            assert!(claims.iter().all(|claim| {
                (packet.created..START.min(packet.created + DAY)).contains(&claim.at)
            }));
            let sum: i64 = claims.iter().map(|claim| claim.amount).sum();
            assert_eq!(sum, packet.state(START).claimed);
            assert!(sum <= packet.net && packet.net <= packet.issued);
        }
    }

    #[test]
    fn a_person_claims_once_in_a_red_packet_unless_doubled() {
        for packet in each(&red_packets(XIAOE)) {
            let people: HashSet<i64> = packet.claims(START).map(|claim| claim.person).collect();
            assert_eq!(people.len(), packet.claims(START).count());
        }
    }

    #[test]
    fn doubled_claims_differ_in_nothing() {
        let all = red_packets(Customs {
            double_claims: true,
            ..XIAOE
        });
        let doubled = each(&all)
            .into_iter()
            .filter(|packet| packet.doubled && packet.takes >= 2);
        let mut seen = 0;
        for packet in doubled {
            let claims: Vec<Claim> = packet.claims(START).take(2).collect();
            let key = |claim: &Claim| (claim.person, claim.at, claim.amount);
            assert_eq!(key(&claims[0]), key(&claims[1]));
            seen += 1;
        }
        assert!(seen > 0);
    }

    #[test]
    fn one_red_packet_is_large() {
        let large = red_packets(XIAOE).get(0, 2);
        assert_eq!((large.shares, large.state(START).claims), (LARGE, LARGE));
    }
}
