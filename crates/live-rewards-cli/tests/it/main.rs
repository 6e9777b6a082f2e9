//! Runs of the command, as a user would make them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_input;
mod demo;
mod emulate;
mod emulated;
mod fetch;
mod help;
#[cfg(unix)]
mod interruption;
mod run;
