//! The streams over pages, on a made-up vendor.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ahead;
mod claims;
mod cuts;
mod market;
mod pages;
mod plan;
mod resume;
mod room;
mod run;
mod shop;
