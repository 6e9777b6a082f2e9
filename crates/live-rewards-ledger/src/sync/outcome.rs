use std::{error::Error as StdError, fmt, mem};

use live_rewards_core::{Error, Operation};

use crate::{Language, LedgerError, ListingKey, Words, Written, words::words};

/// Failed listings that an outcome names; the others are only counted.
const MOST_NAMED: usize = 1000;

/// What the sync of one account did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct AccountOutcome {
    /// Calls that were made, those of read-ahead included; a call counts once, however often the client repeats it.
    pub requests: u64,
    /// Rows that were written, or were the same as before.
    pub written: Written,
    /// Rows that could not be read, those of earlier runs that came again included.
    pub rejected: u64,
    /// Rows that were there before and no longer are.
    pub vanished: u64,
    /// Listings that were read to their end, the claims of each red packet being one.
    pub listings_read: u64,
    /// Listings that could not be read, with the reason: the first thousand.
    pub listings_failed: Vec<(ListingKey, Error)>,
    /// How many listings could not be read.
    pub failures: u64,
    /// Whether there was no room to read: the vendor tells rewards by room, lists no rooms, and none was added.
    pub has_no_rooms: bool,
    /// Whether everything was read that was to be. Failed listings are not, and without rooms there is nothing to be complete.
    pub is_complete: bool,
}

/// Why reading an account ends early.
pub(super) enum Halt {
    /// It was asked to.
    Stopped,
    /// It may make no more calls.
    Spent,
    /// The vendor won't have it.
    Vendor(Error),
    /// The ledger won't.
    Ledger(LedgerError),
}

impl From<LedgerError> for Halt {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl AccountOutcome {
    pub(super) fn fail(&mut self, key: ListingKey, error: Error) {
        self.failures += 1;
        if self.listings_failed.len() < MOST_NAMED {
            self.listings_failed.push((key, error));
        }
    }
}

/// How far the sync of an account is, told after each page that is committed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// What was read.
    pub operation: Operation,
    /// Of what: see [`ListingKey::scope`].
    pub scope: &'a str,
    /// Calls made so far.
    pub requests: u64,
    /// Rows so far.
    pub written: Written,
    /// Rejected rows so far.
    pub rejected: u64,
}

/// Why the sync of an account ended early. What was committed stays, and the next run goes on from there.
#[derive(Debug)]
#[non_exhaustive]
pub enum SyncError {
    /// It was asked to stop.
    Stopped(Box<AccountOutcome>),
    /// The vendor refuses the account, or can't be reached.
    Vendor {
        /// What it said.
        error: Error,
        /// What was done before.
        outcome: Box<AccountOutcome>,
    },
    /// The ledger can't be read or written.
    Ledger {
        /// Why.
        error: LedgerError,
        /// What was done before.
        outcome: Box<AccountOutcome>,
    },
}

impl SyncError {
    /// What was done before it ended.
    pub fn outcome(&self) -> &AccountOutcome {
        match self {
            Self::Stopped(outcome)
            | Self::Vendor { outcome, .. }
            | Self::Ledger { outcome, .. } => outcome,
        }
    }

    /// Takes what was done before it ended out of it.
    pub fn take_outcome(&mut self) -> AccountOutcome {
        match self {
            Self::Stopped(outcome)
            | Self::Vendor { outcome, .. }
            | Self::Ledger { outcome, .. } => mem::take(&mut **outcome),
        }
    }

    /// What `Display` says, in a language. What the vendor's client says stays as it is.
    pub fn in_words(&self, language: Language) -> String {
        self.words().in_language(language).to_owned()
    }

    fn words(&self) -> Words {
        match self {
            Self::Stopped(_) => {
                words!("stopped; the next run goes on from here", "已停止；下次运行从这里继续")
            }
            Self::Vendor { error, .. } => words!("{error}", "{error}"),
            Self::Ledger { error, .. } => error.words(),
        }
    }
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl StdError for SyncError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Stopped(_) => None,
            Self::Vendor { error, .. } => error.source(),
            Self::Ledger { error, .. } => error.source(),
        }
    }
}
