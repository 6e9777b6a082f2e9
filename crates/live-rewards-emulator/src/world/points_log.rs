//! The points log: every change of the accounts, newest last.
//!
//! What came in less what went out is what an account has, frozen points included, at any instant.

use std::ops::Range;

use crate::calendar::{beijing_day, beijing_seconds};
use crate::seed::{Draws, Purpose};
use crate::world::DAY;
use crate::world::defects::{JUMP_POINTS, Planted};
use crate::world::points::PointsAccounts;
use crate::world::points_entry::{Entry, Filter, Kind};
use crate::world::points_moves::Moves;

/// Seconds between the entries that an account has before its balances move.
const DISTANCE: i64 = 9 * DAY + 7 * 3600;

/// All entries of the accounts of a vendor.
///
/// Before the start an account has up to three entries, at the same distances from its opening, so
/// that each of the three makes a list that is as regular as the accounts: what was earned, what was
/// spent of it, and what was frozen of it by every fifth account. What would lie ahead isn't listed,
/// and less was earned in its place. Then comes an entry for each [move](Moves).
#[derive(Clone, Copy, Debug)]
pub(crate) struct PointsLog {
    accounts: PointsAccounts,
    start: i64,
    draws: Draws,
    planted: &'static [Planted],
}

/// Number of the first move's entry; those before it are one of each kind.
const MOVES: i64 = 3;

impl PointsLog {
    pub(crate) fn new(
        accounts: PointsAccounts,
        draws: Draws,
        start: i64,
        planted: &'static [Planted],
    ) -> Self {
        Self { accounts, start, draws: draws.of(Purpose::Entry), planted }
    }

    /// Number of entries in a range of seconds, of those that exist at `now`.
    pub(crate) fn count(&self, range: &Range<i64>, filter: Filter, now: i64) -> i64 {
        let range = come(range, now);
        let first = Kind::ALL.iter().map(|kind| {
            let places = self.first_in(&range, filter, *kind, now);
            places.end - places.start
        });
        let moves = self.moving_until(range.end, filter).map(|(_, moves)| {
            let made = made(&moves, &range);
            match filter.kind {
                None => made.end - made.start,
                Some(kind) => kind.step().among(made.end) - kind.step().among(made.start),
            }
        });
        first.sum::<i64>() + moves.sum::<i64>()
    }

    /// The entries in a range of seconds, of those that exist at `now`, in the order of time.
    pub(crate) fn entries(&self, range: &Range<i64>, filter: Filter, now: i64) -> Vec<Entry> {
        let range = come(range, now);
        let mut entries = Vec::new();
        for kind in Kind::ALL {
            let places = self.first_in(&range, filter, kind, now);
            entries.extend(places.map(|place| {
                let account = filter.account.unwrap_or(place * stride(kind));
                self.first(account, kind, now)
            }));
        }
        for (account, moves) in self.moving_until(range.end, filter) {
            let made = made(&moves, &range).map(|number| self.moved(account, &moves, number));
            entries.extend(made.filter(|entry| filter.takes(entry.kind)));
        }
        entries.sort_unstable_by_key(Entry::place);
        entries
    }

    /// What an account has at an instant, as its entries say that exist at `now`.
    pub(crate) fn balance(&self, account: i64, at: i64, now: i64) -> i64 {
        let spent = self.first_at(account, Kind::Spent);
        let is_ahead = spent > at && spent <= self.horizon(now);
        let sum = self.accounts.moves(account).map(|moves| moves.sum(moves.until(at)));
        self.settled(account)
            + if is_ahead { self.stake(account) } else { 0 }
            + sum.map_or(0, |moved| moved.available + moved.frozen)
    }

    /// The days in Beijing on which an account may have entries of a kind, each with their number and
    /// sum, of those that exist at `now`. A day may come twice.
    pub(crate) fn days(
        &self,
        account: i64,
        kind: Kind,
        now: i64,
    ) -> impl Iterator<Item = (i64, i64, i64)> {
        let listed = self.first_in(&(0..i64::MAX), Filter::of(account), kind, now);
        let first = (!listed.is_empty()).then(|| self.first(account, kind, now));
        let first = first.map(|entry| (beijing_day(entry.at), 1, entry.count));
        let moves = self.accounts.moves(account).filter(|moves| moves.until(now) > 0);
        let by_day = moves.into_iter().flat_map(move |moves| {
            let days = beijing_day(moves.at(0))..=beijing_day(now);
            days.filter_map(move |day| {
                let made = made(&moves, &come(&beijing_seconds(day), now));
                let count = kind.step().among(made.end) - kind.step().among(made.start);
                (count > 0).then(|| (day, count, count * moves.points(kind.step())))
            })
        });
        first.into_iter().chain(by_day)
    }

