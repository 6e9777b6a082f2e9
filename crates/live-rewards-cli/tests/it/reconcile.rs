use std::fs;

use rusqlite::Connection;
use serde_json::Value;

use crate::{
    run::{code, stderr, words},
    shop::Shop,
};

/// A ledger with two red packets of 2024-01-15 12:00 in Beijing, read four days later: of `p` 37 fen are missing, of `r` the rest of 80
/// fen hasn't gone back.
fn shop() -> Shop {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    let ledger = Connection::open(shop.path("ledger.sqlite")).unwrap();
    let sql = "
        INSERT INTO red_packets (account_id, red_packet_id, room_id, room_kind, state, issued_fen,
            remaining_fen, created_at, first_seen_at, first_run, changed_run)
        VALUES (1, 'p', '7', 'channel', 'ended', 257, 0, 1705291200000, 1705291200000, 1, 1),
               (1, 'r', '7', 'channel', 'ended', 300, 80, 1705291200000, 1705291200000, 1, 1);
        INSERT INTO claims (account_id, red_packet_id, user_id, claimed_at, ordinal, room_id,
            room_kind, amount_fen, first_seen_at, first_run, changed_run)
        SELECT 1, packet.column1, claim.column1, 1705291200000, 0, '7', 'channel', claim.column2,
            1705291200000, 1, 1
        FROM (VALUES ('p'), ('r')) AS packet, (VALUES ('u', 100), ('v', 120)) AS claim;
        INSERT INTO runs (run_id, started_at) VALUES (1, 1);
        INSERT INTO listings (account_id, operation, scope, began_at, began_run, completed_at,
            complete_until, final, rows)
        VALUES (1, 'red_packets', 'channel:7', 1705636800000, 1, 1705636800000, 1705636800000, 0, 2);";
    ledger.execute_batch(sql).unwrap();
    shop
}

fn document(shop: &Shop, arguments: &[&str]) -> Value {
    serde_json::from_str(&shop.ok(&[&["reconcile", "--json"], arguments].concat())).unwrap()
}

/// Checks of red packets that found something, and how much.
fn found(shop: &Shop, arguments: &[&str]) -> Vec<String> {
    let document = document(shop, arguments);
    let findings = document["findings"].as_array().unwrap().iter();
    let of_packets = findings.filter(|finding| {
        let subject = &finding["subject"];
        subject["table"] == "red_packets" && subject["id"] != ""
    });
    let shown = of_packets
        .map(|finding| format!("{} {}", finding["code"].as_str().unwrap(), finding["amount_fen"]));
    shown.collect()
}

/// The lines that are about A1 or A2, and the heads.
fn of_first_checks(shown: &str) -> String {
    let is_wanted = |line: &&str| {
        [" A1 ", " A2 ", "A1-"].iter().any(|text| line.contains(text))
            || ["Account ", "Finding ", "账号 ", "差异项 "]
                .iter()
                .any(|head| line.starts_with(head))
    };
    words(shown).lines().filter(is_wanted).collect::<Vec<_>>().join("\n")
}

#[test]
fn people_read_it_in_their_language() {
    let shop = shop();
    insta::assert_snapshot!(of_first_checks(&shop.ok(&["reconcile"])), @"");
    insta::assert_snapshot!(of_first_checks(&shop.ok(&["--lang", "zh", "reconcile"])), @"");
    let checks = |language| shop.ok(&["--lang", language, "reconcile", "checks"]);
    assert!(checks("en").starts_with("# Checks\n"));
    assert!(checks("zh").starts_with("# 对账检查\n"));
}

