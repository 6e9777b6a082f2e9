use std::process::Stdio;

use serde_json::json;

#[cfg(unix)]
use crate::run::{code, stderr, stdout};
use crate::{
    emulated::{Emulated, TINY},
    run::wait_until,
    shop::Shop,
};

/// Lets every answer of a vendor take its time.
fn slow(emulated: &Emulated, vendor: &str, milliseconds: u32) {
    emulated.order("/faults", &json!({ "vendor": vendor, "kind": { "slow": milliseconds } }));
}

#[test]
fn a_second_sync_is_refused_while_one_is_under_way() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    slow(&emulated, "polyv", 300);
    let mut first = shop.command(&["sync"]).stdout(Stdio::null()).spawn().unwrap();
    wait_until("a request", || emulated.requests() > 0);
    for arguments in [&["sync"][..], &["state", "reset", "polyv-shop"]] {
        let (code, told) = shop.told(arguments);
        assert_eq!(code, Some(7), "{told}");
        let holder = format!("is held by process {} since ", first.id());
        assert!(
            told.starts_with("error: another sync is under way: ")
                && told.contains("ledger.sqlite.lock is held"),
            "{told}"
        );
        assert!(told.contains(&holder) && told.ends_with("; wait until it ends\n"), "{told}");
    }
    for arguments in
        [&["status"][..], &["state", "list"], &["rooms", "list"], &["sync", "--dry-run"]]
    {
        shop.ok(arguments);
    }
    emulated.manage("DELETE", "/faults");
    assert_eq!(first.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn ctrl_c_finishes_the_page_and_the_next_sync_goes_on() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.add_rooms(&emulated, "whole.sqlite");
    shop.ok(&["sync", "--ledger", "whole.sqlite"]);
    slow(&emulated, "xiaoe", 50);
    let begin = emulated.requests();
    let stopped = shop
        .command(&["sync", "--account", "xiaoe-*"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until("ten requests", || emulated.requests() >= begin + 10);
    crate::run::signal("INT", stopped.id());
    let output = stopped.wait_with_output().unwrap();
    assert_eq!(code(&output), Some(130));
    assert_eq!(stderr(&output), "stopping after the page under way; once more to stop at once\n");
    assert!(stdout(&output).contains(" stopped │"), "{}", stdout(&output));
    let under_way = "SELECT count(*) FROM listings WHERE cursor IS NOT NULL";
    assert!(shop.value::<i64>("ledger.sqlite", under_way) > 0);
    assert!(shop.value::<i64>("ledger.sqlite", "SELECT count(*) FROM claims") > 0);
    let outcome: String = shop.value("ledger.sqlite", "SELECT outcome FROM runs");
    assert_eq!(outcome, "stopped");
    emulated.manage("DELETE", "/faults");
    shop.ok(&["sync"]);
    assert_eq!(shop.value::<i64>("ledger.sqlite", under_way), 0);
    assert_eq!(shop.counts("ledger.sqlite"), shop.counts("whole.sqlite"));
}

#[cfg(unix)]
#[test]
fn a_second_ctrl_c_ends_at_once() {
    use std::io::{BufRead, BufReader};

    // It takes connections, and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", silent.local_addr().unwrap());
    let shop = Shop::with("", |_, name| match name {
        "base_url" => base_url.clone(),
        _ => "x".to_owned(),
    });
    let mut sync = shop
        .command(&["sync", "--account", "polyv-*"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let connection = silent.accept().unwrap();
    crate::run::signal("INT", sync.id());
    let mut line = String::new();
    BufReader::new(sync.stderr.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "stopping after the page under way; once more to stop at once\n");
    crate::run::signal("INT", sync.id());
    wait_until("its end", || sync.try_wait().unwrap().is_some());
    assert_eq!(sync.wait().unwrap().code(), Some(130));
    drop(connection);
    assert!(shop.is_sound("ledger.sqlite"));
}