    /// The entries that have defects, each with its account and the defect.
    pub(crate) fn defects(
        &self,
        now: i64,
    ) -> impl Iterator<Item = (&'static Planted, Option<Entry>)> {
        self.planted.iter().map(move |planted| {
            (planted, self.entries(&(0..i64::MAX), Filter::of(planted.index), now).pop())
        })
    }

    /// Places, in the list of the first entries of a kind, of those in a range of seconds.
    fn first_in(&self, range: &Range<i64>, filter: Filter, kind: Kind, now: i64) -> Range<i64> {
        if !filter.takes(kind) {
            return 0..0;
        }
        let last = if kind == Kind::Earned { now } else { self.horizon(now) };
        let opened = |end: i64| {
            let last = end.saturating_sub(1).min(last) - kind.number() * DISTANCE;
            self.accounts.schedule().count_until(last)
        };
        let (opened, stride) = (opened(range.start)..opened(range.end), stride(kind));
        match filter.account {
            Some(account) => 0..i64::from(account % stride == 0 && opened.contains(&account)),
            None => places(opened.start, stride)..places(opened.end, stride),
        }
    }

    /// Instant of the first entry of a kind.
    fn first_at(&self, account: i64, kind: Kind) -> i64 {
        self.accounts.schedule().time(account) + kind.number() * DISTANCE
    }

    /// The first entry of a kind.
    fn first(&self, account: i64, kind: Kind, now: i64) -> Entry {
        let at = self.first_at(account, kind);
        let settled = self.settled(account);
        let (count, mut balance) = match kind {
            Kind::Earned => {
                let earned = self.balance(account, at, now);
                (earned, earned)
            }
            Kind::Spent => (self.stake(account), settled),
            Kind::Frozen => (self.accounts.opening(account).1, settled),
        };
        let is_last = kind == Kind::Spent && account % stride(Kind::Frozen) != 0;
        if is_last && self.planted.iter().any(|planted| planted.index == account) {
            balance += JUMP_POINTS;
        }
        Entry { at, account, number: kind.number(), kind, count, balance }
    }

    fn moved(&self, account: i64, moves: &Moves, number: i64) -> Entry {
        let (step, count) = moves.get(number);
        let sum = moves.sum(number + 1);
        let balance = self.settled(account) + sum.available + sum.frozen;
        let (at, kind) = (moves.at(number), Kind::of(step));
        Entry { at, account, number: MOVES + number, kind, count, balance }
    }

    /// What an account has when its first entries are made.
    fn settled(&self, account: i64) -> i64 {
        let (available, frozen) = self.accounts.opening(account);
        available + frozen
    }

    /// What was earned in the first entry and spent in the second.
    fn stake(&self, account: i64) -> i64 {
        1 + self.draws.at(account).below(400)
    }

    /// Instant up to which second and third entries are listed.
    fn horizon(&self, now: i64) -> i64 {
        now.min(self.start)
    }

    /// The accounts opened before an instant whose balances move.
    fn moving_until(&self, end: i64, filter: Filter) -> impl Iterator<Item = (i64, Moves)> {
        let opened = 0..self.accounts.schedule().count_until(end.saturating_sub(1));
        let accounts = match filter.account {
            Some(account) if opened.contains(&account) => account..account + 1,
            Some(_) => 0..0,
            None => opened,
        };
        accounts.map_while(move |account| Some((account, self.accounts.moves(account)?)))
    }
}

/// Every so many accounts have a first entry of a kind.
const fn stride(kind: Kind) -> i64 {
    match kind {
        Kind::Frozen => 5,
        Kind::Earned | Kind::Spent => 1,
    }
}

/// How many of the first so many accounts are those of a stride.
const fn places(accounts: i64, stride: i64) -> i64 {
    (accounts + stride - 1) / stride
}

/// The part of a range of seconds that has come by `now`.
fn come(range: &Range<i64>, now: i64) -> Range<i64> {
    let end = range.end.min(now.saturating_add(1));
    range.start.min(end)..end
}

