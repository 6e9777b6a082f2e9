use std::fs;

use serde_json::{Value, json};

use crate::{
    emulated::{Emulated, TINY},
    run::{code, stderr},
    shop::{Shop, WRONG_SECRET, of_account},
};

#[test]
fn a_wrong_secret_fails_its_account_alone() {
    let emulated = Emulated::with(TINY);
    for (vendors, flags, expected) in [
        (&["xiaoe"][..], &[][..], 3),
        (&["polyv", "yxt"], &[], 3),
        (&["polyv"], &["--account", "polyv-*"], 4),
        (&["polyv", "xiaoe", "yxt"], &[], 4),
    ] {
        let shop = Shop::new(&emulated);
        let sync = [&["sync"][..], flags].concat();
        let output = shop.with_wrong_secrets(vendors, &sync).output().unwrap();
        let (code, told) = (code(&output), stderr(&output));
        assert_eq!(code, Some(expected), "{vendors:?}: {told}");
        assert_eq!(told.matches("check the key and the secret").count(), vendors.len(), "{told}");
        for vendor in ["polyv", "xiaoe", "yxt"] {
            let is_wrong = vendors.contains(&vendor);
            assert_eq!(told.contains(&format!("{vendor}-shop: ")), is_wrong, "{told}");
            let rows = format!(
                "SELECT (SELECT count(*) FROM gifts JOIN accounts USING (account_id) WHERE vendor = '{vendor}')
                      + (SELECT count(*) FROM claims JOIN accounts USING (account_id) WHERE vendor = '{vendor}')"
            );
            if flags.is_empty() {
                assert_eq!(shop.value::<i64>("ledger.sqlite", &rows) == 0, is_wrong, "{vendor}");
            }
        }
    }
}

#[test]
fn a_vendor_that_is_down_fails_its_account_alone() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let address = emulated.ready()["yxt"]["base_url"].as_str().unwrap();
    shop.reconfigure(|text| text.replace(address, "http://127.0.0.1:9"));
    let (code, told) = shop.told(&["sync"]);
    insta::assert_snapshot!(told, @r"
    yxt-shop: yxt gift_records: transport: the connection could not be made (5 attempts); check the network and the base URL
    error: 1 of 3 accounts failed
    ");
    assert_eq!(code, Some(3));
    assert_eq!(shop.told(&["sync", "--account", "yxt-*"]).0, Some(5));
}

#[test]
fn the_status_tells_how_the_last_sync_of_an_account_ended() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let of_yxt = ["--account", "yxt-*"];
    let status = |flags: &[&str]| shop.ok(&[&["status"][..], &of_yxt, flags].concat());
    let last = || {
        let status: Value = serde_json::from_str(&status(&["--json"])).unwrap();
        let account = of_account(&status, "yxt-shop");
        ["last_sync", "outcome", "error"].map(|name| account[name].clone())
    };
    assert_eq!(last(), [Value::Null, Value::Null, Value::Null]);
    let sync = [&["sync"][..], &of_yxt].concat();
    shop.ok(&sync);
    let [synced, outcome, error] = last();
    assert_eq!((synced.is_string(), outcome, error), (true, json!("complete"), Value::Null));
    let refused = shop.with_wrong_secrets(&["yxt"], &sync).output().unwrap();
    assert_eq!(code(&refused), Some(4));
    let [_, outcome, error] = last();
    assert_eq!(outcome, "failed");
    let told = format!("\nyxt-shop: the last sync failed: {}\n", error.as_str().unwrap());
    assert!(status(&[]).contains(&told), "{told}");
    shop.ok(&["sync", "--account", "polyv-*"]);
    assert_eq!(last()[1], "failed");
    shop.ok(&sync);
    assert_eq!(last()[1..], [json!("complete"), Value::Null]);
}

#[test]
fn rows_that_can_not_be_read_are_kept_and_the_others_are_read() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    emulated.order(
        "/faults",
        &json!({
            "vendor": "yxt", "endpoint": "gift_records", "nth": [1],
            "kind": { "unknown_label_in": "createTime" },
        }),
    );
    let (code, told) = shop.told(&["sync"]);
    assert_eq!(code, Some(3), "{told}");
    for expected in [
        "yxt-shop: rows that could not be read: 1; they are kept in rejected_rows\n",
        "error: not everything could be read; the lines above say what\n",
    ] {
        assert!(told.contains(expected), "{told}");
    }
    let rejected = "SELECT operation || ' ' || reason FROM rejected_rows";
    let rejected: String = shop.value("ledger.sqlite", rejected);
    assert!(rejected.starts_with("gifts createTime: expected a time"), "{rejected}");
    let raw: String = shop.value("ledger.sqlite", "SELECT raw FROM rejected_rows");
    assert!(raw.contains("\"createTime\":\"emulator-label\""), "{raw}");
    let gifts = "SELECT count(*) FROM gifts JOIN accounts USING (account_id) WHERE vendor = 'yxt'";
    assert_eq!(shop.value::<i64>("ledger.sqlite", gifts), 24);
    shop.ok(&["sync"]);
    assert_eq!(shop.value::<i64>("ledger.sqlite", gifts), 25);
}

