#![doc = include_str!("../README.md")]

pub mod credentials;

mod admin;
mod aside;
mod blueprint;
mod bodies;
mod builder;
mod calendar;
mod callbacks;
mod catalog;
mod clock;
mod code;
mod coverage;
mod current;
mod date;
mod emulator;
mod faults;
mod flows;
mod generated;
mod ids;
mod journal;
mod limits;
mod page;
mod parameters;
mod parts;
mod path;
mod patient;
mod people;
mod ready;
mod reply;
mod request;
mod sample;
mod scenario;
mod seed;
mod server;
mod service;
mod settings;
mod shared;
mod split;
mod text;
mod truth;
mod vendor;
mod wait;
mod wire;
mod world;

pub use builder::EmulatorBuilder;
pub use callbacks::{Callback, CallbackError, CallbackForm, CallbackKind, CallbackTry, Sent};
pub use coverage::{Endpoint, RateLimit, Samples, endpoints};
pub use emulator::Emulator;
pub use faults::{Fault, FaultError, FaultKind};
pub use flows::Flow;
pub use journal::{JournalEntry, LimitHit, RefusalReason, SignatureMismatch};
pub use ready::{AdminReady, PolyvReady, Ready, XiaoeReady, YxtReady};
pub use scenario::{Scenario, UnknownScenario};
pub use truth::{Defect, PointsDay, RoomTruth, Totals, Truth, VendorTruth};

#[doc = include_str!("../DIFFERENCES.md")]
pub mod differences {}
