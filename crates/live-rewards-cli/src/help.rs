//! The help texts: English ones stand at the arguments, Chinese ones in `help/chinese.toml`.

mod layout;

use std::{collections::BTreeMap, sync::LazyLock};

use clap::{Arg, ArgAction, Command, CommandFactory};
use live_rewards_ledger::Language;
use serde::Deserialize;

use crate::{
    arguments::{Arguments, BANK},
    language::language,
};

/// The texts of one command in Chinese.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    about: String,
    /// What stands at the end, as an example.
    after: Option<String>,
    /// By the id of the argument.
    #[serde(default)]
    arguments: BTreeMap<String, String>,
    #[serde(default)]
    commands: BTreeMap<String, Self>,
}

/// They are part of the program, and a test reads them: text that can't be read is as good as none.
static CHINESE: LazyLock<Option<Texts>> =
    LazyLock::new(|| toml::from_str(include_str!("help/chinese.toml")).ok());

/// What takes the place of clap's own words.
const CHINESE_TEMPLATE: &str = "\
{before-help}{about-with-newline}
用法：{usage}

{all-args}{after-help}";

/// The command as a run reads its arguments and shows its help.
pub(crate) fn shown() -> Command {
    without_empty(layout::laid_out(command()))
}

/// Takes variables that are empty for such that aren't set. The help names them already.
fn without_empty(command: Command) -> Command {
    let is_empty = |argument: &Arg| {
        argument.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty())
    };
    command
        .mut_args(
            |argument| {
                if is_empty(&argument) { argument.env(None::<&'static str>) } else { argument }
            },
        )
        .mut_subcommands(without_empty)
}

/// The command with its help in the language of this run.
pub(crate) fn command() -> Command {
    // `help` itself takes the names of commands of commands.
    let command =
        Arguments::command().mut_subcommands(|command| command.disable_help_subcommand(true));
    match (language(), &*CHINESE) {
        (Language::Chinese, Some(texts)) => chinese(command, texts),
        _ => command,
    }
}

fn chinese(command: Command, texts: &Texts) -> Command {
    let mut command = command
        .about(texts.about.clone())
        .help_template(CHINESE_TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_subcommand(true)
        .mut_args(|argument| {
            let heading = match argument.get_help_heading() {
                Some(BANK) => "渠道账单",
                _ if argument.is_positional() => "参数",
                _ => "选项",
            };
            let text = texts.arguments.get(argument.get_id().as_str()).cloned();
            let argument = match text {
                Some(text) => argument.help(text),
                None => argument,
            };
            argument.help_heading(heading)
        });
    // clap's own are told in English.
    command = command.disable_help_flag(true).arg(
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help("显示帮助")
            .help_heading("选项"),
    );
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("显示版本")
                .help_heading("选项"),
        );
    }
    if let Some(after) = &texts.after {
        command = command.after_help(after.clone());
    }
    command.mut_subcommands(|command| match texts.commands.get(command.get_name()) {
        Some(texts) => chinese(command, texts),
        None => command,
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    /// Every command and argument has a Chinese text, and there is no text of what isn't there.
    #[test]
    #[cfg(feature = "emulate")]
    fn the_chinese_help_is_complete() {
        let texts: Texts = toml::from_str(include_str!("help/chinese.toml")).unwrap();
        compare(&Arguments::command(), &texts, "live-rewards");
    }

    #[cfg(feature = "emulate")]
    fn compare(command: &Command, texts: &Texts, path: &str) {
        let mut arguments: Vec<_> =
            command.get_arguments().map(|argument| argument.get_id().as_str()).collect();
        arguments.sort_unstable();
        let translated: Vec<_> = texts.arguments.keys().map(String::as_str).collect();
        assert_eq!(arguments, translated, "arguments of {path}");
        let has_end = command.get_after_help().is_some();
        assert_eq!(has_end, texts.after.is_some(), "the end of the help of {path}");
        let mut names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        names.sort_unstable();
        let translated: Vec<_> = texts.commands.keys().map(String::as_str).collect();
        assert_eq!(names, translated, "commands of {path}");
        for command in command.get_subcommands() {
            let name = command.get_name();
            compare(command, &texts.commands[name], &format!("{path} {name}"));
        }
    }

    /// What `emulate --print-env` exports for scripts, and no flag is to take for its own.
    const EXPORTED: [&str; 2] = ["LIVE_REWARDS_START", "LIVE_REWARDS_ADMIN"];

    #[test]
    fn each_flag_has_a_variable() {
        named(&Arguments::command());
    }

    fn named(command: &Command) {
        for argument in command.get_arguments().filter(|argument| !argument.is_positional()) {
            let id = argument.get_id().as_str();
            // `--json` is short for another, and of the places of a secret one excludes the others.
            if id == "json" || id.starts_with("secret_") {
                continue;
            }
            let variable = argument.get_env().and_then(OsStr::to_str).unwrap_or_default();
            let is_named = variable.strip_prefix("LIVE_REWARDS_").is_some_and(|name| {
                name.ends_with(&id.to_ascii_uppercase()) && !EXPORTED.contains(&variable)
            });
            assert!(is_named, "--{id} of {} has {variable:?}", command.get_name());
        }
        command.get_subcommands().for_each(named);
    }
}
