//! Errors of usage in Chinese. In English they are clap's own.

use std::{
    fmt::Write,
    net::AddrParseError,
    num::{IntErrorKind, ParseIntError},
};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};

/// Tells what was wrong, and how to get help.
pub(crate) struct Chinese;

impl ErrorFormatter for Chinese {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let mut text = StyledStr::new();
        // Writing to text can't fail.
        let _ = write!(text, "错误：{}", what(error));
        if let Some(suggested) = suggested(error) {
            let _ = write!(text, "\n\n  提示：有相近的 {suggested}");
        }
        let _ = write!(text, "\n\n更多信息请用 --help 查看。\n");
        text
    }
}

fn what(error: &Error<Chinese>) -> String {
    let of = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    let value = of(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue => {
            let valid = of(ContextKind::ValidValue);
            let valid = if valid.is_empty() { valid } else { format!("；可用的值：{valid}") };
            format!("{argument} 的值“{value}”无效{valid}")
        }
        ErrorKind::UnknownArgument => format!("不认识的参数 {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!("不认识的命令 {}", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::NoEquals => format!("{argument} 后面要用等号给出值"),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(reason).unwrap_or_default();
            format!("{argument} 的值“{value}”无效：{reason}")
        }
        ErrorKind::TooManyValues => format!("{argument} 不能再有值“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对")
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} 不能与 {} 一起用", of(ContextKind::PriorArg))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数 {argument}"),
        ErrorKind::MissingSubcommand => {
            format!("缺少命令；可用的命令：{}", of(ContextKind::ValidSubcommand))
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文本".to_owned(),
        kind => kind.as_str().unwrap_or("用法不对").to_owned(),
    }
}

/// Why a value can't be read. The parsers of this command tell it in Chinese themselves.
fn reason(source: &(dyn std::error::Error + 'static)) -> String {
    if let Some(error) = source.downcast_ref::<ParseIntError>() {
        let reason = match error.kind() {
            IntErrorKind::Empty => "缺少数字",
            IntErrorKind::PosOverflow => "数字太大",
            IntErrorKind::NegOverflow => "数字太小",
            _ => "应为整数",
        };
        return reason.to_owned();
    }
    if source.is::<AddrParseError>() {
        return "不是 IP 地址".to_owned();
    }
    of_clap(&source.to_string())
}

/// clap's own reasons are known by their text alone.
fn of_clap(reason: &str) -> String {
    if reason == "value was not a boolean" {
        return "应为 true 或 false".to_owned();
    }
    let Some((_, bounds)) = reason.split_once(" is not in ") else { return reason.to_owned() };
    match bounds.split_once("..=").or_else(|| bounds.split_once("..")) {
        Some((least, "" | "9223372036854775807" | "18446744073709551615")) => {
            format!("应不小于 {least}")
        }
        Some((least, most)) => format!("应在 {least} 到 {most} 之间"),
        None => reason.to_owned(),
    }
}

fn suggested(error: &Error<Chinese>) -> Option<String> {
    [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| error.get(kind))
        .map(words)
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
        }
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_in_chinese() {
        let number = |text: &str| reason(&text.parse::<u8>().unwrap_err());
        let told = [
            number("abc"),
            number(""),
            number("256"),
            reason(&"x".parse::<std::net::IpAddr>().unwrap_err()),
            of_clap("value was not a boolean"),
            of_clap("0 is not in 1..=4294967295"),
            of_clap("0 is not in 1..18446744073709551615"),
        ];
        insta::assert_snapshot!(told.join("\n"), @r"
        应为整数
        缺少数字
        数字太大
        不是 IP 地址
        应为 true 或 false
        应在 1 到 4294967295 之间
        应不小于 1
        ");
    }
}
