//! Errors of usage in Chinese. In English they are clap's own.

use std::fmt::Write;

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
            let reason = std::error::Error::source(error).map(ToString::to_string);
            format!("{argument} 的值“{value}”无效：{}", reason.unwrap_or_default())
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
