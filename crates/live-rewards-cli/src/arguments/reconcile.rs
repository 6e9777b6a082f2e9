use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use live_rewards::Timestamp;
use live_rewards_ledger::{BankFormat, Severity};

use super::{Where, Which};
use crate::{instant, note};

#[derive(Debug, Args)]
#[command(after_help = RECONCILE_HELP, args_conflicts_with_subcommands = true)]
pub(crate) struct Reconcile {
    #[command(subcommand)]
    pub(crate) command: Option<ReconcileCommand>,
    #[command(flatten)]
    pub(crate) checking: Checking,
}

/// How the checks are made, and what is shown.
#[derive(Debug, Args)]
pub(crate) struct Checking {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    /// The instant for which it is judged what is due; the last sync's unless given.
    #[arg(long, value_name = "INSTANT", value_parser = instant::parse)]
    pub(crate) as_of: Option<Timestamp>,
    /// Fen that sums may be apart without a finding.
    #[arg(long, value_name = "FEN")]
    pub(crate) tolerance_fen: Option<u32>,
    /// A file of the bank side to match the ledger's money with.
    #[arg(long, value_name = "FILE")]
    pub(crate) bank: Option<PathBuf>,
    /// The file's format: wechat (资金账单), or a mapping of columns, as date=日期,amount=金额,order=订单号.
    #[arg(long, value_name = "FORMAT", default_value = "wechat", requires = "bank", value_parser = bank_format)]
    pub(crate) bank_format: BankFormat,
    /// Ends with 6 if there are open findings that weigh so much or more.
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// Shows acknowledged findings, too.
    #[arg(long)]
    pub(crate) all: bool,
    /// Writes JSON instead of tables.
    #[arg(long)]
    pub(crate) json: bool,
}

/// How much an open finding weighs that is a failure.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    /// Any finding.
    Information,
    /// Warnings and errors.
    Warning,
    /// Errors.
    Error,
}

impl FailOn {
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::Information => Severity::Information,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReconcileCommand {
    /// Keeps a note with a finding that may stay.
    Ack(ReconcileAck),
    /// Lists the checks: what each compares, and at which vendor it proves something.
    Checks(ReconcileChecks),
}

#[derive(Debug, Args)]
pub(crate) struct ReconcileAck {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The finding, as A1-0123456789abcdef.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Why it may stay.
    #[arg(long, value_name = "TEXT", value_parser = note::parse)]
    pub(crate) note: String,
}

#[derive(Debug, Args)]
pub(crate) struct ReconcileChecks {
    /// In Chinese.
    #[arg(long)]
    pub(crate) zh: bool,
}

fn bank_format(text: &str) -> Result<BankFormat, String> {
    text.parse().map_err(|error: live_rewards_ledger::BankError| error.to_string())
}

const RECONCILE_HELP: &str = "\
A check that a vendor's data can't support is shown as not run, never as passed.

Examples:
  live-rewards reconcile --fail-on error
  live-rewards reconcile --bank fundflow.csv
  live-rewards reconcile ack A1-0123456789abcdef --note 已与平台核实";
