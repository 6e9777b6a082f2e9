//! The command `live-rewards`.

mod accounts;
mod arguments;
mod clock;
mod commands;
mod config;
mod failure;
mod files;
mod folder;
mod instant;
mod interrupt;
mod note;
mod output;
mod reading;
mod replace;
mod rooms;
mod summary;
mod tally;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::{
    arguments::{Arguments, Command},
    failure::Failure,
};

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(command.log_filter()));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(command: Command) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::general(format!("the async runtime can't start: {error}")))?;
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
