use std::{collections::BTreeSet, fs, path::Path, process::Output};

use crate::{
    emulated::{Emulated, TINY},
    run::{code, fetch, files, stderr, stdout, words},
};

const SECRET: &str = "hunter2-the-secret";

/// A fetch of one room of a vendor, as its owner makes it.
fn fetched(emulated: &Emulated, vendor: &str, out: &Path) -> Output {
    let rooms = emulated.rooms(vendor);
    fetch(vendor, &[&rooms[0]], out).envs(emulated.environment(vendor)).output().unwrap()
}

/// The same with a wrong secret.
fn refused(emulated: &Emulated, vendor: &str, out: &Path) -> Output {
    let rooms = emulated.rooms(vendor);
    let name = match vendor {
        "xiaoe" => "XIAOE_SECRET_KEY",
        "polyv" => "POLYV_APP_SECRET",
        _ => "YXT_APP_SECRET",
    };
    fetch(vendor, &[&rooms[0]], out)
        .envs(emulated.environment(vendor))
        .env(name, SECRET)
        .output()
        .unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

#[test]
fn each_vendor_has_the_files_that_it_has_rows_for_and_leaves_others_alone() {
    let emulated = Emulated::start();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    for (vendor, its_own) in [
        ("yxt", &["gifts.csv"][..]),
        ("polyv", &["red_packets.csv", "claims.csv", "gifts.csv"]),
        ("xiaoe", &["red_packets.csv", "claims.csv", "points_accounts.csv"]),
    ] {
        let before = files(out);
        let output = fetched(&emulated, vendor, out);
        assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
        let shown = stdout(&output);
        assert!(shown.contains(vendor), "{shown}");
        let expected = format!(
            "Files in {}, in place of any of the same name: {}\n",
            out.display(),
            its_own.join(", ")
        );
        assert!(shown.ends_with(&expected), "{shown}");
        let after = files(out);
        for name in its_own {
            let mut csv = csv::Reader::from_reader(after[*name].as_bytes());
            let vendors: BTreeSet<String> =
                csv.records().map(|row| row.unwrap()[1].to_owned()).collect();
            assert_eq!(vendors, BTreeSet::from([vendor.to_owned()]), "{name}");
        }
        for (name, content) in before {
            if !its_own.contains(&name.as_str()) {
                assert_eq!(after[&name], content);
            }
        }
    }
    assert_eq!(names(out), ["claims.csv", "gifts.csv", "points_accounts.csv", "red_packets.csv"]);
}

#[test]
fn a_wrong_secret_is_told_in_one_line_and_changes_nothing() {
    let emulated = Emulated::start();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("gifts.csv"), "old").unwrap();
    fs::write(folder.path().join("red_packets.csv"), "old").unwrap();
    let before = files(folder.path());
    for vendor in ["xiaoe", "polyv", "yxt"] {
        for out in [folder.path(), &folder.path().join("new").join("folder")] {
            let output = refused(&emulated, vendor, out);
            let text = stderr(&output);
            assert_eq!(code(&output), Some(4), "{text}");
            assert_eq!(text.lines().count(), 1, "{text}");
            assert!(text.ends_with("; check the key and the secret\n"), "{text}");
            assert!(!text.contains(SECRET), "{text}");
            assert_eq!(stdout(&output), "");
            assert_eq!(files(folder.path()), before);
            assert!(!folder.path().join("new").exists());
        }
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_is_told_before_anything_is_fetched_or_replaced() {
    let emulated = Emulated::start();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("claims.csv")).unwrap();
    fs::write(folder.path().join("red_packets.csv"), "old").unwrap();
    let output = fetched(&emulated, "polyv", folder.path());
    let text = stderr(&output).replace(folder.path().to_str().unwrap(), "DIR");
    insta::assert_snapshot!(text, @"error: can't write DIR/claims.csv: is a directory; choose another place");
    assert_eq!((code(&output), stdout(&output).as_str()), (Some(2), ""));
    assert_eq!(names(folder.path()), ["red_packets.csv"]);
    assert_eq!(files(folder.path())["red_packets.csv"], "old");
}

#[test]
fn a_room_that_is_named_twice_is_read_once() {
    let emulated = Emulated::start();
    let folder = tempfile::tempdir().unwrap();
    let (once, twice) = (folder.path().join("once"), folder.path().join("twice"));
    fetched(&emulated, "polyv", &once);
    let room = &emulated.rooms("polyv")[0];
    let output = fetch("polyv", &[room, &format!(" {room} ")], &twice)
        .envs(emulated.environment("polyv"))
        .output()
        .unwrap();
    assert_eq!(code(&output), Some(0));
    assert_eq!(
        stderr(&output),
        format!("polyv room {room} is named more than once; it is read once\n")
    );
    assert_eq!(files(&once), files(&twice));
}

#[test]
fn the_summary_has_a_form_for_machines_and_words_for_people() {
    let emulated = Emulated::with(TINY);
    let folder = tempfile::tempdir().unwrap();
    let rooms = emulated.rooms("yxt");
    let shown = |flags: &[&str]| {
        let mut fetch = fetch("yxt", &[&rooms[0]], folder.path());
        let output = fetch.args(flags).envs(emulated.environment("yxt")).output().unwrap();
        assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
        stdout(&output).replace(folder.path().to_str().unwrap(), "DIR")
    };
    insta::assert_snapshot!(shown(&["--format", "csv"]), @r"
    vendor,red_packets,claims,issued_fen,claimed_fen,left_fen,gifts,gift_points,points_accounts,points,rejected
    yxt,,,,,,15,11399,,,0
    ");
    insta::assert_snapshot!(shown(&["--json"]), @r#"{"files":["gifts.csv"],"folder":"DIR","schema_version":1,"vendors":[{"claimed_fen":null,"claims":null,"gift_points":11399,"gifts":15,"issued_fen":null,"left_fen":null,"points":null,"points_accounts":null,"red_packets":null,"rejected":0,"vendor":"yxt"}]}"#);
    insta::assert_snapshot!(words(&shown(&["--lang", "zh"])), @r"
    平台 红包 领取 发放 ¥ 领取 ¥ 剩余 ¥ 礼物 礼物积分 积分账户 积分
    yxt – – – – – 15 11399 – –
    文件在 DIR（覆盖同名文件）：gifts.csv
    ");
}

#[test]
fn a_room_without_rows_is_told() {
    let emulated = Emulated::start();
    let folder = tempfile::tempdir().unwrap();
    let output =
        fetch("polyv", &["7"], folder.path()).envs(emulated.environment("polyv")).output().unwrap();
    assert_eq!(code(&output), Some(0));
    assert_eq!(stderr(&output), "polyv room 7 has no rows; check the id\n");
}

#[test]
fn a_room_that_is_unknown_is_told_in_one_line() {
    let emulated = Emulated::start();
    let folder = tempfile::tempdir().unwrap();
    let output =
        fetch("yxt", &["7"], folder.path()).envs(emulated.environment("yxt")).output().unwrap();
    let text = stderr(&output);
    assert_eq!((code(&output), text.lines().count()), (Some(1), 1), "{text}");
    assert!(text.ends_with("; check the room id and the base URL\n"), "{text}");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn files_can_be_read_by_whom_the_umask_lets() {
    use std::os::unix::fs::PermissionsExt;

    let emulated = Emulated::start();
    let folder = tempfile::tempdir().unwrap();
    fetched(&emulated, "yxt", folder.path());
    fs::write(folder.path().join("other"), "").unwrap();
    let mode = |name| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("gifts.csv"), mode("other"));
}
