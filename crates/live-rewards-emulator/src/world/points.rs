//! Points accounts, in the order in which people first earned points.

use crate::seed::{Draws, Purpose};
use crate::world::defects::{self, Planted};
use crate::world::plan::Plan;
use crate::world::points_moves::{Moved, Moves};
use crate::world::schedule::Schedule;

/// All points accounts of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PointsAccounts {
    draws: Draws,
    start: i64,
    schedule: Schedule,
    /// Whether some accounts report a total of 0.
    quirks: bool,
    /// Whether balances change after the start.
    moving: bool,
    planted: &'static [Planted],
}

/// One account. Account `index` belongs to the person of that number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub(crate) index: i64,
    /// The total that the vendor reports: not always the sum of the other two.
    pub(crate) reported_total: i64,
    /// Points that can be spent.
    pub(crate) available: i64,
    pub(crate) frozen: i64,
    /// First points earned.
    pub(crate) created: i64,
}

impl PointsAccounts {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64, defects: &'static [Planted]) -> Self {
        let draws = draws.of(Purpose::Account);
        let pace = plan.paces.map(|paces| paces.accounts);
        Self {
            draws,
            start,
            schedule: Schedule::new(draws, plan.account_past(start), plan.accounts, pace),
            quirks: plan.quirks,
            moving: pace.is_some(),
            planted: plan.planted(defects),
        }
    }

    /// Instants at which the accounts are opened.
    pub(crate) fn schedule(&self) -> Schedule {
        self.schedule
    }

    /// The account at an index of the schedule, as it is at `now`.
    pub(crate) fn get(&self, index: i64, now: i64) -> Account {
        let (available, frozen) = self.opening(index);
        let moved = self.moves(index).map_or(Moved::default(), |moves| moves.sum(moves.until(now)));
        let mut account = Account {
            index,
            reported_total: 0,
            available: available + moved.available,
            frozen: frozen + moved.frozen,
            created: self.schedule.time(index),
        };
        // As in the vendor's own example: a total of 0 beside points that can be spent.
        if !(self.quirks && index % 9 == 4) {
            account.reported_total = account.available + account.frozen;
        }
        defects::spoil_account(self.planted, &mut account);
        account
    }

    /// Available and frozen points of an account before its balances move.
    pub(crate) fn opening(&self, index: i64) -> (i64, i64) {
        let (available, frozen, _) = self.drawn(index);
        (available, frozen)
    }

    /// How the balances of an account move, if they do.
    pub(crate) fn moves(&self, index: i64) -> Option<Moves> {
        if !self.moving {
            return None;
        }
        let (_, _, draw) = self.drawn(index);
        Some(Moves::new(draw, self.start, self.schedule.time(index)))
    }

    /// Whether accounts and their log are as odd as in the vendor's own examples.
    pub(crate) fn quirks(&self) -> bool {
        self.quirks
    }

    fn drawn(&self, index: i64) -> (i64, i64, Draws) {
        let mut draw = self.draws.at(index);
        let available = if index % 11 == 10 { 0 } else { draw.below(5000) };
        let frozen = if index % 5 == 0 { 1 + draw.below(300) } else { 0 };
        (available, frozen, draw)
    }

    /// The accounts that have defects.
    pub(crate) fn defects(&self) -> impl Iterator<Item = &'static Planted> + use<> {
        self.planted.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::world::HOUR;

    const START: i64 = 1_790_000_000;

    fn accounts(scenario: Scenario) -> PointsAccounts {
        PointsAccounts::new(Draws::new(4), &Plan::of(scenario, 100), START, &[])
    }

    #[test]
    fn balances_move_one_step_at_a_time_and_are_never_negative() {
        let accounts = accounts(Scenario::Live);
        for index in [0, 10, 199, 205] {
            let created = accounts.get(index, START).created;
            let mut before = accounts.get(index, created);
            let mut changes = 0;
            for now in (created.max(START)..START + 20 * HOUR).step_by(60) {
                let account = accounts.get(index, now);
                assert!(account.available >= 0 && account.frozen >= 0);
                assert_eq!(account.reported_total, account.available + account.frozen);
                let key = |account: &Account| (account.available, account.frozen);
                changes += i64::from(key(&account) != key(&before));
                before = account;
            }
            assert!(changes > 12 * HOUR / 900, "{index}: {changes}");
        }
    }

    #[test]
    fn elsewhere_balances_stay() {
        let accounts = accounts(Scenario::Small);
        for index in 0..400 {
            let (first, later) = (accounts.get(index, START), accounts.get(index, START + HOUR));
            assert_eq!((first.available, first.frozen), (later.available, later.frozen));
            let sum = if index % 9 == 4 { 0 } else { first.available + first.frozen };
            assert_eq!(first.reported_total, sum);
        }
    }
}
