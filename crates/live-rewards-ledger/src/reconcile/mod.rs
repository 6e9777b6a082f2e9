//! Whether the money adds up: checks over what the ledger holds.

mod balance;
mod catalogue;
mod checks;
mod code;
mod collector;
mod document;
mod finding;
mod load;
mod options;
mod outcome;
mod packet;
mod readings;
mod store;
#[cfg(test)]
mod tests;

use live_rewards_core::Timestamp;
use rusqlite::{Transaction, TransactionBehavior};

use self::{collector::Collector, readings::Readings};
use crate::{AccountId, Ledger, LedgerError, Words, words};

pub use balance::{Balance, BalanceRow, ClosingBalance};
pub use catalogue::{CHECKS, Check, CheckStrength, CheckSupport};
pub use code::{CheckCode, Severity, UnknownCheck};
pub use document::{Language, checks_as_markdown};
pub use finding::{Evidence, Finding, FindingStatus, FindingSubject};
pub use options::ReconcileOptions;
pub use outcome::{CheckResult, CheckState, Reconciliation};
pub(crate) use store::DDL;

/// Makes all checks of a ledger, keeps what they find in it, and gives what holds.
///
/// The same ledger and options give the same, whatever the time: `now` is only when a finding is noted. Nothing is asked of a vendor,
/// and a sync may go on meanwhile.
pub fn reconcile(
    ledger: &mut Ledger,
    options: &ReconcileOptions,
    now: Timestamp,
) -> Result<Reconciliation, LedgerError> {
    let connection = ledger.connection();
    // All that is read is of one moment.
    let snapshot = Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?;
    let mut accounts = ledger.accounts()?;
    if let Some(wanted) = &options.accounts {
        accounts.retain(|account| wanted.contains(&account.id));
    }
    let mut collector = Collector::new(accounts, store::open(connection)?);
    let readings = Readings::load(connection)?;
    let newest = readings.newest(|account| collector.vendor(account).is_some());
    let newest = newest.and_then(Timestamp::from_epoch_ms);
    let balances = checks::all(ledger, options, &readings, &mut collector)?;
    snapshot.commit()?;
    let (checks, findings) = store::settle(connection, collector.finish(), now)?;
    let as_of = match (options.as_of, newest) {
        (Some(asked), Some(newest)) => asked.min(newest),
        (asked, newest) => asked.or(newest).unwrap_or(now),
    };
    Ok(Reconciliation { as_of, checks, findings, balances })
}

/// Notes why a finding may stay. Says whether there is such a finding; a new note takes the place of the old one. In an id neither case
/// nor spaces around it matter.
pub fn acknowledge(
    ledger: &mut Ledger,
    id: &str,
    note: &str,
    now: Timestamp,
) -> Result<bool, LedgerError> {
    store::acknowledge(ledger.connection(), id, note, now)
}

impl Ledger {
    /// All findings that there ever were, of all accounts or one, by account, code and subject; those that no longer hold too.
    pub fn findings(&self, account: Option<AccountId>) -> Result<Vec<Finding>, LedgerError> {
        load::load(self.connection(), |of| account.is_none_or(|account| account == of))
    }

    /// The finding of the same check whose id is the most like this one from its beginning on; nothing if the check never found
    /// anything.
    pub fn nearest_finding(&self, id: &str) -> Result<Option<String>, LedgerError> {
        store::nearest(self.connection(), id)
    }
}
