//! What the ledger adds to the cost of its database: CPU time of writing claims, beside bare upserts of the same rows.
//!
//!     cargo bench --package live-rewards-ledger --bench ingest -- 1000000
//!
//! Both write the same pages of 1000 claims, a transaction each, into a table of the same schema in a file of its own; first all of
//! them are new, then all are read again. Making the records is not counted. CPU time is read from `/proc`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking and prints"
)]

use std::{fs, path::Path, time::Duration};

use live_rewards_core::{
    Claim, Money, OpenEnum, OrderId, RoomKind, RoomRef, SessionId, Timestamp, UserIdKind, UserRef,
    Vendor,
};
use live_rewards_ledger::{AccountIdentity, Ledger, LedgerKind, Stamp, Written};
use rusqlite::{Connection, params};

/// Claims a page.
const PAGE: usize = 1000;

/// Claims that are held at once.
const BATCH: u64 = 100_000;

/// What the ledger is to reach of the bare rate.
const LEAST_PERCENT: u128 = 70;

fn main() {
    // `cargo test --benches` runs it too, with this argument missing.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let rows = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(500_000);
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Stored::new(&folder.path().join("ledger.db"));
    let mut bare = Bare::new(&folder.path().join("bare.db"), &ledger.ledger);
    println!("{rows} claims");
    println!("{:>12} {:>14} {:>14} {:>8}", "", "bare rows/s", "ledger rows/s", "ratio");
    for (label, expected) in [("first load", Outcome::New), ("read again", Outcome::Same)] {
        let (mut bare_time, mut ledger_time) = (Duration::ZERO, Duration::ZERO);
        for first in (0..rows).step_by(usize::try_from(BATCH).unwrap()) {
            let claims: Vec<Claim> = (first..rows.min(first + BATCH)).map(claim).collect();
            bare_time += cpu_time(|| bare.write(&claims));
            ledger_time += cpu_time(|| ledger.write(&claims, expected));
        }
        let percent = bare_time.as_nanos() * 100 / ledger_time.as_nanos();
        let rate = |time: Duration| u128::from(rows) * 1_000_000_000 / time.as_nanos();
        let slow = if percent < LEAST_PERCENT { "  slower than 70 %" } else { "" };
        println!(
            "{label:>12} {:>14} {:>14} {percent:>7}%{slow}",
            rate(bare_time),
            rate(ledger_time)
        );
    }
}

#[derive(Clone, Copy)]
enum Outcome {
    New,
    Same,
}

struct Stored {
    ledger: Ledger,
    stamp: Stamp,
}

impl Stored {
    fn new(path: &Path) -> Self {
        let mut ledger = Ledger::create_or_open(path, LedgerKind::Demo).unwrap();
        let identity = AccountIdentity {
            vendor: Vendor::Xiaoe,
            authority: "127.0.0.1".to_owned(),
            vendor_account: "bench".to_owned(),
        };
        let now = at(0);
        let account = ledger.account(&identity, "bench", now).unwrap();
        let run = ledger.begin_run(now).unwrap();
        Self { ledger, stamp: Stamp { account, vendor: Vendor::Xiaoe, run, now } }
    }

    fn write(&mut self, claims: &[Claim], expected: Outcome) {
        for page in claims.chunks(PAGE) {
            let mut writing = self.ledger.begin().unwrap();
            let written = writing.upsert(&self.stamp, page).unwrap();
            writing.commit().unwrap();
            let count = page.len() as u64;
            let all = match expected {
                Outcome::New => Written { new: count, ..Written::default() },
                Outcome::Same => Written { same: count, ..Written::default() },
            };
            assert_eq!(written, all);
        }
    }
}

struct Bare(Connection);

impl Bare {
    /// A database with the ledger's table of claims and its settings, and nothing else.
    fn new(path: &Path, ledger: &Ledger) -> Self {
        let schema: String = Connection::open(ledger.path())
            .unwrap()
            .query_row("SELECT sql FROM sqlite_schema WHERE name = 'claims'", [], |row| row.get(0))
            .unwrap();
        let connection = Connection::open(path).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        connection.pragma_update(None, "synchronous", "NORMAL").unwrap();
        connection.pragma_update(None, "cache_size", -(64 << 10)).unwrap();
        connection.execute_batch(&schema).unwrap();
        Self(connection)
    }

    fn write(&mut self, claims: &[Claim]) {
        for page in claims.chunks(PAGE) {
            let transaction = self.0.transaction().unwrap();
            let mut statement = transaction.prepare_cached(UPSERT).unwrap();
            for claim in page {
                let values = params![
                    1,
                    claim.red_packet.as_str(),
                    claim.user.id.as_str(),
                    claim.claimed_at.epoch_ms(),
                    claim.ordinal,
                    claim.room.id.as_str(),
                    "live",
                    claim.session.as_ref().map(SessionId::as_str),
                    claim.user.id_kind.label(),
                    claim.user.nickname,
                    claim.amount.fen(),
                    claim.best_luck,
                    claim.order.as_ref().map(OrderId::as_str),
                    0,
                    1,
                    1,
                ];
                statement.execute(values).unwrap();
            }
            drop(statement);
            transaction.commit().unwrap();
        }
    }
}

const UPSERT: &str = "
    INSERT INTO claims (account_id, red_packet_id, user_id, claimed_at, ordinal, room_id, room_kind,
        session_id, user_id_kind, user_nickname, amount_fen, best_luck, order_id, first_seen_at,
        first_run, changed_run)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
    ON CONFLICT (account_id, red_packet_id, user_id, claimed_at, ordinal) DO UPDATE SET
        room_id = excluded.room_id, room_kind = excluded.room_kind,
        session_id = excluded.session_id, user_id_kind = excluded.user_id_kind,
        user_nickname = excluded.user_nickname, amount_fen = excluded.amount_fen,
        best_luck = excluded.best_luck, order_id = excluded.order_id";

/// Claim of a number: packets of 200 claims, in the order in which a vendor lists them.
fn claim(number: u64) -> Claim {
    let packet = format!("hb_65f0c2a1_{:010}", number / 200);
    let room = RoomRef::new(format!("l_65f0c2a1_{:06}", number / 10_000), RoomKind::Live);
    // Claimants come in no order.
    let user = UserRef::new(
        format!("u_65f0c2a1_{:015}", number.wrapping_mul(2_654_435_761) % 1_000_000_007),
        UserIdKind::VendorUser,
    )
    .with_nickname(Some(format!("观众{}", number % 1000)));
    let amount = Money::from_fen(i64::try_from(number % 5000).unwrap() + 1);
    let milliseconds = i64::try_from(number).unwrap();
    let mut claim = Claim::new(packet.into(), room, user, amount, at(milliseconds));
    claim.best_luck = Some(number.is_multiple_of(200));
    claim.order = Some(format!("o_{:012}", number / 200).into());
    claim
}

/// So many milliseconds after 2023-11-14T22:13:20Z.
fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_epoch_ms(1_700_000_000_000 + milliseconds).unwrap()
}

/// CPU time of some work.
fn cpu_time(work: impl FnOnce()) -> Duration {
    let before = cpu();
    work();
    cpu().saturating_sub(before)
}

/// CPU time of this thread so far, which is all that this process has.
fn cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/schedstat").unwrap();
    Duration::from_nanos(stat.split_whitespace().next().unwrap().parse().unwrap())
}
