use std::{
    collections::BTreeSet,
    process::{Command, Output, Stdio},
};

use live_rewards::Timestamp;
use live_rewards_ledger::{CLAIMS, GIFTS, POINTS_ACCOUNTS, RED_PACKETS, Table};
use serde_json::{Value, json};

use crate::{
    emulated::Emulated,
    run::{code, fetch, files, stderr, stdout, words},
    shop::Shop,
};

/// Data that is the same each time, and long settled.
const SETTLED: &[&str] =
    &["--scenario", "tiny", "--seed", "7", "--start", "2025-01-31T00:00:00Z", "--no-limits"];

/// Each command, a vendor that has such rows, and their table.
const ALL: [(&str, &str, &Table); 6] = [
    ("red-packets", "polyv", &RED_PACKETS),
    ("red-packets", "xiaoe", &RED_PACKETS),
    ("claims", "polyv", &CLAIMS),
    ("claims", "xiaoe", &CLAIMS),
    ("gifts", "polyv", &GIFTS),
    ("gifts", "yxt", &GIFTS),
];

/// A look-up in rooms of a vendor.
fn look_up(shop: &Shop, what: &str, vendor: &str, rooms: &[String], more: &[&str]) -> Command {
    let mut command = shop.command(&[what, "--account", &format!("{vendor}-shop"), "--room"]);
    command.args(rooms).args(more);
    command
}

fn run(mut command: Command) -> Output {
    command.output().unwrap()
}

/// What a look-up writes that ends well and tells nothing.
fn ok(command: Command) -> String {
    let output = run(command);
    assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""));
    stdout(&output)
}

/// The same, in all rooms of a vendor.
fn written(shop: &Shop, emulated: &Emulated, what: &str, vendor: &str, more: &[&str]) -> String {
    ok(look_up(shop, what, vendor, &emulated.rooms(vendor), more))
}

