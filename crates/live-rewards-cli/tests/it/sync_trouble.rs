use std::{fs, process::Stdio};

use rusqlite::Connection;
use serde_json::json;

use crate::{
    emulated::Emulated,
    run::{code, stderr, stdout, wait_until},
    shop::{Shop, WRONG_SECRET},
};

const TINY: &[&str] = &["--scenario", "tiny", "--seed", "7", "--clock-rate", "0"];

/// Lets every answer of a vendor come as it shouldn't.
fn fail(emulated: &Emulated, vendor: &str, kind: &serde_json::Value) {
    emulated.order("/faults", &json!({ "vendor": vendor, "kind": kind }));
}

#[test]
fn a_second_sync_is_refused_while_one_is_under_way() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    fail(&emulated, "polyv", &json!({ "slow": 300 }));
    let mut first = shop.command(&["sync"]).stdout(Stdio::null()).spawn().unwrap();
    wait_until("a request", || emulated.requests() > 0);
    for arguments in [&["sync"][..], &["state", "reset", "polyv-shop"]] {
        let (code, told) = shop.told(arguments);
        assert_eq!(code, Some(7), "{told}");
        let holder = format!("is held by process {} since ", first.id());
        assert!(
            told.starts_with("error: another sync is under way: ledger.sqlite.lock "),
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
    fail(&emulated, "xiaoe", &json!({ "slow": 50 }));
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

#[test]
fn a_wrong_secret_fails_its_account_alone() {
    let emulated = Emulated::with(TINY);
    for (vendors, flags, expected) in [
        (&["xiaoe"][..], &[][..], 3),
        (&["polyv", "yxt"], &[], 3),
        (&["polyv"], &["--account", "polyv-*"], 4),
        (&["polyv", "xiaoe", "yxt"], &[], 4),
    ] {
        let shop = Shop::new(&emulated);
        let sync = [&["sync"], flags].concat();
        let output = shop.with_wrong_secrets(vendors, &sync).output().unwrap();
        let (code, told) = (code(&output), stderr(&output));
        assert_eq!(code, Some(expected), "{vendors:?}: {told}");
        assert_eq!(told.matches("check the key and the secret").count(), vendors.len(), "{told}");
        for vendor in ["polyv", "xiaoe", "yxt"] {
            let is_wrong = vendors.contains(&vendor);
            assert_eq!(told.contains(&format!("{vendor}-shop: ")), is_wrong, "{told}");
            let rows = format!(
                "SELECT (SELECT count(*) FROM gifts JOIN accounts USING (account_id) WHERE vendor = '{vendor}')
                      + (SELECT count(*) FROM claims JOIN accounts USING (account_id) WHERE vendor = '{vendor}')"
            );
            if flags.is_empty() {
                assert_eq!(shop.value::<i64>("ledger.sqlite", &rows) == 0, is_wrong, "{vendor}");
            }
        }
    }
}

#[test]
fn a_vendor_that_is_down_fails_its_account_alone() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let address = emulated.ready()["yxt"]["base_url"].as_str().unwrap();
    shop.reconfigure(|text| text.replace(address, "http://127.0.0.1:9"));
    let (code, told) = shop.told(&["sync"]);
    insta::assert_snapshot!(told, @"");
    assert_eq!(code, Some(3));
    assert_eq!(shop.told(&["sync", "--account", "yxt-*"]).0, Some(5));
}

#[test]
fn rows_that_can_not_be_read_are_kept_and_the_others_are_read() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    emulated.order(
        "/faults",
        &json!({
            "vendor": "yxt", "endpoint": "gift_records", "nth": [1],
            "kind": { "unknown_label_in": "createTime" },
        }),
    );
    let (code, told) = shop.told(&["sync"]);
    assert_eq!(code, Some(3), "{told}");
    for expected in [
        "yxt-shop: rows that could not be read: 1; they are kept in rejected_rows\n",
        "error: not everything could be read; the lines above say what\n",
    ] {
        assert!(told.contains(expected), "{told}");
    }
    let rejected = "SELECT operation || ' ' || reason FROM rejected_rows";
    let rejected: String = shop.value("ledger.sqlite", rejected);
    assert!(rejected.starts_with("gifts createTime: expected a time"), "{rejected}");
    let raw: String = shop.value("ledger.sqlite", "SELECT raw FROM rejected_rows");
    assert!(raw.contains("\"createTime\":\"emulator-label\""), "{raw}");
    let gifts = "SELECT count(*) FROM gifts JOIN accounts USING (account_id) WHERE vendor = 'yxt'";
    assert_eq!(shop.value::<i64>("ledger.sqlite", gifts), 24);
    shop.ok(&["sync"]);
    assert_eq!(shop.value::<i64>("ledger.sqlite", gifts), 25);
}

