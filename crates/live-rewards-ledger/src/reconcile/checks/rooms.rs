//! B1, and the rooms of A10: red packets by room.

use std::collections::{BTreeMap, HashSet};

use live_rewards_core::{Money, Operation};

use super::{each_row, look::Look};
use crate::{
    AccountId, Label, Ledger, LedgerError,
    reconcile::{
        CheckCode, Evidence, FindingSubject, ReconcileOptions,
        collector::{Collector, Draft, room},
        readings::{Readings, scope},
        words::words,
    },
    tables::room_kind,
};

/// A room by account, kind and id.
type Key = (AccountId, String, String);

/// Sums of the red packets of each room.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    rooms: BTreeMap<Key, Sums>,
}

#[derive(Debug, Default)]
struct Sums {
    packets: i64,
    all: Sum,
    /// Of those that never opened or went wrong.
    odd: Sum,
    /// Whether some can still be claimed, or have claims that aren't there.
    is_moving: bool,
    newest: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    issued: i64,
    net: i64,
    claims: i64,
}

/// What the vendor says of a room.
struct Told {
    issued: Option<i64>,
    net: Option<i64>,
    claims: Option<i64>,
}

impl Rooms {
    /// Adds a red packet that its vendor lists.
    pub(super) fn add(&mut self, look: &Look<'_>) {
        let packet = look.packet;
        let key = (packet.account, packet.room_kind.clone(), packet.room_id.clone());
        let sums = self.rooms.entry(key).or_default();
        sums.packets += 1;
        sums.is_moving |= !look.seen.has_all_claims || !look.seen.is_closed();
        sums.newest = sums.newest.max(packet.created_at);
        let one = Sum { issued: packet.issued, net: packet.net, claims: packet.claims };
        sums.all.add(one);
        if packet.is_odd() {
            sums.odd.add(one);
        }
    }

    pub(super) fn check(
        &self,
        ledger: &Ledger,
        readings: &Readings,
        options: &ReconcileOptions,
        found: &mut Collector,
    ) -> Result<(), LedgerError> {
        self.without_room(ledger, readings, found)?;
        self.against_summaries(ledger, readings, options, found)
    }

    /// Rooms that no listing of rooms has, where the vendor has one.
    fn without_room(
        &self,
        ledger: &Ledger,
        readings: &Readings,
        found: &mut Collector,
    ) -> Result<(), LedgerError> {
        let mut known: HashSet<Key> = HashSet::new();
        let mut listing: HashSet<AccountId> = HashSet::new();
        for entry in ledger.room_list(None)? {
            let reading = readings.of(entry.account, Operation::Rooms, "");
            if entry.is_listed && reading.is_some_and(|reading| reading.is_whole) {
                listing.insert(entry.account);
            }
            let kind = room_kind(entry.room.kind).into_owned();
            known.insert((entry.account, kind, entry.room.id.as_str().to_owned()));
        }
        for (key, sums) in &self.rooms {
            let (account, kind, id) = key;
            let number = sums.packets;
            found.examined(*account, CheckCode::A10, number.unsigned_abs());
            if known.contains(key) || !listing.contains(account) {
                continue;
            }
            found.find(Draft {
                code: CheckCode::A10,
                account: *account,
                room: room(kind, id),
                subject: FindingSubject::new(
                    "rooms",
                    [kind.as_str().into(), id.as_str().into()],
                    id,
                ),
                amount_fen: None,
                points: None,
                mark: String::new(),
                text: words!(
                    "{number} red packets of a room that isn't there",
                    "{number} 个红包所属的直播间不存在"
                ),
                evidence: vec![
                    Evidence::new("red_packets", [])
                        .with("room_kind", kind)
                        .with("room_id", id)
                        .with("red_packets", number),
                ],
            });
        }
        Ok(())
    }

