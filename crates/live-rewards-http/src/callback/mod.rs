//! What the vendors' callbacks have in common: requests that a vendor sends to its customer's own server.
//!
//! Nothing here receives: a server hands in method, query, content type and body as [`Incoming`], and sends the [`Reply`] that it gets.
//! In between, a vendor crate's callbacks take three steps.
//!
//! 1. `verify` looks at the size before it reads anything. Of the parameters that carry the message it checks time and signature, in
//!    this order, and only then decrypts. What fails is a [`CallbackError`], whose [`reply`](CallbackError::reply) says the kind and
//!    nothing more.
//! 2. `parse` makes the typed event or question.
//! 3. Its `reply` is what the vendor takes as received.
//!
//! A request that was recorded and sent again within the time window passes `verify`, and a vendor that got no reply sends the same
//! message again: [`SeenMessages`] tells both from a new one.

mod bounds;
mod error;
mod fields;
mod incoming;
mod reply;
mod seen;

pub use bounds::Bounds;
pub use error::{CallbackError, CallbackErrorKind};
pub use fields::Fields;
pub use incoming::{BodyFormat, Incoming};
pub use reply::Reply;
pub use seen::{Handling, SeenMessages, Started};
