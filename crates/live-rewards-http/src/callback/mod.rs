//! What the vendors' callbacks have in common: requests that a vendor sends to its customer's own server.
//!
//! Nothing here receives: a server hands in method, query, content type and body as [`Incoming`], and sends the [`Reply`] that it gets.
//! In between, a vendor crate's callbacks take three steps.
//!
//! 1. `verify` looks at size, time and signature, in this order, before anything is decrypted or parsed. What fails is a [`CallbackError`],
//!    whose [`reply`](CallbackError::reply) says the kind and nothing more.
//! 2. `parse` makes the typed event or question.
//! 3. Its `reply` is what the vendor takes as received.
//!
//! A request that was recorded and sent again within the time window passes `verify`, and a vendor that got no reply sends the same
//! message again: [`SeenMessages`] tells both from a new one.

mod error;
mod fields;
mod incoming;
mod reply;
mod seen;
mod window;

pub use error::{CallbackError, CallbackErrorKind};
pub use fields::Fields;
pub use incoming::{BodyFormat, Incoming};
pub use reply::Reply;
pub use seen::{Handling, SeenMessages, Started};
pub use window::check_window;

/// Bytes of query and body together that callbacks take unless told otherwise: 1 MiB. The vendors publish no bound.
pub const MAX_BYTES: usize = 1 << 20;
