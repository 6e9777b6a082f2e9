//! What viewers paid with money: the donations of that kind once more, and entry.
//!
//! Which donations of a room are paid with money repeats itself, so rows are counted and found
//! without going through those before them.

use std::ops::Range;

use crate::world::defects::{INCOME_FEN, Kind};
use crate::world::donations::{Donations, Means, means};
use crate::world::listing::Listing;

/// Donations after which it repeats itself.
const PERIOD: i64 = 21;

/// One payment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payment {
    pub(crate) purpose: PaidFor,
    /// In fen.
    pub(crate) amount: i64,
    pub(crate) payer: i64,
    pub(crate) at: i64,
}

/// What was paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaidFor {
    /// So many gifts.
    Gifts(i64),
    Cash,
    Entry,
}

impl Donations {
    /// The payments of a room that were made with the donations at these indexes.
    pub(crate) fn payments(&self, room: i64, donations: &Range<i64>) -> Listing {
        let range = payments_before(room, donations.start)..payments_before(room, donations.end);
        let missing = self.planted(room, Kind::NoIncome).map(|index| payments_before(room, index));
        Listing::new(range, missing)
    }

    /// The payment of a room at an index of these listings.
    pub(crate) fn payment(&self, room: i64, index: i64) -> Payment {
        let (donated, is_entry) = place(room, index);
        let donation = self.get(room, donated);
        let (payer, at) = (donation.giver, donation.at);
        if is_entry {
            return Payment { purpose: PaidFor::Entry, amount: 990, payer, at };
        }
        let differs = self.planted(room, Kind::IncomeDiffers) == Some(donated);
        let purpose = match donation.means {
            Means::Cash => PaidFor::Cash,
            Means::CashGift | Means::PointGift => PaidFor::Gifts(donation.count),
        };
        let amount = donation.amount + if differs { INCOME_FEN } else { 0 };
        Payment { purpose, amount, payer, at }
    }

    /// Index of the donation of a room that has a defect of this kind.
    fn planted(&self, room: i64, kind: Kind) -> Option<i64> {
        let mut planted = self.defects().iter();
        let found = planted.find(|planted| planted.room == room && planted.kind == kind);
        found.map(|planted| planted.index)
    }
}

/// Payments made with a donation: one for it where money was paid, and now and then entry.
fn payments_at(room: i64, index: i64) -> i64 {
    let is_money = means(room, index) != Means::PointGift;
    i64::from(is_money) + i64::from(index % PERIOD == PERIOD - 1)
}

/// Payments of a room made with the donations before an index.
pub(crate) fn payments_before(room: i64, index: i64) -> i64 {
    let rest: i64 = (0..index % PERIOD).map(|index| payments_at(room, index)).sum();
    index / PERIOD * in_a_period(room) + rest
}

fn in_a_period(room: i64) -> i64 {
    (0..PERIOD).map(|index| payments_at(room, index)).sum()
}

/// Index of the donation that a payment was made with, and whether it is entry.
fn place(room: i64, payment: i64) -> (i64, bool) {
    let each = in_a_period(room);
    let mut donation = payment / each * PERIOD;
    let mut rest = payment % each;
    loop {
        let here = payments_at(room, donation);
        if rest < here {
            // Entry is the last of a donation's payments, and the period's last donation has it.
            return (donation, donation % PERIOD == PERIOD - 1 && rest + 1 == here);
        }
        rest -= here;
        donation += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::seed::Draws;
    use crate::world::defects::POLYV_DONATIONS;
    use crate::world::plan::Plan;

    fn donations(scenario: Scenario) -> Donations {
        let plan = Plan::of(scenario, 1);
        Donations::new(Draws::new(2), &plan, 1_790_000_000, POLYV_DONATIONS)
    }

    fn paid(donations: &Donations, room: i64, count: i64) -> Vec<Payment> {
        let payments = donations.payments(room, &(0..count));
        payments.indexes().map(|index| donations.payment(room, index)).collect()
    }

    #[test]
    fn every_donation_of_money_is_paid_once_and_points_are_not() {
        let donations = donations(Scenario::Small);
        for room in 0..2 {
            let paid = paid(&donations, room, 100);
            assert!(paid.is_sorted_by_key(|payment| payment.at));
            let rewards: Vec<(i64, i64, i64)> = paid
                .iter()
                .filter(|payment| payment.purpose != PaidFor::Entry)
                .map(|payment| (payment.at, payment.payer, payment.amount))
                .collect();
            let donated: Vec<(i64, i64, i64)> = (0..100)
                .map(|index| donations.get(room, index))
                .filter(|donation| donation.means != Means::PointGift)
                .map(|donation| (donation.at, donation.giver, donation.amount))
                .collect();
            assert_eq!(rewards, donated);
            assert_eq!(paid.len() - rewards.len(), 4);
        }
    }

    #[test]
    fn any_part_of_the_donations_has_its_payments() {
        let donations = donations(Scenario::Small);
        for room in 0..2 {
            for (first, end) in [(0, 0), (5, 5), (3, 20), (20, 21), (21, 64), (63, 200)] {
                let part = donations.payments(room, &(first..end));
                let times: Vec<i64> =
                    part.indexes().map(|index| donations.payment(room, index).at).collect();
                let count: i64 = (first..end).map(|index| payments_at(room, index)).sum();
                assert_eq!(part.count(), count);
                let (from, to) = (donations.get(room, first).at, donations.get(room, end).at);
                assert!(times.iter().all(|at| (from..to).contains(at)), "{room} {first}");
            }
        }
    }

    #[test]
    fn one_payment_is_missing_and_one_differs() {
        let spoilt = donations(Scenario::Defects);
        let plan = Plan::of(Scenario::Defects, 1);
        let right = Donations::new(Draws::new(2), &plan, 1_790_000_000, &[]);
        let sum = |paid: &[Payment]| paid.iter().map(|payment| payment.amount).sum::<i64>();
        let (spoilt, right) = (paid(&spoilt, 0, 20), paid(&right, 0, 20));
        let missing =
            right.iter().find(|payment| spoilt.iter().all(|other| other.at != payment.at));
        let missing = missing.unwrap();
        assert_eq!((spoilt.len(), missing.purpose), (right.len() - 1, PaidFor::Cash));
        assert_eq!(sum(&spoilt), sum(&right) - missing.amount + INCOME_FEN);
    }
}
