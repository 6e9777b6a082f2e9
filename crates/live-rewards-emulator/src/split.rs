//! How a red packet's amount is divided into shares.

use crate::seed::Draws;

/// Way of dividing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Split {
    /// Drawn shares.
    Lucky,
    /// Equal shares.
    Equal,
}

/// The shares one after the other: each at least 1 fen, all together exactly the amount.
///
/// Needs an amount of at least one fen a share, and for equal shares a multiple of their number.
#[derive(Clone, Debug)]
pub(crate) struct Shares {
    split: Split,
    amount: i64,
    remaining: i64,
    draws: Draws,
}

impl Shares {
    pub(crate) const fn new(split: Split, amount: i64, shares: i64, draws: Draws) -> Self {
        Self { split, amount, remaining: shares, draws }
    }
}

impl Iterator for Shares {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        let share = match (self.remaining, self.split) {
            (..=0, _) => return None,
            (1, _) => self.amount,
            (shares, Split::Equal) => self.amount / shares,
            // Up to twice the mean, so that at least 1 fen stays for everyone after.
            (shares, Split::Lucky) => 1 + self.draws.below(2 * self.amount / shares - 1),
        };
        self.amount -= share;
        self.remaining -= 1;
        Some(share)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let remaining = usize::try_from(self.remaining).unwrap_or(0);
        (remaining, Some(remaining))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_none_is_empty() {
        for (amount, count) in [(1, 1), (2, 2), (98, 2), (5, 5), (11, 10), (20_000, 250), (7, 3)] {
            for seed in 0..200 {
                let shares: Vec<i64> =
                    Shares::new(Split::Lucky, amount, count, Draws::new(seed)).collect();
                assert_eq!(i64::try_from(shares.len()), Ok(count));
                assert_eq!(shares.iter().sum::<i64>(), amount);
                assert!(shares.iter().all(|share| *share >= 1), "{shares:?}");
            }
        }
    }

    #[test]
    fn equal_shares_are_equal() {
        let shares: Vec<i64> = Shares::new(Split::Equal, 300, 3, Draws::new(1)).collect();
        assert_eq!(shares, [100, 100, 100]);
    }
}