/// The same as objects.
fn rows(shop: &Shop, emulated: &Emulated, what: &str, vendor: &str, more: &[&str]) -> Vec<Value> {
    lines(&written(shop, emulated, what, vendor, &[&["--format", "jsonl"], more].concat()))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn people_see_the_columns_that_they_need() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    let mut shown = Vec::new();
    for (what, vendor, _) in ALL {
        shown.push(words(&written(&shop, &emulated, what, vendor, &["--limit", "2"])));
    }
    insta::assert_snapshot!(shown.join("\n"), @r"
    Sent (Beijing) Room Red packet Sender Issued ¥ Left ¥ Refunded ¥ Claimed State
    TIME 2486200 7fc6d8cc782535d160449bdc1e5ad6f3 王老师 11.82 3.46 not said how much refunded
    TIME 2486200 35ff19ba6d24c83fb5334f65420d8e39 王老师 372.78 372.78 not said how much refunded
    Account: polyv-shop (DEMO 示例数据)
    Sent (Beijing) Room Red packet Sender Issued ¥ Left ¥ Refunded ¥ Claimed State
    TIME l_658cba80cb506455e7570467 ua6oioeYOT54 王老师 132.10 7/8 expired
    TIME l_658cba80cb506455e7570467 uyd2wEsjQuw5 王老师 32.46 0/2 expired
    Account: xiaoe-shop (DEMO 示例数据)
    Claimed (Beijing) Room Red packet Claimant Nickname Amount ¥ Best luck
    TIME 2486200 7fc6d8cc782535d160449bdc1e5ad6f3 ovtl9t61MwHpg8WTxIte7S8NFhtx 神经蛙 3.33
    TIME 2486200 7fc6d8cc782535d160449bdc1e5ad6f3 ovtl9tEl22VJZCfHsLcu9jM7SsQA 换�行 5.03
    Account: polyv-shop (DEMO 示例数据)
    Claimed (Beijing) Room Red packet Claimant Nickname Amount ¥ Best luck
    TIME l_658cba80cb506455e7570467 ua6oioeYOT54 u_65098d966dcfb_nyvTciELv0 反\斜杠 34.88 yes
    TIME l_658cba80cb506455e7570467 ua6oioeYOT54 u_646efef4ef3ec_NOBN3HxO3j 反\斜杠 3.71 no
    Account: xiaoe-shop (DEMO 示例数据)
    Given (Beijing) Room Giver Gift Quantity List value Charged Receivers
    TIME 2486200 神经蛙 咖啡 19.90
    TIME 2486200 制�表 咖啡 19.90
    Account: polyv-shop (DEMO 示例数据)
    Given (Beijing) Room Giver Gift Quantity List value Charged Receivers
    TIME 5f6d422b-8440-462f-b8b9-dcbed64e1a01 6c45da7c-8b65-433e-af23-c6bc1c58336d 火箭 1 500 points 0 points fb29a978-e9c5-4855-bcc1-96309c8195bb
    TIME 5f6d422b-8440-462f-b8b9-dcbed64e1a01 b2238b82-22d7-4da9-99a3-3aa612cf39d4 糖果 1 15 points 15 points fb29a978-e9c5-4855-bcc1-96309c8195bb
    Account: yxt-shop (DEMO 示例数据)
    ");
    let chinese = ["--limit", "2", "--lang", "zh"];
    let chinese = written(&shop, &emulated, "red-packets", "polyv", &chinese);
    insta::assert_snapshot!(words(&chinese), @r"
    发送（北京时间） 直播间 红包 发送人 发放（元） 剩余（元） 退款（元） 已领个数 状态
    TIME 2486200 7fc6d8cc782535d160449bdc1e5ad6f3 王老师 11.82 3.46 金额未提供 已退款
    TIME 2486200 35ff19ba6d24c83fb5334f65420d8e39 王老师 372.78 372.78 金额未提供 已退款
    账号：polyv-shop (DEMO 示例数据)
    ");
    let points = shop.ok(&["points", "--account", "xiaoe-shop"]);
    // Balances go by the day.
    insta::assert_snapshot!(words(&points).lines().next().unwrap(), @"User Nickname Available Frozen Total, as reported First earned (Beijing)");
    assert_eq!(words(&points).lines().count(), 1 + 25 + 1);
}

#[test]
fn machines_get_all_columns_in_each_form_the_same() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    let truth = emulated.manage("GET", "/truth");
    let accounts = |form: &str| shop.ok(&["points", "--account", "xiaoe-shop", "--format", form]);
    let mut all = vec![(&POINTS_ACCOUNTS, accounts("csv"), accounts("jsonl"), accounts("json"))];
    for (what, vendor, table) in ALL {
        let form = |form: &[&str]| written(&shop, &emulated, what, vendor, form);
        let forms = (form(&["--format", "csv"]), form(&["--format", "jsonl"]), form(&["--json"]));
        let rows = lines(&forms.1).len();
        assert_eq!(json!(rows), truth[vendor]["total"][table.name], "{vendor} {what}");
        all.push((table, forms.0, forms.1, forms.2));
    }
    for (table, csv, jsonl, array) in all {
        let objects = lines(&jsonl);
        let array: Value = serde_json::from_str(&array).unwrap();
        assert_eq!(array, Value::Array(objects.clone()), "{}", table.name);
        let mut names = vec!["schema_version"];
        names.extend(table.columns.iter().map(|column| column.name));
        names.push("demo");
        let mut csv = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(csv.headers().unwrap(), names);
        let csv: Vec<_> = csv.records().map(Result::unwrap).collect();
        assert_eq!(csv.len(), objects.len(), "{}", table.name);
        for (record, object) in csv.iter().zip(&objects) {
            assert_eq!(object.as_object().unwrap().len(), names.len());
            for (text, name) in record.iter().zip(&names) {
                let expected = match &object[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(text, expected, "{name}");
            }
        }
    }
}

#[test]
fn csv_is_that_of_fetch_and_says_that_it_is_emulated() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    let folder = tempfile::tempdir().unwrap();
    let rooms = emulated.rooms("polyv");
    let rooms: Vec<_> = rooms.iter().map(String::as_str).collect();
    let mut fetch = fetch("polyv", &rooms, folder.path());
    assert_eq!(code(&fetch.envs(emulated.environment("polyv")).output().unwrap()), Some(0));
    let fetched = files(folder.path());
    for (what, file) in [("red-packets", "red_packets.csv"), ("claims", "claims.csv")] {
        let csv = written(&shop, &emulated, what, "polyv", &["--format", "csv"]);
        let without = csv.replacen(",demo\n", "\n", 1).replace(",true\n", "\n");
        assert_eq!(without, fetched[file], "{what}");
    }
}

#[test]
fn times_hold_their_first_instant_and_not_their_last() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    for (what, vendor, time) in [
        ("red-packets", "polyv", "created_at"),
        ("red-packets", "xiaoe", "created_at"),
        ("gifts", "polyv", "given_at"),
        ("gifts", "yxt", "given_at"),
    ] {
        let all = rows(&shop, &emulated, what, vendor, &[]);
        let instant = |row: &Value| -> Timestamp { row[time].as_str().unwrap().parse().unwrap() };
        let mut instants: Vec<_> = all.iter().map(instant).collect();
        instants.sort();
        let (since, until) = (instants[8], instants[16]);
        let times = [since, until].map(|end| end.to_string());
        let flags = ["--since", &times[0], "--until", &times[1]];
        let within = rows(&shop, &emulated, what, vendor, &flags);
        let is_within = |row: &&Value| (since..until).contains(&instant(row));
        let expected: Vec<_> = all.iter().filter(is_within).cloned().collect();
        assert_eq!(within, expected, "{vendor} {what}");
        assert!(within.len() > 4, "{vendor} {what}");
    }
}

