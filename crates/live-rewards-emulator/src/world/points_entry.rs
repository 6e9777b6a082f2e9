//! Entries of the points log, and pages of them.

use std::ops::Range;

use crate::world::points_moves::Move;
use crate::world::search::count_before;

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) at: i64,
    /// Index of the account.
    pub(crate) account: i64,
    /// Number within the account.
    pub(crate) number: i64,
    pub(crate) kind: Kind,
    /// Points that changed.
    pub(crate) count: i64,
    /// What the account has then, frozen points included.
    pub(crate) balance: i64,
}

/// Which way points went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Earned,
    Spent,
    /// Held back: the balance stays.
    Frozen,
}

/// Which entries are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) account: Option<i64>,
    pub(crate) kind: Option<Kind>,
}

impl Kind {
    /// In the order of the entries before the moves.
    pub(crate) const ALL: [Self; 3] = [Self::Earned, Self::Spent, Self::Frozen];

    /// The vendor's number.
    pub(crate) const fn label(self) -> u8 {
        match self {
            Self::Earned => 1,
            Self::Spent => 2,
            Self::Frozen => 3,
        }
    }

    /// Number of its entry before the moves.
    pub(super) const fn number(self) -> i64 {
        match self {
            Self::Earned => 0,
            Self::Spent => 1,
            Self::Frozen => 2,
        }
    }

    pub(super) const fn of(step: Move) -> Self {
        match step {
            Move::Earn => Self::Earned,
            Move::Spend => Self::Spent,
            Move::Freeze => Self::Frozen,
        }
    }

    pub(super) const fn step(self) -> Move {
        match self {
            Self::Earned => Move::Earn,
            Self::Spent => Move::Spend,
            Self::Frozen => Move::Freeze,
        }
    }
}

impl Filter {
    /// Those of one account.
    pub(crate) const fn of(account: i64) -> Self {
        Self { account: Some(account), kind: None }
    }

    pub(crate) fn takes(self, kind: Kind) -> bool {
        self.kind.is_none_or(|asked| asked == kind)
    }
}

impl Entry {
    /// What entries are in the order of.
    pub(crate) fn place(&self) -> (i64, i64, i64) {
        (self.at, self.account, self.number)
    }
}

/// The entries at these positions of a range of seconds, counted from the newest. `count` and
/// `entries` are those of any part of the range.
pub(crate) fn newest_first(
    range: &Range<i64>,
    positions: &Range<i64>,
    count: impl Fn(&Range<i64>) -> i64,
    entries: impl Fn(&Range<i64>) -> Vec<Entry>,
) -> Vec<Entry> {
    if positions.is_empty() {
        return Vec::new();
    }
    let total = count(range);
    // The same positions, counted from the oldest.
    let (first, end) = (total - positions.end, total - positions.start);
    let before = |second: i64| count(&(range.start..range.start + second));
    let seconds = range.end - range.start;
    let from = count_before(seconds, |second| before(second + 1) <= first);
    let to = count_before(seconds, |second| before(second) < end);
    let within = entries(&(range.start + from..range.start + to));
    let skipped = usize::try_from(first - before(from)).unwrap_or(0);
    let taken = usize::try_from(end - first).unwrap_or(0);
    let mut page: Vec<Entry> = within.into_iter().skip(skipped).take(taken).collect();
    page.reverse();
    page
}
