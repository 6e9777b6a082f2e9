use std::io::Read;

use live_rewards_core::Timestamp;
use rusqlite::{Transaction, TransactionBehavior};

use super::{
    BankError, BankFile, BankOptions, BankReport,
    load::{self, Loaded},
    rows, steps,
};
use crate::Ledger;

impl Ledger {
    /// Matches the money movements of the ledger with the lines of bank files, which are read as one.
    ///
    /// What names the same order belongs together: first what has the same amount, then what is the only one of that order and direction on
    /// both sides. The rest is matched by direction, amount and Beijing day, first within the day, then over `day_slack` days, and only what
    /// can belong to nothing else. What could belong to several is [`Suspended`](super::BankClass::Suspended), and so is a movement whose line
    /// may be in a file of the time before or after. A line of an order that the ledger knows is never matched with another order.
    ///
    /// A line whose own number, time, direction and amount were there before counts once. [`BankFile::warnings`] says afterwards what makes a
    /// file doubtful.
    ///
    /// Nothing is written but temporary tables, which the report reads.
    pub fn match_bank<R: Read>(
        &mut self,
        files: &mut [BankFile<R>],
        options: &BankOptions,
    ) -> Result<BankReport, BankError> {
        // All steps see the same state of the ledger.
        let transaction =
            Transaction::new_unchecked(self.connection(), TransactionBehavior::Deferred)?;
        let Loaded { serial, coverage, left_out } = load::load(&transaction, files, options)?;
        let at_edge = steps::pair(&transaction, options, &coverage)?;
        let is_any = coverage.from < coverage.until;
        let [from, until] = [coverage.from, coverage.until]
            .map(|ms| Timestamp::from_epoch_ms(ms).filter(|_| is_any));
        let tolerance_fen = options.tolerance_fen.max(0);
        let report = BankReport {
            serial,
            tolerance_fen,
            from,
            until,
            totals: rows::totals(&transaction, tolerance_fen)?,
            left_out,
            unknown_refunds: load::unknown_refunds(&transaction, options, &coverage)?,
            at_edge,
        };
        transaction.commit()?;
        Ok(report)
    }
}

#[cfg(test)]
mod tests;
