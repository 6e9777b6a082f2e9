//! The workspace's own tasks: `cargo xtask codegen` makes code, tests, tables and OpenAPI documents
//! from the specs, `cargo xtask openapi` the documents alone.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what a task says is its output")]

mod codegen;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::codegen::Mode;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Tasks of this workspace")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Makes typed endpoints, their tests, the emulator's tables, the README's and the OpenAPI
    /// documents from the specs
    Codegen(Options),
    /// Makes the OpenAPI documents alone
    Openapi(Options),
}

#[derive(Debug, Args)]
struct Options {
    /// Write nothing; fail if anything is wrong or differs
    #[arg(long)]
    check: bool,
    /// Root of the workspace
    #[arg(long, hide = true, default_value_os_t = workspace())]
    root: PathBuf,
}

impl Options {
    fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Codegen(options) => codegen::run(&options.root, options.mode()),
        Task::Openapi(options) => codegen::documents(&options.root, options.mode()),
    };
    match done {
        Ok(changed) => {
            for change in changed {
                println!("{change}");
            }
            ExitCode::SUCCESS
        }
        Err(problems) => {
            for problem in &problems {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}

/// The workspace that this task was built in.
fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
