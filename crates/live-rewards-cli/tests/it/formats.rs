use serde_json::Value;

use crate::{
    emulated::{Emulated, TINY},
    run::{code, stderr, stdout},
    shop::Shop,
};

fn with_rooms() -> Shop {
    let shop = Shop::unreached();
    for (id, title) in [("7", "春季, \"第一场\""), ("8", "=1+1")] {
        let add = ["rooms", "add", "--account", "polyv-shop", id, "--title", title];
        assert_eq!(shop.told(&add).0, Some(0));
    }
    shop
}

#[test]
fn rows_are_a_document_lines_or_csv() {
    let shop = with_rooms();
    let list = |format: &str| shop.ok(&["rooms", "list", "--format", format]);
    insta::assert_snapshot!(list("json"), @r#"{"demo":true,"ledger":"ledger.sqlite","rooms":[{"account":"polyv-shop","ended_at":null,"from":"user","id":"7","kind":"channel","labels":null,"title":"春季, \"第一场\"","vendor":"polyv"},{"account":"polyv-shop","ended_at":null,"from":"user","id":"8","kind":"channel","labels":null,"title":"=1+1","vendor":"polyv"}],"schema_version":1}"#);
    insta::assert_snapshot!(list("jsonl"), @r#"
    {"account":"polyv-shop","demo":true,"ended_at":null,"from":"user","id":"7","kind":"channel","labels":null,"title":"春季, \"第一场\"","vendor":"polyv"}
    {"account":"polyv-shop","demo":true,"ended_at":null,"from":"user","id":"8","kind":"channel","labels":null,"title":"=1+1","vendor":"polyv"}
    "#);
    insta::assert_snapshot!(list("csv"), @r#"
    account,vendor,kind,id,title,labels,ended_at,from,demo
    polyv-shop,polyv,channel,7,"春季, ""第一场""",,,user,true
    polyv-shop,polyv,channel,8,=1+1,,,user,true
    "#);
    assert_eq!(list("table"), shop.ok(&["rooms", "list"]));
    assert_eq!(list("json"), shop.ok(&["rooms", "list", "--json"]));
}

#[test]
fn a_flag_goes_before_the_environment() {
    let shop = with_rooms();
    let list = |flags: &[&str]| {
        let mut list = shop.command(&[&["rooms", "list"][..], flags].concat());
        stdout(&list.env("LIVE_REWARDS_FORMAT", "csv").output().unwrap())
    };
    assert!(list(&[]).starts_with("account,vendor,kind,"), "{}", list(&[]));
    assert!(list(&["--json"]).starts_with('{'));
    assert!(list(&["--format", "table"]).starts_with('┌'));
    let mut dry = shop.command(&["sync"]);
    dry.env("LIVE_REWARDS_SYNC_DRY_RUN", "1").env("LIVE_REWARDS_SYNC_FULL", "no");
    assert!(stdout(&dry.output().unwrap()).contains(" Up to (Beijing) "));
    let mut demo = shop.command(&["sync", "--demo", "--dry-run"]);
    let demo = demo.env("LIVE_REWARDS_CONFIG", "none.toml").output().unwrap();
    assert_eq!((code(&demo), stderr(&demo).as_str()), (Some(0), ""));
}

#[test]
fn flags_that_exclude_each_other_are_refused() {
    let shop = Shop::unreached();
    let mut told = Vec::new();
    for arguments in [
        &["rooms", "list", "--json", "--format", "csv"][..],
        &["sync", "--demo", "--config", "live-rewards.toml"],
        &["--lang", "zh", "sync", "--demo", "--config", "live-rewards.toml"],
        &["rooms", "list", "--format", "xml"],
    ] {
        let (code, text) = shop.told(arguments);
        assert_eq!(code, Some(2), "{text}");
        told.push(text);
    }
    insta::assert_snapshot!(told.concat(), @r"
    error: the argument '--json' cannot be used with '--format <FORMAT>'

    For more information, try '--help'.
    error: the argument '--demo' cannot be used with '--config <FILE>'

    For more information, try '--help'.
    错误：--demo 不能与 --config <FILE> 一起用

    更多信息请用 --help 查看。
    error: invalid value 'xml' for '--format <FORMAT>'
      [possible values: table, json, jsonl, csv]

    For more information, try '--help'.
    ");
}

#[test]
fn each_list_has_the_same_rows_in_each_form() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.ok(&["sync"]);
    for (arguments, name) in [
        (&["status"][..], "accounts"),
        (&["state", "list", "--claims"], "listings"),
        (&["state", "show", "polyv-shop", "red_packets"], "listings"),
        (&["rooms", "list"], "rooms"),
        (&["sync", "--dry-run"], "listings"),
        (&["sync", "--account", "polyv-*"], "accounts"),
    ] {
        let list = |format: &str| shop.ok(&[arguments, &["--format", format]].concat());
        let document: Value = serde_json::from_str(&list("json")).unwrap();
        assert_eq!(document["schema_version"], 1, "{arguments:?}");
        assert_eq!(document["ledger"], "ledger.sqlite", "{arguments:?}");
        let rows = document[name].as_array().unwrap().len();
        assert!(rows > 0, "{arguments:?}");
        assert_eq!(list("jsonl").lines().count(), rows, "{arguments:?}");
        let csv = list("csv");
        assert_eq!(csv.lines().count(), 1 + rows, "{arguments:?}");
        assert!(csv.lines().next().unwrap().ends_with(",demo"), "{csv}");
        assert!(csv.lines().skip(1).all(|line| line.ends_with(",true")), "{csv}");
    }
}
