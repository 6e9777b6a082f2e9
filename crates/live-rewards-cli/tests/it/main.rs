//! Runs of the command, as a user would make them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_input;
mod chinese;
mod demo;
mod emulate;
mod emulated;
#[cfg(unix)]
mod export;
mod fetch;
mod formats;
mod help;
#[cfg(unix)]
mod interruption;
mod look_up;
mod period;
mod reconcile;
mod rooms;
mod run;
mod setup;
mod shop;
mod state;
mod sync;
mod sync_files;
#[cfg(unix)]
mod sync_kill;
mod sync_stop;
mod sync_trouble;
