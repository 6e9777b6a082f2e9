//! Ledgers and records for tests.

use live_rewards_core::{Claim, Money, RoomKind, RoomRef, Timestamp, UserIdKind, UserRef, Vendor};
use tempfile::TempDir;

use crate::{AccountIdentity, Ledger, LedgerKind, Stamp};

/// An empty ledger, and the folder that it is in.
pub(crate) fn ledger() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = Ledger::create_or_open(&path, LedgerKind::Real).unwrap();
    (folder, ledger)
}

/// A ledger with an account named `shop` and a run.
pub(crate) fn synced() -> (TempDir, Ledger, Stamp) {
    let (folder, mut ledger) = ledger();
    let account = ledger.account(&identity("shop"), "shop", at(0)).unwrap();
    let run = ledger.begin_run(at(0)).unwrap();
    let stamp = Stamp { account, vendor: Vendor::Xiaoe, run, now: at(10) };
    (folder, ledger, stamp)
}

pub(crate) fn identity(vendor_account: &str) -> AccountIdentity {
    AccountIdentity {
        vendor: Vendor::Xiaoe,
        authority: "api.xiaoe-tech.com".to_owned(),
        vendor_account: vendor_account.to_owned(),
    }
}

/// So many seconds after 2023-11-14T22:13:20Z.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_epoch_ms((1_700_000_000 + seconds) * 1000).unwrap()
}

pub(crate) fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

pub(crate) fn room() -> RoomRef {
    RoomRef::new("room-1", RoomKind::Live)
}

pub(crate) fn claim(packet: &str, user: &str, seconds: i64, amount: i64) -> Claim {
    let user = UserRef::new(user, UserIdKind::VendorUser);
    Claim::new(packet.into(), room(), user, fen(amount), at(seconds))
}
