//! Points accounts in the order of a balance.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::parameters::Parameters;
use crate::reply::Refusal;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse};
use crate::world::points::Account;
use crate::world::timeline::overlap;

/// Balance to sort by, and the direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    balance: fn(&Account) -> i64,
    descending: bool,
}

impl Order {
    /// The order that a call asks for; `None` where it asks for none.
    pub(super) fn asked_for(parameters: &Parameters) -> Result<Option<Self>, Refusal> {
        let Some(rule) = parameters.integer("sort_rule") else {
            return Ok(None);
        };
        let balance: fn(&Account) -> i64 = match rule {
            11 | 12 => |account| account.reported_total,
            21 | 22 => |account| account.available,
            31 | 32 => |account| account.frozen,
            _ => {
                let refusal = refuse(INVALID_PARAMETER, "sort_rule is unknown");
                return Err(refusal.parameter("sort_rule"));
            }
        };
        Ok(Some(Self { balance, descending: rule % 10 == 1 }))
    }

    /// The accounts at these positions of the order; among equals, those that come first here.
    ///
    /// Goes through all accounts twice and keeps a counter for each balance and the accounts of the
    /// page, however many there are.
    pub(super) fn select<I: Iterator<Item = Account>>(
        self,
        accounts: impl Fn() -> I,
        positions: &Range<i64>,
    ) -> Vec<Account> {
        let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
        for account in accounts() {
            *counts.entry(self.rank(&account)).or_default() += 1;
        }
        // Of each balance on the page: which of the accounts that have it.
        let mut wanted = BTreeMap::new();
        let mut first = 0;
        for (rank, count) in counts {
            let here = overlap(&(first..first + count), positions);
            if !here.is_empty() {
                wanted.insert(rank, (here.start - first..here.end - first, 0_i64));
            }
            first += count;
        }
        let mut page = Vec::new();
        for account in accounts() {
            if let Some((places, seen)) = wanted.get_mut(&self.rank(&account)) {
                if places.contains(seen) {
                    page.push(account);
                }
                *seen += 1;
            }
        }
        page.sort_by_key(|account| self.rank(account));
        page
    }

    fn rank(self, account: &Account) -> i64 {
        let balance = (self.balance)(account);
        if self.descending { -balance } else { balance }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;

    fn accounts() -> impl Iterator<Item = Account> {
        (0..50).rev().map(|index| Account {
            index,
            reported_total: 0,
            available: index * 7 % 5,
            frozen: 0,
            created: 0,
        })
    }

    #[test]
    fn pages_are_those_of_a_sorted_list() {
        for descending in [false, true] {
            let order = Order { balance: |account| account.available, descending };
            let mut sorted: Vec<Account> = accounts().collect();
            sorted.sort_by_key(|account| (order.rank(account), Reverse(account.index)));
            for size in [1, 7, 50] {
                let pages = (0..50).step_by(size).flat_map(|first: i64| {
                    let end = (first + i64::try_from(size).unwrap()).min(50);
                    order.select(accounts, &(first..end))
                });
                let indexes: Vec<i64> = pages.map(|account| account.index).collect();
                assert!(indexes.iter().eq(sorted.iter().map(|account| &account.index)));
            }
        }
    }
}
