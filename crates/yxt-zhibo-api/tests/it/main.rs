//! Requests and answers of every endpoint, on a scripted transport.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod refusals;
mod rewards;
mod samples;
mod support;
mod users;
