//! The ledger against what a bank, or WeChat Pay, says of an account.

mod coverage;
mod error;
mod file;
mod fund_flow;
mod line;
mod load;
mod mapped;
mod mapping;
mod matching;
mod movement;
mod options;
mod report;
mod rows;
mod steps;
mod summary;
mod text;
mod warning;

pub use error::BankError;
pub use file::{BankFile, BankFormat};
pub use line::{BankLine, Direction};
pub use mapping::{AmountColumns, AmountUnit, BankColumn, ColumnMapping};
pub use movement::{Movement, MovementKind};
pub use options::BankOptions;
pub use report::{BankClass, BankReport, BankRow, ClassTotals, MatchedBy, SideTotals, Suspense};
pub use warning::BankWarning;
