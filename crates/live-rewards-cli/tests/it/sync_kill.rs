//! Syncs that are killed at any moment, while vendors add rows and fail.

use std::{
    process::Stdio,
    time::{Duration, SystemTime},
};

use live_rewards::Timestamp;
use live_rewards_ledger::TABLES;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    emulated::Emulated,
    run::pause,
    shop::{Shop, of_account},
};

const SEED: u64 = 20_260_131;

const KILLS: u64 = 200;

/// Kills from one instant of the vendors' clock to the next.
const KILLS_AN_INSTANT: u64 = 10;

/// Most milliseconds that a sync lives.
const LIFE: u64 = 350;

/// What the ledger notes itself, and two ledgers of the same rows needn't agree in.
const NOTED: [&str; 4] = ["account_id", "first_seen_at", "first_run", "changed_run"];

#[test]
fn a_ledger_of_killed_syncs_is_that_of_one_that_was_not() {
    let start = an_hour_ago();
    let seed = SEED.to_string();
    let emulated = Emulated::with(&[
        "--scenario",
        "live",
        "--seed",
        &seed,
        "--start",
        &start,
        "--clock",
        &start,
        "--clock-rate",
        "0",
        "--no-limits",
    ]);
    // All months in which accounts were opened.
    let shop = Shop::with("[sync]\npoints_months = 14", |vendor, name| {
        emulated.ready()[vendor][name].as_str().unwrap().to_owned()
    });
    let xiaoe = &emulated.rooms("xiaoe")[1..];
    for ledger in ["killed.sqlite", "whole.sqlite"] {
        shop.add("xiaoe", xiaoe, ledger);
        shop.add("yxt", &emulated.rooms("yxt"), ledger);
    }
    let mut draws = Draws(SEED);
    fail(&emulated, &json!({ "duplicate_rows": 2 }));
    let mut kills = 0;
    while kills < KILLS {
        let goes_on = kills.is_multiple_of(KILLS_AN_INSTANT);
        kills += u64::from(is_killed(&shop, &emulated, &mut draws, goes_on));
        if kills == KILLS / 2 {
            // Not together: a row that is twice on one page stands for two.
            fail(&emulated, &json!({ "shifted_page": 2 }));
        }
    }
    emulated.manage("DELETE", "/faults");
    let left = rows(&shop, "killed.sqlite");
    synced(&shop, "killed.sqlite");
    synced(&shop, "whole.sqlite");
    let all = rows(&shop, "whole.sqlite");
    assert!(left * 2 > all, "the killed syncs got to {left} of {all} rows only");
    assert_eq!(differences(&shop), Vec::<String>::new());
    assert_true(&shop, &emulated.manage("GET", "/truth"), xiaoe);
    assert!(shop.is_sound("killed.sqlite"));
    let again = synced(&shop, "killed.sqlite");
    for account in ["polyv-shop", "xiaoe-shop", "yxt-shop"] {
        let one = of_account(&again, account);
        for none in ["new", "changed", "rejected", "vanished"] {
            assert_eq!(one[none], 0, "{account} {none}");
        }
    }
}

/// An instant before which the emulator's data can lie and from which its clock can be moved on, without coming to lie after the
/// machine's, by which the command goes.
#[expect(clippy::disallowed_methods, reason = "the command goes by the machine's clock")]
fn an_hour_ago() -> String {
    let then = SystemTime::now() - Duration::from_secs(3600);
    let seconds = Timestamp::from(then).epoch_ms() / 1000;
    Timestamp::from_epoch_ms(seconds * 1000).unwrap().to_string()
}

/// Lets each vendor fail in so many of a thousand answers, and do something with the rows of some pages.
fn fail(emulated: &Emulated, rows: &Value) {
    emulated.manage("DELETE", "/faults");
    let order = |vendor: &str, permille: u64, kind: &Value| {
        let fault = json!({ "vendor": vendor, "permille": permille, "kind": kind });
        emulated.order("/faults", &fault);
    };
    for vendor in ["polyv", "xiaoe", "yxt"] {
        for (permille, kind) in [
            (6, json!("reset")),
            (6, json!({ "status": 503 })),
            (4, json!({ "html": 502 })),
            (4, json!("cut_body")),
            (4, json!("broken_body")),
            (20, json!({ "slow": 30 })),
            (30, json!({ "silent_cap": 7 })),
        ] {
            order(vendor, permille, &kind);
        }
        order(vendor, 80, rows);
    }
    order("xiaoe", 5, &json!("token_revoked"));
}

/// Starts a sync and kills it once it has made some requests, or has lived for some time. If time `goes_on`, it does so when half of
/// the requests are made, and rows come in between two pages. Whether it was killed before it ended.
fn is_killed(shop: &Shop, emulated: &Emulated, draws: &mut Draws, goes_on: bool) -> bool {
    let accounts = ["*", "polyv-*", "xiaoe-*", "xiaoe-*", "yxt-*"];
    let account = accounts[draws.below_usize(accounts.len())];
    let read_ahead = ["1", "4"][draws.below_usize(2)];
    let most = [15, 60, 150][draws.below_usize(3)];
    let (begin, calls) = (emulated.requests(), draws.below(most));
    let mut sync = shop
        .command(&["sync", "--ledger", "killed.sqlite"])
        .args(["--account", account, "--read-ahead", read_ahead])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut wait_for = |calls: u64, milliseconds: u64| {
        for _ in 0..milliseconds / 5 {
            let has_ended = sync.try_wait().unwrap().is_some();
            if has_ended || emulated.requests() >= begin + calls {
                break;
            }
            pause(5);
        }
    };
    if goes_on {
        wait_for(calls / 2, LIFE / 2);
        emulated.order("/clock", &json!({ "advance_ms": 1000 + draws.below(60_000) }));
    }
    wait_for(calls, LIFE);
    // It may be writing, asking, or about to do either.
    pause(draws.below(9));
    let has_ended = sync.try_wait().unwrap().is_some();
    // SIGKILL.
    sync.kill().unwrap();
    sync.wait().unwrap();
    !has_ended
}

