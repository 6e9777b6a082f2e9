//! The language of what people read: English or Chinese. Data for machines is the same in both.

mod misread;

use std::{ffi::OsString, sync::OnceLock};

use live_rewards_ledger::Language;

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// A text in the language of this run, from two formats that stand side by side, so that none lacks the other.
macro_rules! say {
    ($en:literal, $zh:literal $(, $argument:expr)* $(,)?) => {
        match $crate::language::language() {
            ::live_rewards_ledger::Language::Chinese => format!($zh $(, $argument)*),
            _ => format!($en $(, $argument)*),
        }
    };
}

pub(crate) use misread::misread;
pub(crate) use say;

/// The language of this run.
pub(crate) fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or(Language::English)
}

/// Yes or no.
pub(crate) fn yes_or_no(flag: bool) -> String {
    if flag { say!("yes", "是") } else { say!("no", "否") }
}

/// Chooses the language of this run: by `--lang`, by `LIVE_REWARDS_LANG`, by the locale. It has to be known before the arguments
/// are read, as help and usage errors are told in it.
pub(crate) fn choose(arguments: impl IntoIterator<Item = OsString>) {
    let language = asked(arguments)
        .or_else(|| std::env::var_os("LIVE_REWARDS_LANG").and_then(|name| parse(&name)))
        .or_else(|| sys_locale::get_locale().map(|locale| of_locale(&locale)))
        .unwrap_or(Language::English);
    // Nobody has chosen before: this is the first that a run does.
    let _ = LANGUAGE.set(language);
}

/// What the last `--lang` says. That it is none is told when the arguments are read.
fn asked(arguments: impl IntoIterator<Item = OsString>) -> Option<Language> {
    let mut arguments = arguments.into_iter();
    let mut asked = None;
    while let Some(argument) = arguments.next() {
        let Some(argument) = argument.to_str() else { continue };
        match argument.strip_prefix("--lang") {
            Some("") => asked = arguments.next().and_then(|name| parse(&name)).or(asked),
            Some(rest) => {
                asked = rest.strip_prefix('=').and_then(|name| parse(name.as_ref())).or(asked);
            }
            None if argument == "--" => break,
            None => {}
        }
    }
    asked
}

fn parse(name: &std::ffi::OsStr) -> Option<Language> {
    match name.to_str()? {
        "en" => Some(Language::English),
        "zh" => Some(Language::Chinese),
        _ => None,
    }
}

fn of_locale(locale: &str) -> Language {
    let is_chinese = locale.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("zh"));
    if is_chinese { Language::Chinese } else { Language::English }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_flag_counts_and_none_after_two_dashes() {
        let of = |line: &str| asked(line.split(' ').map(OsString::from));
        assert_eq!(of("x --lang zh sync"), Some(Language::Chinese));
        assert_eq!(of("x sync --lang=zh"), Some(Language::Chinese));
        assert_eq!(of("x --lang zh --lang en"), Some(Language::English));
        assert_eq!(of("x --lang"), None);
        assert_eq!(of("x --lang fr"), None);
        assert_eq!(of("x --language zh"), None);
        assert_eq!(of("x -- --lang zh"), None);
    }

    #[test]
    fn locales_of_china_are_chinese() {
        for (locale, language) in [
            ("zh-CN", Language::Chinese),
            ("zh_TW.UTF-8", Language::Chinese),
            ("en-US", Language::English),
            ("C", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(of_locale(locale), language, "{locale}");
        }
    }
}