    fn against_summaries(
        &self,
        ledger: &Ledger,
        readings: &Readings,
        options: &ReconcileOptions,
        found: &mut Collector,
    ) -> Result<(), LedgerError> {
        let sql = "SELECT account_id, room_kind, room_id, issued_fen, net_fen, claimed_count
            FROM red_packet_summaries ORDER BY account_id, room_kind, room_id";
        each_row(ledger.connection(), sql, |row| {
            let account = AccountId(row.get(0)?);
            let key: Key = (account, row.get(1)?, row.get(2)?);
            let told = Told { issued: row.get(3)?, net: row.get(4)?, claims: row.get(5)? };
            let (Some(sums), Some(vendor)) = (self.rooms.get(&key), found.vendor(account)) else {
                return Ok(());
            };
            let scope = scope(&key.1, &key.2);
            let closed_at = sums.newest.saturating_add(options.expiry_ms(account, vendor));
            let is_whole = [Operation::RedPackets, Operation::RedPacketSummary].iter().all(|of| {
                let reading = readings.of(account, *of, &scope);
                reading.is_some_and(|reading| {
                    reading.is_whole && reading.completed_at >= Some(closed_at)
                })
            });
            let is_rejected = readings.has_rejected(account, Operation::RedPackets, &scope);
            if sums.is_moving || !is_whole || is_rejected {
                found.not_run(account, CheckCode::B1, MOVING);
                found.undecided(account, &[CheckCode::B1], &key.2);
                return Ok(());
            }
            found.examined(account, CheckCode::B1, 1);
            let tolerance = options.tolerance(account);
            if !told.fits(sums.all, tolerance) && !told.fits(sums.all.less(sums.odd), tolerance) {
                found.find(draft(key, sums, &told));
            }
            Ok(())
        })
    }
}

const MOVING: Label = Label {
    en: "every room has red packets that can still be claimed, or is not read completely",
    zh: "各直播间仍有可领取的红包，或尚未读全",
};

fn draft((account, kind, id): Key, sums: &Sums, told: &Told) -> Draft {
    let Sum { issued, net, claims } = sums.all;
    let mut en = Vec::new();
    let mut zh = Vec::new();
    for (name_en, name_zh, ours, theirs) in
        [("issued", "发放金额", issued, told.issued), ("net of fee", "扣费后金额", net, told.net)]
    {
        if let Some(theirs) = theirs.filter(|theirs| *theirs != ours) {
            let (ours, theirs) = (Money::from_fen(ours), Money::from_fen(theirs));
            en.push(format!("{name_en} {ours} yuan, the vendor says {theirs}"));
            zh.push(format!("{name_zh}明细 {ours} 元，平台汇总 {theirs} 元"));
        }
    }
    if let Some(theirs) = told.claims.filter(|theirs| *theirs != claims) {
        en.push(format!("{claims} claims, the vendor says {theirs}"));
        zh.push(format!("领取记录 {claims} 条，平台汇总 {theirs}"));
    }
    let (en, zh) = (en.join("; "), zh.join("；"));
    let ours = Evidence::new("red_packets", [])
        .with("room_kind", &kind)
        .with("room_id", &id)
        .with("red_packets", sums.packets)
        .with("issued_fen", issued)
        .with("net_fen", net)
        .with("claims", claims);
    let theirs = Evidence::new("red_packet_summaries", [kind.as_str().into(), id.as_str().into()])
        .with_known("issued_fen", told.issued)
        .with_known("net_fen", told.net)
        .with_known("claimed_count", told.claims);
    Draft {
        code: CheckCode::B1,
        account,
        room: room(&kind, &id),
        subject: FindingSubject::new(
            "red_packet_summaries",
            [kind.into(), id.as_str().into()],
            &id,
        ),
        amount_fen: told.issued.map(|theirs| theirs - issued).filter(|off| *off != 0),
        points: None,
        mark: en.clone(),
        text: words!("{en}", "{zh}"),
        evidence: vec![ours, theirs],
    }
}

impl Sum {
    fn add(&mut self, more: Self) {
        self.issued = self.issued.saturating_add(more.issued);
        self.net = self.net.saturating_add(more.net);
        self.claims = self.claims.saturating_add(more.claims);
    }

    fn less(self, other: Self) -> Self {
        Self {
            issued: self.issued - other.issued,
            net: self.net - other.net,
            claims: self.claims - other.claims,
        }
    }
}

impl Told {
    /// Whether what is told is this sum. Nothing told fits everything.
    fn fits(&self, sum: Sum, tolerance: u64) -> bool {
        let near =
            |told: Option<i64>, ours: i64| told.is_none_or(|told| told.abs_diff(ours) <= tolerance);
        near(self.issued, sum.issued)
            && near(self.net, sum.net)
            && self.claims.is_none_or(|told| told == sum.claims)
    }
}
