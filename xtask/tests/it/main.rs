//! Runs `codegen` as its users do: on a small workspace made for the purpose, and on this one.

mod check;
mod fixture;
mod golden;
mod support;
mod workspace;
