use std::{error::Error as StdError, fmt, io, path::PathBuf};

use live_rewards_core::Timestamp;
use rusqlite::ErrorCode;

use crate::LedgerKind;

/// Why a ledger can't be used. `Display` is one line that says what to do; nothing of what was committed before is lost.
#[derive(Debug)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no such file.
    Missing(PathBuf),
    /// The file can't be opened or made.
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is something else.
    NotALedger(PathBuf),
    /// The ledger holds emulated data and real data was to be added, or the reverse.
    OtherKind {
        /// The file.
        path: PathBuf,
        /// What it holds.
        kind: LedgerKind,
    },
    /// The ledger was written by a newer version.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The latest that this version knows.
        known: u32,
    },
    /// Another sync is under way.
    Locked {
        /// The file that is locked.
        path: PathBuf,
        /// Id of the process that holds the lock, if it can be read.
        process: Option<u32>,
        /// Since when, if it can be read.
        since: Option<Timestamp>,
    },
    /// Another program writes to the ledger and didn't finish while this one waited.
    Busy,
    /// The ledger can't be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// The file is damaged, or no database at all.
    Corrupt(Box<dyn StdError + Send + Sync>),
    /// Anything else that the database refuses.
    Sqlite(Box<dyn StdError + Send + Sync>),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => {
                write!(f, "there is no ledger {}; sync makes one", path.display())
            }
            Self::Open { path, source } => {
                write!(f, "can't open {}: {source}; name another file", path.display())
            }
            Self::NotALedger(path) => {
                write!(f, "{} is no ledger; name another file", path.display())
            }
            Self::OtherKind { path, kind } => {
                write!(f, "{} is a ledger of {kind}; name another file", path.display())
            }
            Self::Newer { path, found, known } => write!(
                f,
                "{} was written by a newer version (schema {found}, known up to {known}); update live-rewards",
                path.display()
            ),
            Self::Locked { path, process, since } => {
                write!(f, "another sync is under way: {} is held", path.display())?;
                if let Some(process) = process {
                    write!(f, " by process {process}")?;
                }
                if let Some(since) = since {
                    write!(f, " since {since}")?;
                }
                f.write_str("; wait until it ends")
            }
            Self::Busy => f.write_str("another program keeps the ledger busy; try again later"),
            Self::ReadOnly => f.write_str(
                "the ledger can't be written; make the file and its folder writable, or use a copy",
            ),
            Self::Full => {
                f.write_str("the disk of the ledger is full; make room there and start again")
            }
            Self::Corrupt(error) => write!(
                f,
                "the ledger is damaged or no ledger ({}); put it back from a backup, or name another file",
                OneLine(&**error)
            ),
            Self::Sqlite(error) => {
                write!(f, "the ledger can't be used: {}; start again", OneLine(&**error))
            }
        }
    }
}

impl StdError for LedgerError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Open { source, .. } => Some(source),
            Self::Corrupt(source) | Self::Sqlite(source) => Some(&**source),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            // A file that is open but can't be opened is one beside it.
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt(error.into())
            }
            _ => Self::Sqlite(error.into()),
        }
    }
}

struct OneLine<'a>(&'a (dyn StdError + Send + Sync));

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                f.write_str(" ")?;
            }
            f.write_str(line)?;
        }
        Ok(())
    }
}
