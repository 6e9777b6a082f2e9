mod export;
mod ledger;
mod look_up;
mod period;
mod reconcile;
mod setup;
mod shown;

use std::path::PathBuf;
#[cfg(feature = "emulate")]
use std::{net::IpAddr, ops::RangeInclusive};

use clap::{
    Args, Parser, Subcommand,
    builder::{BoolishValueParser, PossibleValuesParser, TypedValueParser},
};
#[cfg(feature = "emulate")]
use live_rewards::Timestamp;
use live_rewards::Vendor;
#[cfg(feature = "emulate")]
use live_rewards_emulator::{EmulatorBuilder, Scenario};

pub(crate) use export::{Between, Export, ExportFormat, Report};

pub(crate) use ledger::{
    Rooms, RoomsAdd, RoomsCommand, RoomsImport, RoomsList, State, StateCommand, StateList,
    StateReset, StateShow, Status, Sync, Where, Which,
};

pub(crate) use look_up::{Claims, Gifts, InRooms, Points, RedPackets, Rows, Times, Whose};

pub(crate) use reconcile::{BANK, Checking, FailOn, Reconcile, ReconcileAck, ReconcileCommand};

pub(crate) use period::{Period, PeriodClose, PeriodCommand, PeriodList, PeriodReopen};

pub(crate) use setup::{
    Account, AccountAdd, AccountCommand, AccountList, AccountRemove, AccountTest, ConfigFile,
    Doctor, Init, SecretFrom,
};

pub(crate) use shown::{Shown, conflict};

#[cfg(feature = "emulate")]
use crate::language::say;

/// Live-streaming rewards of Xiaoe-tech (小鹅通), Polyv (保利威) and YXT (云学堂), exact to the fen.
#[derive(Debug, Parser)]
#[command(name = "live-rewards", version, after_help = MAIN_HELP)]
pub(crate) struct Arguments {
    /// Language: en or zh; the locale's unless set.
    #[arg(long, global = true, value_name = "LANG", env = "LIVE_REWARDS_LANG", value_parser = ["en", "zh"], hide_possible_values = true)]
    pub(crate) lang: Option<String>,
    /// Shows no progress.
    #[arg(long, global = true, env = "LIVE_REWARDS_NO_PROGRESS", value_parser = BoolishValueParser::new())]
    pub(crate) no_progress: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const MAIN_HELP: &str = "\
Exit codes:
  0    done
  1    an error that has no code of its own
  2    wrong usage or configuration
  3    done in part: some rows, listings or accounts could not be read
  4    the vendor refused credentials, permission or this machine's clock
  5    the vendor limits calls or is down; trying later helps
  6    figures differ from the emulator's ground truth; with --fail-on, there are findings
  7    another run holds the ledger, or a newer version wrote it
  130  interrupted; emulate ends with 0 when it is asked to by SIGTERM

Example: live-rewards demo --out demo";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Syncs, reconciles, exports and reports an emulated month of the three vendors; needs no account.
    #[cfg(feature = "emulate")]
    Demo(Demo),
    /// Writes a commented configuration to begin with.
    Init(Init),
    /// Adds, lists, removes or tests accounts.
    Account(Account),
    /// Checks whether all is set up for a sync, and says what to do.
    Doctor(Doctor),
    /// Fetches the rewards of rooms of one vendor into CSV files.
    Fetch(Fetch),
    /// Looks up red packets of rooms at their vendor, without a ledger.
    RedPackets(RedPackets),
    /// Looks up claims of red packets at their vendor, without a ledger.
    Claims(Claims),
    /// Looks up gifts of rooms at their vendor, without a ledger.
    Gifts(Gifts),
    /// Looks up points accounts at their vendor, without a ledger.
    Points(Points),
    /// Brings the accounts' rewards into a ledger, going on from where the last run ended.
    Sync(Sync),
    /// Lists, adds or imports the rooms that are synced.
    Rooms(Rooms),
    /// Shows how far the ledger's accounts are, and what is silent or failed.
    Status(Status),
    /// Lists, shows or resets how far single listings were read.
    State(State),
    /// Checks whether the money adds up, with the rows that show it.
    Reconcile(Box<Reconcile>),
    /// Writes the ledger's rows to files: CSV, JSON lines or an Excel workbook.
    Export(Export),
    /// Writes the report: one HTML page of sums, pictures, checks and findings.
    Report(Report),
    /// Closes months, opens them again, and lists what changed in them since.
    Period(Period),
    /// Writes the script that completes commands in a shell.
    Completions(Completions),
    /// Writes the manual page, or those of all commands.
    Man(Manual),
    /// Runs the three vendors on this machine until interrupted.
    #[cfg(feature = "emulate")]
    Emulate(Emulate),
}