#[test]
fn the_claims_of_one_red_packet_are_those_among_all() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    for vendor in ["polyv", "xiaoe"] {
        let all = rows(&shop, &emulated, "claims", vendor, &[]);
        let middle = &all[all.len() / 2];
        let its_own: Vec<_> =
            all.iter().filter(|row| row["red_packet_id"] == middle["red_packet_id"]).collect();
        let room = middle["room_id"].as_str().unwrap().to_owned();
        let id = middle["red_packet_id"].as_str().unwrap();
        let more = ["--format", "jsonl", "--red-packet", id];
        let claims = look_up(&shop, "claims", vendor, &[room], &more);
        assert_eq!(lines(&ok(claims)).iter().collect::<Vec<_>>(), its_own, "{vendor}");
    }
}

#[test]
fn users_are_asked_for_in_batches_each_once() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    let all = lines(&shop.ok(&["points", "--account", "xiaoe-shop", "--format", "jsonl"]));
    let last = all[24]["user_id"].as_str().unwrap();
    let unknown: Vec<_> = (0..120).map(|user| format!("u_nobody_{user}")).collect();
    let mut points = vec!["points", "--account", "xiaoe-shop", "--format", "jsonl", "--user"];
    points.push(last);
    points.extend(unknown.iter().map(String::as_str));
    points.push(last);
    let output = shop.run(&points);
    assert_eq!(code(&output), Some(0));
    assert_eq!(lines(&stdout(&output)), [all[24].clone()]);
    insta::assert_snapshot!(stderr(&output), @"xiaoe-shop: no points accounts; if there should be some, check the ids");
}

#[test]
fn a_table_has_a_thousand_rows_unless_more_are_asked_for() {
    let emulated = Emulated::with(&["--seed", "7", "--no-limits"]);
    let shop = Shop::new(&emulated);
    let room = &emulated.rooms("polyv")[..1];
    let shown = |more: &[&str]| {
        let output = run(look_up(&shop, "claims", "polyv", room, more));
        assert_eq!(code(&output), Some(0));
        (words(&stdout(&output)).lines().count() - 2, stderr(&output))
    };
    let (rows, told) = shown(&[]);
    assert_eq!(rows, 1000);
    insta::assert_snapshot!(told, @"only the first 1000 rows are shown; --format jsonl gives all, --limit N as many as you say");
    assert_eq!(shown(&["--limit", "1001"]), (1001, String::new()));
    assert_eq!(shown(&["--limit", "1"]), (1, String::new()));
    let calls = emulated.requests();
    let few = ["--format", "jsonl", "--limit", "3", "--page-size", "2"];
    assert_eq!(lines(&ok(look_up(&shop, "claims", "polyv", room, &few))).len(), 3);
    assert!(emulated.requests() <= calls + 3, "it reads on");
}

