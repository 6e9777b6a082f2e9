//! The data behind the answers: pure functions of the seed, the start and the position of a row.
//!
//! Nothing is stored. Instants are Unix seconds. What changes with time (a red packet expires and
//! is refunded, rows are added) is computed from the instant that is asked about.

pub(crate) mod attendance;
pub(crate) mod check_ins;
pub(crate) mod counts;
pub(crate) mod crowd;
pub(crate) mod defects;
pub(crate) mod donations;
pub(crate) mod fate;
pub(crate) mod gifts;
pub(crate) mod income;
pub(crate) mod listing;
pub(crate) mod lotteries;
pub(crate) mod lucky_bags;
pub(crate) mod pace;
pub(crate) mod plan;
pub(crate) mod points;
pub(crate) mod points_entry;
pub(crate) mod points_log;
pub(crate) mod points_moves;
pub(crate) mod queue;
pub(crate) mod red_packet;
pub(crate) mod red_packets;
pub(crate) mod schedule;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod standing;
pub(crate) mod tasks;
pub(crate) mod timeline;

/// Seconds in an hour.
pub(crate) const HOUR: i64 = 3600;
/// Seconds in a day.
pub(crate) const DAY: i64 = 24 * HOUR;
/// Seconds after the start in which nothing changes, except where rows are added as time passes.
pub(crate) const STILL: i64 = 6 * HOUR;
