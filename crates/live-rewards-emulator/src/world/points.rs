//! Points accounts, in the order in which people first earned points.

use crate::seed::{Draws, Purpose};
use crate::world::timeline::Schedule;

/// Days before the start in which accounts were opened.
const DAYS: i64 = 400;

/// All points accounts of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PointsAccounts {
    draws: Draws,
    schedule: Schedule,
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
    pub(crate) fn new(draws: Draws, start: i64, count: i64) -> Self {
        let draws = draws.of(Purpose::Account);
        Self {
            draws,
            schedule: Schedule::new(draws, start, DAYS, count),
        }
    }

    /// Instants at which the accounts were opened.
    pub(crate) fn schedule(&self) -> Schedule {
        self.schedule
    }

    /// The account at an index of the schedule.
    pub(crate) fn get(&self, index: i64) -> Account {
        let mut draw = self.draws.at(index);
        let available = if index % 11 == 10 {
            0
        } else {
            draw.below(5000)
        };
        let frozen = if index % 5 == 0 { draw.below(300) } else { 0 };
        Account {
            index,
            // As in the vendor's own example: a total of 0 beside points that can be spent.
            reported_total: if index % 9 == 4 {
                0
            } else {
                available + frozen
            },
            available,
            frozen,
            created: self.schedule.time(index),
        }
    }
}
