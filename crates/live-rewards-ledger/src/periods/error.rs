use std::{error::Error as StdError, fmt};

use live_rewards_core::{Month, Timestamp};

use crate::LedgerError;

/// Why a month can't be closed or reopened. `Display` is one line that says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum PeriodError {
    /// It isn't over.
    NotOver {
        /// The month.
        month: Month,
        /// When it will be.
        until: Timestamp,
    },
    /// It is closed already.
    AlreadyClosed {
        /// The month.
        month: Month,
        /// Since when.
        closed_at: Timestamp,
    },
    /// It isn't closed.
    NotClosed {
        /// The month.
        month: Month,
    },
    /// The ledger can't be used.
    Ledger(LedgerError),
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOver { month, until } => {
                write!(f, "{month} is over at {} in Beijing; close it then", until.to_china())
            }
            Self::AlreadyClosed { month, closed_at } => {
                write!(f, "{month} was closed at {closed_at}; reopen it to close it anew")
            }
            Self::NotClosed { month } => write!(f, "{month} isn't closed; close it first"),
            Self::Ledger(error) => error.fmt(f),
        }
    }
}

impl StdError for PeriodError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Ledger(error) => Some(error),
            _ => None,
        }
    }
}

impl From<LedgerError> for PeriodError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<rusqlite::Error> for PeriodError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Ledger(error.into())
    }
}