#[test]
fn machines_read_the_same_in_any_language() {
    let shop = shop();
    let csv = shop.ok(&["reconcile", "--format", "csv"]);
    let mut lines = csv.lines();
    insta::assert_snapshot!(lines.next().unwrap(), @"");
    // The last columns are the time of the first run, and that the account is emulated.
    let finding = lines.find(|line| line.contains("A1-")).unwrap();
    insta::assert_snapshot!(finding.rsplitn(3, ',').last().unwrap(), @"");
    assert_eq!(shop.ok(&["--lang", "zh", "reconcile", "--format", "csv"]), csv);
    let document = document(&shop, &["--lang", "zh"]);
    let objects = shop.ok(&["reconcile", "--format", "jsonl"]);
    let objects = objects.lines().map(|line| {
        let mut object: Value = serde_json::from_str(line).unwrap();
        assert_eq!(object.as_object_mut().unwrap().remove("demo"), Some(true.into()));
        object
    });
    assert_eq!(document["findings"], objects.collect::<Value>());
    let a2 = document["checks"].as_array().unwrap().iter().find(|check| check["code"] == "A2");
    assert_eq!(a2.unwrap()["state"], "not_run");
    assert!(a2.unwrap()["why"]["zh"].is_string());
}

#[test]
fn an_id_that_is_mistyped_is_told_with_the_nearest() {
    let shop = shop();
    let csv = shop.ok(&["reconcile", "--format", "csv"]);
    let id = csv.lines().find(|line| line.starts_with("A1-")).unwrap().split(',').next().unwrap();
    let acknowledge = |id: &str| shop.told(&["reconcile", "ack", id, "--note", "已与平台核实"]);
    let mistyped = format!("{}0000", &id[..id.len() - 4]);
    assert_eq!(
        acknowledge(&mistyped),
        (Some(2), format!("error: the ledger has no finding {mistyped}; the nearest is {id}\n"))
    );
    insta::assert_snapshot!(acknowledge("C2-1").1, @"");
    assert_eq!(acknowledge(id).0, Some(0));
    assert!(!shop.ok(&["reconcile", "--format", "csv"]).contains(id));
    let all = shop.ok(&["reconcile", "--all"]);
    assert!(all.contains(id) && all.contains("已与平台核实"), "{all}");
}

#[test]
fn what_the_configuration_says_of_an_account_is_for_it_alone() {
    let shop = shop();
    assert_eq!(found(&shop, &[]), ["A1 37", "A6 80"]);
    shop.reconfigure(|text| format!("{text}\n[reconcile]\nrefund_grace_hours = 25\n"));
    assert_eq!(found(&shop, &[]), ["A1 37"]);
    let of_account = |lines: &str| {
        let account = format!("[accounts.polyv-shop]\n{lines}");
        shop.reconfigure(|text| text.replace("[accounts.polyv-shop]\n", &account));
    };
    of_account("expiry_hours = 71\ntolerance_fen = 37\n");
    assert_eq!(found(&shop, &[]), ["A6 80"]);
    assert_eq!(found(&shop, &["--tolerance-fen", "36"]), ["A1 37", "A6 80"]);
}

#[test]
fn what_the_bank_has_is_told_row_by_row() {
    let shop = shop();
    fs::write(shop.path("bank.csv"), "2024-01-15,-2.57\n2024-01-15,-9.99\n").unwrap();
    let bank = ["reconcile", "--bank", "bank.csv", "--bank-format", "date=1,amount=2"];
    let of = |arguments: &[&str]| {
        let output = shop.run(&[&bank[..], arguments].concat());
        (code(&output), String::from_utf8(output.stdout).unwrap())
    };
    let (code, csv) = of(&["--format", "csv", "--all"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(csv, @"");
    let (code, shown) = of(&["--lang", "zh", "--fail-on", "error"]);
    assert_eq!(code, Some(6));
    let (_, bank) = shown.split_once("银行侧").unwrap();
    insta::assert_snapshot!(words(bank), @"");
}

/// clap takes what the environment says as given, which must not keep other commands from running.
#[test]
fn the_environment_can_say_what_flags_say() {
    let shop = shop();
    let environment = [
        ("LIVE_REWARDS_RECONCILE_FAIL_ON", "error"),
        ("LIVE_REWARDS_RECONCILE_ALL", "1"),
        ("LIVE_REWARDS_BANK_FROM", "2024-01-15"),
        ("LIVE_REWARDS_FORMAT", "jsonl"),
    ];
    let run = |arguments: &[&str]| {
        let output = shop.command(arguments).envs(environment).output().unwrap();
        (code(&output), stderr(&output))
    };
    assert_eq!(run(&["reconcile", "checks"]), (Some(0), String::new()));
    insta::assert_debug_snapshot!(run(&["reconcile"]), @"");
}
