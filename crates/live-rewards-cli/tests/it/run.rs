use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
};

/// The command, with nothing of the caller's environment that it would read.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_live-rewards"));
    command.args(arguments);
    for vendor in ["XIAOE", "POLYV", "YXT"] {
        for name in
            ["APP_ID", "APP_KEY", "APP_SECRET", "CLIENT_ID", "SECRET_KEY", "SOURCE", "BASE_URL"]
        {
            command.env_remove(format!("{vendor}_{name}"));
        }
    }
    command.env_remove("RUST_LOG").env_remove("HTTPS_PROXY").env_remove("https_proxy");
    command
}

/// A fetch of some rooms of a vendor into a folder.
pub(crate) fn fetch(vendor: &str, rooms: &[&str], out: &Path) -> Command {
    let mut fetch = command(&["fetch", "--vendor", vendor, "--room"]);
    fetch.args(rooms).arg("--out").arg(out);
    fetch
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

/// Names and contents of the files of a folder, hidden ones included.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}
