//! Rows of records, against the description of their tables.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod records;
mod rows;
