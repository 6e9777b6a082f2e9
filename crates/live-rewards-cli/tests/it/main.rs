//! Runs of the command, as a user would make them.

mod bad_input;
mod demo;
mod emulate;
mod run;
