//! The emulator from outside, over HTTP.

#![allow(
    clippy::unwrap_used,
    reason = "what a test calls may fail it by panicking"
)]

mod lifecycle;
mod polyv;
mod support;
mod truth;
mod xiaoe;
mod yxt;
