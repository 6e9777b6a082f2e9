#![doc = include_str!("../README.md")]

mod auth;
#[cfg(feature = "callback")]
pub mod callback;
mod client;
mod config;
mod envelope;
mod generated;
mod rewards;

pub use client::{Xiaoe, XiaoeClient};
pub use config::XiaoeConfig;
pub use generated::*;
pub use live_rewards_core as core;
pub use live_rewards_http as http;
