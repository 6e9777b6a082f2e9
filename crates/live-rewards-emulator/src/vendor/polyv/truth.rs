//! What Polyv serves, summed up.

use crate::truth::{Defect, RoomTruth, Sums, Totals, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::polyv::{Polyv, red_packets};
use crate::world::defects::Kind;
use crate::world::donations::{Donation, Means};
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
    pub(super) fn totals(&self, now: i64) -> Option<VendorTruth> {
        let mut sums = Sums::default();
        for room in self.red_packets.timeline.rooms() {
            let packets = self.red_packets.listing(room, now).indexes().map(|index| {
                let packet = self.red_packets.get(room, index);
                (packet.created, totals(&packet.standing(now)))
            });
            let one = Totals { gifts: 1, ..Totals::default() };
            let donations = self.donations_of(room, now).map(|donation| (donation.at, one));
            sums.add_room(self.channel_id(room).to_string(), packets.chain(donations))?;
        }
        let mut truth = sums.finish();
        for (room, told) in self.red_packets.timeline.rooms().zip(&mut truth.rooms) {
            self.add_donations(room, now, told)?;
            self.add_income(room, now, told)?;
            self.add_prizes(room, now, told)?;
            told.sessions = self.sessions.begun(room, now).unsigned_abs();
        }
        truth.add_rooms()?;
        let viewers = self.viewers();
        truth.users = (viewers.end - viewers.start).unsigned_abs();
        truth.defects = self.defects(now);
        Some(truth)
    }

    fn donations_of(&self, room: i64, now: i64) -> impl Iterator<Item = Donation> {
        let count = self.donations.timeline.schedule(room).count_until(now);
        (0..count).map(move |index| self.donations.get(room, index))
    }

    fn add_donations(&self, room: i64, now: i64, truth: &mut RoomTruth) -> Option<()> {
        for donation in self.donations_of(room, now) {
            if donation.means == Means::Cash {
                truth.donations_cash_fen = truth.donations_cash_fen.checked_add(donation.amount)?;
            } else {
                truth.donations_unstated += 1;
            }
        }
        Some(())
    }

    fn add_income(&self, room: i64, now: i64, truth: &mut RoomTruth) -> Option<()> {
        let count = self.donations.timeline.schedule(room).count_until(now);
        for index in self.donations.payments(room, &(0..count)).indexes() {
            let payment = self.donations.payment(room, index);
            truth.income += 1;
            truth.income_fen = truth.income_fen.checked_add(payment.amount)?;
        }
        Some(())
    }

    fn add_prizes(&self, room: i64, now: i64, truth: &mut RoomTruth) -> Option<()> {
        let held = 0..self.lotteries.held(room, now);
        let lotteries = held.filter_map(|place| self.lotteries.get(room, place));
        let won: i64 = lotteries.map(|lottery| lottery.won).sum();
        let bag = self.lucky_bags.get(room).map_or(0, |bag| bag.won(now));
        truth.prizes += (won + bag).unsigned_abs();
        let Some(standing) = self.activity_at(room, now) else { return Some(()) };
        for (task, outcome) in (0..standing.joined()).flat_map(|place| standing.outcomes(place)) {
            if outcome.reached.is_none() {
                continue;
            }
            truth.prizes += 1;
            if (task, outcome.issue) == (Task::Watch, Issue::Issued) {
                let cash = standing.activity.cash;
                truth.prize_cash_fen = truth.prize_cash_fen.checked_add(cash)?;
            }
        }
        Some(())
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
