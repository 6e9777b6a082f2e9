use std::{error::Error as StdError, fmt, io};

use crate::LedgerError;

/// Why a bank file can't be read or matched. `Display` is one line that says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum BankError {
    /// The file can't be read.
    Read(io::Error),
    /// The file is something else than a CSV file.
    OtherFile(&'static str),
    /// A line is not UTF-8.
    NotUtf8 {
        /// Its number.
        line: u64,
    },
    /// No line near the start names the columns.
    NoHeader {
        /// What was looked for.
        columns: Vec<String>,
    },
    /// The file is another kind of WeChat Pay bill (交易账单).
    TradeBill,
    /// A line can't be understood.
    Line {
        /// Its number.
        line: u64,
        /// What is wrong, and what to do.
        what: String,
    },
    /// The column mapping is wrong.
    Mapping(String),
    /// The ledger can't be used.
    Ledger(LedgerError),
}

impl BankError {
    pub(super) fn line(line: u64, what: impl Into<String>) -> Self {
        Self::Line { line, what: what.into() }
    }
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "it can't be read: {error}; check the path"),
            Self::OtherFile(what) => write!(f, "it is {what}; save it as CSV UTF-8"),
            Self::NotUtf8 { line } => write!(
                f,
                "line {line} is not UTF-8, but perhaps GB18030; save the file as CSV UTF-8"
            ),
            Self::NoHeader { columns } => write!(
                f,
                "no line at its start names the columns {}; check the format",
                columns.join(", ")
            ),
            Self::TradeBill => {
                f.write_str("it is a 交易账单 (trade bill); download the 资金账单 (fund flow bill)")
            }
            Self::Line { line, what } => write!(f, "line {line}: {what}"),
            Self::Mapping(what) => write!(f, "the column mapping is wrong: {what}"),
            Self::Ledger(error) => error.fmt(f),
        }
    }
}

impl StdError for BankError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Ledger(error) => Some(error),
            _ => None,
        }
    }
}

impl From<LedgerError> for BankError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<rusqlite::Error> for BankError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<csv::Error> for BankError {
    fn from(error: csv::Error) -> Self {
        let line = error.position().map_or(0, csv::Position::line);
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Read(error),
            csv::ErrorKind::Utf8 { .. } => Self::NotUtf8 { line },
            _ => Self::line(line, "it is no CSV"),
        }
    }
}
