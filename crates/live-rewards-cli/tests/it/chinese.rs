use crate::{
    emulated::{Emulated, TINY},
    run::{code, stderr, words},
    shop::Shop,
};

fn ok(shop: &Shop, arguments: &[&str]) -> String {
    shop.ok(&[&["--lang", "zh"][..], arguments].concat())
}

/// Columns that a line takes in a terminal.
fn width(line: &str) -> usize {
    line.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

#[test]
fn tables_are_in_chinese_and_aligned_and_data_is_the_same() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let title = ["--title", "春季发布会", "--labels", "区域=华东"];
    assert_eq!(
        shop.told(&[&["rooms", "add", "--account", "polyv-shop", "7"][..], &title].concat()).0,
        Some(0)
    );
    let of_polyv = ["--account", "polyv-*"];
    let synced = ok(&shop, &[&["sync"][..], &of_polyv].concat());
    let mut tables = vec![synced];
    for arguments in
        [&["status"][..], &["rooms", "list"], &["state", "list"], &["sync", "--dry-run"]]
    {
        tables.push(ok(&shop, &[arguments, &of_polyv].concat()));
        for format in ["json", "jsonl", "csv"] {
            // The end of a plan is the time at which it is made.
            if arguments[0] != "sync" {
                let list = [arguments, &["--format", format]].concat();
                assert_eq!(ok(&shop, &list), shop.ok(&list), "{list:?}");
            }
        }
    }
    for table in &tables {
        let widths: Vec<_> =
            table.lines().take_while(|line| !line.starts_with("账本")).map(width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }
    let [synced, status, rooms, ..] = tables.as_slice() else { panic!("tables") };
    insta::assert_snapshot!([words(synced), words(status), words(rooms)].join("\n"), @"");
}

#[test]
fn errors_are_in_chinese() {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    std::fs::write(shop.path("rooms.csv"), "id,vendr\n1,polyv\n").unwrap();
    let mut told = Vec::new();
    for (arguments, expected) in [
        (&["sync", "--account", "polyv-*"][..], 5),
        (&["sync", "--account", "nobody"], 2),
        (&["sync", "--since", "soon"], 2),
        (&["sync", "--since", "2026-02-01", "--until", "2026-02-01"], 2),
        (&["sync", "--config", "no.toml"], 2),
        (&["status", "--ledger", "none.sqlite"], 2),
        (&["state", "show", "polyv-shop", "gifts"], 2),
        (&["rooms", "import", "rooms.csv"], 2),
        (&["rooms", "add", "--account", "polyv-shop", "7,8"], 2),
        (&["rooms", "add", "--account", "polyv-shop"], 2),
    ] {
        let output = shop.run(&[&["--lang", "zh"][..], arguments].concat());
        assert_eq!(code(&output), Some(expected), "{arguments:?}: {}", stderr(&output));
        told.push(stderr(&output));
    }
    insta::assert_snapshot!(told.concat(), @"");
}

#[test]
fn the_language_is_asked_for_or_the_locales() {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    for (variables, flags, expected) in [
        (&[("LANG", "zh_CN.UTF-8")][..], &[][..], "账号"),
        (&[("LANG", "en_US.UTF-8")], &[], "Account"),
        (&[("LANG", "en_US.UTF-8"), ("LIVE_REWARDS_LANG", "zh")], &[], "账号"),
        (&[("LIVE_REWARDS_LANG", "zh")], &["--lang", "en"], "Account"),
    ] {
        let mut list = shop.command(&[&["rooms", "list"][..], flags].concat());
        let listed = list.envs(variables.iter().copied()).output().unwrap();
        let listed = crate::run::stdout(&listed);
        assert!(listed.contains(expected), "{variables:?} {flags:?}: {listed}");
    }
}