#[test]
fn a_listing_that_fails_is_named_and_the_others_are_read() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    emulated.order(
        "/faults",
        &json!({
            "vendor": "polyv", "endpoint": "red_pack_statistics",
            "kind": { "business_error": "400" }, "message": "Not today.",
        }),
    );
    let (code, told) = shop.told(&["sync"]);
    assert_eq!(code, Some(3), "{told}");
    for channel in emulated.rooms("polyv") {
        let listing =
            format!("polyv-shop: red_packets channel:{channel}: polyv red_pack_statistics: ");
        assert!(told.contains(&listing), "{told}");
    }
    assert!(told.contains("Not today."), "{told}");
    let listed = shop.ok(&["state", "list", "--unfinished"]);
    assert_eq!(listed.matches(" failed ").count(), 2, "{listed}");
    assert_eq!(listed.matches("Not today.").count(), 2, "{listed}");
    let gifts =
        "SELECT count(*) FROM gifts JOIN accounts USING (account_id) WHERE vendor = 'polyv'";
    assert_eq!(shop.value::<i64>("ledger.sqlite", gifts), 25);
    emulated.manage("DELETE", "/faults");
    shop.ok(&["sync"]);
    let listed = shop.ok(&["state", "list", "--unfinished", "--json"]);
    assert_eq!(listed, "");
}

#[cfg(unix)]
#[test]
fn a_file_that_can_not_grow_is_told_and_the_ledger_goes_on_afterwards() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    // In blocks of 512 bytes, or of 1024 in some shells.
    let most = fs::metadata(shop.path("ledger.sqlite")).unwrap().len() / 512 + 64;
    let script = format!("trap '' XFSZ; ulimit -f {most}; exec \"$0\" sync");
    let output = in_shell(&shop, &script);
    let told = stderr(&output);
    assert_eq!(code(&output), Some(1), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("the ledger can't be used: disk I/O error"), "{told}");
    assert!(shop.is_sound("ledger.sqlite"));
    shop.ok(&["status"]);
    shop.ok(&["sync"]);
    shop.add_rooms(&emulated, "whole.sqlite");
    shop.ok(&["sync", "--ledger", "whole.sqlite"]);
    assert_eq!(shop.counts("ledger.sqlite"), shop.counts("whole.sqlite"));
}

/// Needs a file system of its own; where none can be had nothing is tested.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_the_ledger_goes_on_afterwards() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let room = fs::metadata(shop.path("ledger.sqlite")).unwrap().len() / 1024 + 200;
    fs::create_dir(shop.path("disk")).unwrap();
    let inner = format!(
        "mount -t tmpfs -o size={room}k none disk || exit 99
         cp ledger.sqlite disk
         \"$0\" sync --ledger disk/ledger.sqlite
         echo \"ended with $?\"
         mount -o remount,size=64m disk || exit 99
         \"$0\" sync --ledger disk/ledger.sqlite
         echo \"ended with $?\"
         cp disk/ledger.sqlite* ."
    );
    fs::write(shop.path("inner.sh"), inner).unwrap();
    let output = in_shell(&shop, "unshare -Urm sh inner.sh || exit 99");
    let (shown, told) = (stdout(&output), stderr(&output));
    if code(&output) == Some(99) {
        return;
    }
    let ends: Vec<_> = shown.lines().filter(|line| line.starts_with("ended")).collect();
    assert_eq!(ends, ["ended with 1", "ended with 0"], "{told}");
    assert!(
        told.ends_with("the disk of the ledger is full; make room there and start again\n"),
        "{told}"
    );
    shop.add_rooms(&emulated, "whole.sqlite");
    shop.ok(&["sync", "--ledger", "whole.sqlite"]);
    assert!(shop.is_sound("ledger.sqlite"));
    assert_eq!(shop.counts("ledger.sqlite"), shop.counts("whole.sqlite"));
}

