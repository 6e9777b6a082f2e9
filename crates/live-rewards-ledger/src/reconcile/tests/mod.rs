//! The checks on ledgers with rows made by hand: each finds its defect and is silent on what is beside it.
#![allow(
    clippy::needless_for_each,
    clippy::type_complexity,
    clippy::unnecessary_wraps,
    reason = "cases are tables of what is done and what is found"
)]

mod balances;
mod changes;
mod kept;
mod order;
mod packets;
mod payments;
mod points;
mod polyv;
mod sums;

use live_rewards_core::{
    Claim, Operation, RedPacket, RedPacketState, Refund, RoomKind, RoomRef, Split, Timestamp,
    UserIdKind, UserRef, Vendor,
};
use tempfile::TempDir;

use super::{CheckCode, CheckState, ReconcileOptions, Reconciliation, reconcile};
use crate::{
    AccountIdentity, Ledger, Listing, ListingKey, Record, Stamp,
    test_util::{at, fen, ledger},
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A ledger with one account, whose red packets are sent from second 0 on and were read ten days later.
struct Shop {
    _folder: TempDir,
    ledger: Ledger,
    stamp: Stamp,
}

impl Shop {
    fn of(vendor: Vendor) -> Self {
        let (folder, ledger) = ledger();
        Self::within(folder, ledger, vendor)
    }

    fn within(folder: TempDir, mut ledger: Ledger, vendor: Vendor) -> Self {
        let identity = AccountIdentity {
            vendor,
            authority: "example.com".to_owned(),
            vendor_account: "shop".to_owned(),
        };
        let account = ledger.account(&identity, "shop", at(0)).unwrap();
        let run = ledger.begin_run(at(0)).unwrap();
        let stamp = Stamp { account, vendor, run, now: at(10 * DAY) };
        Self { _folder: folder, ledger, stamp }
    }

    fn write<R: Record>(&mut self, rows: &[R]) {
        let mut writing = self.ledger.begin().unwrap();
        writing.upsert(&self.stamp, rows).unwrap();
        writing.commit().unwrap();
    }

    /// Notes that a listing was read to its end.
    fn read(&mut self, operation: Operation, scope: &str) {
        self.read_at(operation, scope, self.stamp.now);
    }

    fn read_at(&mut self, operation: Operation, scope: &str, when: Timestamp) {
        self.save(operation, scope, |listing| {
            listing.began_at = when;
            listing.completed_at = Some(when);
            listing.complete_until = Some(when);
        });
    }

    fn save(&mut self, operation: Operation, scope: &str, change: impl FnOnce(&mut Listing)) {
        let account = self.stamp.account;
        let key = ListingKey { account, operation, scope: scope.to_owned() };
        let mut listing = Listing::new(key, self.stamp.now, self.stamp.run);
        change(&mut listing);
        let mut writing = self.ledger.begin().unwrap();
        writing.save(&listing).unwrap();
        writing.commit().unwrap();
    }

    /// Writes a red packet with its claims, and that both were read.
    fn add(&mut self, packet: &RedPacket, claims: &[Claim]) {
        self.write(std::slice::from_ref(packet));
        self.write(claims);
        let scope = format!("{}:{}", packet.room.kind, packet.room.id);
        self.read(Operation::RedPackets, &scope);
        if self.stamp.vendor == Vendor::Xiaoe {
            self.read(Operation::Claims, packet.id.as_str());
        }
    }

    fn reconcile(&mut self) -> Reconciliation {
        self.reconcile_with(&ReconcileOptions::default())
    }

    fn reconcile_with(&mut self, options: &ReconcileOptions) -> Reconciliation {
        reconcile(&mut self.ledger, options, self.stamp.now).unwrap()
    }

    /// Codes, ids and amounts of what is found.
    fn found(&mut self) -> Vec<(CheckCode, String, Option<i64>)> {
        found(&self.reconcile())
    }
}

fn found(reconciliation: &Reconciliation) -> Vec<(CheckCode, String, Option<i64>)> {
    let findings = reconciliation.findings.iter();
    findings
        .map(|finding| {
            let amount = finding.amount_fen.or(finding.points);
            (finding.code, finding.subject.id.clone(), amount)
        })
        .collect()
}

/// Codes and amounts of what is found of one red packet.
fn of_packet(reconciliation: &Reconciliation) -> Vec<(CheckCode, Option<i64>)> {
    found(reconciliation).into_iter().map(|(code, _, amount)| (code, amount)).collect()
}

fn state(reconciliation: &Reconciliation, code: CheckCode) -> CheckState {
    reconciliation.checks.iter().find(|check| check.code == code).unwrap().state
}

fn channel() -> RoomRef {
    RoomRef::new("room-1", RoomKind::Channel)
}

fn live() -> RoomRef {
    RoomRef::new("room-1", RoomKind::Live)
}

fn claims(packet: &str, room: &RoomRef, amounts: &[i64]) -> Vec<Claim> {
    (1..)
        .zip(amounts)
        .map(|(number, amount)| {
            let user = UserRef::new(format!("user-{number}"), UserIdKind::VendorUser);
            Claim::new(packet.into(), room.clone(), user, fen(*amount), at(60 * number))
        })
        .collect()
}

/// A red packet of Xiaoe's, sold out, and its claims.
fn xiaoe() -> (RedPacket, Vec<Claim>) {
    let mut packet = RedPacket::new("p".into(), live(), fen(300), at(0));
    packet.net = Some(fen(300));
    packet.split = Some(Split::Random);
    packet.state = Some(RedPacketState::Ended);
    packet.refund = Refund::None;
    packet.count = Some(3);
    packet.claimed_count = Some(3);
    let mut claims = claims("p", &live(), &[100, 120, 80]);
    for claim in &mut claims {
        claim.best_luck = Some(claim.amount == fen(120));
    }
    (packet, claims)
}

/// The same, with the last share not claimed but refunded.
fn xiaoe_refunded() -> (RedPacket, Vec<Claim>) {
    let (mut packet, mut claims) = xiaoe();
    packet.state = Some(RedPacketState::Expired);
    packet.claimed_count = Some(2);
    packet.refund = Refund::Done { amount: Some(fen(80)), at: Some(at(25 * HOUR)) };
    claims.pop();
    (packet, claims)
}
