//! The streams over pages, on a made-up vendor.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ahead;
mod claims;
mod club;
mod digests;
mod keys;
mod market;
mod months;
mod names;
mod pages;
mod prizes;
mod room;
mod shop;
mod unsupported;
