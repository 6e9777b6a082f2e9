//! The data behind the answers: pure functions of the seed, the start and the position of a row.
//!
//! Nothing is stored. Instants are Unix seconds. Every row lies before the start; what changes
//! later (a red packet expires and is refunded) is computed from the instant that is asked about,
//! and nothing of it happens in the first six hours after the start.

pub(crate) mod gifts;
pub(crate) mod points;
pub(crate) mod red_packet;
pub(crate) mod red_packets;
pub(crate) mod timeline;

/// Seconds in an hour.
pub(crate) const HOUR: i64 = 3600;
/// Seconds in a day.
pub(crate) const DAY: i64 = 24 * HOUR;
