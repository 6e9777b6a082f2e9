//! One red packet: what is issued, who claims it when, and what becomes of the rest.

use crate::calendar::{beijing_day, beijing_seconds};
use crate::people;
use crate::seed::{Draws, Purpose};
use crate::split::{Shares, Split};
use crate::world::defects::Plant;
use crate::world::fate::{Course, Fate, Place};
use crate::world::queue::Queue;
use crate::world::red_packets::RedPackets;
use crate::world::standing::{Claim, Phase, Standing};
use crate::world::{DAY, HOUR};

/// Slots within which the instants of claims are drawn.
const SLOT: i64 = 1024;

/// One red packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RedPacket {
    pub(crate) room: i64,
    pub(crate) index: i64,
    /// Instant of its creation.
    pub(crate) created: i64,
    pub(crate) split: Split,
    /// Paid by the sender, in fen.
    issued: i64,
    /// What is divided: `issued` less the fee.
    net: i64,
    /// Number of shares.
    shares: i64,
    fate: Fate,
    /// Shares that are claimed in the end.
    takes: i64,
    /// Seconds from the end of its day to the refund.
    refund_delay: i64,
    /// Seconds over which the claims are spread.
    rush: i64,
    claimants: Queue,
    /// Whether the second claim is the first once more.
    doubled: bool,
    plant: Option<Plant>,
    draws: Draws,
}

impl RedPacket {
    pub(super) fn new(all: &RedPackets, room: i64, index: i64, created: i64, draws: Draws) -> Self {
        let (customs, audience) = (all.customs, all.audience);
        let start = all.timeline.past.start;
        let plant = all.plant(room, index);
        let (fate, split) = plant.and_then(Plant::shape).unwrap_or_else(|| {
            let rank = all.timeline.schedule(room).count_until(start) - 1 - index;
            let place = Place { index, rank, age: start - created };
            let split = if index % 3 == 1 { Split::Equal } else { Split::Lucky };
            (all.course.fate(place, customs.odd_states), split)
        });

        let mut draw = draws;
        let (shares, takes) = all.crowd.sizes(fate, (room, index) == (0, 2), &mut draw);
        let mean = 1 + draw.below(3000) + if plant.is_some() { 200 } else { 0 };
        let net = match split {
            Split::Equal => shares * mean,
            Split::Lucky => shares * mean + draw.below(shares),
        };
        let slow = if fate == Fate::SlowRefund { 36 * HOUR } else { 0 };
        Self {
            room,
            index,
            created,
            split,
            issued: net + fee(index, net, customs.fee_permille),
            net,
            shares,
            fate,
            takes,
            refund_delay: slow + 300 + draw.below(1200),
            rush: rush(all.course, index, takes, start - created),
            claimants: Queue::drawn(audience, &mut draw),
            doubled: customs.double_claims && split == Split::Equal && index % 4 == 0 && takes > 1,
            plant,
            draws,
        }
    }

    /// Where it stands at `now`.
    pub(crate) fn standing(&self, now: i64) -> Standing {
        let claims = self.claims_until(now);
        self.standing_with(now, claims, self.claimed_by(claims))
    }

    /// Where it stands at `now`, with the claims made by then, oldest first.
    pub(crate) fn served(&self, now: i64) -> (Standing, Vec<Claim>) {
        let count = self.claims_until(now);
        let mut claims: Vec<Claim> = (0..count)
            .zip(self.amounts())
            .map(|(ordinal, amount)| Claim {
                ordinal,
                person: self.claimant(ordinal),
                at: self.claimed_at(ordinal),
                amount,
                best_luck: false,
            })
            .collect();
        let claimed = claims.iter().map(|claim| claim.amount).sum();
        let standing = self.standing_with(now, count, claimed);
        if self.split == Split::Lucky {
            mark_best_luck(&mut claims);
        }
        if let Some(plant) = self.plant {
            plant.spoil_claims(self, &standing, &mut claims);
        }
        (standing, claims)
    }

    /// What was claimed by `now` on each day in Beijing, given where it stands then.
    pub(crate) fn claimed_by_day(&self, now: i64, standing: &Standing) -> Vec<(i64, i64)> {
        if self.plant.is_some() {
            let claims = self.served(now).1.into_iter();
            return claims.map(|claim| (beijing_day(claim.at), claim.amount)).collect();
        }
        // All of them are made within a day, which has one midnight.
        let day = beijing_day(self.created);
        let before = self.claims_until(now.min(beijing_seconds(day).end - 1));
        let first =
            if before == standing.claims { standing.claimed } else { self.claimed_by(before) };
        vec![(day, first), (day + 1, standing.claimed - first)]
    }

