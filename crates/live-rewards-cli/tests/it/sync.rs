use serde_json::Value;

use crate::{
    emulated::{Emulated, TINY},
    run::{code, stderr, stdout, words},
    shop::{Shop, of_account},
};

/// What `sync --json` prints.
fn synced(shop: &Shop, flags: &[&str]) -> Value {
    serde_json::from_str(&shop.ok(&[&["sync", "--json"][..], flags].concat())).unwrap()
}

#[test]
fn a_ledger_has_what_the_vendors_have_and_a_second_sync_has_no_news() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let shown = shop.ok(&["sync", "--account", "polyv-*", "--account", "yxt-*"]);
    insta::assert_snapshot!(words(&shown), @r"
    Account Vendor Requests New Changed Same Rejected Vanished Outcome
    polyv-shop polyv 19 597 0 0 0 0 complete
    yxt-shop yxt 4 25 0 0 0 0 complete
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");
    shop.ok(&["sync"]);
    let truth = emulated.manage("GET", "/truth");
    for (vendor, table, what) in [
        ("xiaoe", "red_packets", "red_packets"),
        ("xiaoe", "claims", "claims"),
        ("polyv", "red_packets", "red_packets"),
        ("polyv", "claims", "claims"),
        ("polyv", "gifts", "gifts"),
        ("yxt", "gifts", "gifts"),
    ] {
        let rows = format!(
            "SELECT count(*) FROM {table} JOIN accounts USING (account_id) WHERE vendor = '{vendor}'"
        );
        let rows: i64 = shop.value("ledger.sqlite", &rows);
        assert_eq!(rows, truth[vendor]["total"][what].as_i64().unwrap(), "{vendor} {table}");
    }
    let before = shop.counts("ledger.sqlite");
    for flags in [&[][..], &["--full"]] {
        let again = synced(&shop, flags);
        assert_eq!(again["demo"], Value::Bool(true));
        for account in ["polyv-shop", "xiaoe-shop", "yxt-shop"] {
            let one = of_account(&again, account);
            for none in ["new", "changed", "rejected", "vanished", "listings_failed"] {
                assert_eq!(one[none], 0, "{account} {none}");
            }
            assert_eq!((&one["complete"], &one["error"]), (&Value::Bool(true), &Value::Null));
        }
        assert_eq!(shop.counts("ledger.sqlite"), before);
    }
    assert!(shop.is_sound("ledger.sqlite"));
}

#[test]
fn times_are_read_from_the_first_up_to_before_the_last() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.add_rooms(&emulated, "all.sqlite");
    shop.ok(&["sync", "--ledger", "all.sqlite"]);
    // Two instants at which Polyv has a red packet each.
    let instant = |offset: u32| {
        let sql = format!(
            "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', created_at / 1000, 'unixepoch') FROM red_packets
             JOIN accounts USING (account_id) WHERE vendor = 'polyv' ORDER BY created_at LIMIT 1 OFFSET {offset}"
        );
        shop.value::<String>("all.sqlite", &sql)
    };
    let (since, until) = (instant(8), instant(16));
    synced(&shop, &["--since", &since, "--until", &until]);
    for (table, time) in [("red_packets", "created_at"), ("gifts", "given_at")] {
        let rows = format!("SELECT count(*) FROM {table}");
        let within = format!(
            "{rows} WHERE {time} >= unixepoch('{since}') * 1000 AND {time} < unixepoch('{until}') * 1000"
        );
        let read: i64 = shop.value("ledger.sqlite", &rows);
        assert_eq!(read, shop.value::<i64>("ledger.sqlite", &within), "{table}");
        assert_eq!(read, shop.value::<i64>("all.sqlite", &within), "{table}");
        assert!(read > 8, "{table}: {read}");
    }
    // A sync without times doesn't take the others for read.
    synced(&shop, &[]);
    assert_eq!(shop.counts("ledger.sqlite"), shop.counts("all.sqlite"));
}

#[test]
fn few_calls_a_run_get_to_everything() {
    let emulated = Emulated::with(&[TINY, &["--no-limits"]].concat());
    let shop = Shop::new(&emulated);
    shop.add_rooms(&emulated, "all.sqlite");
    shop.ok(&["sync", "--ledger", "all.sqlite"]);
    let all = shop.counts("all.sqlite");
    for run in 0.. {
        assert!(run < 40, "{:?} of {all:?}", shop.counts("ledger.sqlite"));
        let before = emulated.requests();
        let (code, told) = shop.told(&["sync", "--max-requests", "20"]);
        // Tokens come on top.
        assert!(emulated.requests() - before <= 20 + 1);
        assert_eq!(told, "error: not everything was read; the next sync goes on\n");
        assert_eq!(code, Some(3));
        if shop.counts("ledger.sqlite") == all {
            break;
        }
    }
}

