use std::process::{Command, Output};

/// The command, with nothing of the caller's environment that it would read.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_live-rewards"));
    command.args(arguments);
    for vendor in ["XIAOE", "POLYV", "YXT"] {
        for name in [
            "APP_ID",
            "APP_KEY",
            "APP_SECRET",
            "CLIENT_ID",
            "SECRET_KEY",
            "SOURCE",
            "BASE_URL",
        ] {
            command.env_remove(format!("{vendor}_{name}"));
        }
    }
    command
        .env_remove("RUST_LOG")
        .env_remove("HTTPS_PROXY")
        .env_remove("https_proxy");
    command
}

pub(crate) fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
