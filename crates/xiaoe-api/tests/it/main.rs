//! Requests and answers of every endpoint, on a scripted transport.

mod samples;
mod support;
