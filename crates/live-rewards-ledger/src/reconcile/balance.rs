use live_rewards_core::Money;

use crate::AccountId;

/// The red packets of an account as a running balance. Claims and refunds count on their own day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Balance {
    /// The account.
    pub account: AccountId,
    /// The days on which something moved, in China standard time, in their order.
    pub days: Vec<BalanceRow>,
    /// What the balance consists of after the last of them.
    pub closing: ClosingBalance,
}

/// A day or a month of a running balance: `closing = opening + issued − claimed − refunded − fee`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BalanceRow {
    /// The day as `yyyy-MM-dd`, or the month as `yyyy-MM`.
    pub period: String,
    /// What was in red packets before.
    pub opening: Money,
    /// Paid in.
    pub issued: Money,
    /// Claimed.
    pub claimed: Money,
    /// Refunded, as far as the vendor reports amount and time.
    pub refunded: Money,
    /// The vendor's fee, on the day of the red packet; nothing where a refund has it in it.
    pub fee: Money,
    /// What is in red packets after.
    pub closing: Money,
}

/// What the last balance consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClosingBalance {
    /// Neither claimed nor refunded.
    pub still_open: Money,
    /// Refunded, the vendor says, without saying how much and when: what is left of those red packets. This is worked out and proves
    /// nothing.
    pub refunded_unreported: Money,
    /// What equal shares leave over.
    pub residue: Money,
    /// What nothing accounts for: less than nothing where there is too much.
    pub differences: Money,
}

impl Balance {
    /// The months, from the days.
    pub fn months(&self) -> Vec<BalanceRow> {
        let mut months: Vec<BalanceRow> = Vec::new();
        for day in &self.days {
            let period = day.period.get(..7).unwrap_or(&day.period);
            match months.last_mut().filter(|month| month.period == period) {
                Some(month) => {
                    for (sum, more) in [
                        (&mut month.issued, day.issued),
                        (&mut month.claimed, day.claimed),
                        (&mut month.refunded, day.refunded),
                        (&mut month.fee, day.fee),
                    ] {
                        *sum = sum.checked_add(more).unwrap_or(*sum);
                    }
                    month.closing = day.closing;
                }
                None => months.push(BalanceRow { period: period.to_owned(), ..day.clone() }),
            }
        }
        months
    }
}

impl ClosingBalance {
    /// All of it.
    pub fn total(&self) -> Option<Money> {
        Money::checked_sum([
            self.still_open,
            self.refunded_unreported,
            self.residue,
            self.differences,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_days_added_up() {
        let fen = Money::from_fen;
        let row = |period: &str, opening, issued, closing| BalanceRow {
            period: period.to_owned(),
            opening: fen(opening),
            issued: fen(issued),
            claimed: fen(0),
            refunded: fen(0),
            fee: fen(0),
            closing: fen(closing),
        };
        let balance = Balance {
            account: AccountId(1),
            days: vec![
                row("2026-01-30", 0, 5, 5),
                row("2026-01-31", 5, 2, 7),
                row("2026-02-01", 7, 1, 8),
            ],
            closing: ClosingBalance::default(),
        };
        assert_eq!(balance.months(), [row("2026-01", 0, 7, 7), row("2026-02", 7, 1, 8)]);
    }
}
