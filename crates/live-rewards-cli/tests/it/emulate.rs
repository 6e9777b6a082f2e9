use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use crate::run::{code, command, stdout};

/// Ends the emulator with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_vendor_is_fetched_from_another_process_by_its_ready_line() {
    let child = command(&["emulate", "--port", "0", "--seed", "7"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["event"], "ready");
    let text = |vendor: &str, name: &str| ready[vendor][name].as_str().unwrap().to_owned();
    let first = |vendor: &str, name: &str| ready[vendor][name][0].as_str().unwrap().to_owned();

    let folder = tempfile::tempdir().unwrap();
    let fetch = |vendor: &str, room: String, environment: Vec<(&str, String)>| {
        let out = folder.path().join(vendor);
        let arguments = [
            "fetch",
            "--vendor",
            vendor,
            "--room",
            &room,
            "--out",
            out.to_str().unwrap(),
        ];
        let output = command(&arguments).envs(environment).output().unwrap();
        assert_eq!(code(&output), Some(0), "{output:?}");
        assert!(out.join("red_packets.csv").exists());
        assert!(stdout(&output).contains(vendor));
    };
    fetch(
        "polyv",
        first("polyv", "channel_ids"),
        vec![
            ("POLYV_APP_ID", text("polyv", "app_id")),
            ("POLYV_APP_SECRET", text("polyv", "app_secret")),
            ("POLYV_BASE_URL", text("polyv", "base_url")),
        ],
    );
    fetch(
        "xiaoe",
        first("xiaoe", "resource_ids"),
        vec![
            ("XIAOE_APP_ID", text("xiaoe", "app_id")),
            ("XIAOE_CLIENT_ID", text("xiaoe", "client_id")),
            ("XIAOE_SECRET_KEY", text("xiaoe", "secret_key")),
            ("XIAOE_BASE_URL", text("xiaoe", "base_url")),
        ],
    );
    fetch(
        "yxt",
        first("yxt", "room_ids"),
        vec![
            ("YXT_APP_KEY", text("yxt", "app_key")),
            ("YXT_APP_SECRET", text("yxt", "app_secret")),
            ("YXT_BASE_URL", text("yxt", "base_url")),
        ],
    );
}
