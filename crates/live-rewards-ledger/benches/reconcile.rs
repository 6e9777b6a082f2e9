//! How long a reconciliation takes, and how much memory: seconds, and the peak of the process (`VmHWM`).
//!
//!     cargo bench --package live-rewards-ledger --bench reconcile -- 10000000
//!
//! The claims, a hundred to a red packet, are written by SQL. They add up, so nothing is found; the second time nothing is written
//! either.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark fails by panicking, prints, and reads the clock"
)]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use live_rewards_core::{Timestamp, Vendor};
use live_rewards_ledger::{
    AccountId, AccountIdentity, CheckState, Ledger, LedgerKind, ReconcileOptions, reconcile,
};
use rusqlite::{Connection, params};

/// Claims of a red packet: of 451, 452, … fen.
const SHARES: i64 = 100;

/// What they come to.
const NET_FEN: i64 = SHARES * 450 + SHARES * (SHARES + 1) / 2;

fn main() {
    // `cargo test --benches` runs it too, with this argument missing.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let claims = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let packets = (claims / SHARES).max(1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let now = at(200);
    let mut ledger = Ledger::create_or_open(&path, LedgerKind::Demo).unwrap();
    let identity = AccountIdentity {
        vendor: Vendor::Xiaoe,
        authority: "127.0.0.1".to_owned(),
        vendor_account: "bench".to_owned(),
    };
    let account = ledger.account(&identity, "bench", now).unwrap();
    ledger.begin_run(now).unwrap();
    fill(&path, account, packets, now);
    println!("{} claims of {packets} red packets", packets * SHARES);
    println!("before: peak {} KiB", peak_kib());
    for label in ["first", "again"] {
        let begin = Instant::now();
        let reconciliation = reconcile(&mut ledger, &ReconcileOptions::default(), now).unwrap();
        let took = begin.elapsed();
        assert!(reconciliation.findings.is_empty());
        let examined = reconciliation.checks.first().map(|check| check.state);
        let all = u64::try_from(packets).unwrap();
        assert_eq!(examined, Some(CheckState::Passed { examined: all }));
        println!("{label}: {} s, peak {} KiB", seconds(took), peak_kib());
    }
}

/// Days after 2026-01-01 in Beijing.
fn at(days: i64) -> Timestamp {
    Timestamp::from_epoch_ms(1_767_196_800_000 + days * 86_400_000).unwrap()
}

/// Red packets of a hundred days in fifty lives, sold out within half an hour.
fn fill(path: &Path, account: AccountId, packets: i64, now: Timestamp) {
    let account: i64 = account.to_string().parse().unwrap();
    let mut connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "synchronous", "OFF").unwrap();
    let transaction = connection.transaction().unwrap();
    let numbers =
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)";
    let (begin, step) = (at(0).epoch_ms(), 100 * 86_400_000 / packets);
    transaction
        .execute(
            &format!(
                "{numbers}
                 INSERT INTO red_packets (account_id, red_packet_id, room_id, room_kind, split, state,
                     issued_fen, net_fen, refund, share_count, claimed_count, created_at,
                     first_seen_at, first_run, changed_run)
                 SELECT ?2, printf('p%010d', i), printf('l_%024d', i % 50), 'live', 'random', 'ended',
                     ?3, ?3, 'none', ?4, ?4, ?5 + i * ?6, ?7, 1, 1
                 FROM n"
            ),
            params![packets, account, NET_FEN, SHARES, begin, step, now.epoch_ms()],
        )
        .unwrap();
    transaction
        .execute(
            &format!(
                "{numbers}
                 INSERT INTO claims (account_id, red_packet_id, user_id, claimed_at, ordinal, room_id,
                     room_kind, user_id_kind, user_nickname, amount_fen, best_luck, first_seen_at,
                     first_run, changed_run)
                 SELECT p.account_id, p.red_packet_id,
                     printf('u_%05d_%015d', n.i, p.created_at / 60000 % 997 + n.i),
                     p.created_at + n.i * 18000, 0, p.room_id, p.room_kind, 'vendor_user', '用户',
                     451 + n.i, n.i = ?1 - 1, p.first_seen_at, 1, 1
                 FROM red_packets AS p CROSS JOIN n"
            ),
            params![SHARES],
        )
        .unwrap();
    transaction
        .execute(
            "INSERT INTO listings (account_id, operation, scope, began_at, began_run, completed_at,
                 final, rows)
             SELECT account_id, 'claims', red_packet_id, ?1, 1, ?1, 1, ?2 FROM red_packets",
            params![now.epoch_ms(), SHARES],
        )
        .unwrap();
    transaction.commit().unwrap();
}

fn seconds(time: Duration) -> String {
    format!("{}.{:02}", time.as_secs(), time.subsec_millis() / 10)
}

/// The most memory that the process has had.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
