//! Rows of records and the document of the schema, against the description of the tables.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod records;
mod rows;
mod schema;
