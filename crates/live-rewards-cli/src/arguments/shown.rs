use clap::{ArgMatches, Args, parser::ValueSource};

use crate::sheet::Format;

/// The form of what is written to standard output.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Shown {
    /// Form of the output: table, json, jsonl or csv.
    #[arg(
        long,
        value_name = "FORMAT",
        env = "LIVE_REWARDS_FORMAT",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    format: Format,
    /// Short for --format json.
    #[arg(long)]
    json: bool,
}

impl Shown {
    pub(crate) const fn format(self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// Flags, and what can't be given beside them.
const CONFLICTS: [(&str, &str, &str); 2] =
    [("json", "format", "--format <FORMAT>"), ("demo", "config", "--config <FILE>")];

/// Two arguments that exclude each other: the flag, and the other one as it is written.
///
/// clap would refuse, too, what the environment says of the other; but a flag goes before the environment.
pub(crate) fn conflict(matches: &ArgMatches) -> Option<(String, &'static str)> {
    let is_known = |id: &str| matches.ids().any(|known| known == id);
    let is_given = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    // Of `account test`: both name accounts.
    if is_known("names") && is_known("account") && is_given("account") {
        return Some(("[NAME]...".to_owned(), "--account <GLOB>"));
    }
    let here = CONFLICTS.iter().find(|(flag, other, _)| {
        is_known(flag) && is_known(other) && matches.get_flag(flag) && is_given(other)
    });
    match here {
        Some(&(flag, _, other)) => Some((format!("--{flag}"), other)),
        None => conflict(matches.subcommand()?.1),
    }
}
