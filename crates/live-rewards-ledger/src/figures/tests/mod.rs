//! Figures of ledgers with rows made by hand.

mod agree;
mod claimants;
mod packets;
mod rewards;
mod sizes;

use live_rewards_core::{Money, RedPacket, RoomRef, Vendor};

use crate::{
    Ledger, PacketSums, Record, Selection, Stamp,
    test_util::{at, fen, identity},
};

const DAY: i64 = 86_400;

fn write<R: Record>(ledger: &mut Ledger, stamp: &Stamp, rows: &[R]) {
    let mut writing = ledger.begin().unwrap();
    writing.upsert(stamp, rows).unwrap();
    writing.commit().unwrap();
}

/// Another account, named `other`.
fn other(ledger: &mut Ledger, stamp: &Stamp) -> Stamp {
    let account = ledger.account(&identity("other"), "other", at(0)).unwrap();
    Stamp { account, vendor: Vendor::Xiaoe, ..*stamp }
}

/// A red packet of 300 fen.
fn packet(id: &str, room: RoomRef, seconds: i64) -> RedPacket {
    RedPacket::new(id.into(), room, fen(300), at(seconds))
}

fn all() -> Selection {
    Selection::default()
}

/// What the parts of the issued amount come to.
fn parts(sums: &PacketSums) -> Money {
    let PacketSums {
        claimed, refunded, fee, open, refunded_unreported, residue, difference, ..
    } = *sums;
    let parts = [claimed, refunded, fee, open, refunded_unreported, residue, difference];
    Money::checked_sum(parts).unwrap()
}