#[test]
fn too_few_calls_are_never_taken_for_enough() {
    let emulated = Emulated::with(&[TINY, &["--no-limits"]].concat());
    let shop = Shop::new(&emulated);
    let accounts = ["--account", "polyv-*", "--account", "yxt-*"];
    let all = synced(&shop, &accounts);
    let calls = |account: &str| of_account(&all, account)["requests"].as_u64().unwrap();
    let needed = calls("polyv-shop") + calls("yxt-shop");
    for calls in 1..=needed {
        let (ledger, calls) = (format!("{calls}.sqlite"), calls.to_string());
        shop.add("yxt", &emulated.rooms("yxt"), &ledger);
        let sync = ["sync", "--ledger", &ledger, "--max-requests", &calls];
        let (code, told) = shop.told(&[&sync[..], &accounts].concat());
        let expected = if calls == needed.to_string() { 0 } else { 3 };
        assert_eq!(code, Some(expected), "{calls} of {needed}: {told}");
    }
}

#[test]
fn a_dry_run_asks_nobody_and_writes_nothing() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    std::fs::remove_file(shop.path("ledger.sqlite")).unwrap();
    let names = shop.names();
    let plan = shop.ok(&["sync", "--dry-run", "--account", "polyv-*"]);
    insta::assert_snapshot!(words(&plan), @r"
    Account Reads Of From (Beijing) Up to (Beijing) Note
    polyv-shop rooms the start now
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");
    assert_eq!(shop.names(), names);
    shop.add_rooms(&emulated, "ledger.sqlite");
    let plan = shop.ok(&["sync", "--dry-run", "--json", "--account", "yxt-*"]);
    let plan: Value = serde_json::from_str(&plan).unwrap();
    let listings = plan["listings"].as_array().unwrap();
    assert_eq!(listings.len(), 2);
    assert_eq!(listings[0]["operation"], "gifts");
    assert_eq!(listings[0]["final"], false);
    assert_eq!(emulated.requests(), 0);
    shop.ok(&["sync"]);
    let (read, counts) = (emulated.requests(), shop.counts("ledger.sqlite"));
    shop.ok(&["sync", "--dry-run", "--full"]);
    assert_eq!((emulated.requests(), shop.counts("ledger.sqlite")), (read, counts));
}

#[test]
fn an_account_is_the_same_whatever_it_is_called() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.ok(&["sync"]);
    let before = shop.counts("ledger.sqlite");
    shop.reconfigure(|text| text.replace("polyv-shop", "保利威").replace("-shop", "-renamed"));
    // TOML wants quotes around what isn't ASCII.
    shop.reconfigure(|text| text.replace("[accounts.保利威]", "[accounts.'保利威']"));
    let again = synced(&shop, &[]);
    for account in ["保利威", "xiaoe-renamed", "yxt-renamed"] {
        let one = of_account(&again, account);
        assert_eq!((one["new"].as_u64(), one["changed"].as_u64()), (Some(0), Some(0)), "{account}");
    }
    assert_eq!(shop.counts("ledger.sqlite"), before);
    assert_eq!(shop.value::<i64>("ledger.sqlite", "SELECT count(*) FROM accounts"), 3);
}

#[test]
fn an_account_is_the_same_where_its_key_changes_or_it_is_told_apart_later() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let key = emulated.ready()["yxt"]["app_key"].as_str().unwrap();
    shop.ok(&["sync"]);
    let before = shop.counts("ledger.sqlite");
    let runs = || shop.value::<i64>("ledger.sqlite", "SELECT count(*) FROM runs");
    let known = || -> String {
        let sql = "SELECT vendor_account FROM accounts WHERE vendor = 'yxt'";
        assert_eq!(shop.value::<i64>("ledger.sqlite", "SELECT count(*) FROM accounts"), 3);
        shop.value("ledger.sqlite", sql)
    };
    let configuration = std::fs::read_to_string(shop.path("live-rewards.toml")).unwrap();
    let configure = |app_key: &str, ledger_id: &str| {
        let keys = format!("app_key = '{app_key}'\n{ledger_id}");
        let text = configuration.replace(&format!("app_key = '{key}'"), &keys);
        shop.reconfigure(|_| text);
    };

    configure("rotated", "");
    let told = format!(
        "error: yxt-shop is in the ledger as account {key} at emulator; if the key was rotated set ledger_id = \"{key}\", if the base URL changed set it back, otherwise give the account another name and ledger_id\n"
    );
    let runs_before = runs();
    for arguments in [&["sync"][..], &["rooms", "add", "--account", "yxt-shop", "7"]] {
        assert_eq!(shop.told(arguments), (Some(2), told.clone()), "{arguments:?}");
    }
    assert_eq!(runs(), runs_before);

    // The emulator doesn't know this key.
    configure("rotated", &format!("ledger_id = '{key}'"));
    assert_eq!(shop.told(&["sync", "--account", "yxt-*"]).0, Some(4));
    assert_eq!(known(), key);

    configure(key, "ledger_id = 'ours'");
    let again = synced(&shop, &[]);
    assert_eq!(of_account(&again, "yxt-shop")["new"], 0);
    assert_eq!((known().as_str(), shop.counts("ledger.sqlite")), ("ours", before));
}