#[test]
fn rows_that_can_not_be_read_are_told_and_the_others_written() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    let all = rows(&shop, &emulated, "gifts", "yxt", &[]);
    let broken = || {
        emulated.order(
            "/faults",
            &json!({
                "vendor": "yxt", "endpoint": "gift_records", "times": 1,
                "kind": { "unknown_label_in": "createTime" },
            }),
        );
    };
    broken();
    let rooms = emulated.rooms("yxt");
    let mut quiet = look_up(&shop, "gifts", "yxt", &rooms, &["--format", "jsonl"]);
    quiet.env("RUST_LOG", "error");
    let output = run(quiet);
    assert_eq!(code(&output), Some(3));
    insta::assert_snapshot!(stderr(&output).replace(&rooms[0], "ROOM"), @r#"
    yxt-shop room ROOM: row 0 of a page can't be read: createTime: expected a time yyyy-MM-dd HH:mm:ss at line 1 column 318
    error: rows that could not be read and are left out: 1; the lines above say why
    "#);
    assert_eq!(lines(&stdout(&output)), all[1..]);
    broken();
    let output = run(look_up(&shop, "gifts", "yxt", &rooms, &[]));
    assert_eq!(code(&output), Some(3));
    assert_eq!(words(&stdout(&output)).lines().count(), 1 + 24 + 1);
}

#[test]
fn what_can_not_be_looked_up_is_told_with_what_can() {
    let shop = Shop::unreached();
    let mut all = Vec::new();
    for arguments in [
        &["red-packets", "--account", "polyv", "--room", "7"][..],
        &["red-packets", "--account", "*-shop", "--room", "7"],
        &["red-packets", "--account", "yxt-shop", "--room", "7"],
        &["gifts", "--account", "xiaoe-shop", "--room", "7"],
        &["claims", "--account", "yxt-shop"],
        &["points", "--account", "polyv-shop"],
        &["red-packets", "--account", "polyv-shop"],
        &["claims", "--account", "xiaoe-shop"],
        &["claims", "--account", "xiaoe-shop", "--room", "7", "8", "--red-packet", "1"],
        &["gifts", "--account", "polyv-shop", "--room", "7,8"],
        &["points", "--account", "xiaoe-shop", "--user", " "],
        &[
            "gifts",
            "--account",
            "polyv-shop",
            "--room",
            "7",
            "--since",
            "2026-01-02",
            "--until",
            "2026-01-02",
        ],
    ] {
        let output = shop.run(arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (Some(2), ""), "{arguments:?}");
        all.push(stderr(&output));
    }
    insta::assert_snapshot!(all.concat(), @r#"
    error: the configuration has no account polyv; it has polyv-shop, xiaoe-shop, yxt-shop
    error: rows of one account are looked up at a time; give --account its whole name
    error: yxt-shop is an account of yxt, whose public API has no red packets
    error: xiaoe-shop is an account of xiaoe, whose public API has no gifts
    error: yxt-shop is an account of yxt, whose public API has no claims
    error: polyv-shop is an account of polyv, whose public API has no points accounts
    error: give --room; after a sync, `live-rewards rooms list --account polyv-shop` lists the ids
    error: give --room; xiaoe lists no rooms, so take the ids from its console
    error: a red packet belongs to one room; give --room one id
    error: the room id "7,8" holds a comma or a blank; give each id by itself
    error: a user id is empty; give it or leave --user out
    error: nothing lies between --since and --until; give a later --until
    "#);
    let chinese = ["gifts", "--account", "xiaoe-shop", "--room", "7", "--lang", "zh"];
    insta::assert_snapshot!(shop.told(&chinese).1, @"错误：xiaoe-shop 是 xiaoe 的账号，而 xiaoe 的公开接口没有礼物");
}

#[test]
fn a_vendor_that_refuses_leaves_nothing_on_standard_output() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    for form in ["table", "json", "jsonl", "csv"] {
        let gifts = ["gifts", "--account", "polyv-shop", "--room", "7", "--format", form];
        let output = shop.with_wrong_secrets(&["polyv"], &gifts).output().unwrap();
        let told = stderr(&output);
        assert_eq!((code(&output), stdout(&output).as_str()), (Some(4), ""), "{told}");
        assert!(told.starts_with("error: polyv-shop room 7: polyv "), "{told}");
        assert!(told.ends_with("; check the key and the secret\n"), "{told}");
    }
}