/// Runs a script in the folder, in which `$0` is the command.
#[cfg(unix)]
fn in_shell(shop: &Shop, script: &str) -> std::process::Output {
    let command = shop.command(&[]);
    let mut shell = std::process::Command::new("sh");
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let shell = shell.current_dir(shop.folder()).args(["-c", script]);
    shell.arg(command.get_program()).output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_ledger_that_can_not_be_written_is_told_and_can_be_read() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};

    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.ok(&["sync"]);
    let allow = |name: &str, mode| {
        fs::set_permissions(shop.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    // No permission stops root.
    let user = std::process::Command::new("id").arg("-u").output().unwrap();
    let is_root = stdout(&user).trim() == "0";
    let run = |arguments: &[&str]| {
        let mut command = shop.command(arguments);
        if is_root {
            command.uid(65_534);
        }
        command.output().ok().map(|output| (code(&output), stderr(&output)))
    };
    allow("ledger.sqlite", 0o444);
    for folder in [0o555, 0o777] {
        allow(".", folder);
        // Another user may not reach the program itself.
        let Some((code, told)) = run(&["sync"]) else { return };
        insta::allow_duplicates! {
            insta::assert_snapshot!(told, @"");
        }
        assert_eq!(code, Some(1));
    }
    for arguments in [&["status"][..], &["state", "list"], &["rooms", "list"]] {
        assert_eq!(run(arguments), Some((Some(0), String::new())), "{arguments:?}");
    }
    allow(".", 0o755);
    allow("ledger.sqlite", 0o644);
    shop.ok(&["sync"]);
}

#[test]
fn what_is_no_ledger_of_this_version_is_left_as_it_is() {
    let shop = Shop::unreached();
    shop.add("polyv", &["1".to_owned()], "newer.sqlite");
    fs::copy(shop.path("newer.sqlite"), shop.path("damaged.sqlite")).unwrap();
    let newer = Connection::open(shop.path("newer.sqlite")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    newer.close().unwrap();
    let mut damaged = fs::read(shop.path("damaged.sqlite")).unwrap();
    damaged[4096..].fill(0xaa);
    fs::write(shop.path("damaged.sqlite"), damaged).unwrap();
    fs::write(shop.path("text.sqlite"), "Dear diary,\n".repeat(1000)).unwrap();
    let other = Connection::open(shop.path("other.sqlite")).unwrap();
    other.execute("CREATE TABLE diary (day TEXT)", []).unwrap();
    other.close().unwrap();
    let mut lines = Vec::new();
    for (ledger, expected) in [
        ("newer.sqlite", 7),
        ("damaged.sqlite", 1),
        ("text.sqlite", 1),
        ("other.sqlite", 2),
        ("missing/ledger.sqlite", 2),
        (".", 2),
    ] {
        let before = fs::read(shop.path(ledger)).ok();
        let (code, told) = shop.told(&["sync", "--ledger", ledger]);
        assert_eq!(code, Some(expected), "{told}");
        for arguments in [&["status"][..], &["state", "list"], &["rooms", "list"]] {
            let also = shop.told(&[arguments, &["--ledger", ledger]].concat());
            assert_eq!(also, (Some(expected), told.clone()), "{arguments:?}");
        }
        lines.push(told);
        assert_eq!(fs::read(shop.path(ledger)).ok(), before, "{ledger}");
    }
    insta::assert_snapshot!(lines.concat(), @"");
}

#[test]
fn emulated_and_real_rows_do_not_meet() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.ok(&["sync"]);
    shop.reconfigure(|text| {
        format!("{text}\n[accounts.real]\nvendor = 'polyv'\napp_id = 'x'\napp_secret = {{ env = 'SHOP_POLYV' }}\n")
    });
    assert_eq!(
        shop.told(&["rooms", "add", "--account", "real", "7", "--ledger", "real.sqlite"]).0,
        Some(0)
    );
    let before = shop.counts("ledger.sqlite");
    let real = ["--account", "real"];
    let at_emulator = ["--account", "*-shop", "--ledger", "real.sqlite"];
    let mut lines = Vec::new();
    for arguments in [
        [&["sync"][..], &real].concat(),
        [&["sync", "--dry-run"][..], &real].concat(),
        [&["rooms", "add", "7"][..], &real].concat(),
        [&["sync"][..], &at_emulator].concat(),
        [&["sync", "--dry-run"][..], &at_emulator].concat(),
        vec!["sync", "--demo", "--ledger", "real.sqlite"],
        vec!["sync"],
    ] {
        let (code, told) = shop.told(&arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {told}");
        lines.push(told);
    }
    insta::assert_snapshot!(lines.concat(), @"");
    assert_eq!(shop.counts("ledger.sqlite"), before);
}

#[test]
fn no_secret_is_shown_or_stored() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let ready = emulated.ready();
    let mut secrets = vec![WRONG_SECRET.to_owned()];
    for (vendor, name) in [("polyv", "app_secret"), ("xiaoe", "secret_key"), ("yxt", "app_secret")]
    {
        secrets.push(ready[vendor][name].as_str().unwrap().to_owned());
    }
    let all = ["polyv", "xiaoe", "yxt"];
    let mut said = Vec::new();
    for arguments in [
        &["sync", "--dry-run"][..],
        &["sync"],
        &["sync", "--json", "--full"],
        &["status", "--json"],
        &["state", "list", "--json", "--claims"],
    ] {
        for mut command in [shop.command(arguments), shop.with_wrong_secrets(&all, arguments)] {
            let output = command.env("RUST_LOG", "trace").output().unwrap();
            said.extend(output.stdout);
            said.extend(output.stderr);
        }
    }
    for name in shop.names() {
        said.extend(fs::read(shop.path(&name)).unwrap());
    }
    for secret in secrets {
        let secret = secret.as_bytes();
        assert!(!said.windows(secret.len()).any(|window| window == secret), "a secret is shown");
    }
}
