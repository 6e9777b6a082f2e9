#![doc = include_str!("../README.md")]

mod auth;
pub mod callback;
mod client;
mod config;
mod envelope;
mod generated;
mod rewards;

pub use client::{Polyv, PolyvClient};
pub use config::{PolyvConfig, PolyvSigning};
pub use generated::*;
pub use live_rewards_core as core;
pub use live_rewards_http as http;
