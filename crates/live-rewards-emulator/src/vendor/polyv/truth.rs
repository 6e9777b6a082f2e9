//! What Polyv serves, summed up.

use crate::truth::{Defect, Sums, Totals, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::polyv::{Polyv, red_packets};
use crate::world::defects::Kind;
use crate::world::donations::{Donation, Means};
use crate::world::income::payments_before;
use crate::world::standing::Standing;
use crate::world::tasks::{Issue, Task};

impl Polyv {
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
        for room in self.red_packets.timeline.rooms() {
            self.add_donations(room, now, &mut truth)?;
            self.add_prizes(room, now, &mut truth)?;
            truth.sessions += self.sessions.begun(room, now).unsigned_abs();
        }
        let viewers = self.viewers();
        truth.users = (viewers.end - viewers.start).unsigned_abs();
        truth.defects = self.defects(now);
        Some(truth)
    }

    fn donations_of(&self, room: i64, now: i64) -> impl Iterator<Item = Donation> {
        let count = self.donations.timeline.schedule(room).count_until(now);
        (0..count).map(move |index| self.donations.get(room, index))
    }

    fn add_donations(&self, room: i64, now: i64, truth: &mut VendorTruth) -> Option<()> {
        for donation in self.donations_of(room, now) {
            if donation.means == Means::Cash {
                truth.donations_cash_fen = truth.donations_cash_fen.checked_add(donation.amount)?;
            } else {
                truth.donations_unstated += 1;
            }
        }
        Some(())
    }

    fn add_prizes(&self, room: i64, now: i64, truth: &mut VendorTruth) -> Option<()> {
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
