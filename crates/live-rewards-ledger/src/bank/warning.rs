use std::fmt;

/// What makes a bank file doubtful, though it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BankWarning {
    /// A bill has no summary: its end may be missing.
    NoSummary {
        /// The last line that was read of it.
        line: u64,
    },
    /// A bill's summary says otherwise than its lines: it may be cut or edited.
    SummaryDiffers {
        /// The line of the summary.
        line: u64,
        /// The figure, in the bill's words.
        figure: &'static str,
        /// What the summary says.
        said: String,
        /// What the lines come to.
        found: String,
    },
}

impl fmt::Display for BankWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSummary { line } => {
                write!(f, "the bill that ends at line {line} has no summary; it may be cut")
            }
            Self::SummaryDiffers { line, figure, said, found } => write!(
                f,
                "line {line}: the bill says {figure} {said}, its lines come to {found}; it may be cut or edited"
            ),
        }
    }
}
