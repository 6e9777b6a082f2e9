use std::fs;

use rusqlite::Connection;

use crate::shop::Shop;
#[cfg(unix)]
use crate::{
    emulated::{Emulated, TINY},
    run::{code, stderr, stdout},
};

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
         \"$1\" sync --ledger disk/ledger.sqlite
         echo \"ended with $?\"
         mount -o remount,size=64m disk || exit 99
         \"$1\" sync --ledger disk/ledger.sqlite
         echo \"ended with $?\"
         cp disk/ledger.sqlite* ."
    );
    fs::write(shop.path("inner.sh"), inner).unwrap();
    let output = in_shell(&shop, "unshare -Urm sh inner.sh \"$0\" || exit 99");
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
            insta::assert_snapshot!(told, @"error: ledger.sqlite: the ledger can't be written; make the file and its folder writable, or use a copy");
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
    insta::assert_snapshot!(lines.concat(), @r"
    error: newer.sqlite was written by a newer version (schema 99, known up to 1); update live-rewards
    error: damaged.sqlite: the ledger is damaged or no ledger (database disk image is malformed); put it back from a backup, or name another file
    error: text.sqlite: the ledger is damaged or no ledger (file is not a database); put it back from a backup, or name another file
    error: other.sqlite is no ledger; name another file
    error: can't open .: is a directory; name another file
    ");
}
