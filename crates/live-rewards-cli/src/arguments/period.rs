use clap::{Args, Subcommand};
use live_rewards::Month;

use super::{Shown, Where};
use crate::{language::say, note};

#[derive(Debug, Args)]
#[command(after_help = PERIOD_HELP)]
pub(crate) struct Period {
    #[command(subcommand)]
    pub(crate) command: PeriodCommand,
}

const PERIOD_HELP: &str = "\
A month is one of Beijing. What comes into a closed month later, or changes in it, is an adjustment: it is kept like
everything else, and listed with the time at which it was seen. Closing warns of what was never read or not up to the
end of the month.

Examples:
  live-rewards period close 2026-01 --note 已报送
  live-rewards period list 2026-01";

#[derive(Debug, Subcommand)]
pub(crate) enum PeriodCommand {
    /// Closes a month that is over: keeps its figures.
    Close(PeriodClose),
    /// Opens a closed month again.
    Reopen(PeriodReopen),
    /// Lists closed months with their figures, or the adjustments of one.
    List(PeriodList),
}

#[derive(Debug, Args)]
#[command(after_help = CLOSE_HELP)]
pub(crate) struct PeriodClose {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The month, as 2026-01.
    #[arg(value_name = "MONTH", value_parser = month)]
    pub(crate) month: Month,
    /// What is kept with it.
    #[arg(long, value_name = "TEXT", env = "LIVE_REWARDS_PERIOD_NOTE", value_parser = note::parse)]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const CLOSE_HELP: &str = "\
Writes the figures that are kept, as JSON also what was never read or not up to the end of the month.

Example:
  live-rewards period close 2026-01 --note 已报送";

#[derive(Debug, Args)]
#[command(after_help = REOPEN_HELP)]
pub(crate) struct PeriodReopen {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The month, as 2026-01.
    #[arg(value_name = "MONTH", value_parser = month)]
    pub(crate) month: Month,
}

const REOPEN_HELP: &str = "\
The figures that were kept stay listed, with the time at which the month was reopened.

Example:
  live-rewards period reopen 2026-01";

#[derive(Debug, Args)]
#[command(after_help = LIST_HELP)]
pub(crate) struct PeriodList {
    #[command(flatten)]
    pub(crate) place: Where,
    /// A closed month, as 2026-01: lists what changed in it since.
    #[arg(value_name = "MONTH", value_parser = month)]
    pub(crate) month: Option<Month>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

const LIST_HELP: &str = "\
Examples:
  live-rewards period list
  live-rewards period list 2026-01 --format csv > adjustments.csv";

fn month(text: &str) -> Result<Month, String> {
    text.parse()
        .map_err(|_| say!("not a month; write it as 2026-01", "不是月份；请写成 2026-01 这样"))
}
