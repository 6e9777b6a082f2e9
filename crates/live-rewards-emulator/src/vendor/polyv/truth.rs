//! What Polyv serves, summed up.

use crate::aside::Waiting;
use crate::flows::flows;
use crate::truth::{Defect, Sums, Totals, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::polyv::{Polyv, red_packets};
use crate::world::defects::Kind;
use crate::world::donations::Means;
use crate::world::income::payments_before;
use crate::world::standing::Standing;
use crate::world::tasks::{Issue, Task};

impl Polyv {
    /// What is quickly counted of what is served at an instant in Unix seconds.
    pub(crate) fn counts(&self, now: i64) -> [(i64, &'static str); 3] {
        let rooms = || self.red_packets.timeline.rooms();
        let donations = |room| self.donations.timeline.schedule(room).count_until(now);
        [
            (rooms().map(|room| self.red_packets.listing(room, now).count()).sum(), "red packets"),
            (rooms().map(donations).sum(), "gifts"),
            (rooms().map(|room| self.sessions.begun(room, now)).sum(), "sessions"),
        ]
    }

    /// Totals at an instant in Unix seconds; `None` if a sum is too large.
    pub(super) fn totals(&self, now: i64, waiting: &Waiting) -> Option<VendorTruth> {
        let mut sums = Sums::default();
        for room in self.red_packets.timeline.rooms() {
            let packets = self.red_packets.listing(room, now).indexes().map(|index| {
                let packet = self.red_packets.get(room, index);
                (packet.created, totals(&packet.standing(now)))
            });
            let others = self.given(room, now).chain(self.paid(room, now));
            let rows = packets.chain(others).chain(self.won(room, now));
            sums.add_room(self.channel_id(room).to_string(), waiting.rows(rows))?;
        }
        let mut truth = sums.finish();
        truth.flows = flows(&self.red_packets, now, false, waiting)?;
        let rooms = self.red_packets.timeline.rooms();
        truth.add_sessions(rooms.map(|room| self.sessions.begun(room, now)))?;
        let viewers = self.viewers();
        truth.users = (viewers.end - viewers.start).unsigned_abs();
        truth.defects = self.defects(now);
        Some(truth)
    }

    /// The donations of a room.
    fn given(&self, room: i64, now: i64) -> impl Iterator<Item = (i64, Totals)> {
        let count = self.donations.timeline.schedule(room).count_until(now);
        (0..count).map(move |index| {
            let donation = self.donations.get(room, index);
            let is_cash = donation.means == Means::Cash;
            let totals = Totals {
                gifts: 1,
                donations_cash_fen: if is_cash { donation.amount } else { 0 },
                donations_unstated: u64::from(!is_cash),
                ..Totals::default()
            };
            (donation.at, totals)
        })
    }

    /// The income of a room.
    fn paid(&self, room: i64, now: i64) -> impl Iterator<Item = (i64, Totals)> {
        let count = self.donations.timeline.schedule(room).count_until(now);
        self.donations.payments(room, &(0..count)).indexes().map(move |index| {
            let payment = self.donations.payment(room, index);
            (payment.at, Totals { income: 1, income_fen: payment.amount, ..Totals::default() })
        })
    }

    /// The prizes of a room.
    fn won(&self, room: i64, now: i64) -> impl Iterator<Item = (i64, Totals)> {
        let held = 0..self.lotteries.held(room, now);
        let lotteries = held.filter_map(move |place| self.lotteries.get(room, place));
        let drawn = lotteries.map(|lottery| (lottery.at, prizes(lottery.won.unsigned_abs())));
        let bag = self.lucky_bags.get(room).into_iter();
        let caught = bag.flat_map(move |bag| {
            (0..bag.won(now)).map(move |place| (bag.win(place).at, prizes(1)))
        });
        let activity = self.activity_at(room, now).into_iter();
        let reached = activity.flat_map(|standing| {
            let outcomes = (0..standing.joined()).flat_map(move |place| standing.outcomes(place));
            outcomes.filter_map(move |(task, outcome)| {
                let is_paid = (task, outcome.issue) == (Task::Watch, Issue::Issued);
                let prize_cash_fen = if is_paid { standing.activity.cash } else { 0 };
                Some((outcome.reached?, Totals { prize_cash_fen, ..prizes(1) }))
            })
        });
        drawn.chain(caught).chain(reached)
    }

    fn defects(&self, now: i64) -> Vec<Defect> {
        let of_packets = self.red_packets.defects().map(|(plant, packet)| {
            let mut defect = Defect::new(Self::NAME, plant.kind);
            defect.room = Some(self.channel_id(packet.room).to_string());
            defect.id = self.red_pack_id(packet.room, packet.index).to_string();
            defect.difference_fen = plant.kind.difference_fen(&packet.standing(now));
            defect
        });
        let of_donations = self.donations.defects().iter().map(|planted| {
            let donation = self.donations.get(planted.room, planted.index);
            let mut defect = Defect::new(Self::NAME, planted.kind);
            defect.room = Some(self.channel_id(planted.room).to_string());
            if planted.kind == Kind::NoIncome {
                defect.id = (donation.at * 1000).to_string();
                defect.difference_fen = Some(donation.amount);
            } else {
                let payment = payments_before(planted.room, planted.index);
                let paid = self.donations.payment(planted.room, payment);
                defect.id = self.order_number(planted.room, payment).to_string();
                defect.difference_fen = Some(donation.amount - paid.amount);
            }
            defect
        });
        of_packets.chain(of_donations).collect()
    }
}

/// Totals of so many prizes.
fn prizes(prizes: u64) -> Totals {
    Totals { prizes, ..Totals::default() }
}

/// Totals of one red packet.
fn totals(standing: &Standing) -> Totals {
    Totals {
        red_packets: 1,
        claims: standing.claims.unsigned_abs(),
        issued_fen: standing.issued,
        claimed_fen: standing.claimed,
        left_fen: red_packets::balance(standing),
        ..Totals::default()
    }
}
