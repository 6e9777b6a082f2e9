use clap::{Args, Subcommand};
use live_rewards::Month;

use super::Where;
use crate::note;

#[derive(Debug, Args)]
#[command(after_help = PERIOD_HELP)]
pub(crate) struct Period {
    #[command(subcommand)]
    pub(crate) command: PeriodCommand,
}

const PERIOD_HELP: &str = "\
A month is one of Beijing. What comes into a closed month later, or changes in it, is an adjustment: it is kept like everything
else, and listed with the day on which it was seen.

Examples:
  live-rewards period close 2026-01 --note 已报送
  live-rewards period list 2026-01";

#[derive(Debug, Subcommand)]
pub(crate) enum PeriodCommand {
    /// Closes a month that is over: keeps its figures.
    Close(PeriodClose),
    /// Opens a closed month again.
    Reopen(PeriodReopen),
    /// Lists closed months, or the adjustments of one.
    List(PeriodList),
}

#[derive(Debug, Args)]
pub(crate) struct PeriodClose {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The month, as 2026-01.
    #[arg(value_name = "MONTH")]
    pub(crate) month: Month,
    /// What is kept with it.
    #[arg(long, value_name = "TEXT", value_parser = note::parse)]
    pub(crate) note: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PeriodReopen {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The month, as 2026-01.
    #[arg(value_name = "MONTH")]
    pub(crate) month: Month,
}

#[derive(Debug, Args)]
pub(crate) struct PeriodList {
    #[command(flatten)]
    pub(crate) place: Where,
    /// A closed month, as 2026-01: lists what changed in it since.
    #[arg(value_name = "MONTH")]
    pub(crate) month: Option<Month>,
    /// Writes JSON lines instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}
