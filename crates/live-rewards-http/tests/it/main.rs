//! The pipeline on a scripted transport and a manual clock.

mod clock;
mod decoding;
mod limits;
mod retry;
mod secrets;
mod shop;
mod tokens;
