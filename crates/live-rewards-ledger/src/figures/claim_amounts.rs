use live_rewards_core::Money;

use crate::{Ledger, LedgerError, Selection, sqlite::Columns};

/// How large claims are. Where there are none, all is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimAmounts {
    /// How many there are.
    pub claims: u64,
    /// What they come to.
    pub total: Money,
    /// The smallest.
    pub smallest: Money,
    /// The one in the middle; of two in the middle, the smaller.
    pub median: Money,
    /// The largest.
    pub largest: Money,
    /// Claims by their size, the smallest first. All claims are in them; one without claims is there, too.
    pub buckets: Vec<AmountBucket>,
}

/// Claims of an amount in `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AmountBucket {
    /// From this amount on.
    pub from: Money,
    /// Below this amount; nothing for the largest.
    pub to: Option<Money>,
    /// How many claims there are.
    pub claims: u64,
    /// What they come to.
    pub total: Money,
}

/// Where buckets begin, in fen.
const EDGES: [i64; 9] = [1, 10, 50, 100, 200, 500, 1000, 5000, 20_000];

impl Ledger {
    /// How large the claims are that were made in a time. Memory grows with the number of different amounts.
    pub fn claim_amounts(&self, selection: &Selection) -> Result<ClaimAmounts, LedgerError> {
        let condition = selection.condition(Some("claimed_at"));
        let sql = format!(
            "SELECT amount_fen, COUNT(*) FROM claims AS t WHERE {}
             GROUP BY amount_fen ORDER BY amount_fen",
            condition.sql
        );
        let mut amounts = Vec::new();
        condition.each(self.connection(), &sql, |row| -> Result<(), LedgerError> {
            amounts.push((Money::from_fen(row.get(0)?), row.count(1)?));
            Ok(())
        })?;
        ClaimAmounts::of(&amounts).ok_or(LedgerError::Overflow)
    }
}

impl ClaimAmounts {
    /// From amounts in their order, and how many claims are of each. Nothing if a sum overflows.
    fn of(amounts: &[(Money, u64)]) -> Option<Self> {
        let smallest = amounts.first().map(|(amount, _)| *amount);
        let largest = amounts.last().map(|(amount, _)| *amount);
        let mut found = Self {
            smallest: smallest.unwrap_or_default(),
            largest: largest.unwrap_or_default(),
            buckets: buckets(smallest),
            ..Self::default()
        };
        for (amount, claims) in amounts {
            let money = amount.checked_mul(i64::try_from(*claims).ok()?)?;
            found.claims = found.claims.checked_add(*claims)?;
            found.total = found.total.checked_add(money)?;
            let bucket = found.buckets.iter_mut().rfind(|bucket| bucket.from <= *amount)?;
            bucket.claims = bucket.claims.checked_add(*claims)?;
            bucket.total = bucket.total.checked_add(money)?;
        }
        let mut left = found.claims.div_ceil(2);
        for (amount, claims) in amounts {
            if left <= *claims {
                found.median = *amount;
                break;
            }
            left -= claims;
        }
        Some(found)
    }
}

/// Empty buckets. Only where a claim is of less than a fen is there one below.
fn buckets(smallest: Option<Money>) -> Vec<AmountBucket> {
    let edges = EDGES.into_iter().map(Money::from_fen);
    let below = smallest.filter(|smallest| smallest.fen() < 1);
    let edges: Vec<Money> = below.into_iter().chain(edges).collect();
    let ends = edges.iter().skip(1).copied().map(Some).chain([None]);
    let bucket = |(from, to)| AmountBucket { from, to, claims: 0, total: Money::ZERO };
    edges.iter().copied().zip(ends).map(bucket).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_util::fen;

    fn of(amounts: &[(i64, u64)]) -> ClaimAmounts {
        let amounts: Vec<_> =
            amounts.iter().map(|(amount, claims)| (fen(*amount), *claims)).collect();
        ClaimAmounts::of(&amounts).unwrap()
    }

    /// Begin, claims and total of the buckets that have any.
    fn filled(amounts: &ClaimAmounts) -> Vec<(i64, u64, i64)> {
        let filled = amounts.buckets.iter().filter(|bucket| bucket.claims > 0);
        filled.map(|bucket| (bucket.from.fen(), bucket.claims, bucket.total.fen())).collect()
    }

    #[test]
    fn the_median_is_one_of_the_amounts() {
        let cases: [(&[(i64, u64)], i64); 6] = [
            (&[], 0),
            (&[(5, 1)], 5),
            (&[(5, 1), (7, 1)], 5),
            (&[(5, 1), (7, 2)], 7),
            (&[(5, 2), (7, 2)], 5),
            (&[(1, 1), (2, 1), (900, 3)], 900),
        ];
        for (amounts, median) in cases {
            assert_eq!(of(amounts).median, fen(median), "{amounts:?}");
        }
    }

    #[test]
    fn each_claim_is_in_one_bucket() {
        let amounts = of(&[(1, 3), (9, 1), (10, 2), (199, 1), (200, 1), (19_999, 1), (20_000, 4)]);
        assert_eq!(
            filled(&amounts),
            [
                (1, 4, 12),
                (10, 2, 20),
                (100, 1, 199),
                (200, 1, 200),
                (5000, 1, 19_999),
                (20_000, 4, 80_000)
            ]
        );
        assert_eq!((amounts.claims, amounts.total), (13, fen(100_430)));
        assert_eq!((amounts.smallest, amounts.largest), (fen(1), fen(20_000)));
        assert_eq!(amounts.buckets.len(), 9);
        assert_eq!(amounts.buckets.last().map(|bucket| bucket.to), Some(None));
    }

    #[test]
    fn claims_of_nothing_or_less_have_a_bucket_of_their_own() {
        assert_eq!(filled(&of(&[(0, 2), (1, 1)])), [(0, 2, 0), (1, 1, 1)]);
        assert_eq!(filled(&of(&[(-5, 1), (0, 2), (1, 1)])), [(-5, 3, -5), (1, 1, 1)]);
    }

    #[test]
    fn sums_that_do_not_fit_are_none() {
        assert_eq!(ClaimAmounts::of(&[(fen(i64::MAX), 2)]), None);
        assert_eq!(ClaimAmounts::of(&[(fen(1), 1), (fen(i64::MAX), 1)]), None);
    }
}
