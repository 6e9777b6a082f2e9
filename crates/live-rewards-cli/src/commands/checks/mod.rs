//! What was looked at, what was seen, and what to do about it.

mod advice;
mod credentials;
mod topic;

use live_rewards::{Error, ErrorKind};

pub(super) use credentials::credentials;
pub(super) use topic::Topic;

use crate::{
    failure::Failure,
    language::say,
    output,
    sheet::{Format, Sheet},
};

/// One thing that was looked at.
#[derive(Debug)]
pub(super) struct Check {
    /// The account that it is about, if it is about one.
    account: Option<String>,
    topic: Topic,
    state: State,
    seen: String,
    advice: Option<String>,
    /// The exit code, where it failed.
    code: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Ok,
    /// It works, but should be looked at.
    Warn,
    Fail,
    /// It was not looked at.
    Skipped,
}

/// Exit codes, by what has to be mended first: what is wrong here, then what the vendor refuses; what trying later helps comes last.
const CODES: [u8; 5] = [2, 4, 7, 1, 5];

impl Check {
    pub(super) fn ok(topic: Topic, seen: impl Into<String>) -> Self {
        Self::new(topic, State::Ok, seen.into(), None)
    }

    pub(super) fn skipped(topic: Topic, seen: impl Into<String>) -> Self {
        Self::new(topic, State::Skipped, seen.into(), None)
    }

    pub(super) fn warn(topic: Topic, seen: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::new(topic, State::Warn, seen.into(), Some(advice.into()))
    }

    pub(super) fn fail(topic: Topic, code: u8, seen: impl Into<String>) -> Self {
        Self { code, ..Self::new(topic, State::Fail, seen.into(), None) }
    }

    /// What a failure says, which says what to do by itself.
    pub(super) fn failed(topic: Topic, failure: &Failure) -> Self {
        Self::fail(topic, failure.code(), failure.text())
    }

    pub(super) fn with_advice(self, advice: impl Into<String>) -> Self {
        self.advised(Some(advice.into()))
    }

    /// The same with what to do, if there is anything.
    pub(super) fn advised(mut self, advice: Option<String>) -> Self {
        self.advice = advice;
        self
    }

    /// The same about an account.
    pub(super) fn of(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    pub(super) fn is_ok(&self) -> bool {
        self.state != State::Fail
    }

    fn new(topic: Topic, state: State, seen: String, advice: Option<String>) -> Self {
        Self { account: None, topic, state, seen, advice, code: 0 }
    }

    /// Lines for people.
    fn lines(&self) -> String {
        let Self { account, topic, state, seen, advice, .. } = self;
        let (mark, title) = (state.mark(), topic.title());
        let seen = output::plain(seen);
        let line = match account {
            Some(account) => {
                let account = output::plain(account);
                say!("{mark} {account}, {title}: {seen}", "{mark} {account}，{title}：{seen}")
            }
            None => say!("{mark} {title}: {seen}", "{mark} {title}：{seen}"),
        };
        match advice {
            Some(advice) => format!("{line}\n{:8}→ {}", "", output::plain(advice)),
            None => line,
        }
    }
}

/// Writes checks: lines for people, rows for machines.
pub(super) fn print(checks: &[Check], format: Format) -> Result<(), Failure> {
    if format == Format::Table {
        return checks.iter().try_for_each(|check| output::text(&check.lines()));
    }
    let mut sheet = Sheet::new("checks");
    for name in ["account", "check", "state", "seen", "advice"] {
        sheet = sheet.for_machines(name);
    }
    for Check { account, topic, state, seen, advice, .. } in checks {
        sheet.row([
            account.clone().into(),
            topic.name().into(),
            state.name().into(),
            seen.as_str().into(),
            advice.clone().into(),
        ]);
    }
    sheet.print(format, None, [("ok", checks.iter().all(Check::is_ok).into())])
}

/// Fails if a check did, with the code of what has to be mended first.
pub(super) fn judge(checks: &[Check]) -> Result<(), Failure> {
    let codes: Vec<_> = checks.iter().filter(|check| !check.is_ok()).map(|one| one.code).collect();
    let Some(first) = codes.first() else { return Ok(()) };
    let code = CODES.into_iter().find(|code| codes.contains(code)).unwrap_or(*first);
    let (failed, all) = (codes.len(), checks.len());
    let text = say!("{failed} of {all} checks failed", "{all} 项检查中有 {failed} 项失败");
    Err(Failure::Message { text, code })
}

/// The exit code that an error of a client ends with.
fn code_of(error: &Error) -> u8 {
    match error.kind() {
        // No room was asked for, so that it is the address that isn't there.
        ErrorKind::NotFound => 2,
        kind => Failure::from(Error::new(kind, "")).code(),
    }
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Skipped => "skipped",
        }
    }

    /// For people, as wide as the others.
    fn mark(self) -> String {
        match self {
            Self::Ok => say!("ok     ", "正常"),
            Self::Warn => say!("WARN   ", "注意"),
            Self::Fail => say!("FAIL   ", "失败"),
            Self::Skipped => say!("skipped", "跳过"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(codes: &[u8]) -> Option<u8> {
        let fail = |code: &u8| Check::fail(Topic::Credentials, *code, "no");
        let ok = Check::ok(Topic::Ledger, "there");
        let warning = Check::warn(Topic::Disk, "little", "make room");
        let checks: Vec<_> = codes.iter().map(fail).chain([ok, warning]).collect();
        judge(&checks).err().map(|failure| failure.code())
    }

    #[test]
    fn what_must_be_mended_first_gives_the_code() {
        for (codes, expected) in [
            (&[][..], None),
            (&[5, 5], Some(5)),
            (&[5, 4], Some(4)),
            (&[4, 2, 5], Some(2)),
            (&[1, 7], Some(7)),
            (&[3], Some(3)),
        ] {
            assert_eq!(code(codes), expected, "{codes:?}");
        }
    }

    #[test]
    fn a_line_says_what_was_seen_and_the_next_what_to_do() {
        let check = Check::fail(Topic::Clock, 4, "an hour\u{1b} off").of("shop");
        insta::assert_snapshot!(check.with_advice("set it").lines(), @r"
        FAIL    shop, clock: an hour� off
                → set it
        ");
        insta::assert_snapshot!(Check::ok(Topic::Dns, "found").lines(), @"ok      DNS: found");
    }
}
