use crate::run::{code, command, stderr, stdout};

#[test]
fn help_fits_a_screen() {
    for (name, arguments) in [
        ("help", &["--help"][..]),
        ("help_demo", &["demo", "--help"]),
        ("help_fetch", &["fetch", "--help"]),
        ("help_emulate", &["emulate", "--help"]),
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