impl Command {
    /// Whether the command listens for interruptions itself, to end in its own way.
    pub(crate) fn minds_interruptions(&self) -> bool {
        match self {
            #[cfg(feature = "emulate")]
            Self::Emulate(_) => true,
            Self::Sync(_) => true,
            _ => false,
        }
    }

    /// What is logged unless `RUST_LOG` says otherwise.
    pub(crate) fn log_filter(&self) -> &'static str {
        match self {
            // Whoever runs it wants to see which requests it refuses.
            #[cfg(feature = "emulate")]
            Self::Emulate(_) => "info",
            // Its clocks differ by intent.
            #[cfg(feature = "emulate")]
            Self::Demo(_) => "error",
            _ => "warn",
        }
    }
}

#[cfg(feature = "emulate")]
#[derive(Debug, Args)]
#[command(after_help = DEMO_HELP)]
pub(crate) struct Demo {
    /// Folder for the report, the workbook, the CSV files and the ledger, made if it isn't there; files of the same name are replaced.
    #[arg(long, value_name = "DIR", env = "LIVE_REWARDS_DEMO_OUT")]
    pub(crate) out: PathBuf,
    /// Seed of the emulated data.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_DEMO_SEED", default_value_t = 1)]
    pub(crate) seed: u64,
}

#[cfg(feature = "emulate")]
const DEMO_HELP: &str = "\
DIR gets report.html, rewards.xlsx, a CSV file a table, each with its SHA-256 beside it, and ledger.sqlite. The
report and the workbook are in the language of the run: --lang en or --lang zh.
RUST_LOG sets what is logged to standard error: error, warn (unless set), info or debug.

Example:
  live-rewards demo --out demo";

#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_HELP)]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}

const COMPLETIONS_HELP: &str = "\
Example:
  live-rewards completions bash > ~/.local/share/bash-completion/completions/live-rewards";

#[derive(Debug, Args)]
#[command(after_help = MANUAL_HELP)]
pub(crate) struct Manual {
    /// Folder for the pages of all commands, made if it isn't there.
    #[arg(long, value_name = "DIR", env = "LIVE_REWARDS_MAN_OUT")]
    pub(crate) out: Option<PathBuf>,
}

const MANUAL_HELP: &str = "\
Examples:
  live-rewards man | man -l -
  live-rewards man --out ~/.local/share/man/man1";

