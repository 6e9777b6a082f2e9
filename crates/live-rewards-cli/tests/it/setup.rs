use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    emulated::Emulated,
    run::{code, command, stderr, stdout},
    shop::{Shop, WRONG_SECRET},
};

/// With a clock that runs: it is compared with this machine's.
const RUNNING: &[&str] = &["--scenario", "tiny", "--seed", "7"];

/// The command in a folder that has no configuration of its user's.
fn at(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = command(arguments);
    command.current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
    command
}

/// Exit code and what is told.
fn told(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = at(folder, arguments).output().unwrap();
    (code(&output), stderr(&output))
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let (code, told) = told(folder, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {told}");
    told
}

/// A check a line, with its account and state.
fn states(output: &str) -> String {
    let document: Value = serde_json::from_str(output).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let checks = document["checks"].as_array().unwrap().iter();
    let lines = checks.filter(|check| check["check"] != "disk").map(|check| {
        let [account, name, state] = ["account", "check", "state"].map(|key| text(&check[key]));
        format!("{account} {name}: {state}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_configuration_is_begun_once_and_read_by_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(done(folder.path(), &["init"]), @r"
    wrote live-rewards.toml; next:
      live-rewards account add NAME --vendor …   an account (--help says what each vendor needs)
      live-rewards doctor                        whether all is as it should be
      live-rewards sync                          the rewards into the ledger
    ");
    let path = folder.path().join("live-rewards.toml");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let text = fs::read_to_string(&path).unwrap();
    let (code, again) = told(folder.path(), &["--lang", "zh", "init"]);
    insta::assert_snapshot!(again, @"错误：live-rewards.toml 已经存在，保持不变；请用 --config 指定另一个文件");
    assert_eq!((code, fs::read_to_string(&path).unwrap()), (Some(2), text));
    let elsewhere = ["--lang", "zh", "init", "--config", "new/of-ours.toml"];
    insta::assert_snapshot!(done(folder.path(), &elsewhere), @r"
    已写入 new/of-ours.toml；接下来：
      live-rewards account add NAME --vendor …   添加账号（--help 说明各平台所需）
      live-rewards doctor                        检查是否就绪
      live-rewards sync                          把奖励记录同步到账本
    请告诉它们文件的位置：--config new/of-ours.toml，或 LIVE_REWARDS_CONFIG。
    ");
    done(folder.path(), &["account", "list", "--config", "new/of-ours.toml"]);
}

#[test]
fn accounts_come_and_go_and_the_file_is_as_before() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["init"]);
    let path = folder.path().join("live-rewards.toml");
    let begun = fs::read_to_string(&path).unwrap();
    let mut lines = Vec::new();
    for arguments in [
        &["shop", "--vendor", "xiaoe", "--app-id", "app1", "--client-id", "xop1"][..],
        &["一号店", "--vendor", "polyv", "--app-id", "p", "--signing", "sha256", "--nonce"],
        &["training", "--vendor", "yxt", "--app-key", "k", "--source", "501", "--ledger-id", "t"],
    ] {
        let secret = ["--secret-command", "pass show 'the shop'"];
        lines.push(done(folder.path(), &[&["account", "add"], arguments, &secret].concat()));
    }
    lines.push(fs::read_to_string(&path).unwrap().replace(&begun, ""));
    for name in ["shop", "一号店", "training"] {
        lines.push(done(folder.path(), &["account", "remove", name]));
    }
    insta::assert_snapshot!(lines.concat(), @r#"
    added shop (xiaoe) to live-rewards.toml; next: live-rewards account test
    xiaoe lists no rooms: live-rewards rooms add names those to sync
    added 一号店 (polyv) to live-rewards.toml; next: live-rewards account test
    added training (yxt) to live-rewards.toml; next: live-rewards account test
    yxt lists no rooms: live-rewards rooms add names those to sync

    [accounts.shop]
    vendor = "xiaoe"
    app_id = "app1"
    client_id = "xop1"
    secret_key = { command = ["pass", "show", "the shop"] }

    [accounts."一号店"]
    vendor = "polyv"
    app_id = "p"
    signing = "sha256"
    nonce = true
    app_secret = { command = ["pass", "show", "the shop"] }

    [accounts.training]
    vendor = "yxt"
    app_key = "k"
    source = "501"
    app_secret = { command = ["pass", "show", "the shop"] }
    ledger_id = "t"
    removed shop from live-rewards.toml; the ledger keeps its rows
    removed 一号店 from live-rewards.toml; the ledger keeps its rows
    removed training from live-rewards.toml; the ledger keeps its rows
    "#);
    assert_eq!(fs::read_to_string(&path).unwrap(), begun);
}

#[test]
fn what_can_not_be_added_or_removed_is_told_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (without, line) = told(folder.path(), &["account", "remove", "shop"]);
    assert_eq!(without, Some(2));
    let mut lines = vec![line];
    done(folder.path(), &["init"]);
    let xiaoe = ["--vendor", "xiaoe", "--app-id", "a", "--client-id", "c"];
    let added = [&["account", "add", "shop", "--secret-env", "X"][..], &xiaoe].concat();
    done(folder.path(), &added);
    let path = folder.path().join("live-rewards.toml");
    let before = fs::read_to_string(&path).unwrap();
    let yxt = ["--vendor", "yxt", "--app-key", "k"];
    for arguments in [
        &added[1..],
        &["add", "b", "--vendor", "xiaoe", "--app-id", "a", "--secret-env", "X"],
        &["add", "b", "--vendor", "polyv", "--app-id", "a", "--secret-env", "X", "--source", "1"],
        &[&["add", "b", "--secret-env", "X", "--base-url", "http://x.example"][..], &yxt].concat(),
        &[&["add", "b", "--secret-command", "pass 'show"][..], &yxt].concat(),
        &[&["add", "b", "--secret-keyring"][..], &yxt].concat(),
        &["remove", "nobody"],
        &["test", "nobody"],
    ] {
        let arguments = [&["account"][..], arguments].concat();
        let output = at(folder.path(), &arguments).stdin(Stdio::null()).output().unwrap();
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        // A build that has a keyring asks for the secret first.
        if !arguments.contains(&"--secret-keyring") {
            lines.push(stderr(&output));
        }
    }
    insta::assert_snapshot!(lines.concat(), @r"
    error: there is no configuration; live-rewards init writes one, --config names another
    error: live-rewards.toml has an account shop already; choose another name, or remove it first
    error: xiaoe needs --client-id
    error: polyv has no --source; leave it out
    error: configuration: the base URL is plain http, which is taken only for this machine itself; give one like https://api.example.com
    error: --secret-command is empty, or lacks a closing quote
    error: live-rewards.toml has no account nobody; live-rewards account list shows those it has
    error: the configuration has no account nobody; it has shop
    ");
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    for wrong in [
        &["add", "b*", "--vendor", "yxt", "--app-key", "k", "--secret-env", "X"][..],
        &["add", "b", "--vendor", "yxt", "--app-key", "k"],
        &["add", "b", "--vendor", "yxt", "--secret-env", "X", "--secret-file", "x"],
        &["add", "b", "--vendor", "yxt", "--secret-env", "X", "--secret-stdin"],
    ] {
        let arguments = [&["account"][..], wrong].concat();
        assert_eq!(told(folder.path(), &arguments).0, Some(2), "{arguments:?}");
    }
}

#[test]
fn accounts_are_listed_without_their_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let text = "\
        [accounts.a]\nvendor = 'yxt'\napp_key = 'k'\napp_secret = 'hunter2'\n\
        [accounts.b]\nvendor = 'polyv'\napp_id = 'p'\napp_secret = { command = ['pass', 'hunter2'] }\n\
        [accounts.c]\nvendor = 'polyv'\napp_id = 'q'\napp_secret = { file = 'key' }\n\
        [accounts.d]\nvendor = 'polyv'\napp_id = 'r'\napp_secret = { keyring = 'd' }\n";
    fs::write(folder.path().join("live-rewards.toml"), text).unwrap();
    fs::write(folder.path().join("key"), "hunter2").unwrap();
    let private = |is_private: bool| {
        #[cfg(unix)]
        for name in ["live-rewards.toml", "key"] {
            use std::os::unix::fs::PermissionsExt;
            let mode = if is_private { 0o600 } else { 0o644 };
            let permissions = fs::Permissions::from_mode(mode);
            fs::set_permissions(folder.path().join(name), permissions).unwrap();
        }
        let _ = is_private;
    };
    private(true);
    let listed = at(folder.path(), &["account", "list", "--format", "csv"]).output().unwrap();
    insta::assert_snapshot!(stdout(&listed), @r"
    account,vendor,id,secret_in,secret_name,base_url
    a,yxt,k,plain,,https://api-zhibo.yxt.com
    b,polyv,p,command,pass,https://api.polyv.net
    c,polyv,q,file,key,https://api.polyv.net
    d,polyv,r,keyring,d,https://api.polyv.net
    ");
    insta::assert_snapshot!(stderr(&listed), @"warning: live-rewards.toml holds a secret in plain text; use { env = … }, { file = … }, { command = … } or { keyring = … }");
    private(false);
    let listed = at(folder.path(), &["account", "list"]).output().unwrap();
    insta::assert_snapshot!(stdout(&listed), @r"
    ┌─────────────────────────────────────────────┐
    │ Account   Vendor   Id   Secret in    Named  │
    ╞═════════════════════════════════════════════╡
    │ a         yxt      k    plain text   ****** │
    │ b         polyv    p    command      pass   │
    │ c         polyv    q    file         key    │
    │ d         polyv    r    keyring      d      │
    └─────────────────────────────────────────────┘
    ");
    #[cfg(unix)]
    insta::assert_snapshot!(stderr(&listed), @r"
    warning: live-rewards.toml holds a secret in plain text; use { env = … }, { file = … }, { command = … } or { keyring = … }
    warning: others can read the secret in live-rewards.toml; chmod 600 live-rewards.toml
    warning: others can read the secret in key; chmod 600 key
    ");
    let said = stdout(&listed) + &stderr(&listed);
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_test_tells_what_is_refused() {
    let emulated = Emulated::with(RUNNING);
    let shop = Shop::new(&emulated);
    let tested = |shop: &Shop, arguments: &[&str]| {
        let arguments = [&["account", "test"][..], arguments].concat();
        let output = shop.run(&arguments);
        (code(&output), stdout(&output) + &stderr(&output))
    };
    let mut lines = Vec::new();
    let (code_of_all, told) = tested(&shop, &[]);
    assert_eq!(code_of_all, Some(0));
    lines.push(told);
    for (settings, account) in [
        (json!({ "xiaoe_denied": ["user_list"] }), "xiaoe-shop"),
        (json!({ "xiaoe_denied": [], "xiaoe_ip_list": ["10.0.0.1"] }), "xiaoe-*"),
        (json!({ "yxt_error": "apis.zhibo.orgadmin.validation.service.expired" }), "yxt-shop"),
    ] {
        emulated.order("/settings", &settings);
        let (code, told) = tested(&shop, &[account]);
        assert_eq!(code, Some(4), "{told}");
        lines.push(told);
    }
    emulated.order("/settings", &json!({ "xiaoe_ip_list": null, "yxt_error": null }));
    emulated.order("/faults", &json!({ "vendor": "yxt", "kind": { "status": 503 } }));
    let (code_of_down, told) = tested(&shop, &["yxt-shop"]);
    assert_eq!(code_of_down, Some(5));
    lines.push(told);
    insta::assert_snapshot!(lines.concat(), @r"
    ok      polyv-shop, credentials: the vendor accepts them
    ok      xiaoe-shop, credentials: the vendor accepts them
    ok      xiaoe-shop, permission: 积分管理-查询
    ok      xiaoe-shop, permission: 直播管理-查询
    ok      xiaoe-shop, permission: 用户管理-查询
    ok      yxt-shop, credentials: the vendor accepts them
    ok      xiaoe-shop, credentials: the vendor accepts them
    ok      xiaoe-shop, permission: 积分管理-查询
    ok      xiaoe-shop, permission: 直播管理-查询
    FAIL    xiaoe-shop, permission: xiaoe user_list: permission denied: the application has not the permission set of this call (code 2017, HTTP 200)
            → ask for the permission set 用户管理-查询 in Xiaoe's console
    error: 1 of 4 checks failed
    FAIL    xiaoe-shop, IP list: xiaoe token: permission denied: 127.0.0.1 is not in the IP white list (code 2051, HTTP 200)
            → add this machine's public address to the IP white list in Xiaoe's console
    error: 1 of 1 checks failed
    ok      yxt-shop, credentials: the vendor accepts them
    FAIL    yxt-shop, permission: yxt gift_records: permission denied: Service is not active. (code apis.zhibo.orgadmin.validation.service.expired, HTTP 400)
            → ask YXT: the live service isn't active
    error: 1 of 2 checks failed
    FAIL    yxt-shop, the vendor's answer: yxt gift_records: vendor error: the answer is not in the vendor's envelope: it is not the expected JSON (it is empty) (HTTP 503)
            → try again later
    error: 1 of 1 checks failed
    ");
}

#[test]
fn a_wrong_secret_is_refused_and_not_shown() {
    let emulated = Emulated::with(RUNNING);
    let shop = Shop::new(&emulated);
    let all = ["polyv", "xiaoe", "yxt"];
    for arguments in [&["account", "test", "--json"][..], &["doctor", "--json"]] {
        let mut command = shop.with_wrong_secrets(&all, arguments);
        let output = command.env("RUST_LOG", "trace").output().unwrap();
        assert_eq!(code(&output), Some(4));
        assert_eq!(states(&stdout(&output)).matches("credentials: fail").count(), 3);
        let said = stdout(&output) + &stderr(&output);
        assert!(!said.contains(WRONG_SECRET), "a secret is shown");
    }
    let mut without = shop.command(&["account", "test", "polyv-shop", "--json"]);
    let output = without.env_remove("SHOP_POLYV").output().unwrap();
    assert_eq!(
        (code(&output), states(&stdout(&output)).as_str()),
        (Some(2), "polyv-shop secret: fail")
    );
}

#[test]
fn a_doctor_finds_a_good_set_up_good() {
    let emulated = Emulated::with(RUNNING);
    let shop = Shop::new(&emulated);
    let mut doctor = shop.command(&["doctor", "--json"]);
    let output = doctor.env("TZ", "JST-9").output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
    insta::assert_snapshot!(states(&stdout(&output)), @r"
     configuration: ok
     secrets: ok
     accounts: ok
     time_zone: ok
     ledger: ok
     lock: ok
     folder: ok
    polyv-shop secret: ok
    polyv-shop address: ok
    polyv-shop dns: skipped
    polyv-shop connection: ok
    polyv-shop clock: ok
    polyv-shop credentials: ok
    xiaoe-shop secret: ok
    xiaoe-shop address: ok
    xiaoe-shop dns: skipped
    xiaoe-shop connection: ok
    xiaoe-shop clock: ok
    xiaoe-shop credentials: ok
    xiaoe-shop permission: ok
    xiaoe-shop permission: ok
    xiaoe-shop permission: ok
    yxt-shop secret: ok
    yxt-shop address: ok
    yxt-shop dns: skipped
    yxt-shop connection: ok
    yxt-shop clock: ok
    yxt-shop credentials: ok
    ");
    let requests = emulated.requests();
    let offline = shop.ok(&["doctor", "--offline", "--json", "--account", "polyv-*"]);
    assert!(offline.contains("\"ok\":true") && !offline.contains("xiaoe-shop"), "{offline}");
    assert_eq!(emulated.requests(), requests);
}

#[test]
fn a_doctor_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = at(folder.path(), &["doctor"]).output().unwrap();
    assert_eq!(code(&output), Some(2));
    let first = stdout(&output).lines().take(2).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(first, @r"
    FAIL    configuration: there is none
            → live-rewards init writes one; --config names another
    ");

    let emulated = Emulated::with(RUNNING);
    let shop = Shop::new(&emulated);
    fs::write(shop.path("ledger.sqlite"), "id,vendor\n".repeat(1000)).unwrap();
    let address = emulated.ready()["yxt"]["base_url"].as_str().unwrap();
    shop.reconfigure(|text| text.replace(address, "http://127.0.0.1:9"));
    emulated.order(
        "/faults",
        &json!({ "vendor": "polyv", "kind": { "clock_skew": 250_000 }, "times": 1 }),
    );
    // The vendor's clock is off from then on.
    shop.run(&["account", "test", "polyv-shop"]);
    let output = shop.run(&["doctor"]);
    // The client tells, too, that it goes by the vendor's clock from now on.
    assert!(stderr(&output).ends_with(" checks failed\n"));
    assert_eq!(code(&output), Some(4));
    let failed: Vec<_> = stdout(&output)
        .lines()
        .filter(|line| line.starts_with("FAIL") || line.starts_with(' '))
        .map(str::to_owned)
        .collect();
    insta::assert_snapshot!(failed.join("\n"), @r"
    FAIL    ledger: ledger.sqlite: the ledger is damaged or no ledger (file is not a database); put it back from a backup, or name another file
    FAIL    polyv-shop, clock: 4 min behind the vendor's
            → set this machine's clock, best by NTP: Polyv refuses what is 3 minutes off, YXT 5
    FAIL    yxt-shop, connection: the connection could not be made: Connection refused (os error 111)
            → check the network, firewall and proxy, and base_url
    ");
    assert_eq!(
        code(&shop.run(&["doctor", "--account", "yxt-*", "--ledger", "new.sqlite"])),
        Some(5)
    );
}
