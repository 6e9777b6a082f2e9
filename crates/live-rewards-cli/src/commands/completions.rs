use clap_complete::generate;

use crate::{arguments::Completions, failure::Failure, help, output};

/// Writes a completion script. It goes through a buffer, as the generator can't tell of a pipe closed early.
pub(crate) fn run(arguments: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    let mut command = help::command();
    let name = command.get_name().to_owned();
    generate(arguments.shell, &mut command, name, &mut script);
    output::bytes(&script)
}
