use std::path::PathBuf;

use clap::{
    Args, ValueEnum,
    builder::{BoolishValueParser, PossibleValuesParser, StringValueParser, TypedValueParser},
};
use live_rewards::{Timestamp, polyv::http::SecretString};
use live_rewards_ledger::{TABLES, Table};

use super::{Where, Which};
use crate::instant;

/// What happened when.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Between {
    /// Only what happened from this instant on: a red packet when it was sent, a claim when it was claimed.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_SINCE", value_parser = instant::parse)]
    pub(crate) since: Option<Timestamp>,
    /// Only what happened before this instant.
    #[arg(long, value_name = "INSTANT", env = "LIVE_REWARDS_UNTIL", value_parser = instant::parse)]
    pub(crate) until: Option<Timestamp>,
}

/// How people are named.
#[derive(Debug, Args)]
pub(crate) struct People {
    /// Puts pseudonyms in the place of people.
    // Whoever takes it for the secret itself must not see it again in an error: it is judged later.
    #[arg(long, value_name = "KEY", help = PSEUDONYMISE, env = "LIVE_REWARDS_PSEUDONYMISE", value_parser = secret())]
    pub(crate) pseudonymise: Option<SecretString>,
}

const PSEUDONYMISE: &str = "Puts pseudonyms in the place of people: ids and names keyed by the secret that this names, \
    env:NAME, file:PATH or keyring:NAME";

fn secret() -> impl TypedValueParser<Value = SecretString> {
    StringValueParser::new().map(SecretString::from)
}

#[derive(Debug, Args)]
#[command(after_help = EXPORT_HELP)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    /// Folder for the files, also --out; made if it isn't there, and files of the same name are replaced.
    #[arg(long, value_name = "DIR", env = "LIVE_REWARDS_EXPORT_TO", alias = "out")]
    pub(crate) to: PathBuf,
    /// What is written: csv and jsonl for machines, a file a table; xlsx for people, one workbook.
    #[arg(
        long,
        value_name = "FORMAT",
        env = "LIVE_REWARDS_EXPORT_FORMAT",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    pub(crate) format: ExportFormat,
    /// CSV that Excel opens as it is meant: titles, yuan, Beijing time, ids as text.
    #[arg(long, env = "LIVE_REWARDS_EXPORT_EXCEL", value_parser = BoolishValueParser::new())]
    pub(crate) excel: bool,
    /// Only this table; a workbook has all that have rows.
    #[arg(long, value_name = "TABLE", value_delimiter = ',', env = "LIVE_REWARDS_EXPORT_TABLE", value_parser = tables(), hide_possible_values = true)]
    pub(crate) table: Vec<&'static Table>,
    #[command(flatten)]
    pub(crate) between: Between,
    #[command(flatten)]
    pub(crate) people: People,
}

const EXPORT_HELP: &str = "\
Each file gets its SHA-256 beside it. The same key gives the same pseudonyms, so that files can be joined;
it has at least 16 bytes, and whoever has it can find out who is who.
An INSTANT is a day as 2026-01-31 or a time as '2026-01-31 08:00:00', both of Beijing, or 2026-01-31T08:00:00Z.

Examples:
  live-rewards export --to january --format xlsx --since 2026-01-01 --until 2026-02-01
  live-rewards export --to shared --table claims --pseudonymise file:pseudonyms.key";

/// The form of exported files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    #[default]
    Csv,
    Jsonl,
    Xlsx,
}

fn tables() -> impl TypedValueParser<Value = &'static Table> {
    PossibleValuesParser::new(TABLES.iter().map(|table| table.name)).try_map(|name| {
        TABLES.iter().copied().find(|table| table.name == name).ok_or("there is no such table")
    })
}

#[derive(Debug, Args)]
#[command(after_help = REPORT_HELP)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) place: Where,
    #[command(flatten)]
    pub(crate) which: Which,
    /// The file, replaced if it is there.
    #[arg(
        long,
        value_name = "FILE",
        env = "LIVE_REWARDS_REPORT_OUT",
        default_value = "report.html"
    )]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) between: Between,
    #[command(flatten)]
    pub(crate) people: People,
}

const REPORT_HELP: &str = "\
The report is one HTML file that loads nothing from anywhere and prints on A4; its SHA-256 is put beside it. It is
in the language of the run: --lang en or --lang zh. The checks are made first, as reconcile makes them.
An INSTANT is a day as 2026-01-31 or a time as '2026-01-31 08:00:00', both of Beijing, or 2026-01-31T08:00:00Z.

Example:
  live-rewards report --lang zh --since 2026-01-01 --until 2026-02-01 --out january.html";
