use crate::{
    chinese::width,
    run::{code, command, stderr, stdout},
};

/// The help of each command with its name, as `["rooms", "add"]`; that of the main one first.
fn all(language: &str) -> Vec<(Vec<String>, String)> {
    let mut all = Vec::new();
    add(language, Vec::new(), &mut all);
    all
}

fn add(language: &str, name: Vec<String>, all: &mut Vec<(Vec<String>, String)>) {
    let mut help = command(&["--lang", language]);
    let output = help.args(&name).arg("--help").output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""), "{name:?}");
    let help = stdout(&output);
    let inner: Vec<Vec<String>> =
        listed(&help).map(|inner| [&name[..], &[inner]].concat()).collect();
    all.push((name, help));
    for name in inner {
        add(language, name, all);
    }
}

/// The commands that a help lists, without clap's own.
fn listed(help: &str) -> impl Iterator<Item = String> {
    help.lines()
        .skip_while(|line| !matches!(*line, "Commands:" | "命令:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
}

#[test]
fn help_reads_well() {
    for (name, help) in all("en") {
        let name = ["help".to_owned()].into_iter().chain(name).collect::<Vec<_>>().join("_");
        let name = name.replace('-', "_");
        insta::assert_snapshot!(name.as_str(), help);
    }
    insta::assert_snapshot!(
        "help_zh",
        stdout(&command(&["--lang", "zh", "--help"]).output().unwrap())
    );
}

#[test]
fn each_help_fits_a_screen_and_has_an_example_in_both_languages() {
    let [english, chinese] = [("en", "Example"), ("zh", "示例")].map(|(language, example)| {
        let all = all(language);
        for (name, help) in &all {
            let lines = help.lines().count();
            assert!(lines <= 45, "{language} {name:?} has {lines} lines");
            let widest = help.lines().max_by_key(|line| width(line)).unwrap_or_default();
            assert!(width(widest) <= 120, "{language} {name:?}: {widest}");
            assert!(help.contains(example), "{language} {name:?} has no example");
        }
        all.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    });
    assert!(english.len() > 30);
    assert_eq!(english, chinese);
}

#[test]
fn the_manual_names_the_variables() {
    let manual = stdout(&command(&["man"]).output().unwrap());
    assert!(manual.contains("LIVE_REWARDS_LANG"), "{manual}");
}

#[test]
fn an_empty_variable_is_as_good_as_none() {
    let mut manual = command(&["man"]);
    for variable in ["LIVE_REWARDS_LANG", "LIVE_REWARDS_NO_PROGRESS", "LIVE_REWARDS_MAN_OUT"] {
        manual.env(variable, "");
    }
    let output = manual.output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
    assert!(stdout(&output).contains("LIVE_REWARDS_LANG"));
}

#[test]
fn the_version_is_the_commands() {
    let output = command(&["--version"]).output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
    assert_eq!(stdout(&output), concat!("live-rewards ", env!("CARGO_PKG_VERSION"), "\n"));
}
