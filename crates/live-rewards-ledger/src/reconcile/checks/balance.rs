//! B3: the running balance.

use std::collections::BTreeMap;

use live_rewards_core::{Money, Timestamp};
use rusqlite::Connection;

use crate::{
    AccountId, LedgerError,
    reconcile::{
        Balance, BalanceRow, CheckCode, ClosingBalance, Evidence, FindingSubject,
        collector::{Collector, Draft},
        packet::{Packet, Verdict},
        words::words,
    },
};

/// Adds up days.
#[derive(Debug, Default)]
pub(super) struct Balances {
    accounts: BTreeMap<AccountId, Days>,
}

#[derive(Debug, Default)]
struct Days {
    days: BTreeMap<i64, Moves>,
    still_open: i64,
    refunded_unreported: i64,
    residue: i64,
    differences: i64,
}

#[derive(Debug, Default)]
struct Moves {
    issued: i64,
    claimed: i64,
    refunded: i64,
    fee: i64,
}

impl Balances {
    pub(super) fn add(
        &mut self,
        connection: &Connection,
        packet: &Packet,
    ) -> Result<(), LedgerError> {
        let of = self.accounts.entry(packet.account).or_default();
        let fee = match packet.verdict {
            Verdict::FeeInRefund => 0,
            _ => packet.fee.unwrap_or_default(),
        };
        let sent = of.days.entry(day(packet.created_at)).or_default();
        add(&mut sent.issued, packet.issued)?;
        add(&mut sent.fee, fee)?;
        if let Some((first, last)) = packet.claimed_at {
            if day(first) == day(last) {
                add(&mut of.days.entry(day(first)).or_default().claimed, packet.claimed)?;
            } else {
                let mut claimed = BTreeMap::new();
                packet.each_claim(connection, |claim| {
                    *claimed.entry(day(claim.at)).or_insert(0_i64) += claim.amount;
                })?;
                for (day, fen) in claimed {
                    add(&mut of.days.entry(day).or_default().claimed, fen)?;
                }
            }
        }
        let refunded = packet.refund.zip(packet.refunded_at);
        if let Some((fen, at)) = refunded {
            add(&mut of.days.entry(day(at)).or_default().refunded, fen)?;
        }
        let refunded = refunded.map_or(0, |(fen, _)| fen);
        add(&mut of.differences, packet.difference)?;
        let left = packet.issued - fee - packet.claimed - refunded - packet.difference;
        let part = match packet.verdict {
            Verdict::Residue => &mut of.residue,
            // A refund of which the amount is reported and the time is not, too.
            _ if packet.is_refunded => &mut of.refunded_unreported,
            _ => &mut of.still_open,
        };
        add(part, left)
    }

    pub(super) fn finish(self, found: &mut Collector) -> Result<Vec<Balance>, LedgerError> {
        let mut balances = Vec::new();
        for (account, of) in self.accounts {
            if found.vendor(account).is_none() {
                continue;
            }
            let mut days = Vec::with_capacity(of.days.len());
            let mut balance = 0;
            for (day, moves) in &of.days {
                let opening = balance;
                for change in [moves.issued, -moves.claimed, -moves.refunded, -moves.fee] {
                    add(&mut balance, change)?;
                }
                days.push(BalanceRow {
                    period: date(*day),
                    opening: Money::from_fen(opening),
                    issued: Money::from_fen(moves.issued),
                    claimed: Money::from_fen(moves.claimed),
                    refunded: Money::from_fen(moves.refunded),
                    fee: Money::from_fen(moves.fee),
                    closing: Money::from_fen(balance),
                });
            }
            let closing = ClosingBalance {
                still_open: Money::from_fen(of.still_open),
                refunded_unreported: Money::from_fen(of.refunded_unreported),
                residue: Money::from_fen(of.residue),
                differences: Money::from_fen(of.differences),
            };
            found.examined(account, CheckCode::B3, u64::try_from(days.len()).unwrap_or(u64::MAX));
            if closing.total() != Some(Money::from_fen(balance)) {
                found.find(unexplained(account, balance, &closing));
            }
            balances.push(Balance { account, days, closing });
        }
        Ok(balances)
    }
}

fn unexplained(account: AccountId, balance: i64, closing: &ClosingBalance) -> Draft {
    let explained = closing.total().unwrap_or_default();
    let yuan = Money::from_fen(balance);
    Draft {
        code: CheckCode::B3,
        account,
        room: None,
        subject: FindingSubject::new("red_packets", [], ""),
        amount_fen: balance.checked_sub(explained.fen()),
        points: None,
        mark: String::new(),
        text: words!(
            "the days leave {yuan} yuan, the red packets {explained}",
            "按日余额 {yuan} 元，按红包余额 {explained} 元"
        ),
        evidence: vec![
            Evidence::new("red_packets", [])
                .with("closing_fen", balance)
                .with("still_open_fen", closing.still_open.fen())
                .with("refunded_unreported_fen", closing.refunded_unreported.fen())
                .with("residue_fen", closing.residue.fen())
                .with("differences_fen", closing.differences.fen()),
        ],
    }
}

fn add(sum: &mut i64, more: i64) -> Result<(), LedgerError> {
    *sum = sum.checked_add(more).ok_or_else(|| {
        LedgerError::Sqlite("the sums of an account don't fit into 64 bits".into())
    })?;
    Ok(())
}

const DAY_MS: i64 = 86_400_000;
const CHINA_MS: i64 = 28_800_000;

/// Number of the day in China standard time, which is always eight hours before UTC.
fn day(ms: i64) -> i64 {
    ms.saturating_add(CHINA_MS).div_euclid(DAY_MS)
}

fn date(day: i64) -> String {
    let begin = day.saturating_mul(DAY_MS).saturating_sub(CHINA_MS);
    Timestamp::from_epoch_ms(begin).map_or_else(|| day.to_string(), Timestamp::to_china_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_16_00_utc() {
        // 2026-01-31T16:00:00Z
        let midnight = 1_769_875_200_000;
        assert_eq!(date(day(midnight)), "2026-02-01");
        assert_eq!(date(day(midnight - 1)), "2026-01-31");
    }
}
