//! Runs the tasks as their users do: on a small workspace made for the purpose, and on this one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod check;
mod contradictions;
mod fixture;
mod golden;
mod openapi;
mod points;
mod support;
mod translations;
mod workspace;
