use crate::run::{code, command, stderr, stdout};

#[test]
fn help_fits_a_screen() {
    for (name, arguments) in [
        ("help", &["--help"][..]),
        ("help_demo", &["demo", "--help"]),
        ("help_fetch", &["fetch", "--help"]),
        ("help_emulate", &["emulate", "--help"]),
        ("help_sync", &["sync", "--help"]),
        ("help_rooms", &["rooms", "--help"]),
        ("help_rooms_list", &["rooms", "list", "--help"]),
        ("help_rooms_add", &["rooms", "add", "--help"]),
        ("help_rooms_import", &["rooms", "import", "--help"]),
        ("help_status", &["status", "--help"]),
        ("help_state", &["state", "--help"]),
        ("help_state_list", &["state", "list", "--help"]),
        ("help_state_show", &["state", "show", "--help"]),
        ("help_state_reset", &["state", "reset", "--help"]),
    ] {
        let text = stdout(&command(arguments).output().unwrap());
        assert!(text.lines().count() <= 32, "{name}: {}", text.lines().count());
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn the_version_is_the_commands() {
    let output = command(&["--version"]).output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
    assert_eq!(stdout(&output), concat!("live-rewards ", env!("CARGO_PKG_VERSION"), "\n"));
}