/// What an undisturbed sync of a ledger prints.
fn synced(shop: &Shop, ledger: &str) -> Value {
    // That the vendors' clocks are behind is told.
    let mut sync = shop.command(&["sync", "--json", "--ledger", ledger]);
    let output = sync.env("RUST_LOG", "error").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn rows(shop: &Shop, ledger: &str) -> i64 {
    shop.counts(ledger).into_iter().map(|(_, rows)| rows).sum()
}

/// The tables in which the two ledgers have different rows.
fn differences(shop: &Shop) -> Vec<String> {
    let ledgers = Connection::open(shop.path("killed.sqlite")).unwrap();
    let whole = shop.path("whole.sqlite");
    ledgers.execute("ATTACH ?1 AS whole", [whole.to_str().unwrap()]).unwrap();
    let mut differences = Vec::new();
    for table in TABLES {
        let columns = vendor_columns(&ledgers, table.name);
        let rows = |ledger: &str| {
            format!(
                "SELECT a.vendor, {columns} FROM {ledger}.{} AS t
                 JOIN {ledger}.accounts AS a ON a.account_id = t.account_id",
                table.name
            )
        };
        let number = |sql: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM ({sql})");
            ledgers.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        let [killed, whole] = ["main", "whole"].map(rows);
        let found = (
            number(&format!("{killed} EXCEPT {whole}")),
            number(&format!("{whole} EXCEPT {killed}")),
            number(&killed) - number(&whole),
        );
        if found != (0, 0, 0) {
            differences.push(format!("{}: {found:?}", table.name));
        }
    }
    differences
}

/// The columns of a table that a vendor's rows fill.
fn vendor_columns(ledger: &Connection, table: &str) -> String {
    let mut names = ledger.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
    let names = names.query_map([table], |row| row.get::<_, String>(0)).unwrap();
    let names = names.map(Result::unwrap).filter(|name| !NOTED.contains(&name.as_str()));
    names.map(|name| format!("t.\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// Compares sums with those of what the vendors serve.
fn assert_true(shop: &Shop, truth: &Value, xiaoe_rooms: &[String]) {
    let of_rooms = |what: &str| -> i64 {
        let rooms = truth["xiaoe"]["rooms"].as_array().unwrap().iter();
        let rooms = rooms.filter(|one| xiaoe_rooms.iter().any(|room| one["room"] == **room));
        rooms.map(|room| room["totals"][what].as_i64().unwrap()).sum()
    };
    let of = |vendor: &str, what: &str| truth[vendor]["total"][what].as_i64().unwrap();
    let points = |what: &str| truth["xiaoe"][what].as_i64().unwrap();
    for (vendor, table, sum, expected) in [
        ("xiaoe", "red_packets", "count(*)", of_rooms("red_packets")),
        ("xiaoe", "red_packets", "sum(issued_fen)", of_rooms("issued_fen")),
        ("xiaoe", "red_packets", "sum(refund_fen)", of_rooms("refunded_fen")),
        ("xiaoe", "red_packets", "sum(issued_fen - net_fen)", of_rooms("fee_fen")),
        ("xiaoe", "claims", "count(*)", of_rooms("claims")),
        ("xiaoe", "claims", "sum(amount_fen)", of_rooms("claimed_fen")),
        ("xiaoe", "points_accounts", "count(*)", points("points_accounts")),
        ("xiaoe", "points_accounts", "sum(available)", points("points_available")),
        ("xiaoe", "points_accounts", "sum(frozen)", points("points_frozen")),
        ("xiaoe", "points_entries", "count(*)", points("points_entries")),
        ("polyv", "red_packets", "count(*)", of("polyv", "red_packets")),
        ("polyv", "red_packets", "sum(issued_fen)", of("polyv", "issued_fen")),
        ("polyv", "red_packets", "sum(remaining_fen)", of("polyv", "left_fen")),
        ("polyv", "claims", "count(*)", of("polyv", "claims")),
        ("polyv", "claims", "sum(amount_fen)", of("polyv", "claimed_fen")),
        ("polyv", "gifts", "count(*)", of("polyv", "gifts")),
        ("polyv", "gifts", "sum(charged_fen)", of("polyv", "donations_cash_fen")),
        ("yxt", "gifts", "count(*)", of("yxt", "gifts")),
        ("yxt", "gifts", "sum(charged_points)", of("yxt", "gift_points_charged")),
    ] {
        let sql = format!(
            "SELECT {sum} FROM {table} JOIN accounts USING (account_id) WHERE vendor = '{vendor}'"
        );
        assert_eq!(shop.value::<i64>("killed.sqlite", &sql), expected, "{vendor} {table} {sum}");
    }
}

/// Numbers that are the same each time.
struct Draws(u64);

impl Draws {
    /// One from 0 on; xorshift, which is even enough.
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn below_usize(&mut self, end: usize) -> usize {
        usize::try_from(self.below(end as u64)).unwrap()
    }
}
