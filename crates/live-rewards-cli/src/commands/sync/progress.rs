use std::io::{self, IsTerminal, Write};

use live_rewards_ledger::Progress;

/// How far an account is, on one line of a terminal that is written over and over.
pub(super) struct ProgressLine<'a> {
    account: &'a str,
    is_shown: bool,
}

impl<'a> ProgressLine<'a> {
    pub(super) fn new(account: &'a str) -> Self {
        Self { account, is_shown: io::stderr().is_terminal() }
    }

    pub(super) fn show(&self, progress: &Progress<'_>) {
        let Progress { operation, requests, written, .. } = progress;
        let rows = written.new + written.changed + written.same;
        let account = self.account;
        self.write(format_args!("{account}: {requests} calls, {rows} rows, now {operation}"));
    }

    /// Leaves the line to whatever is told next.
    pub(super) fn clear(&self) {
        self.write(format_args!(""));
    }

    /// The cursor goes back to the start, so that what else is told begins there.
    fn write(&self, text: std::fmt::Arguments<'_>) {
        if self.is_shown {
            let mut stderr = io::stderr();
            let _ = write!(stderr, "\x1b[K{text}\r").and_then(|()| stderr.flush());
        }
    }
}
