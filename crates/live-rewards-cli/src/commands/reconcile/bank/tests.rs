use std::fs;

use clap::Parser;
use live_rewards::{Money, RedPacket, RoomKind, RoomRef, Timestamp, Vendor};
use live_rewards_ledger::{AccountIdentity, LedgerKind, Stamp};
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::arguments::{Arguments, Command};

const MAPPING: &str = "--bank-format=date=日期,amount=金额,order=订单,id=流水";

fn at(china: &str) -> Timestamp {
    Timestamp::parse_china(china).unwrap()
}

/// A ledger with three packets, and the folder that it is in.
fn shop() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sqlite");
    let mut ledger = Ledger::create_or_open(&path, LedgerKind::Real).unwrap();
    let identity = AccountIdentity {
        vendor: Vendor::Xiaoe,
        authority: "xiaoe.test".to_owned(),
        vendor_account: "shop".to_owned(),
    };
    let now = at("2026-02-01 00:00:00");
    let account = ledger.account(&identity, "shop", now).unwrap();
    let run = ledger.begin_run(now).unwrap();
    let stamp = Stamp { account, vendor: Vendor::Xiaoe, run, now };
    let packets = [
        ("a", "2026-01-30 10:00:00", 100),
        ("b", "2026-01-31 10:00:00", 200),
        ("c", "2026-01-31 23:30:00", 300),
    ]
    .map(|(id, china, fen)| {
        let room = RoomRef::new("l_1", RoomKind::Live);
        let mut packet = RedPacket::new(id.into(), room, Money::from_fen(fen), at(china));
        packet.order = Some(format!("order-{id}").as_str().into());
        packet
    });
    let mut writing = ledger.begin().unwrap();
    writing.upsert(&stamp, &packets).unwrap();
    writing.commit().unwrap();
    (folder, ledger)
}

/// Writes a file of these lines.
fn file(folder: &TempDir, name: &str, lines: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, format!("日期,金额,订单,流水\n{lines}")).unwrap();
    path
}

fn run(ledger: &mut Ledger, paths: &[PathBuf], flags: &[&str]) -> Result<Matched, Failure> {
    let all = ["live-rewards", "reconcile", MAPPING, "--bank=any"].iter().chain(flags);
    let Command::Reconcile(reconcile) = Arguments::try_parse_from(all).unwrap().command else {
        panic!("another command")
    };
    let accounts = ledger.accounts().unwrap().iter().map(|account| account.id).collect();
    matched(ledger, paths, &reconcile.checking, accounts, 0)
}

#[test]
fn rows_tell_all_of_both_sides() {
    let (folder, mut ledger) = shop();
    let first = "2026-01-30 10:00:00,-1.00,order-a,F1\n";
    let second = "2026-01-31 10:00:00,-2.50,order-b,F2\n2026-01-31 12:00:00,0,,F3\n";
    let paths =
        [file(&folder, "30.csv", first), file(&folder, "31.csv", &[first, second].concat())];
    let names = paths.each_ref().map(|path| path.display().to_string());
    let found = run(&mut ledger, &paths, &[]).unwrap();
    assert!(found.differs());
    let value = found.json(&ledger).unwrap();
    assert_eq!(value["files"], json!(names));
    assert_eq!(value["from"], "2026-01-29T16:00:00Z");
    assert_eq!((&value["left_out"], &value["at_edge"]), (&json!(1), &json!(1)));
    let text = "lines that were there before: 1, the first at line 2; they count once";
    assert_eq!(value["warnings"], json!([{ "file": names[1], "text": text }]));
    assert_eq!(value["classes"]["matched"]["bank"]["count"], 1);
    assert_eq!(value["classes"]["matched"]["rows"], json!([]));
    let row = json!({
        "movement": {
            "account": "shop", "kind": "red_packet", "key": ["b"], "room": "l_1", "order": "order-b",
            "direction": "out", "amount_fen": 200, "at": "2026-01-31T02:00:00Z",
        },
        "line": {
            "file": names[1], "number": 3, "id": "F2", "ids": ["order-b"], "business": null,
            "direction": "out", "amount_fen": 250, "at": "2026-01-31T02:00:00Z",
        },
        "by": "order",
        "why": null,
    });
    assert_eq!(value["classes"]["amount_differs"]["rows"], json!([row]));

    let all = run(&mut ledger, &paths, &["--all"]).unwrap();
    let value = all.json(&ledger).unwrap();
    assert_eq!(value["classes"]["matched"]["rows"][0]["by"], "order");
}

#[test]
fn people_see_the_first_rows_of_each_class() {
    let (folder, mut ledger) = shop();
    let lines = "2026-01-30 10:00:00,-1.50,order-a,F1\n2026-01-31 10:00:00,-2.50,order-b,F2\n\
        2026-01-31 12:00:00,-7,order-x,F3\n2026-01-31 23:59:59,8,,F4\n";
    let paths = [file(&folder, "31.csv", lines)];
    let mut found = run(&mut ledger, &paths, &[]).unwrap();
    found.files = vec!["31.csv".to_owned()];
    let table = |most| found.rows(&ledger, most).unwrap().sheet.table().to_string();
    insta::assert_snapshot!(table(20), @r"
    ┌──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐
    │ Bank side           Account   Movement     Order     Way   In ledger ¥   At (Beijing)          File     Line   At bank ¥   Booked (Beijing)      Business   Matched by   Undecided               │
    ╞══════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════════╡
    │ missing in ledger                                    out                                       31.csv      4        7.00   2026-01-31 12:00:00                                                   │
    │ missing in ledger                                    in                                        31.csv      5        8.00   2026-01-31 23:59:59                                                   │
    │ amount differs      shop      red packet   order-a   out          1.00   2026-01-30 10:00:00   31.csv      2        1.50   2026-01-30 10:00:00              order                                │
    │ amount differs      shop      red packet   order-b   out          2.00   2026-01-31 10:00:00   31.csv      3        2.50   2026-01-31 10:00:00              order                                │
    │ suspended           shop      red packet   order-c   out          3.00   2026-01-31 23:30:00                                                                             at an edge of the files │
    └──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
    ");
    assert_eq!(table(1).lines().count(), table(20).lines().count() - 2);
}

#[test]
fn flags_choose_what_is_matched() {
    let (folder, mut ledger) = shop();
    let paths = [file(&folder, "31.csv", "2026-01-31 10:00:00,-2.00,order-b,F2\n")];
    let found = run(&mut ledger, &paths, &["--bank-kind=gift"]).unwrap();
    assert_eq!(found.report.totals(BankClass::MissingInLedger).bank.count, 1);
    let ends = ["--bank-from=2026-01-31", "--bank-until=2026-01-31 20:00:00"];
    let found = run(&mut ledger, &paths, &ends).unwrap();
    assert!(!found.differs());
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_name() {
    let (folder, mut ledger) = shop();
    let good = file(&folder, "good.csv", "");
    let bad = file(&folder, "bad.csv", "2026-01-31,x,,\n");
    let none = folder.path().join("none.csv");
    let mut told = |paths: &[PathBuf], flags: &[&str]| {
        run(&mut ledger, paths, flags).unwrap_err().text().to_owned()
    };
    let line = format!("{}: line 2: \"x\" is no amount: not a number", bad.display());
    assert_eq!(told(&[good.clone(), bad], &[]), line);
    assert!(
        told(std::slice::from_ref(&none), &[])
            .starts_with(&format!("can't read {}", none.display()))
    );
    let ends = ["--bank-from=2026-01-31", "--bank-until=2026-01-31"];
    assert_eq!(told(&[good], &ends), "--bank-from isn't before --bank-until");
}