/// Numbers of the moves made in a range of seconds.
fn made(moves: &Moves, range: &Range<i64>) -> Range<i64> {
    let by = |second: i64| moves.until(second.saturating_sub(1));
    by(range.start)..by(range.end)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::scenario::Scenario;
    use crate::world::HOUR;
    use crate::world::defects;
    use crate::world::plan::Plan;
    use crate::world::points_entry::newest_first;

    const START: i64 = 1_790_000_000;
    const EVER: Range<i64> = 0..i64::MAX;

    fn log(scenario: Scenario) -> PointsLog {
        let (plan, draws) = (Plan::of(scenario, 5000), Draws::new(4));
        let planted = plan.planted(defects::XIAOE_ENTRIES);
        PointsLog::new(PointsAccounts::new(draws, &plan, START, &[]), draws, START, planted)
    }

    /// Instants before the start, at it and after it.
    const INSTANTS: [i64; 4] = [START - 100 * DAY, START - 5, START + 2 * HOUR, START + 40 * HOUR];

    /// Numbers and sums by day.
    fn by_day(days: impl Iterator<Item = (i64, i64, i64)>) -> BTreeMap<i64, (i64, i64)> {
        let mut sums = BTreeMap::new();
        for (day, count, sum) in days {
            let (counted, added) = sums.entry(day).or_insert((0, 0));
            *counted += count;
            *added += sum;
        }
        sums
    }

    #[test]
    fn entries_add_up_to_the_balances_at_any_instant() {
        for scenario in [Scenario::Tiny, Scenario::Live] {
            let log = log(scenario);
            for now in INSTANTS {
                for account in 0..log.accounts.schedule().count_until(now).min(230) {
                    let balances = log.accounts.get(account, now);
                    let entries = log.entries(&EVER, Filter::of(account), now);
                    let mut balance = 0;
                    for entry in &entries {
                        balance += match entry.kind {
                            Kind::Earned => entry.count,
                            Kind::Spent => -entry.count,
                            Kind::Frozen => 0,
                        };
                        assert_eq!(entry.balance, balance, "{entry:?}");
                        assert_eq!(log.balance(account, entry.at, now), balance);
                        assert!(entry.at <= now && entry.count >= 0);
                    }
                    assert_eq!(balance, balances.available + balances.frozen);
                    for kind in Kind::ALL {
                        let of_kind = entries.iter().filter(|entry| entry.kind == kind);
                        let of_kind = of_kind.map(|entry| (beijing_day(entry.at), 1, entry.count));
                        assert_eq!(by_day(log.days(account, kind, now)), by_day(of_kind));
                    }
                }
            }
        }
    }

    #[test]
    fn pages_are_those_of_a_sorted_list() {
        for (scenario, now, sizes) in [
            (Scenario::Tiny, START, &[1, 7, 1000][..]),
            (Scenario::Small, START - 50 * DAY, &[97]),
            (Scenario::Live, START + HOUR / 2, &[97]),
        ] {
            let log = log(scenario);
            let kinds = Kind::ALL.map(Some).into_iter().chain([None]);
            for filter in kinds
                .flat_map(|kind| [None, Some(0), Some(7)].map(|account| Filter { account, kind }))
            {
                let range = START - 90 * DAY..START + HOUR;
                let mut sorted = log.entries(&EVER, Filter::default(), now);
                sorted.retain(|entry| {
                    range.contains(&entry.at)
                        && filter.takes(entry.kind)
                        && filter.account.is_none_or(|account| account == entry.account)
                });
                sorted.reverse();
                let total = log.count(&range, filter, now);
                assert_eq!(total, i64::try_from(sorted.len()).unwrap());
                for &size in sizes {
                    let pages = (0..total).step_by(usize::try_from(size).unwrap());
                    let pages = pages.flat_map(|first| {
                        newest_first(
                            &range,
                            &(first..(first + size).min(total)),
                            |part| log.count(part, filter, now),
                            |part| log.entries(part, filter, now),
                        )
                    });
                    assert!(pages.eq(sorted.iter().copied()), "{scenario:?} {filter:?} {size}");
                }
            }
        }
    }

    #[test]
    fn one_entry_jumps_where_defects_are_planted() {
        let log = log(Scenario::Defects);
        let entries = log.entries(&EVER, Filter::default(), START);
        let wrong = entries
            .iter()
            .filter(|entry| entry.balance != log.balance(entry.account, entry.at, START));
        let planted: Vec<Entry> = log.defects(START).filter_map(|(_, entry)| entry).collect();
        assert!(wrong.eq(&planted));
        assert_eq!((planted.len(), planted[0].account), (1, defects::XIAOE_ENTRIES[0].index));
    }
}
