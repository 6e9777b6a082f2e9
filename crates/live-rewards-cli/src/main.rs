//! The command `live-rewards`.

mod accounts;
mod arguments;
mod clock;
mod commands;
mod config;
mod failure;
mod files;
mod folder;
mod help;
mod instant;
mod interrupt;
mod language;
mod note;
mod output;
mod progress;
mod reading;
mod replace;
mod rooms;
mod sheet;
mod staged;
mod summary;
mod tally;
mod usage;

use std::process::ExitCode;

use clap::{
    ArgMatches, FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};
use live_rewards_ledger::Language;
use tracing_subscriber::EnvFilter;

use crate::{
    arguments::{Arguments, Command},
    failure::Failure,
    language::say,
};

fn main() -> ExitCode {
    language::choose(std::env::args_os().skip(1));
    let Arguments { command, no_progress, .. } = arguments();
    if no_progress {
        progress::turn_off();
    }
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(command.log_filter()));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| progress::Stderr).init();
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The arguments; where they are wrong, or only help is asked for, the run ends here.
fn arguments() -> Arguments {
    let read = help::shown().try_get_matches().and_then(|matches| {
        refuse_conflicts(&matches)?;
        Arguments::from_arg_matches(&matches)
    });
    match (read, language::language()) {
        (Ok(arguments), _) => arguments,
        // Help and version are no errors, and say already what they say.
        (Err(error), Language::Chinese) if error.use_stderr() => {
            error.apply::<usage::Chinese>().exit()
        }
        (Err(error), _) => error.exit(),
    }
}

fn refuse_conflicts(matches: &ArgMatches) -> Result<(), clap::Error> {
    let Some((one, other)) = arguments::conflict(matches) else {
        return Ok(());
    };
    let mut error = clap::Error::new(ErrorKind::ArgumentConflict).with_cmd(&help::command());
    error.insert(ContextKind::InvalidArg, ContextValue::String(one));
    error.insert(ContextKind::PriorArg, ContextValue::String(other.to_owned()));
    Err(error)
}

fn run(command: Command) -> Result<(), Failure> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
            Failure::general(say!(
                "the async runtime can't start: {error}",
                "异步运行时无法启动：{error}"
            ))
        })?;
    runtime.block_on(async {
        if command.minds_interruptions() {
            return commands::run(command).await;
        }
        tokio::select! {
            // Listens for interruptions before there is anything to clean up.
            biased;
            () = interrupt::interrupted() => Err(Failure::Interrupted),
            result = commands::run(command) => result,
        }
    })
}
