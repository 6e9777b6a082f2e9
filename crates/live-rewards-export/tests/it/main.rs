//! Files of records, byte by byte.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bytes;
