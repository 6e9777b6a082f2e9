//! Requests and answers of every endpoint, on a scripted transport.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(feature = "callback")]
mod callbacks;
mod limits;
mod refusals;
mod rewards;
mod samples;
mod support;
mod tokens;
mod units;
mod users;
mod writes;
