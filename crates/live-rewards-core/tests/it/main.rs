//! The streams over pages, on a made-up vendor.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod claims;
mod pages;
mod shop;
