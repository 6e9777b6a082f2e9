//! The workspace's own tasks: `cargo xtask codegen` makes code, tests and tables from the specs.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what a task says is its output")]

mod codegen;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::codegen::Mode;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Tasks of this workspace")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Makes typed endpoints, their tests, the emulator's tables and the README's from the specs
    Codegen {
        /// Write nothing; fail if anything is wrong or differs
        #[arg(long)]
        check: bool,
        /// Root of the workspace
        #[arg(long, hide = true, default_value_os_t = workspace())]
        root: PathBuf,
    },
}

fn main() -> ExitCode {
    let Task::Codegen { check, root } = Arguments::parse().task;
    let mode = if check { Mode::Check } else { Mode::Write };
    match codegen::run(&root, mode) {
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
