use std::net::TcpListener;

use crate::run::{code, command, fetch, stderr};

const SECRET: &str = "hunter2-the-secret";

/// Exit code and the one line that a fetch with these settings ends with. No file or folder is left behind.
fn refused(vendor: &str, room: &str, environment: &[(&str, &str)]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new").join("out");
    let output = fetch(vendor, &[room], &out).envs(environment.iter().copied()).output().unwrap();
    let text = stderr(&output);
    assert!(!text.contains(SECRET), "{text}");
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    assert!(!folder.path().join("new").exists(), "a folder is left behind");
    (code(&output), text)
}

#[test]
fn missing_credentials() {
    let mut lines = Vec::new();
    for vendor in ["xiaoe", "polyv", "yxt"] {
        lines.push(refused(vendor, "1", &[]));
    }
    insta::assert_debug_snapshot!(lines, @r#"
    [
        (
            Some(
                2,
            ),
            "error: configuration: set XIAOE_APP_ID, XIAOE_CLIENT_ID, XIAOE_SECRET_KEY in the environment\n",
        ),
        (
            Some(
                2,
            ),
            "error: configuration: set POLYV_APP_ID, POLYV_APP_SECRET in the environment\n",
        ),
        (
            Some(
                2,
            ),
            "error: configuration: set YXT_APP_KEY, YXT_APP_SECRET in the environment\n",
        ),
    ]
    "#);
}

#[test]
fn a_base_url_that_is_not_https() {
    let mut lines = Vec::new();
    for url in ["http://api.polyv.net", "ftp://api.polyv.net", "api.polyv.net"] {
        let environment =
            [("POLYV_APP_ID", "a"), ("POLYV_APP_SECRET", SECRET), ("POLYV_BASE_URL", url)];
        lines.push(refused("polyv", "1", &environment));
    }
    insta::assert_debug_snapshot!(lines, @r#"
    [
        (
            Some(
                2,
            ),
            "error: POLYV_BASE_URL: the base URL is plain http, which is taken only for this machine itself; give one like https://api.example.com\n",
        ),
        (
            Some(
                2,
            ),
            "error: POLYV_BASE_URL: the base URL is not https; give one like https://api.example.com\n",
        ),
        (
            Some(
                2,
            ),
            "error: POLYV_BASE_URL: the base URL is not a URL; give one like https://api.example.com\n",
        ),
    ]
    "#);
}

#[test]
fn a_vendor_that_is_not_reached() {
    let environment =
        [("YXT_APP_KEY", "k"), ("YXT_APP_SECRET", SECRET), ("YXT_BASE_URL", "http://127.0.0.1:9")];
    let (code, line) = refused("yxt", "1", &environment);
    insta::assert_snapshot!(line, @"error: yxt gift_records: transport: the connection could not be made (5 attempts); check the network and the base URL");
    assert_eq!(code, Some(5));
}

#[test]
fn a_room_id_that_is_none_or_several() {
    let lines = ["", " ", "1,2", "1 2"].map(|room| refused("polyv", room, &[]));
    insta::assert_debug_snapshot!(lines, @r#"
    [
        (
            Some(
                2,
            ),
            "error: a room id is empty; give it or leave it out\n",
        ),
        (
            Some(
                2,
            ),
            "error: a room id is empty; give it or leave it out\n",
        ),
        (
            Some(
                2,
            ),
            "error: the room id \"1,2\" holds a comma or a blank; give each id by itself\n",
        ),
        (
            Some(
                2,
            ),
            "error: the room id \"1 2\" holds a comma or a blank; give each id by itself\n",
        ),
    ]
    "#);
}

#[test]
fn a_folder_that_can_not_be_written() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let out = file.path().join("below-a-file");
    let output = command(&["demo", "--out", out.to_str().unwrap()]).output().unwrap();
    assert_eq!(code(&output), Some(2));
    let text = stderr(&output).replace(file.path().to_str().unwrap(), "FILE");
    insta::assert_snapshot!(text, @"error: can't write to FILE/below-a-file: Not a directory (os error 20); choose another place");
}

#[test]
fn an_unknown_vendor() {
    let output = command(&["fetch", "--vendor", "nobody", "--room", "1", "--out", "x"]).output();
    let output = output.unwrap();
    assert_eq!(code(&output), Some(2));
    insta::assert_snapshot!(stderr(&output), @r"
    error: invalid value 'nobody' for '--vendor <VENDOR>'
      [possible values: xiaoe, polyv, yxt]

    For more information, try '--help'.
    ");
}

#[test]
fn a_port_that_is_taken() {
    let taken = loop {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        // The last ports can't be the first of four.
        if taken.local_addr().unwrap().port() <= u16::MAX - 3 {
            break taken;
        }
    };
    let port = taken.local_addr().unwrap().port();
    let output = command(&["emulate", "--port", &port.to_string()]).output().unwrap();
    assert_eq!(code(&output), Some(1));
    for expected in [port.to_string().as_str(), "choose another --port or --host"] {
        assert!(stderr(&output).contains(expected), "{output:?}");
    }
}
