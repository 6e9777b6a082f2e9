use std::fs;

use serde_json::json;

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
    ] {
        let text = refused(flags);
        for expected in expected {
            assert!(text.contains(expected), "{flags:?}: {text}");
        }
        assert!(!text.contains("another --port"), "{flags:?}: {text}");
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

#[test]
fn a_campaign_has_the_claims_that_are_given() {
    let emulated = Emulated::with(&["--scenario", "campaign", "--claims", "5"]);
    assert_eq!(emulated.ready()["claims"], 5);
}
