//! Requests and answers of every endpoint, on a scripted transport.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod callbacks;
mod cassette;
mod gift_payments;
mod gifts;
mod limits;
mod pages;
mod prizes;
mod refusals;
mod rewards;
mod rooms;
mod samples;
mod signing;
mod support;
mod units;
mod users;
