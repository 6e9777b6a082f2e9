//! The pipeline on a scripted transport and a manual clock.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clock;
mod decoding;
mod limits;
mod retry;
mod secrets;
mod shop;
mod tokens;
