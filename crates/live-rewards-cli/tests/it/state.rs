use rusqlite::Connection;
use serde_json::Value;

use crate::{
    emulated::{Emulated, TINY},
    run::words,
    shop::Shop,
};

fn lines(json: &str) -> Vec<Value> {
    json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn how_far_listings_are_is_listed_shown_and_forgotten() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.ok(&["sync"]);
    let of_polyv = ["--account", "polyv-*"];
    let listed = shop.ok(&[&["state", "list"][..], &of_polyv].concat());
    insta::assert_snapshot!(words(&listed), @r"
    Account Reads Of Complete up to (Beijing) State
    polyv-shop gifts channel:2486200 TIME
    polyv-shop gifts channel:2486201 TIME
    polyv-shop prize_activities channel:2486200/lottery TIME
    polyv-shop prize_activities channel:2486200/task TIME
    polyv-shop prize_activities channel:2486201/lottery TIME
    polyv-shop prize_activities channel:2486201/task TIME
    polyv-shop prizes lottery/apcn2j5mii TIME
    polyv-shop prizes lottery/iva4ugf7d3 TIME
    polyv-shop prizes lottery/rds2r9t7gd TIME
    polyv-shop prizes lottery/zjqji73tay TIME
    polyv-shop prizes task/6700 TIME
    polyv-shop prizes task/6701 TIME
    polyv-shop red_packets channel:2486200 TIME
    polyv-shop red_packets channel:2486201 TIME
    polyv-shop rooms TIME
    polyv-shop sessions channel:2486200 TIME
    polyv-shop sessions channel:2486201 TIME
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");
    assert_eq!(shop.ok(&["state", "list", "--unfinished", "--format", "jsonl"]), "");
    // Those of single red packets are many.
    let claims = |flags: &[&str]| {
        let list = [&["state", "list", "--format", "jsonl"][..], flags].concat();
        let listed = lines(&shop.ok(&list));
        listed.iter().filter(|listing| listing["operation"] == "claims").count()
    };
    assert_eq!((claims(&[]), claims(&["--claims"])), (0, 25));

    let channel = emulated.rooms("polyv").remove(0);
    let scope = format!("channel:{channel}");
    let lines_of = |scope: &[&str]| {
        let listing = ["state", "show", "polyv-shop", "red_packets", "--format", "jsonl"];
        lines(&shop.ok(&[&listing[..], scope].concat()))
    };
    let shown = lines_of(&[&scope]);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["scope"], scope);
    assert_eq!((shown[0]["rows"].as_u64(), shown[0]["final"].as_bool()), (Some(15), Some(false)));
    assert_eq!((&shown[0]["counted"], &shown[0]["repeated"]), (&15.into(), &0.into()));
    for nothing in ["cursor", "error", "since", "until"] {
        assert_eq!(shown[0][nothing], Value::Null, "{nothing}");
    }
    for time in ["began_at", "complete_until", "completed_at"] {
        let time = shown[0][time].as_str().unwrap();
        assert!(time.parse::<live_rewards::Timestamp>().is_ok(), "{time}");
    }
    assert_eq!(lines_of(&[]).len(), 2);
    let for_people = shop.ok(&["state", "show", "polyv-shop", "red_packets", &scope]);
    insta::assert_snapshot!(words(&for_people), @r"
    Account polyv-shop
    Reads red_packets
    Of channel:2486200
    Complete up to (Beijing) TIME
    State
    Read to the end at (Beijing) TIME
    Reading began at (Beijing) TIME
    Reads from (Beijing)
    Reads up to (Beijing)
    Goes on at
    Final no
    Rows 15
    Rows that the vendor counts 15
    Rows that came 15
    Came more than once 0
    Given up before (Beijing) TIME
    Error
    Ledger: ledger.sqlite (DEMO 示例数据)
    ");

    let before = shop.counts("ledger.sqlite");
    let reset = |arguments: &[&str]| shop.told(&[&["state", "reset"][..], arguments].concat());
    let forgotten = |count: u32| {
        (Some(0), format!("listings to read from the start: {count}; their rows stay\n"))
    };
    assert_eq!(reset(&["polyv-shop", "red_packets", &scope]), forgotten(1));
    assert_eq!(reset(&["polyv-shop", "red_packets"]), forgotten(1));
    assert_eq!(reset(&["polyv-shop"]), forgotten(15));
    assert_eq!(shop.counts("ledger.sqlite"), before);
    let synced: Value = serde_json::from_str(&shop.ok(&["sync", "--json"])).unwrap();
    assert_eq!(synced["accounts"][0]["new"], 0);
    assert_eq!(
        shop.ok(&[&["state", "list"][..], &of_polyv].concat()).lines().count(),
        listed.lines().count()
    );
}

#[test]
fn what_the_ledger_does_not_have_is_told() {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    let mut lines = Vec::new();
    for arguments in [
        &["state", "list", "--account", "nobody"][..],
        &["state", "show", "nobody", "gifts"],
        &["state", "show", "polyv-shop", "gifts"],
        &["state", "show", "polyv-shop", "presents"],
        &["state", "reset", "polyv-shop"],
        &["status", "--account", "nobody"],
        &["rooms", "list", "--account", "nobody"],
        &["reconcile", "--account", "nobody*"],
        &["status", "--ledger", "none.sqlite"],
    ] {
        let (code, told) = shop.told(arguments);
        assert_eq!(code, Some(2), "{told}");
        lines.push(told);
    }
    insta::assert_snapshot!(lines.concat(), @r"
    error: the ledger has no account nobody; it has polyv-shop
    error: the ledger has no account nobody; it has polyv-shop
    error: the ledger has no such listing; state list shows those it has
    error: invalid value 'presents' for '<OPERATION>': give an operation as state list shows it, as red_packets, claims or gifts

    For more information, try '--help'.
    error: the ledger has no such listing; state list shows those it has
    error: the ledger has no account nobody; it has polyv-shop
    error: the ledger has no account nobody; it has polyv-shop
    error: the ledger has no account nobody*; it has polyv-shop
    error: there is no ledger none.sqlite; sync makes one
    ");
}

#[test]
fn all_that_is_shown_of_emulated_accounts_says_so() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.ok(&["sync"]);
    for arguments in [
        &["status"][..],
        &["state", "list"],
        &["state", "show", "polyv-shop", "red_packets"],
        &["rooms", "list"],
        &["sync", "--dry-run"],
        &["sync"],
        &["reconcile"],
    ] {
        let shown = shop.ok(arguments);
        assert!(
            shown.contains("\nLedger: ledger.sqlite (DEMO 示例数据)"),
            "{arguments:?}: {shown}"
        );
        let objects = lines(&shop.ok(&[arguments, &["--json"]].concat()));
        assert!(!objects.is_empty(), "{arguments:?}");
        assert!(objects.iter().all(|object| object["demo"] == true), "{arguments:?}");
    }
}

#[test]
fn status_tells_of_accounts_without_rooms() {
    let shop = Shop::unreached();
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    assert!(!shop.ok(&["status"]).contains("no rooms named"));
    let ledger = Connection::open(shop.path("ledger.sqlite")).unwrap();
    ledger.execute_batch("DELETE FROM room_notes").unwrap();
    drop(ledger);
    let status = shop.ok(&["status"]);
    let told = "\npolyv-shop: no rooms named, so none is read; use rooms add\n";
    assert!(status.contains(told), "{status}");
}

#[test]
fn status_tells_what_there_is_and_which_rooms_are_silent() {
    let emulated = Emulated::with(TINY);
    let shop = Shop::new(&emulated);
    shop.add("polyv", &["7".to_owned()], "ledger.sqlite");
    shop.ok(&["sync"]);
    let status = shop.ok(&["status", "--account", "polyv-*", "--account", "yxt-*"]);
    insta::assert_snapshot!(words(&status), @r"
    Account Complete up to (Beijing) Last sync (Beijing) Outcome Unfinished Failed Rooms Unread Silent Packets Claims Gifts Prizes Accounts Entries Given up Rejected Vanished
    yxt-shop TIME TIME complete 0 0 2 0 0 0 0 25 0 0 0 0 0 0
    polyv-shop TIME TIME complete 0 0 3 0 1 25 462 25 73 0 0 0 0 0
    Ledger: ledger.sqlite (DEMO 示例数据)
    polyv-shop: channel 7 has had no reward for 30 days
    ");
    let status: Value = serde_json::from_str(&shop.ok(&["status", "--json"])).unwrap();
    assert_eq!((&status["schema_version"], &status["demo"]), (&Value::from(1), &Value::from(true)));
    let of = |account: &str| crate::shop::of_account(&status, account);
    assert_eq!(of("polyv-shop")["silent_rooms"][0]["id"], "7");
    assert_eq!(
        (&of("polyv-shop")["unread_rooms"], &of("polyv-shop")["given_up"]),
        (&Value::Array(Vec::new()), &0.into())
    );
    for (account, table, rows) in [
        ("polyv-shop", "red_packets", 25),
        ("xiaoe-shop", "red_packets", 25),
        ("xiaoe-shop", "points_accounts", 25),
        ("yxt-shop", "gifts", 25),
    ] {
        assert_eq!(of(account)["rows"][table], rows, "{account} {table}");
        assert_eq!(
            (&of(account)["failed"], &of(account)["unfinished"]),
            (&Value::from(0), &Value::from(0))
        );
    }
    let all = shop.ok(&["status", "--silent-days", "0"]);
    assert_eq!(all.matches(" has had no reward for 0 days").count(), 7, "{all}");
}
