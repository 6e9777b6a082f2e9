//! Help as it is shown: in lines that fit, with all that is said of an argument in the language of the run.

use std::collections::BTreeMap;

use clap::{Arg, Command, builder::PossibleValue};

use crate::language::say;

/// Columns that no line goes beyond.
const COLUMNS: usize = 120;

/// Columns beside a flag and its text: clap indents, leaves room for a short flag, and puts blanks between.
const BESIDE: usize = 8;

/// The longest flag that every command has.
const SHARED: usize = "--no-progress".len();

/// The command with each argument's variable, default and values in its text, where clap would tell them in English.
pub(super) fn laid_out(command: Command) -> Command {
    let heading = |argument: &Arg| argument.get_help_heading().map(str::to_owned);
    // Texts stand in one column under each heading.
    let mut widest = BTreeMap::new();
    for argument in command.get_arguments() {
        let columns = widest.entry(heading(argument)).or_insert(SHARED);
        *columns = written(argument).max(*columns);
    }
    command
        .mut_args(|argument| {
            let flag = widest.get(&heading(&argument)).copied().unwrap_or(SHARED);
            described(argument, COLUMNS.saturating_sub(flag + BESIDE))
        })
        .mut_subcommands(laid_out)
}

/// Columns of a flag with its values, as `--out <DIR>`. clap writes them itself only where the command is built.
fn written(argument: &Arg) -> usize {
    let flag = argument.get_long().map_or(0, |long| "--".len() + long.len());
    if !argument.get_action().takes_values() {
        return flag;
    }
    let values: usize = match argument.get_value_names() {
        Some(names) => names.iter().map(|name| " <>".len() + name.len()).sum(),
        None => " <>".len() + argument.get_id().as_str().len(),
    };
    flag + values
}

fn described(argument: Arg, room: usize) -> Arg {
    let text = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let mut pieces: Vec<_> = text.split(' ').map(str::to_owned).collect();
    if let Some(variable) = argument.get_env() {
        let variable = variable.display();
        pieces.push(say!("[env: {variable}]", "[环境变量：{variable}]"));
    }
    if !argument.get_action().takes_values() {
        return argument.help(lines(&pieces, room)).hide_env(true);
    }
    let default: Vec<_> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() {
        let default = default.join(" ");
        pieces.push(say!("[default: {default}]", "[默认：{default}]"));
    }
    let values = argument.get_possible_values();
    if !values.is_empty() && !argument.is_hide_possible_values_set() {
        let values: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        pieces.push(say!("[possible values: {}]", "[可选：{}]", values.join(", ")));
    }
    let argument = argument.help(lines(&pieces, room)).hide_env(true);
    argument.hide_default_value(true).hide_possible_values(true)
}

/// Pieces of text, with a blank or the end of a line between them.
fn lines(pieces: &[String], room: usize) -> String {
    let mut text = String::new();
    let mut taken = 0;
    for piece in pieces {
        let columns = width(piece);
        if taken > 0 && taken + 1 + columns > room {
            text.push('\n');
            taken = 0;
        } else if taken > 0 {
            text.push(' ');
            taken += 1;
        }
        text.push_str(piece);
        taken += columns;
    }
    text
}

/// Columns in a terminal.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use clap::builder::BoolishValueParser;

    use super::*;

    #[test]
    fn what_is_said_of_an_argument_stands_in_lines() {
        let argument = Arg::new("form")
            .long("form")
            .help("A form for machines")
            .env("FORM")
            .default_value("csv")
            .value_parser(["csv", "json"]);
        let argument = described(argument, 31);
        insta::assert_snapshot!(argument.get_help().unwrap(), @r"
        A form for machines [env: FORM]
        [default: csv]
        [possible values: csv, json]
        ");
        let flag = Arg::new("all").long("all").action(clap::ArgAction::SetTrue).help("所有");
        let flag = flag.env("ALL").value_parser(BoolishValueParser::new());
        let flag = described(flag, 15);
        assert_eq!(flag.get_help().unwrap().to_string(), "所有 [env: ALL]");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let pieces = ["红包".to_owned(), "ab".to_owned()];
        assert_eq!(lines(&pieces, 7), "红包 ab");
        assert_eq!(lines(&pieces, 6), "红包\nab");
    }
}