#[test]
fn an_account_that_is_configured_twice_is_refused() {
    let shop = Shop::unreached();
    shop.reconfigure(|text| {
        let polyv = text.find("[accounts.polyv").unwrap();
        let end = text.find("[accounts.xiaoe").unwrap();
        let twin = text[polyv..end].replace("polyv-shop", "twin");
        format!("{text}\n{twin}")
    });
    let (code, told) = shop.told(&["sync"]);
    insta::assert_snapshot!(told, @"error: accounts.polyv-shop and accounts.twin are the same account; leave one out, or give each its own ledger_id");
    assert_eq!(code, Some(2));
    shop.reconfigure(|text| format!("{text}\nledger_id = 'other'\n"));
    assert_eq!(shop.told(&["sync", "--dry-run"]).0, Some(0));
}

#[test]
fn an_account_without_rooms_is_pointed_out() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    std::fs::remove_file(shop.path("ledger.sqlite")).unwrap();
    let output = shop.run(&["sync"]);
    insta::assert_snapshot!(stderr(&output), @r"
    xiaoe-shop: xiaoe lists no rooms and none was added; use rooms add or rooms import
    yxt-shop: yxt lists no rooms and none was added; use rooms add or rooms import
    error: not everything could be read; the lines above say what
    ");
    assert_eq!(code(&output), Some(3));
    assert_eq!(stdout(&output).matches(" no rooms │").count(), 2, "{}", stdout(&output));
    let again: Value = serde_json::from_slice(&shop.run(&["sync", "--json"]).stdout).unwrap();
    for (account, outcome) in
        [("polyv-shop", "complete"), ("xiaoe-shop", "no_rooms"), ("yxt-shop", "no_rooms")]
    {
        let one = of_account(&again, account);
        assert_eq!(one["outcome"], outcome, "{account}");
        assert_eq!(one["complete"], outcome == "complete", "{account}");
    }
    shop.add_rooms(&emulated, "ledger.sqlite");
    shop.ok(&["sync"]);
}

#[test]
fn an_account_that_few_calls_do_not_reach_is_shown() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let output = shop.run(&["sync", "--json", "--max-requests", "1"]);
    assert_eq!(code(&output), Some(3));
    let synced: Value = serde_json::from_slice(&output.stdout).unwrap();
    let accounts = synced["accounts"].as_array().unwrap();
    let outcomes: Vec<_> = accounts.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["incomplete", "not_reached", "not_reached"]);
    for account in ["polyv-shop", "xiaoe-shop", "yxt-shop"] {
        assert_eq!(of_account(&synced, account)["complete"], false, "{account}");
    }
    let shown = stdout(&shop.run(&["sync", "--max-requests", "1"]));
    assert_eq!(shown.matches(" not reached │").count(), 2, "{shown}");
}

#[test]
fn a_demo_needs_no_account_and_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let demo = |flags: &[&str]| {
        let mut sync = crate::run::command(&["sync", "--demo"]);
        sync.args(flags).current_dir(folder.path()).output().unwrap()
    };
    let first = demo(&[]);
    assert_eq!((code(&first), stderr(&first).as_str()), (Some(0), ""));
    let end = "Ledger: live-rewards-demo.sqlite (DEMO 示例数据)\n";
    assert!(stdout(&first).ends_with(end), "{}", stdout(&first));
    let again: Value = serde_json::from_str(&stdout(&demo(&["--json"]))).unwrap();
    for account in ["demo-xiaoe", "demo-polyv", "demo-yxt"] {
        assert_eq!(of_account(&again, account)["new"], 0, "{account}");
    }
    let none = demo(&["--account", "polyv"]);
    assert_eq!(code(&none), Some(2));
    insta::assert_snapshot!(stderr(&none), @"error: the demo has no account polyv; it has demo-xiaoe, demo-polyv, demo-yxt");
}

#[test]
fn wrong_usage_is_told_before_anything_is_done() {
    let shop = Shop::unreached();
    let mut lines = Vec::new();
    for flags in [
        &["--since", "2026-02-01", "--until", "2026-02-01"][..],
        &["--account", "polyv"],
        &["--account", "*-shop", "--account", "nobody*"],
        &["--config", "no.toml"],
    ] {
        let (code, told) = shop.told(&[&["sync"][..], flags].concat());
        assert_eq!(code, Some(2), "{told}");
        lines.push(told);
    }
    let unconfigured = shop.command(&["sync"]).current_dir("/").output().unwrap();
    lines.push(stderr(&unconfigured));
    let keyless = shop.command(&["sync"]).env_remove("SHOP_XIAOE").output().unwrap();
    lines.push(stderr(&keyless));
    insta::assert_snapshot!(lines.concat(), @r"
    error: nothing lies between --since and --until; give a later --until
    error: the configuration has no account polyv; it has polyv-shop, xiaoe-shop, yxt-shop
    error: the configuration has no account nobody*; it has polyv-shop, xiaoe-shop, yxt-shop
    error: can't read no.toml: No such file or directory (os error 2); check --config
    error: there is no configuration; live-rewards init writes one, --config names another
    error: accounts.xiaoe-shop: the environment has no SHOP_XIAOE; set it to the secret
    ");
    assert_eq!(shop.names(), ["live-rewards.toml"]);
}