#[derive(Debug, Args)]
#[command(after_help = FETCH_HELP)]
pub(crate) struct Fetch {
    /// The vendor.
    #[arg(long, value_name = "VENDOR", env = "LIVE_REWARDS_FETCH_VENDOR", value_parser = vendor_parser())]
    pub(crate) vendor: Vendor,
    /// Rooms: Polyv channel numbers, Xiaoe live ids (l_…), YXT room pids.
    #[arg(long, value_name = "ID", env = "LIVE_REWARDS_ROOM", required = true, num_args = 1..)]
    pub(crate) room: Vec<String>,
    /// Folder for the CSV files, made if it isn't there; files of the same name are replaced.
    #[arg(long, value_name = "DIR", env = "LIVE_REWARDS_FETCH_OUT")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

/// Knows the names, so that help and errors list them.
fn vendor_parser() -> impl TypedValueParser<Value = Vendor> {
    PossibleValuesParser::new(Vendor::ALL.iter().copied().map(Vendor::as_str))
        .try_map(|name| name.parse::<Vendor>())
}

const FETCH_HELP: &str = "\
Credentials come from the environment:
  xiaoe  XIAOE_APP_ID, XIAOE_CLIENT_ID, XIAOE_SECRET_KEY
  polyv  POLYV_APP_ID, POLYV_APP_SECRET, if wanted POLYV_SIGNING (md5 or sha256), POLYV_NONCE (true or false) and
         POLYV_LIVE_ACCOUNT (for gift payments)
  yxt    YXT_APP_KEY, YXT_APP_SECRET, YXT_SOURCE (if you were given one)
Another address, as the emulator's: XIAOE_BASE_URL, POLYV_BASE_URL, YXT_BASE_URL.
RUST_LOG sets what is logged to standard error: error, warn (unless set), info or debug.

Example:
  live-rewards fetch --vendor polyv --room 2812610 2812611 --out rewards";

#[cfg(feature = "emulate")]
#[derive(Debug, Args)]
#[command(after_help = EMULATE_HELP)]
pub(crate) struct Emulate {
    /// First of four ports in a row (xiaoe, polyv, yxt, admin); 0 takes any that are free.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_EMULATE_PORT", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=LAST_PORT))]
    pub(crate) port: u16,
    /// Address to listen on. The credentials are public: keep to this machine.
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "LIVE_REWARDS_EMULATE_HOST",
        default_value = "127.0.0.1"
    )]
    pub(crate) host: IpAddr,
    /// Host in the addresses that it tells, where clients reach it by another, as in a container.
    #[arg(long, value_name = "HOST", env = "LIVE_REWARDS_EMULATE_ANNOUNCE")]
    pub(crate) announce: Option<String>,
    /// Seed of the data.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_EMULATE_SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    /// What data there is.
    #[arg(long, value_name = "NAME", env = "LIVE_REWARDS_EMULATE_SCENARIO", default_value_t, value_parser = scenarios())]
    pub(crate) scenario: Scenario,
    /// Claims of a campaign at Polyv and Xiaoe each, gifts at YXT; up to a billion.
    #[arg(long, value_name = "N", env = "LIVE_REWARDS_EMULATE_CLAIMS", value_parser = clap::value_parser!(u64).range(EmulatorBuilder::CLAIMS))]
    pub(crate) claims: Option<u64>,
    /// Instant before which the data lies, as 2026-01-31T08:00:00Z; its clock's unless set.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_EMULATE_START", value_parser = data_start)]
    pub(crate) start: Option<Timestamp>,
    /// Instant at which its clock begins; the machine's time unless set.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_EMULATE_CLOCK", value_parser = clock_begin)]
    pub(crate) clock: Option<Timestamp>,
    /// Seconds of its clock in one of the machine's, up to three decimals; 0 stops it: add --no-limits.
    #[arg(long, value_name = "RATE", env = "LIVE_REWARDS_EMULATE_CLOCK_RATE", default_value = "1", value_parser = rate_milli)]
    pub(crate) clock_rate: u32,
    /// Faults from a TOML file.
    #[arg(long, value_name = "FILE", env = "LIVE_REWARDS_EMULATE_FAULTS")]
    pub(crate) faults: Option<PathBuf>,
    /// Leaves the vendors' rate limits out.
    #[arg(long, env = "LIVE_REWARDS_EMULATE_NO_LIMITS", value_parser = BoolishValueParser::new())]
    pub(crate) no_limits: bool,
    /// Writes shell assignments instead of the line of JSON: to a file, as it goes on running.
    #[arg(long, env = "LIVE_REWARDS_EMULATE_PRINT_ENV", value_parser = BoolishValueParser::new())]
    pub(crate) print_env: bool,
}

