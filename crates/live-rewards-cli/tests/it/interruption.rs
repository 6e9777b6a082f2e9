use std::{fs, net::TcpListener, path::Path, process::Stdio};

use crate::run::{self, code, fetch, files};

/// Sends a fetch a signal while it waits for a vendor that never answers. The exit code.
fn interrupted_by(signal: &str, out: &Path) -> Option<i32> {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let process = fetch("polyv", &["1"], out)
        .env("POLYV_APP_ID", "a")
        .env("POLYV_APP_SECRET", "s")
        .env("POLYV_BASE_URL", format!("http://{}", silent.local_addr().unwrap()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // By now its files are begun.
    let connection = silent.accept().unwrap();
    assert_eq!(hidden(out), 3);
    run::signal(signal, process.id());
    let output = process.wait_with_output().unwrap();
    drop(connection);
    code(&output)
}

fn hidden(folder: &Path) -> usize {
    files(folder).keys().filter(|name| name.starts_with('.')).count()
}

/// Whether the tests run under something like `nohup`, which the command respects.
fn hangup_is_ignored() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().any(|line| {
        line.starts_with("SigIgn:") && line.ends_with(['1', '3', '5', '7', '9', 'b', 'd', 'f'])
    })
}

#[test]
fn an_interrupted_fetch_leaves_nothing_behind() {
    for signal in ["INT", "TERM", "HUP"] {
        if signal == "HUP" && hangup_is_ignored() {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("claims.csv"), "old").unwrap();
        let before = files(folder.path());
        assert_eq!(interrupted_by(signal, folder.path()), Some(130), "{signal}");
        assert_eq!(files(folder.path()), before, "{signal}");
        let new = folder.path().join("new");
        assert_eq!(interrupted_by(signal, &new), Some(130), "{signal}");
        assert!(!new.exists(), "{signal}");
    }
}
