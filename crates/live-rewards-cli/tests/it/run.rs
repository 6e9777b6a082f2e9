use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
    time::Duration,
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
    for (name, _) in std::env::vars_os() {
        let is_read = |name: &str| name.starts_with("LIVE_REWARDS_") || name.starts_with("LC_");
        if name.to_str().is_some_and(is_read) {
            command.env_remove(name);
        }
    }
    command.env("LANG", "C").env_remove("LANGUAGE");
    command.env_remove("RUST_LOG").env_remove("HTTPS_PROXY").env_remove("https_proxy");
    command
}

/// A fetch of some rooms of a vendor into a folder.
pub(crate) fn fetch(vendor: &str, rooms: &[&str], out: &Path) -> Command {
    let mut fetch = command(&["fetch", "--vendor", vendor, "--room"]);
    fetch.args(rooms).arg("--out").arg(out);
    fetch
}

/// Sends a process a signal.
#[cfg(unix)]
pub(crate) fn signal(name: &str, process: u32) {
    let sent = Command::new("sh")
        .args(["-c", "kill -s \"$0\" \"$1\"", name, &process.to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
}

/// Waits for what another process does.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..6000 {
        if is_so() {
            return;
        }
        pause(5);
    }
    panic!("{what} didn't happen in half a minute");
}

#[expect(clippy::disallowed_methods, reason = "another process goes on meanwhile")]
pub(crate) fn pause(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

/// The words of a table, a line for each of its lines, with `TIME` for each day and time of day.
pub(crate) fn words(table: &str) -> String {
    let has_form = |word: &str, length: usize, mark: char| {
        let is_of_it = |c: char| c == mark || c.is_ascii_digit();
        word.len() == length && word.chars().all(is_of_it) && word.matches(mark).count() == 2
    };
    let shown = |word: &str| match word {
        "│" => None,
        day if has_form(day, 10, '-') => Some("TIME".to_owned()),
        time if has_form(time, 8, ':') => None,
        word => Some(word.to_owned()),
    };
    let line = |line: &str| line.split_whitespace().filter_map(shown).collect::<Vec<_>>().join(" ");
    let is_border = |line: &&str| line.starts_with(['┌', '╞', '└']);
    table.lines().filter(|l| !is_border(l)).map(line).collect::<Vec<_>>().join("\n")
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