#[test]
fn a_listing_that_fails_is_named_and_the_others_are_read() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    emulated.order(
        "/faults",
        &json!({
            "vendor": "polyv", "endpoint": "red_pack_statistics",
            "kind": { "business_error": "400" }, "message": "\u{202e}Not today.",
        }),
    );
    let (code, told) = shop.told(&["sync"]);
    assert_eq!(code, Some(3), "{told}");
    for channel in emulated.rooms("polyv") {
        let listing =
            format!("polyv-shop: red_packets channel:{channel}: polyv red_pack_statistics: ");
        assert!(told.contains(&listing), "{told}");
    }
    assert!(told.contains("\u{fffd}Not today.") && !told.contains('\u{202e}'), "{told}");
    let listed = shop.ok(&["state", "list", "--unfinished"]);
    assert_eq!(listed.matches(" failed ").count(), 2, "{listed}");
    assert_eq!(listed.matches("\u{fffd}Not today.").count(), 2, "{listed}");
    let gifts =
        "SELECT count(*) FROM gifts JOIN accounts USING (account_id) WHERE vendor = 'polyv'";
    assert_eq!(shop.value::<i64>("ledger.sqlite", gifts), 25);
    emulated.manage("DELETE", "/faults");
    shop.ok(&["sync"]);
    let listed = shop.ok(&["state", "list", "--unfinished", "--format", "jsonl"]);
    assert_eq!(listed, "");
}

#[test]
fn emulated_and_real_rows_do_not_meet() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.ok(&["sync"]);
    shop.reconfigure(|text| {
        format!("{text}\n[accounts.real]\nvendor = 'polyv'\napp_id = 'x'\napp_secret = {{ env = 'SHOP_POLYV' }}\n")
    });
    assert_eq!(
        shop.told(&["rooms", "add", "--account", "real", "7", "--ledger", "real.sqlite"]).0,
        Some(0)
    );
    let listed = shop.ok(&["rooms", "list", "--json", "--ledger", "real.sqlite"]);
    assert!(listed.contains("\"real\"") && listed.contains("\"demo\":false"), "{listed}");
    let before = shop.counts("ledger.sqlite");
    let real = ["--account", "real"];
    let at_emulator = ["--account", "*-shop", "--ledger", "real.sqlite"];
    let mut lines = Vec::new();
    for arguments in [
        [&["sync"][..], &real].concat(),
        [&["sync", "--dry-run"][..], &real].concat(),
        [&["rooms", "add", "7"][..], &real].concat(),
        [&["sync"][..], &at_emulator].concat(),
        [&["sync", "--dry-run"][..], &at_emulator].concat(),
        vec!["sync", "--demo", "--ledger", "real.sqlite"],
        vec!["sync"],
    ] {
        let (code, told) = shop.told(&arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {told}");
        lines.push(told);
    }
    insta::assert_snapshot!(lines.concat(), @r"
    error: ledger.sqlite is a ledger of emulated accounts; name another file
    error: ledger.sqlite is a ledger of emulated accounts; name another file
    error: ledger.sqlite is a ledger of emulated accounts; name another file
    error: real.sqlite is a ledger of real accounts; name another file
    error: real.sqlite is a ledger of real accounts; name another file
    error: real.sqlite is a ledger of real accounts; name another file
    error: emulated and real accounts don't go into one ledger; choose by --account and --ledger
    ");
    assert_eq!(shop.counts("ledger.sqlite"), before);
}

#[test]
fn no_secret_is_shown_or_stored() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    let ready = emulated.ready();
    let mut secrets = vec![WRONG_SECRET.to_owned()];
    for (vendor, name) in [("polyv", "app_secret"), ("xiaoe", "secret_key"), ("yxt", "app_secret")]
    {
        secrets.push(ready[vendor][name].as_str().unwrap().to_owned());
    }
    let all = ["polyv", "xiaoe", "yxt"];
    let mut said = Vec::new();
    for arguments in [
        &["sync", "--dry-run"][..],
        &["sync"],
        &["sync", "--json", "--full"],
        &["status", "--json"],
        &["state", "list", "--json", "--claims"],
    ] {
        for mut command in [shop.command(arguments), shop.with_wrong_secrets(&all, arguments)] {
            let output = command.env("RUST_LOG", "trace").output().unwrap();
            said.extend(output.stdout);
            said.extend(output.stderr);
        }
    }
    for name in shop.names() {
        said.extend(fs::read(shop.path(&name)).unwrap());
    }
    let said = String::from_utf8_lossy(&said);
    for secret in secrets {
        assert!(!said.contains(&secret), "a secret is shown");
    }
}
