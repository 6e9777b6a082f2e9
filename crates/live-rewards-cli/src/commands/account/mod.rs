mod add;
mod ask;
mod document;
mod list;
mod remove;
mod test;

use std::path::PathBuf;

use crate::{
    arguments::{Account, AccountCommand, ConfigFile},
    config,
    failure::Failure,
    language::say,
};

pub(crate) async fn run(arguments: &Account) -> Result<(), Failure> {
    match &arguments.command {
        AccountCommand::Add(arguments) => add::run(arguments).await,
        AccountCommand::List(arguments) => list::run(arguments),
        AccountCommand::Remove(arguments) => remove::run(arguments),
        AccountCommand::Test(arguments) => test::run(arguments).await,
    }
}

/// The configuration file, which must be there.
fn found(file: &ConfigFile) -> Result<PathBuf, Failure> {
    config::find(file.config.as_deref()).ok_or_else(|| {
        Failure::usage(say!(
            "there is no configuration; live-rewards init writes one, --config names another",
            "没有配置文件；可用 live-rewards init 生成，或用 --config 指定"
        ))
    })
}