#[test]
fn a_room_without_rows_is_told() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    let found =
        |more: &[&str]| run(look_up(&shop, "red-packets", "polyv", &["7".to_owned()], more));
    let output = found(&[]);
    assert_eq!(code(&output), Some(0));
    insta::assert_snapshot!(stderr(&output), @"polyv-shop room 7: no red packets; if there should be some, check the ids");
    for (form, expected) in [
        ("json", "[\n]\n".to_owned()),
        ("jsonl", String::new()),
        ("csv", format!("schema_version,{},demo\n", names(&RED_PACKETS))),
    ] {
        assert_eq!(stdout(&found(&["--format", form])), expected, "{form}");
    }
}

fn names(table: &Table) -> String {
    table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",")
}

#[test]
fn a_reader_that_leaves_ends_it_quietly() {
    let emulated = Emulated::with(&["--seed", "7", "--no-limits"]);
    let shop = Shop::new(&emulated);
    for form in ["jsonl", "json", "csv"] {
        let rooms = emulated.rooms("polyv");
        let mut claims = look_up(&shop, "claims", "polyv", &rooms, &["--format", form]);
        let mut process = claims.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(process.stdout.take());
        let output = process.wait_with_output().unwrap();
        assert_eq!((code(&output), stderr(&output).as_str()), (Some(0), ""), "{form}");
    }
}

/// Rows come while the vendor is still asked, and an interruption leaves whole ones.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_at_once_and_leaves_whole_lines() {
    use std::io::{BufRead, BufReader, Read};

    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    for form in ["jsonl", "json", "csv"] {
        let rooms = emulated.rooms("xiaoe");
        let claims = || look_up(&shop, "claims", "xiaoe", &rooms, &["--format", form]);
        let all = ok(claims());
        // From the twentieth call on, the claims take longer than anybody waits.
        emulated.order(
            "/faults",
            &json!({
                "vendor": "xiaoe", "endpoint": "red_packet_record", "kind": { "slow": 30_000 },
                "nth": (20..200).collect::<Vec<_>>(),
            }),
        );
        let mut process = claims().stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut text = String::new();
        while text.lines().count() < 5 {
            assert!(out.read_line(&mut text).unwrap() > 0, "{text}");
        }
        crate::run::signal("INT", process.id());
        out.read_to_string(&mut text).unwrap();
        assert_eq!(process.wait().unwrap().code(), Some(130));
        assert!(text.ends_with('\n') && all.starts_with(&text) && text != all, "{form}: {text}");
        emulated.manage("DELETE", "/faults");
    }
}

#[test]
fn each_room_is_read_once_in_the_order_given() {
    let emulated = Emulated::with(SETTLED);
    let shop = Shop::new(&emulated);
    let mut rooms = emulated.rooms("polyv");
    rooms.reverse();
    rooms.push(rooms[0].clone());
    let output = run(look_up(&shop, "red-packets", "polyv", &rooms, &["--format", "jsonl"]));
    let expected = format!("polyv room {} is named more than once; it is read once\n", rooms[0]);
    assert_eq!(stderr(&output), expected);
    let rows = lines(&stdout(&output));
    let mut seen: Vec<_> = rows.iter().map(|row| row["room_id"].as_str().unwrap()).collect();
    seen.dedup();
    assert_eq!(seen, [&rooms[0], &rooms[1]]);
    let ids: BTreeSet<_> = rows.iter().map(|row| row["red_packet_id"].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
}

#[test]
fn help_fits_a_screen() {
    let shop = Shop::unreached();
    for command in ["red-packets", "claims", "gifts", "points"] {
        for lang in ["en", "zh"] {
            let help = shop.ok(&[command, "--help", "--lang", lang]);
            assert!(help.lines().count() <= 40, "{help}");
            assert!(help.contains(&format!("live-rewards {command} --account ")), "{help}");
        }
    }
}
