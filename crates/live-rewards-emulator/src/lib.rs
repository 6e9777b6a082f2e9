#![doc = include_str!("../README.md")]

pub mod credentials;

mod builder;
mod calendar;
mod catalog;
mod clock;
mod coverage;
mod emulator;
mod generated;
mod ids;
mod page;
mod parameters;
mod people;
mod ready;
mod reply;
mod request;
mod scenario;
mod seed;
mod server;
mod split;
mod truth;
mod vendor;
mod wire;
mod world;

pub use builder::EmulatorBuilder;
pub use coverage::{Endpoint, RateLimit, endpoints};
pub use emulator::Emulator;
pub use ready::{PolyvReady, Ready, XiaoeReady, YxtReady};
pub use scenario::{Scenario, UnknownScenario};
pub use truth::{RoomTruth, Totals, Truth, VendorTruth};

#[doc = include_str!("../DIFFERENCES.md")]
pub mod differences {}
