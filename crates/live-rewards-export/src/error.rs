use std::{error::Error as StdError, fmt, io};

use live_rewards_ledger::LedgerError;

/// Why a file was not written whole. `Display` is one line.
#[derive(Debug)]
#[non_exhaustive]
pub enum ExportError {
    /// The ledger can't be read.
    Ledger(LedgerError),
    /// The file can't be written.
    Write(io::Error),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl StdError for ExportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Ledger(error) => error.source(),
            Self::Write(error) => error.source(),
        }
    }
}

impl From<LedgerError> for ExportError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}
