//! Months that are closed: what changes in them afterwards is told, and dated.

mod adjustments;
mod error;
mod figure;
mod incomplete;
mod period;
mod seen;
mod watched;

pub use adjustments::{Adjusted, Adjustment, RowChange};
pub use error::PeriodError;
pub use figure::Figure;
pub use incomplete::IncompleteAccount;
pub use period::{ClosedPeriod, Period};

/// A month may be closed again after it was reopened; each closing keeps its totals.
pub(crate) const DDL: &str = "
CREATE TABLE periods (
    period_id INTEGER PRIMARY KEY,
    month TEXT NOT NULL,
    closed_at INTEGER NOT NULL,
    reopened_at INTEGER,
    note TEXT
) STRICT;
CREATE UNIQUE INDEX periods_closed ON periods (month) WHERE reopened_at IS NULL;

CREATE TABLE period_totals (
    period_id INTEGER NOT NULL REFERENCES periods,
    account_id INTEGER NOT NULL REFERENCES accounts,
    figure TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (period_id, account_id, figure)
) STRICT, WITHOUT ROWID;
";
