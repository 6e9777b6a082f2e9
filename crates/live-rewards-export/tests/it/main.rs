//! Files of records, byte by byte and as other programs read them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bytes;
mod forms;
mod people;
mod shop;
#[cfg(feature = "xlsx")]
mod workbook;
