use live_rewards_core::Timestamp;

use super::{Balance, CheckCode, Finding, FindingStatus, Severity, Words};
use crate::{AccountId, Label};

/// What the checks came to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reconciliation {
    /// The instant for which it was judged what is due.
    pub as_of: Timestamp,
    /// Every check of every account, by account and code.
    pub checks: Vec<CheckResult>,
    /// What they found, by account, code and subject. What was found before and no longer holds isn't there.
    pub findings: Vec<Finding>,
    /// The running balance of each account that has red packets.
    pub balances: Vec<Balance>,
}

/// What a check of an account came to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckResult {
    /// The check.
    pub code: CheckCode,
    /// The account.
    pub account: AccountId,
    /// What came of it.
    pub state: CheckState,
    /// What else it came upon, which is no finding.
    pub notes: Vec<Words>,
}

/// What came of a check. What is examined are the rows that it is about; rooms for B1, days for B3, kinds of gifts for C3, users for
/// C4, closed months for D3 and D4, listings with a total for B2, and listings that were read to their end for D1, D2 and X1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckState {
    /// It found nothing.
    Passed {
        /// How much it looked at.
        examined: u64,
    },
    /// It found something.
    Found {
        /// How much it looked at.
        examined: u64,
        /// How many findings there are, acknowledged ones included. Only the first ten thousand are listed.
        findings: u64,
    },
    /// It was not made. That is not to say that all is well.
    NotRun {
        /// Why.
        why: Label,
    },
}

impl Reconciliation {
    /// The findings that nobody has acknowledged.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.status == FindingStatus::Open)
    }

    /// How much the worst of them weighs.
    pub fn worst(&self) -> Option<Severity> {
        self.open().map(|finding| finding.severity).max()
    }
}
