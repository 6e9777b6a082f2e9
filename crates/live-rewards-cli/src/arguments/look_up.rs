//! Rows straight from a vendor, without a ledger.

use std::path::PathBuf;

use clap::Args;
use live_rewards::Timestamp;

use super::shown::Shown;
use crate::instant;

/// Whose rows.
#[derive(Debug, Args)]
pub(crate) struct Whose {
    /// Configuration file; unless given, live-rewards.toml here, or live-rewards/config.toml in the user's configuration folder.
    #[arg(long, value_name = "FILE", env = "LIVE_REWARDS_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// The account, by its name in the configuration.
    #[arg(long, value_name = "NAME", env = "LIVE_REWARDS_ACCOUNT")]
    pub(crate) account: String,
}

/// In which rooms.
#[derive(Debug, Args)]
pub(crate) struct InRooms {
    /// Rooms: Polyv channel numbers, Xiaoe live ids (l_…), YXT room pids.
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_ROOM", num_args = 1..)]
    pub(crate) room: Vec<String>,
}

/// From when to when.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Times {
    /// Only from this instant on: 2026-01-31 or '2026-01-31 08:00:00' (both in Beijing), or 2026-01-31T08:00:00Z.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_SINCE", value_parser = instant::parse)]
    pub(crate) since: Option<Timestamp>,
    /// Only before this instant.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_UNTIL", value_parser = instant::parse)]
    pub(crate) until: Option<Timestamp>,
}

/// How many rows, and in which form.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Rows {
    #[command(flatten)]
    pub(crate) shown: Shown,
    /// Most rows; unless given, a table has the first 1000, and all else has all.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_LIMIT", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,
    /// Rows that a call asks for, up to what the vendor gives.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_PAGE_SIZE", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page_size: Option<u32>,
}

#[derive(Debug, Args)]
#[command(after_help = RED_PACKETS_HELP)]
pub(crate) struct RedPackets {
    #[command(flatten)]
    pub(crate) whose: Whose,
    #[command(flatten)]
    pub(crate) rooms: InRooms,
    #[command(flatten)]
    pub(crate) times: Times,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

const RED_PACKETS_HELP: &str = "\
Xiaoe and Polyv have red packets, YXT has none. Xiaoe has no filter by time: all of a room are read, and those of
other times left out. What Xiaoe paid back it tells only with the claims: sync reads both.

Examples:
  live-rewards red-packets --account shop --room l_5f3a
  live-rewards red-packets --account channels --room 2812610 --since 2026-01-01 --until 2026-02-01 --format csv";

#[derive(Debug, Args)]
#[command(after_help = CLAIMS_HELP)]
pub(crate) struct Claims {
    #[command(flatten)]
    pub(crate) whose: Whose,
    #[command(flatten)]
    pub(crate) rooms: InRooms,
    /// Only of this red packet, in one room.
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_CLAIMS_RED_PACKET")]
    pub(crate) red_packet: Option<String>,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

const CLAIMS_HELP: &str = "\
Xiaoe and Polyv have claims, YXT has none. They come in the order of their red packets, which --page-size counts
unless one is named.

Examples:
  live-rewards claims --account shop --room l_5f3a --format jsonl > claims.jsonl
  live-rewards claims --account channels --room 2812610 --red-packet 5f3a9c";

#[derive(Debug, Args)]
#[command(after_help = GIFTS_HELP)]
pub(crate) struct Gifts {
    #[command(flatten)]
    pub(crate) whose: Whose,
    #[command(flatten)]
    pub(crate) rooms: InRooms,
    #[command(flatten)]
    pub(crate) times: Times,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

const GIFTS_HELP: &str = "\
Polyv and YXT have gifts, Xiaoe has none. YXT has no filter by time: all of a room are read, and those of other
times left out.

Examples:
  live-rewards gifts --account training --room 7d1c --limit 20
  live-rewards gifts --account channels --room 2812610 2812611 --since 2026-01-31 --json";

#[derive(Debug, Args)]
#[command(after_help = POINTS_HELP)]
pub(crate) struct Points {
    #[command(flatten)]
    pub(crate) whose: Whose,
    /// Only of these users; all unless given.
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_POINTS_USER", num_args = 1..)]
    pub(crate) user: Vec<String>,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

const POINTS_HELP: &str = "\
Points accounts, as they are now. Only Xiaoe has them.

Examples:
  live-rewards points --account shop --format csv > points.csv
  live-rewards points --account shop --user u_5f3a u_7d1c";
