//! The ledger in an SQLite file.

mod columns;
mod digest;
mod lock;
mod open;
mod schema;
mod seen;
mod statements;
mod table_writer;
mod writing;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use rusqlite::Connection;

pub(crate) use columns::{Columns, integer};
pub(crate) use digest::digest;
pub use lock::SyncLock;
pub use seen::SeenScope;
pub use writing::{Stamp, Writing, Written};

/// A ledger: the rewards of some accounts in an SQLite file, and how far they were read.
///
/// One handle is used by one thread at a time. What is written within a [`Writing`] is there after
/// [`commit`](Writing::commit), all of it or nothing; the other methods that write are each there when they return.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
    kind: LedgerKind,
}

/// Whether a ledger holds the rewards of real accounts. The two never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerKind {
    /// Of accounts at the vendors.
    Real,
    /// Of the emulator.
    Demo,
}

impl LedgerKind {
    /// Short name: `real`, `demo`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Demo => "demo",
        }
    }
}

impl fmt::Display for LedgerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Real => "real accounts",
            Self::Demo => "emulated accounts",
        })
    }
}

impl Ledger {
    /// What it holds.
    pub fn kind(&self) -> LedgerKind {
        self.kind
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }
}
