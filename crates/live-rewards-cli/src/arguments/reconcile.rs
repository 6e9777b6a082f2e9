use std::path::PathBuf;

use clap::{
    Args, Subcommand, ValueEnum,
    builder::{BoolishValueParser, PossibleValuesParser, TypedValueParser},
};
use live_rewards::Timestamp;
use live_rewards_ledger::{BankError, BankFormat, BankOptions, MovementKind, Severity};

use super::{Shown, Where, Which};
use crate::{instant, language::language, note};

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
    /// Judges what is due then; at the last sync unless given.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_RECONCILE_AS_OF", value_parser = instant::parse)]
    pub(crate) as_of: Option<Timestamp>,
    /// Fen that sums may be apart without a finding.
    #[arg(long, value_name = "FEN", env = "LIVE_REWARDS_RECONCILE_TOLERANCE_FEN")]
    pub(crate) tolerance_fen: Option<u32>,
    /// Ends with 6 if there are open findings that weigh so much or more.
    #[arg(long, value_name = "SEVERITY", env = "LIVE_REWARDS_RECONCILE_FAIL_ON")]
    pub(crate) fail_on: Option<FailOn>,
    /// Also shows what is acknowledged or agrees with the bank.
    #[arg(long, env = "LIVE_REWARDS_RECONCILE_ALL", value_parser = BoolishValueParser::new())]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) shown: Shown,
    /// A file of the bank side to match with; several are read as one.
    #[arg(long, value_name = "FILE", env = "LIVE_REWARDS_BANK", help_heading = BANK)]
    pub(crate) bank: Option<Vec<PathBuf>>,
    #[command(flatten)]
    pub(crate) matching: Matching,
}

/// The heading of what is about the bank side.
pub(crate) const BANK: &str = "Bank";

/// How the bank side is matched.
// None of it needs `--bank`: what the environment says is there in other runs, too.
#[derive(Debug, Args)]
#[command(next_help_heading = BANK)]
pub(crate) struct Matching {
    /// The files' format: wechat (资金账单), or a mapping of columns, as date=日期,amount=金额,order=订单号.
    #[arg(long, value_name = "FORMAT", env = "LIVE_REWARDS_BANK_FORMAT", default_value = "wechat", value_parser = bank_format)]
    pub(crate) bank_format: BankFormat,
    /// Only the ledger's movements of these kinds.
    #[arg(long, value_name = "KIND", env = "LIVE_REWARDS_BANK_KIND", value_delimiter = ',', value_parser = movement_kinds())]
    pub(crate) bank_kind: Vec<MovementKind>,
    /// Only lines whose business has one of these, as 红包.
    #[arg(long, value_name = "TEXT", env = "LIVE_REWARDS_BANK_BUSINESS", value_delimiter = ',')]
    pub(crate) bank_business: Vec<String>,
    /// From this instant; the files' first day unless given.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_BANK_FROM", value_parser = instant::parse)]
    pub(crate) bank_from: Option<Timestamp>,
    /// Before this; the end of the files' last day unless given.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_BANK_UNTIL", value_parser = instant::parse)]
    pub(crate) bank_until: Option<Timestamp>,
    /// Days that a movement and its line may be apart where no order joins them.
    #[arg(long, value_name = "DAYS", env = "LIVE_REWARDS_BANK_DAY_SLACK", default_value_t = BankOptions::default().day_slack, value_parser = clap::value_parser!(u8).range(..=31))]
    pub(crate) bank_day_slack: u8,
    /// Hours from an end of the files in which a movement's line may be in another file, where lines have times.
    #[arg(long, value_name = "HOURS", env = "LIVE_REWARDS_BANK_HOUR_SLACK", default_value_t = BankOptions::default().hour_slack)]
    pub(crate) bank_hour_slack: u8,
}

/// How much an open finding weighs that is a failure.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FailOn {
    // Documented variants would make the help as long as two screens.
    Information,
    Warning,
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
    #[command(after_help = CHECKS_HELP)]
    Checks,
}

#[derive(Debug, Args)]
#[command(after_help = ACK_HELP)]
pub(crate) struct ReconcileAck {
    #[command(flatten)]
    pub(crate) place: Where,
    /// The finding, as A1-0123456789abcdef.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Why it may stay.
    #[arg(long, value_name = "TEXT", env = "LIVE_REWARDS_RECONCILE_NOTE", value_parser = note::parse)]
    pub(crate) note: String,
}

const ACK_HELP: &str = "\
A new note takes the place of the old one. Another amount is another finding.

Example:
  live-rewards reconcile ack A1-0123456789abcdef --note 已与平台核实";

const CHECKS_HELP: &str = "\
Example:
  live-rewards reconcile checks --lang zh > checks.md";

fn bank_format(text: &str) -> Result<BankFormat, String> {
    text.parse().map_err(|error: BankError| error.in_words(language()))
}

/// Knows the names, so that help and errors list them.
fn movement_kinds() -> impl TypedValueParser<Value = MovementKind> {
    let all = || MovementKind::ALL.iter().copied();
    PossibleValuesParser::new(all().map(MovementKind::as_str)).try_map(move |name| {
        all().find(|kind| kind.as_str() == name).ok_or("there is no such kind")
    })
}

const RECONCILE_HELP: &str = "\
A check that a vendor's data can't support is shown as not run, never as passed. As CSV or JSON lines there are the
findings; with --bank the rows of the bank side instead.

Examples:
  live-rewards reconcile --fail-on error
  live-rewards reconcile --bank fundflow-30.csv --bank fundflow-31.csv --bank-kind red_packet,refund";

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{Arguments, Command};

    fn parse(arguments: &[&str]) -> Result<Checking, String> {
        let all = ["live-rewards", "reconcile"].iter().chain(arguments);
        match Arguments::try_parse_from(all) {
            Ok(Arguments { command: Command::Reconcile(reconcile), .. }) => Ok(reconcile.checking),
            Ok(_) => Err("another command".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn what_is_matched_can_be_chosen() {
        let checking = parse(&["--bank", "a.csv", "--bank", "b.csv"]).unwrap();
        assert_eq!(checking.bank, Some(vec!["a.csv".into(), "b.csv".into()]));
        let flags = [
            "--bank=a",
            "--bank-kind=gift,prize",
            "--bank-business=红包",
            "--bank-from=2026-01-31",
        ];
        let Checking { matching, .. } = parse(&flags).unwrap();
        assert_eq!(matching.bank_kind, [MovementKind::Gift, MovementKind::Prize]);
        assert_eq!(matching.bank_business, ["红包"]);
        assert!(matching.bank_from.is_some() && matching.bank_until.is_none());
        for (flags, told) in [
            (&["--bank-kind=gifts"][..], "red_packet, refund, gift, gift_payment, prize"),
            (&["--bank-day-slack=32"], "0..=31"),
            (&["--bank-format=date=1"], "give amount"),
        ] {
            let error = parse(flags).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }
}