#[cfg(feature = "emulate")]
const EMULATE_HELP: &str = "\
It writes one line of JSON with addresses, credentials and rooms, then logs refused requests to
standard error (RUST_LOG: error, warn, info unless set, debug). The admin address shows a page.

Example:
  live-rewards emulate --print-env > emulator.env &  # then: . ./emulator.env";

#[cfg(feature = "emulate")]
fn scenarios() -> impl TypedValueParser<Value = Scenario> {
    PossibleValuesParser::new(Scenario::ALL.iter().map(|scenario| scenario.name()))
        .try_map(|name| name.parse::<Scenario>())
}

/// The last port that has three more after it.
#[cfg(feature = "emulate")]
const LAST_PORT: i64 = 65_532;

#[cfg(feature = "emulate")]
fn data_start(text: &str) -> Result<Timestamp, String> {
    instant(text, &EmulatorBuilder::STARTS_MS)
}

#[cfg(feature = "emulate")]
fn clock_begin(text: &str) -> Result<Timestamp, String> {
    instant(text, &EmulatorBuilder::CLOCK_MS)
}

#[cfg(feature = "emulate")]
fn instant(text: &str, range_ms: &RangeInclusive<i64>) -> Result<Timestamp, String> {
    let instant = text.parse::<Timestamp>().map_err(|_| {
        say!(
            "not an instant; write it as 2026-01-31T08:00:00Z or with its offset",
            "不是时刻；请写成 2026-01-31T08:00:00Z 这样，或带上时差"
        )
    })?;
    if range_ms.contains(&instant.epoch_ms()) {
        return Ok(instant);
    }
    let [first, last] = [range_ms.start(), range_ms.end()]
        .map(|ms| Timestamp::from_epoch_ms(*ms).map(|end| end.to_string()).unwrap_or_default());
    Err(say!("give an instant between {first} and {last}", "请给出 {first} 与 {last} 之间的时刻"))
}

/// Thousandths, from a number with up to three decimals.
#[cfg(feature = "emulate")]
fn rate_milli(text: &str) -> Result<u32, String> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = !whole.is_empty() && digits(whole) && digits(decimals) && decimals.len() <= 3;
    let milli = format!("{whole}{decimals:0<3}");
    well_formed.then(|| milli.parse().ok()).flatten().ok_or_else(|| {
        say!(
            "give a number like 1, 60 or 0.5, up to 4294967.295, with up to three decimals",
            "请给出 1、60 或 0.5 这样的数，不超过 4294967.295，最多三位小数"
        )
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn instants_have_bounds() {
        let start = |text: &str| data_start(text).map(Timestamp::epoch_ms);
        assert_eq!(start("2001-09-09T01:46:40Z"), Ok(1_000_000_000_000));
        assert_eq!(start("2026-09-21T22:13:20+08:00"), Ok(1_790_000_000_000));
        let error = start("2001-09-09T01:46:39Z").unwrap_err();
        assert!(error.contains("2001-09-09T01:46:40Z and 2106-02-07T06:28:15.999Z"), "{error}");
        assert!(start("2026-09-21").unwrap_err().contains("2026-01-31T08:00:00Z"));
        for (text, lies_within) in [
            ("1969-12-31T23:59:59Z", false),
            ("1970-01-01T00:00:00Z", true),
            ("9999-12-30T22:00:00Z", true),
            ("9999-12-30T22:00:01Z", false),
        ] {
            assert_eq!(clock_begin(text).is_ok(), lies_within, "{text}");
        }
    }

    #[test]
    fn rates_are_read_without_floats() {
        for (text, milli) in
            [("1", 1000), ("0", 0), ("0.5", 500), ("1.005", 1005), ("4294967.295", u32::MAX)]
        {
            assert_eq!(rate_milli(text), Ok(milli));
        }
        for text in ["", ".5", "-1", "1e3", "1.0005", "5000000"] {
            assert!(rate_milli(text).is_err(), "{text}");
        }
    }
}
