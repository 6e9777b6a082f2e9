use std::path::PathBuf;

use clap::{
    Args, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use live_rewards::Vendor;

/// Live-streaming rewards of Xiaoe-tech (小鹅通), Polyv (保利威) and YXT (云学堂), exact to the fen.
#[derive(Debug, Parser)]
#[command(name = "live-rewards", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    an error that has no code of its own
  2    wrong usage or configuration
  3    done, but some rows could not be read
  4    the vendor refused credentials or permission
  5    the vendor limits calls or is down; trying later helps
  6    figures differ from the emulator's ground truth
  130  interrupted";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fetches everything from three emulated vendors and checks the sums; needs no account.
    #[cfg(feature = "emulate")]
    Demo(Demo),
    /// Fetches the rewards of rooms of one vendor into CSV files.
    Fetch(Fetch),
    /// Runs the three vendors on this machine until interrupted.
    #[cfg(feature = "emulate")]
    Emulate(Emulate),
}

impl Command {
    /// What is logged unless `RUST_LOG` says otherwise.
    pub(crate) fn log_filter(&self) -> &'static str {
        match self {
            // Whoever runs it wants to see which requests it refuses.
            #[cfg(feature = "emulate")]
            Self::Emulate(_) => "info",
            _ => "warn",
        }
    }
}

#[cfg(feature = "emulate")]
#[derive(Debug, Args)]
#[command(after_help = DEMO_HELP)]
pub(crate) struct Demo {
    /// Folder for the CSV files, made if it isn't there; files of the same name are replaced.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Seed of the emulated data.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

#[cfg(feature = "emulate")]
const DEMO_HELP: &str = "\
RUST_LOG sets what is logged to standard error: error, warn (unless set), info or debug.

Example:
  live-rewards demo --out demo";

#[derive(Debug, Args)]
#[command(after_help = FETCH_HELP)]
pub(crate) struct Fetch {
    /// The vendor.
    #[arg(long, value_name = "VENDOR", value_parser = vendor_parser())]
    pub(crate) vendor: Vendor,
    /// Rooms: Polyv channel numbers, Xiaoe live ids (l_…), YXT room pids.
    #[arg(long, value_name = "ID", required = true, num_args = 1..)]
    pub(crate) room: Vec<String>,
    /// Folder for the CSV files, made if it isn't there; files of the same name are replaced.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// Knows the names, so that help and errors list them.
fn vendor_parser() -> impl TypedValueParser<Value = Vendor> {
    PossibleValuesParser::new(Vendor::ALL.iter().copied().map(Vendor::as_str))
        .try_map(|name| name.parse::<Vendor>())
}

const FETCH_HELP: &str = "\
Credentials come from the environment:
  xiaoe  XIAOE_APP_ID, XIAOE_CLIENT_ID, XIAOE_SECRET_KEY
  polyv  POLYV_APP_ID, POLYV_APP_SECRET
  yxt    YXT_APP_KEY, YXT_APP_SECRET, YXT_SOURCE (if you were given one)
Another address, as the emulator's: XIAOE_BASE_URL, POLYV_BASE_URL, YXT_BASE_URL.
RUST_LOG sets what is logged to standard error: error, warn (unless set), info or debug.

Example:
  live-rewards fetch --vendor polyv --room 2812610 2812611 --out rewards";

#[cfg(feature = "emulate")]
#[derive(Debug, Args)]
#[command(after_help = EMULATE_HELP)]
pub(crate) struct Emulate {
    /// First of four ports in a row (xiaoe, polyv, yxt; the fourth is reserved); 0 takes any that are free.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Seed of the data.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

#[cfg(feature = "emulate")]
const EMULATE_HELP: &str = "\
It writes one line of JSON with addresses, credentials and rooms, then logs to standard error which
requests it refuses. RUST_LOG sets what is logged: error, warn, info (unless set) or debug.

Example:
  live-rewards emulate --port 0 --seed 7";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
