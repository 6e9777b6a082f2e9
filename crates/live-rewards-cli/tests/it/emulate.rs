#[cfg(unix)]
use std::process::Command;
use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::Stdio,
};

use serde_json::json;

#[cfg(unix)]
use crate::run::files;
use crate::{
    emulated::Emulated,
    run::{code, command, stderr, stdout},
};

/// What is said about flags that can't be.
fn refused(flags: &[&str]) -> String {
    let output = command(&["emulate"]).args(flags).output().unwrap();
    assert_eq!((code(&output), stdout(&output).as_str()), (Some(2), ""), "{flags:?}");
    stderr(&output)
}

#[test]
fn the_advice_fits_the_flag() {
    for (flags, expected) in [
        (&["--scenario", "campaign", "--claims", "0"][..], ["--claims", "1..=1000000000"]),
        (&["--claims", "5"], ["--claims", "--scenario campaign"]),
        (&["--scenario", "live", "--claims", "5"], ["--claims", "--scenario campaign"]),
        (&["--start", "yesterday"], ["--start", "2026-01-31T08:00:00Z"]),
        (&["--start", "1999-12-31T00:00:00Z"], ["--start", "between 2001-09-09T01:46:40Z and"]),
        (&["--clock", "1969-12-31T00:00:00Z"], ["--clock", "between 1970-01-01T00:00:00Z and"]),
        (&["--clock", "1990-01-01T00:00:00Z"], ["--clock 1990-01-01T00:00:00Z", "give --start"]),
        (&["--clock-rate", "fast"], ["--clock-rate", "like 1, 60 or 0.5"]),
        (&["--clock-rate", "5000000"], ["--clock-rate", "4294967.295"]),
        (&["--port", "65533"], ["--port", "65532"]),
        (&["--faults", "no/such/file.toml"], ["no/such/file.toml", "check --faults"]),
        (&["--announce", "http://emulator"], ["--announce http://emulator", "without a scheme"]),
    ] {
        let text = refused(flags);
        for expected in expected {
            assert!(text.contains(expected), "{flags:?}: {text}");
        }
        assert!(!text.contains("another --port"), "{flags:?}: {text}");
    }
}

#[test]
fn a_port_that_is_taken_is_no_wrong_usage() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command(&["emulate", "--port", &port]).output().unwrap();
    let text = stderr(&output);
    assert_eq!(code(&output), Some(1), "{text}");
    assert!(text.contains("choose another --port"), "{text}");
}

/// What it says when it is ready, and on standard error until then.
fn started(flags: &[&str]) -> (String, String) {
    let mut process = command(&["emulate", "--scenario", "tiny"])
        .args(flags)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    process.kill().unwrap();
    (line, stderr(&process.wait_with_output().unwrap()))
}

#[test]
fn what_surprises_is_said_on_standard_error() {
    let (_, text) = started(&[]);
    assert_eq!(text, "");
    let (_, text) = started(&["--host", "0.0.0.0"]);
    assert!(text.contains("WARN") && text.contains("credentials are public"), "{text}");
    let (line, text) =
        started(&["--clock", "2026-01-31T08:00:00Z", "--start", "2026-02-10T08:00:00Z"]);
    assert!(text.contains("WARN") && text.contains("ahead of the clock"), "{text}");
    assert!(line.contains("\"warning\":\"the start lies ahead"), "{line}");
}

#[test]
fn the_announced_host_is_in_every_address() {
    let (line, _) = started(&["--announce", "emulator"]);
    let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
    for of in ["xiaoe", "polyv", "yxt", "admin"] {
        assert!(ready[of]["base_url"].as_str().unwrap().starts_with("http://emulator:"), "{line}");
    }
}

#[test]
fn faults_that_can_not_be_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faults.toml");
    for (file, expected) in [
        ("[[fault]]\nvendor = \"wechat\"\nkind = \"reset\"\n", "fault 1: unknown vendor"),
        ("[[fault]]\nvendor = 5\n", "line 2"),
    ] {
        fs::write(&path, file).unwrap();
        let text = refused(&["--faults", path.to_str().unwrap()]);
        assert!(text.contains("--faults") && text.contains(expected), "{text}");
    }
}

#[test]
fn the_clock_may_stand_apart_from_the_data() {
    let (start, clock) = ("2026-01-31T08:00:00Z", "2026-02-10T08:00:00Z");
    let emulated = Emulated::with(&["--start", start, "--clock", clock, "--clock-rate", "0"]);
    assert_eq!(emulated.ready()["start"], start);
    for _ in 0..2 {
        let state = emulated.manage("GET", "/clock");
        assert_eq!((&state["now"], &state["rate_milli"]), (&json!(clock), &json!(0)));
        assert_eq!(&emulated.manage("POST", "/reset"), emulated.ready());
    }
}

#[cfg(unix)]
#[test]
fn a_request_to_end_is_no_failure_and_an_interruption_is() {
    for (signal, code) in [("TERM", 0), ("INT", 130)] {
        assert_eq!(Emulated::start().ended_by(signal), Some(code), "{signal}");
    }
}

/// Runs the steps of the README.
#[cfg(unix)]
#[test]
fn a_shell_reads_the_environment_from_a_file_and_fetches() {
    let script = "
        trap 'kill $!' EXIT
        \"$0\" emulate --scenario tiny --print-env > emulator.env 2> emulator.log &
        until [ -s emulator.env ]; do kill -0 $!; sleep 0.1; done
        . ./emulator.env
        for vendor in xiaoe polyv yxt; do
            case $vendor in
                xiaoe) rooms=$XIAOE_ROOMS ;;
                polyv) rooms=$POLYV_ROOMS ;;
                *) rooms=$YXT_ROOMS ;;
            esac
            \"$0\" fetch --vendor $vendor --room $rooms --out $vendor || exit
        done
        echo \"$LIVE_REWARDS_ADMIN $LIVE_REWARDS_START $XIAOE_PUSH_TOKEN $XIAOE_PUSH_KEY $POLYV_LIVE_ACCOUNT\"
        echo \"$POLYV_LUCKY_BAGS $POLYV_PRIZE_ACTIVITIES\"
    ";
    let folder = tempfile::tempdir().unwrap();
    let command = command(&[]);
    let mut shell = Command::new("sh");
    for (name, _) in command.get_envs() {
        shell.env_remove(name);
    }
    let output = shell
        .args(["-euc", script])
        .arg(command.get_program())
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    for vendor in ["xiaoe", "polyv", "yxt"] {
        assert!(!files(&folder.path().join(vendor)).is_empty(), "{vendor}");
    }
    let told = stdout(&output);
    // The last two lines: of the lists each has one a channel.
    let words: Vec<usize> =
        told.lines().rev().take(2).map(|line| line.split(' ').count()).collect();
    assert_eq!(words, [4, 5], "{told}");
}

#[test]
fn a_campaign_has_the_claims_that_are_given() {
    let emulated = Emulated::with(&["--scenario", "campaign", "--claims", "5"]);
    assert_eq!(emulated.ready()["claims"], 5);
}
