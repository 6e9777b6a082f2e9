//! The emulator from outside, over HTTP.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod callbacks;
mod campaign;
mod checks;
mod clients;
mod clock;
mod defects;
mod faults;
mod garbage;
mod journal;
mod lifecycle;
mod limits;
mod live;
mod management;
mod page;
mod polyv;
mod reading;
mod reset;
mod same_bytes;
mod samples;
mod settings;
mod support;
mod truth;
mod xiaoe;
mod yxt;
