//! The help texts: English ones stand at the arguments, Chinese ones in `help/chinese.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use clap::{Arg, ArgAction, Command, CommandFactory};
use live_rewards_ledger::Language;
use serde::Deserialize;

use crate::{arguments::Arguments, language::language};

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

/// The command with its help in the language of this run.
pub(crate) fn command() -> Command {
    let command = Arguments::command();
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
            let heading = if argument.is_positional() { "参数" } else { "选项" };
            let text = texts.arguments.get(argument.get_id().as_str()).cloned();
            let argument = match text {
                Some(text) => argument.help(text),
                None => argument,
            };
            if argument.get_help_heading().is_some() {
                argument
            } else {
                argument.help_heading(heading)
            }
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
    for (name, texts) in &texts.commands {
        command = command.mut_subcommand(name, |command| chinese(command, texts));
    }
    command
}

#[cfg(test)]
mod tests {
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
}
