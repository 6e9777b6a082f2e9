mod words;

use std::{
    fmt::Display,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use live_rewards::{Error, ErrorKind};
use live_rewards_ledger::LedgerError;

use crate::{
    language::{language, say},
    output,
    progress::Stderr,
};

pub(crate) use words::{reason, vendor_error};

/// Why the command doesn't end with 0.
#[derive(Debug)]
pub(crate) enum Failure {
    /// One line for the user, and the exit code.
    Message { text: String, code: u8 },
    /// Ctrl-C or a request to end.
    Interrupted,
    /// Whoever read the output has gone.
    BrokenPipe,
}

impl Failure {
    pub(crate) fn general(text: impl Into<String>) -> Self {
        Self::Message { text: text.into(), code: 1 }
    }

    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Message { text: text.into(), code: 2 }
    }

    pub(crate) fn incomplete(text: impl Into<String>) -> Self {
        Self::Message { text: text.into(), code: 3 }
    }

    pub(crate) fn different(text: impl Into<String>) -> Self {
        Self::Message { text: text.into(), code: 6 }
    }

    /// A folder or file that can't be used is the user's choice; that a disk is full or broken is not.
    pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        let (code, advice) = match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::AlreadyExists
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::InvalidFilename
            | io::ErrorKind::InvalidInput => (2, say!("; choose another place", "；请换一个位置")),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                (1, say!("; make room there or choose another place", "；请腾出空间，或换一个位置"))
            }
            _ => (1, String::new()),
        };
        // The text of an error that isn't the system's own names a hidden file; its kind says the same without.
        let reason = if error.raw_os_error().is_none() && !advice.is_empty() {
            reason(&error.kind().into())
        } else {
            reason(error)
        };
        let path = path.display();
        let text =
            say!("can't {what} {path}: {reason}{advice}", "无法写入 {path}：{reason}{advice}");
        Self::Message { text, code }
    }

    pub(crate) fn stdout(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            let reason = reason(error);
            Self::general(say!(
                "can't write to standard output: {reason}",
                "无法写入标准输出：{reason}"
            ))
        }
    }

    /// What the user is told.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Message { text, .. } => text,
            Self::Interrupted => "interrupted",
            Self::BrokenPipe => "nobody reads the output",
        }
    }

    /// The exit code.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Message { code, .. } => *code,
            Self::Interrupted => 130,
            Self::BrokenPipe => 0,
        }
    }

    /// The same, naming whom it is about.
    pub(crate) fn about(self, name: &str) -> Self {
        match self {
            Self::Message { text, code } => {
                Self::Message { text: say!("{name}: {text}", "{name}：{text}"), code }
            }
            other => other,
        }
    }

    /// Tells the user, and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        if let Self::Message { text, .. } = &self {
            tell(say!("error: {text}", "错误：{text}"));
        }
        ExitCode::from(self.code())
    }
}

/// Writes a line to standard error. Where that is closed there is nobody to tell.
pub(crate) fn tell(line: impl Display) {
    let line = format!("{}\n", output::plain_lines(&line.to_string()));
    let _ = Stderr.write_all(line.as_bytes());
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match error.kind() {
            ErrorKind::Config | ErrorKind::InvalidInput | ErrorKind::Unsupported => 2,
            ErrorKind::Unauthenticated | ErrorKind::PermissionDenied | ErrorKind::ClockSkew => 4,
            ErrorKind::RateLimited
            | ErrorKind::Blocked
            | ErrorKind::Timeout
            | ErrorKind::Transport
            | ErrorKind::Vendor => 5,
            ErrorKind::RejectedRow => 3,
            _ => 1,
        };
        Self::Message { text: format!("{}{}", vendor_error(&error), words::advice(&error)), code }
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        let code = match error {
            LedgerError::Missing(_)
            | LedgerError::Open { .. }
            | LedgerError::NotALedger(_)
            | LedgerError::OtherKind { .. }
            | LedgerError::NameHeld { .. } => 2,
            LedgerError::Newer { .. } | LedgerError::Locked { .. } | LedgerError::Busy => 7,
            _ => 1,
        };
        Self::Message { text: error.in_words(language()), code }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(failure: Failure) -> (u8, String) {
        match failure {
            Failure::Message { text, code } => (code, text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_full_disk_is_not_the_users_mistake_and_no_hidden_file_is_named() {
        let at_hidden = |kind| io::Error::new(kind, "it failed at path \"out/.live-rewards-x\"");
        let failure = |kind| message(Failure::file("write to", Path::new("out"), &at_hidden(kind)));
        assert_eq!(
            failure(io::ErrorKind::StorageFull),
            (
                1,
                format!(
                    "can't write to out: {}; make room there or choose another place",
                    io::ErrorKind::StorageFull
                )
            )
        );
        assert_eq!(
            failure(io::ErrorKind::PermissionDenied),
            (
                2,
                format!(
                    "can't write to out: {}; choose another place",
                    io::ErrorKind::PermissionDenied
                )
            )
        );
    }

    #[test]
    fn each_kind_of_error_has_its_code_and_advice() {
        for (kind, code, advice) in [
            (ErrorKind::Config, 2, ""),
            (ErrorKind::Unauthenticated, 4, "; check the key and the secret"),
            (ErrorKind::NotFound, 1, "; check the room id and the base URL"),
            (
                ErrorKind::Decode,
                1,
                "; check the base URL; if it is right, the vendor's answers have changed",
            ),
            (ErrorKind::Vendor, 5, "; try again later"),
        ] {
            let error = Error::new(kind, "so it is");
            let text = format!("{error}{advice}");
            assert_eq!(message(error.into()), (code, text));
        }
    }
}
