use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use live_rewards::{Error, ErrorKind};

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
        Self::Message {
            text: text.into(),
            code: 1,
        }
    }

    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Message {
            text: text.into(),
            code: 2,
        }
    }

    pub(crate) fn incomplete(text: impl Into<String>) -> Self {
        Self::Message {
            text: text.into(),
            code: 3,
        }
    }

    #[cfg(feature = "emulate")]
    pub(crate) fn different(text: impl Into<String>) -> Self {
        Self::Message {
            text: text.into(),
            code: 6,
        }
    }

    pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::usage(format!(
            "can't {what} {}: {error}; choose another --out",
            path.display()
        ))
    }

    pub(crate) fn stdout(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Self::general(format!("can't write to standard output: {error}"))
        }
    }

    /// Tells the user, and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::Message { text, code } => {
                // Where standard error is closed there is nobody to tell.
                let _ = writeln!(io::stderr(), "error: {text}");
                ExitCode::from(code)
            }
            Self::Interrupted => ExitCode::from(130),
            Self::BrokenPipe => ExitCode::SUCCESS,
        }
    }
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
            _ => 1,
        };
        let advice = match error.kind() {
            ErrorKind::Unauthenticated => "; check the key and the secret",
            ErrorKind::PermissionDenied => {
                "; ask the vendor for the permission, or for this address to be listed"
            }
            ErrorKind::NotFound => "; check the room id",
            ErrorKind::ClockSkew => "; set this machine's clock",
            ErrorKind::Transport | ErrorKind::Timeout => "; check the network and the base URL",
            ErrorKind::RateLimited | ErrorKind::Blocked | ErrorKind::Vendor => "; try again later",
            _ => "",
        };
        Self::Message {
            text: format!("{error}{advice}"),
            code,
        }
    }
}
