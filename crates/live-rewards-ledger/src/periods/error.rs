use std::{error::Error as StdError, fmt};

use live_rewards_core::{Month, Timestamp};

use crate::{Language, LedgerError, Words, words::words};

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
    /// The ledger has no records.
    NoRecords,
    /// It lies before all records: it is hardly the month that was meant.
    BeforeRecords {
        /// The month.
        month: Month,
        /// The month of the first records.
        first: Month,
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

impl PeriodError {
    /// What `Display` says, in a language.
    pub fn in_words(&self, language: Language) -> String {
        self.words().in_language(language).to_owned()
    }

    fn words(&self) -> Words {
        match self {
            Self::NotOver { month, until } => {
                let until = until.to_china();
                words!(
                    "{month} is over at {until} in Beijing; close it then",
                    "{month} 要到北京时间 {until} 才结束；届时再结账"
                )
            }
            Self::NoRecords => words!(
                "the ledger has no records yet; sync first",
                "账本中还没有记录；请先运行 sync"
            ),
            Self::BeforeRecords { month, first } => words!(
                "{month} is before all records, the first of which are of {first}; check the month",
                "{month} 早于所有记录，最早的记录在 {first}；请核对月份"
            ),
            Self::AlreadyClosed { month, closed_at } => {
                let at = closed_at.to_china();
                words!(
                    "{month} was closed at {at} in Beijing; reopen it to close it anew",
                    "{month} 已于北京时间 {at} 结账；如需重新结账，请先用 reopen 反结账"
                )
            }
            Self::NotClosed { month } => {
                words!("{month} isn't closed; close it first", "{month} 尚未结账；请先结账")
            }
            Self::Ledger(error) => error.words(),
        }
    }
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
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