    /// One share, where all are equal.
    pub(crate) fn average(&self) -> Option<i64> {
        (self.split == Split::Equal).then(|| self.net / self.shares)
    }

    fn standing_with(&self, now: i64, claims: i64, claimed: i64) -> Standing {
        let phase = self.phase(now, claims);
        let rest = self.net - claimed;
        let is_refunded = phase == Phase::Refunded;
        let mut standing = Standing {
            phase,
            issued: self.issued,
            net: self.net,
            shares: self.shares,
            claims,
            received: claims,
            claimed,
            left: if is_refunded { 0 } else { rest },
            refunded: if is_refunded { rest } else { 0 },
            refunded_at: is_refunded.then(|| self.refunds_at()),
        };
        if let Some(plant) = self.plant {
            plant.spoil_standing(self, now, &mut standing);
        }
        standing
    }

    fn phase(&self, now: i64, claims: i64) -> Phase {
        match self.fate {
            Fate::Precreated => Phase::Precreated,
            Fate::Abnormal => Phase::Abnormal,
            _ if claims == self.shares => Phase::SoldOut,
            _ if now < self.created + DAY => Phase::Open,
            Fate::NoRefund => Phase::Refunding,
            _ if now < self.refunds_at() => Phase::Refunding,
            _ => Phase::Refunded,
        }
    }

    fn refunds_at(&self) -> i64 {
        self.created + DAY + self.refund_delay
    }

    /// Number of claims made at `now` or before, found without going through them.
    fn claims_until(&self, now: i64) -> i64 {
        let passed = now - self.created;
        if passed < 1 {
            return 0;
        }
        if passed > self.rush {
            return self.takes;
        }
        // Every claim lies in the slot of its ordinal: those before this one are over.
        let slot = passed * self.takes / self.rush;
        let count = slot + i64::from(slot < self.takes && self.instant(slot) <= now);
        if self.doubled && count == 1 { 2 } else { count }
    }

    /// Sum of the first claims, in one step where the shares needn't be drawn.
    fn claimed_by(&self, claims: i64) -> i64 {
        if claims == self.shares {
            return self.net;
        }
        match self.average() {
            Some(share) => share * claims,
            None => (0..claims).zip(self.amounts()).map(|(_, amount)| amount).sum(),
        }
    }

    fn amounts(&self) -> Shares {
        let draws = self.draws.of(Purpose::Share);
        Shares::new(self.split, self.net, self.shares, draws)
    }

    fn claimed_at(&self, ordinal: i64) -> i64 {
        self.instant(if self.doubled && ordinal == 1 { 0 } else { ordinal })
    }

    /// An instant in the slot of an ordinal.
    fn instant(&self, ordinal: i64) -> i64 {
        let jitter = self.draws.of(Purpose::Claim).at(ordinal).below(SLOT);
        let part = self.rush * (ordinal * SLOT + jitter) / (self.takes.max(1) * SLOT);
        self.created + 1 + part
    }

    fn claimant(&self, ordinal: i64) -> i64 {
        match ordinal {
            1 if self.doubled => self.claimant(0),
            0 if self.index % 2 == 0 => people::REGULAR,
            2 if self.index % 5 == 0 => people::host(self.room),
            _ => self.claimants.person(ordinal),
        }
    }
}

/// Seconds over which the claims of a packet are spread. Unless time is to show them, they are made
/// before the start; always before the day is over.
fn rush(course: Course, index: i64, takes: i64, age: i64) -> i64 {
    let seconds = match course {
        Course::Quiet | Course::Settled => (takes * 20).min(age - 2),
        Course::Running if index % 4 == 0 => takes * 200,
        Course::Running => takes * 6,
    };
    seconds.clamp(0, DAY - 600)
}

/// Fee on every fourth red packet, rounded up to whole fen.
fn fee(index: i64, net: i64, permille: i64) -> i64 {
    if index % 4 == 3 { (net * permille + 999) / 1000 } else { 0 }
}

fn mark_best_luck(claims: &mut [Claim]) {
    let largest = claims.iter().map(|claim| claim.amount).max();
    let best = claims.iter_mut().find(|claim| Some(claim.amount) == largest);
    if let Some(claim) = best {
        claim.best_luck = true;
    }
}
