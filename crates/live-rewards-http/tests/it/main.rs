//! The pipeline on a scripted transport and a manual clock.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod apart;
mod blocks;
mod capture;
mod cassettes;
mod clock;
mod deadlines;
mod decoding;
mod dropped;
mod foreign;
mod leaks;
mod limits;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod network;
mod paging;
mod queued;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod received;
mod retry;
mod secrets;
mod shapes;
mod shop;
mod spans;
mod stats;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod stub;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
mod token_failures;
mod token_files;
mod token_stores;
mod tokens;
mod writers;
