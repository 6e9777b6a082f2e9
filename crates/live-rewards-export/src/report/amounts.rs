use askama::Template;
use live_rewards_core::Money;
use live_rewards_ledger::{ClaimAmounts, PacketSums};

use super::{
    numbers::{count, share, short_yuan, whole, yuan},
    svg::{Bars, Item},
    text::Text,
};

/// How many claims are of which size.
#[derive(Debug, Template)]
#[template(path = "report/amounts.html", whitespace = "minimize")]
pub(super) struct Amounts {
    t: &'static Text,
    lede: String,
    /// Names and values in a few words; nothing where there are no claims.
    facts: Vec<(&'static str, String)>,
    bars: Bars,
    description: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    range: String,
    claims: String,
    share: String,
}

/// Claims from an amount up to before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    from: i64,
    to: Option<i64>,
    claims: u64,
}

impl Amounts {
    /// Nothing if there are neither red packets nor claims.
    pub(super) fn new(t: &'static Text, sums: &PacketSums, amounts: &ClaimAmounts) -> Option<Self> {
        if sums.packets == 0 && amounts.claims == 0 {
            return None;
        }
        let facts = if amounts.claims == 0 {
            Vec::new()
        } else {
            vec![
                (t.claims, count(amounts.claims)),
                (t.total, yuan(amounts.total)),
                (t.smallest, yuan(amounts.smallest)),
                (t.median, yuan(amounts.median)),
                (t.largest, yuan(amounts.largest)),
            ]
        };
        let buckets: Vec<Bucket> = amounts
            .buckets
            .iter()
            .map(|bucket| Bucket {
                from: bucket.from.fen(),
                to: bucket.to.map(Money::fen),
                claims: bucket.claims,
            })
            .collect();
        let buckets = within(&buckets);
        let median = amounts.median.fen();
        let names: Vec<String> = buckets.iter().map(|bucket| bucket.name(t)).collect();
        let told: Vec<(String, String)> = names
            .iter()
            .zip(buckets)
            .map(|(name, bucket)| (name.clone(), count(bucket.claims)))
            .collect();
        let rows = names
            .iter()
            .zip(buckets)
            .map(|(name, bucket)| Row {
                range: name.clone(),
                claims: count(bucket.claims),
                share: share(whole(bucket.claims), whole(amounts.claims)).unwrap_or_default(),
            })
            .collect();
        let items = names.into_iter().zip(buckets).map(|(name, bucket)| {
            let is_median = bucket.holds(median);
            Item {
                label: if is_median { t.with_median(&name) } else { name },
                amount: count(bucket.claims),
                class: if is_median { "claimed strong" } else { "claimed" },
                from: 0,
                to: whole(bucket.claims),
            }
        });
        Some(Self {
            t,
            lede: t.amounts_lede(&yuan(amounts.median)),
            facts,
            bars: Bars::of(items.collect()),
            description: t.list_of(&told),
            rows,
        })
    }
}

/// Without the empty ones at both ends.
fn within(buckets: &[Bucket]) -> &[Bucket] {
    let first = buckets.iter().position(|bucket| bucket.claims > 0);
    let last = buckets.iter().rposition(|bucket| bucket.claims > 0);
    match (first, last) {
        (Some(first), Some(last)) => buckets.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}

impl Bucket {
    fn holds(self, fen: i64) -> bool {
        self.from <= fen && self.to.is_none_or(|to| fen < to)
    }

    fn name(self, t: &Text) -> String {
        let last = self.to.map(|to| short_yuan(i128::from(to) - 1));
        t.between(&short_yuan(self.from.into()), last.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_ledger::Language;

    use super::*;
    use crate::report::text::of;

    fn bucket(from: i64, to: Option<i64>, claims: u64) -> Bucket {
        Bucket { from, to, claims }
    }

    #[test]
    fn sizes_that_nobody_got_stay_away_at_the_ends_only() {
        let some = [0, 3, 0, 5, 0].map(|claims| bucket(1, None, claims));
        assert_eq!(within(&some).iter().map(|one| one.claims).collect::<Vec<_>>(), [3, 0, 5]);
        assert!(within(&[bucket(1, None, 0)]).is_empty());
    }

    #[test]
    fn sizes_are_told_to_the_last_fen() {
        let t = of(Language::English);
        assert_eq!(bucket(10, Some(50), 0).name(t), "¥0.10 – ¥0.49");
        assert_eq!(bucket(1, Some(2), 0).name(t), "¥0.01");
        assert_eq!(bucket(20_000, None, 0).name(t), "¥200 and more");
        assert!(bucket(10, Some(50), 0).holds(10));
        assert!(!bucket(10, Some(50), 0).holds(50));
        assert!(bucket(10, None, 0).holds(i64::MAX));
    }
}
