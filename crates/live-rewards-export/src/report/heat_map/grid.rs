use live_rewards_core::Money;
use live_rewards_ledger::Day;

use crate::report::{calendar::Spans, numbers::yuan, text::Text};

/// What is missing and what is too much in a cell, in fen above 0. Both are there where they would hide each other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) is_used: bool,
    pub(crate) missing: i64,
    pub(crate) excess: i64,
}

/// The part of a cell that says that there is too much: all of it, or the lower half.
#[derive(Debug)]
pub(crate) struct Stripes {
    pub(crate) y: i64,
    pub(crate) height: i64,
}

/// Height of a cell, in pixels.
pub(crate) const CELL: i64 = 22;

/// A row a room.
pub(crate) fn summed(spans: &Spans, rooms: usize, values: &[(usize, Day, i64)]) -> Vec<Vec<Sums>> {
    let mut grid = vec![vec![Sums::default(); spans.len()]; rooms];
    for (room, day, fen) in values {
        let place = spans.index(*day).and_then(|index| grid.get_mut(*room)?.get_mut(index));
        if let Some(sums) = place {
            sums.is_used = true;
            sums.missing = sums.missing.saturating_add((*fen).max(0));
            sums.excess = sums.excess.saturating_add((*fen).min(0).saturating_neg());
        }
    }
    grid
}

impl Sums {
    pub(crate) fn size(self) -> i64 {
        self.missing.max(self.excess)
    }

    pub(crate) fn kind(self) -> &'static str {
        match (self.missing > 0, self.excess > 0) {
            (false, false) => "fine",
            (true, false) => "missing",
            (false, true) => "excess",
            (true, true) => "both",
        }
    }

    /// One of four, of which each is a few times the one before.
    pub(crate) fn shade(self, largest: i64) -> &'static str {
        match i128::from(self.size()) * 20 / i128::from(largest.max(1)) {
            10.. => "shade-4",
            4.. => "shade-3",
            1.. => "shade-2",
            _ => "shade-1",
        }
    }

    pub(crate) fn stripes(self, y: i64) -> Option<Stripes> {
        let half = if self.missing > 0 { CELL / 2 } else { 0 };
        (self.excess > 0).then_some(Stripes { y: y + half, height: CELL - half })
    }

    pub(crate) fn told(self, t: &Text) -> Option<String> {
        let some = |label: &str, fen: i64| {
            (fen > 0).then(|| format!("{label} {}", yuan(Money::from_fen(fen))))
        };
        let told: Vec<String> = [some(t.missing, self.missing), some(t.excess, self.excess)]
            .into_iter()
            .flatten()
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}
