use std::path::PathBuf;

use clap::{Args, Subcommand, builder::BoolishValueParser};
use live_rewards::{Operation, Timestamp};

use super::Shown;
use crate::{config::MOST_AHEAD, instant, language::say, note};

/// Which ledger, and whose accounts.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// Configuration file; unless given, live-rewards.toml here, or live-rewards/config.toml in the user's configuration folder.
    #[arg(long, value_name = "FILE", env = "LIVE_REWARDS_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Ledger; the configuration's or live-rewards.sqlite unless given.
    #[arg(long, value_name = "FILE", env = "LIVE_REWARDS_LEDGER")]
    pub(crate) ledger: Option<PathBuf>,
}

/// Accounts by name.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// Only accounts of this name; * is any text, ? any character.
    #[arg(long, value_name = "GLOB", env = "LIVE_REWARDS_ACCOUNT")]
    pub(crate) account: Vec<String>,
}

#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own; without emulate there is one less"
)]
#[derive(Debug, Args)]
#[command(after_help = SYNC_HELP)]
pub(crate) struct Sync {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    /// Syncs three emulated vendors instead of the configured accounts, into live-rewards-demo.sqlite unless --ledger is given.
    // It excludes --config: see `conflict`.
    #[cfg(feature = "emulate")]
    #[arg(long, env = "LIVE_REWARDS_SYNC_DEMO", value_parser = BoolishValueParser::new())]
    pub(crate) demo: bool,
    /// Only what was sent from this instant on; claims and prizes come with their red packet or activity.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_SYNC_SINCE", value_parser = instant::parse)]
    pub(crate) since: Option<Timestamp>,
    /// Only what was sent before this instant; claims and prizes come with their red packet or activity.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_SYNC_UNTIL", value_parser = instant::parse)]
    pub(crate) until: Option<Timestamp>,
    /// Reads everything again, what is final too.
    #[arg(long, env = "LIVE_REWARDS_SYNC_FULL", value_parser = BoolishValueParser::new())]
    pub(crate) full: bool,
    /// Shows what would be read, and asks no vendor.
    #[arg(long, env = "LIVE_REWARDS_SYNC_DRY_RUN", value_parser = BoolishValueParser::new())]
    pub(crate) dry_run: bool,
    /// Stops after so many calls; the next run goes on from there.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_SYNC_MAX_REQUESTS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) max_requests: Option<u64>,
    /// Calls under way at once.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_SYNC_READ_AHEAD", value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_AHEAD)))]
    pub(crate) read_ahead: Option<u16>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const SYNC_HELP: &str = "\
An INSTANT is a day as 2026-01-31 or a time as '2026-01-31 08:00:00', both of Beijing, or 2026-01-31T08:00:00Z.
Ctrl-C finishes the page under way and keeps how far it came; a second one ends at once. Nothing is lost or
doubled by either.

Examples:
  live-rewards sync --account 'polyv-*'
  live-rewards sync --since 2026-01-01 --until 2026-02-01 --dry-run";

#[derive(Debug, Args)]
#[command(after_help = ROOMS_HELP)]
pub(crate) struct Rooms {
    #[command(subcommand)]
    pub(crate) command: RoomsCommand,
}

const ROOMS_HELP: &str = "\
Xiaoe and YXT list no rooms: those that are to be synced have to be added. Polyv lists its channels.

Examples:
  live-rewards rooms add --account shop l_5f3a
  live-rewards rooms list";

#[derive(Debug, Subcommand)]
pub(crate) enum RoomsCommand {
    /// Lists the rooms that are synced.
    List(RoomsList),
    /// Adds rooms of one account.
    Add(RoomsAdd),
    /// Adds rooms from a CSV file.
    Import(RoomsImport),
}

#[derive(Debug, Args)]
#[command(after_help = LIST_HELP)]
pub(crate) struct RoomsList {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const LIST_HELP: &str = "\
Example:
  live-rewards rooms list --format csv > rooms.csv";

#[derive(Debug, Args)]
#[command(after_help = ADD_HELP)]
pub(crate) struct RoomsAdd {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The account that they belong to.
    #[arg(long, value_name = "NAME", env = "LIVE_REWARDS_ACCOUNT")]
    pub(crate) account: String,
    /// Ids: Polyv channel numbers, Xiaoe live ids (l_…), YXT room pids.
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// What they are: channel, live, room or resource-N (N: the resource type of Xiaoe); the vendor's usual unless given.
    #[arg(long, value_name = "KIND", env = "LIVE_REWARDS_ROOMS_KIND")]
    pub(crate) kind: Option<String>,
    /// Their title in reports.
    #[arg(long, value_name = "TEXT", env = "LIVE_REWARDS_ROOMS_TITLE", value_parser = note::parse)]
    pub(crate) title: Option<String>,
    /// Labels for reports, as "region=east;team=b".
    #[arg(long, value_name = "TEXT", env = "LIVE_REWARDS_ROOMS_LABELS", value_parser = note::parse)]
    pub(crate) labels: Option<String>,
    /// When their live ended: some days later they are not read again.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_ROOMS_ENDED_AT", value_parser = instant::parse)]
    pub(crate) ended_at: Option<Timestamp>,
}

const ADD_HELP: &str = "\
Example:
  live-rewards rooms add --account shop l_5f3a --title 春季发布会 --ended-at 2026-01-31";

#[derive(Debug, Args)]
#[command(after_help = IMPORT_HELP)]
pub(crate) struct RoomsImport {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The file, or - for standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

const IMPORT_HELP: &str = "\
The first line names the columns: id, and account or vendor (enough where the configuration has one account of it);
where wanted kind, title, labels and ended_at. A room that is there already takes over what the file says. Nothing is
added if a line is wrong.

Example:
  id,vendor,title,labels
  l_5f3a,xiaoe,春季发布会,region=east";

#[derive(Debug, Args)]
#[command(after_help = STATUS_HELP)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    /// Names rooms that had no reward for so many days.
    #[arg(
        long,
        value_name = "DAYS",
        env = "LIVE_REWARDS_STATUS_SILENT_DAYS",
        default_value_t = 30
    )]
    pub(crate) silent_days: u16,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const STATUS_HELP: &str = "\
Example:
  live-rewards status --silent-days 7";

#[derive(Debug, Args)]
#[command(after_help = STATE_HELP)]
pub(crate) struct State {
    #[command(subcommand)]
    pub(crate) command: StateCommand,
}

const STATE_HELP: &str = "\
A listing is what is read of one room, red packet or account, as the gifts of channel:2812610.

Examples:
  live-rewards state list --unfinished
  live-rewards state show channels red_packets";

#[derive(Debug, Subcommand)]
pub(crate) enum StateCommand {
    /// Lists how far each listing was read.
    List(StateList),
    /// Shows all that is known of the reading of some listings.
    Show(StateShow),
    /// Forgets how far listings were read, so that the next sync reads them from the start. Rows stay.
    Reset(StateReset),
}

#[derive(Debug, Args)]
#[command(after_help = STATE_LIST_HELP)]
pub(crate) struct StateList {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    /// Only those that are not read to their end, or failed.
    #[arg(long, env = "LIVE_REWARDS_STATE_UNFINISHED", value_parser = BoolishValueParser::new())]
    pub(crate) unfinished: bool,
    /// The claims of single red packets, too.
    #[arg(long, env = "LIVE_REWARDS_STATE_CLAIMS", value_parser = BoolishValueParser::new())]
    pub(crate) claims: bool,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const STATE_LIST_HELP: &str = "\
Example:
  live-rewards state list --unfinished";

#[derive(Debug, Args)]
#[command(after_help = STATE_SHOW_HELP)]
pub(crate) struct StateShow {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The account.
    #[arg(value_name = "ACCOUNT")]
    pub(crate) account: String,
    /// The operation, as `red_packets`.
    #[arg(value_name = "OPERATION", value_parser = operation)]
    pub(crate) operation: Operation,
    /// Of what, as state list shows it; all of the operation unless given.
    #[arg(value_name = "SCOPE")]
    pub(crate) scope: Option<String>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const STATE_SHOW_HELP: &str = "\
Example:
  live-rewards state show channels red_packets channel:2812610";

#[derive(Debug, Args)]
#[command(after_help = STATE_RESET_HELP)]
pub(crate) struct StateReset {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The account.
    #[arg(value_name = "ACCOUNT")]
    pub(crate) account: String,
    /// The operation, as `red_packets`; all unless given.
    #[arg(value_name = "OPERATION", value_parser = operation)]
    pub(crate) operation: Option<Operation>,
    /// Of what, as state list shows it.
    #[arg(value_name = "SCOPE")]
    pub(crate) scope: Option<String>,
}

const STATE_RESET_HELP: &str = "\
Example:
  live-rewards state reset channels red_packets";

fn operation(name: &str) -> Result<Operation, String> {
    let found = Operation::ALL.iter().copied().find(|operation| operation.as_str() == name);
    found.ok_or_else(|| {
        say!(
            "give an operation as state list shows it, as red_packets, claims or gifts",
            "请给出 state list 列出的操作，如 red_packets、claims、gifts"
        )
    })
}
