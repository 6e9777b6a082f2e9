//! The streams over pages, on a made-up vendor.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ahead;
mod claims;
mod club;
mod cuts;
mod digests;
mod keys;
mod market;
mod months;
mod names;
mod pages;
mod plan;
mod prizes;
mod resume;
mod room;
mod run;
mod shop;
mod unsupported;
