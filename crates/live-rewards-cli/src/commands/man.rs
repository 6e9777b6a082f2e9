use std::{fs, io, path::Path};

use clap_mangen::Man;

use crate::{arguments::Manual, failure::Failure, help, output};

/// Writes the page of the command, or the pages of all commands into a folder.
pub(crate) fn run(arguments: &Manual) -> Result<(), Failure> {
    let mut command = help::command();
    // Gives every subcommand its full name.
    command.build();
    let Some(folder) = &arguments.out else {
        let page = page(command).map_err(|error| Failure::stdout(&error))?;
        return output::bytes(&page);
    };
    let wrote = fs::create_dir_all(folder).and_then(|()| write_all(&command, folder));
    wrote.map_err(|error| Failure::file("write to", folder, &error))
}

fn write_all(command: &clap::Command, folder: &Path) -> io::Result<()> {
    let man = Man::new(command.clone());
    fs::write(folder.join(man.get_filename()), page(command.clone())?)?;
    command
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
        .try_for_each(|command| write_all(command, folder))
}

fn page(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}
