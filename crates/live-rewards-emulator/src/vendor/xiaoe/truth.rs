//! What Xiaoe serves, summed up.

use std::collections::BTreeMap;

use crate::aside::Waiting;
use crate::calendar::beijing_day;
use crate::flows::flows;
use crate::truth::{Defect, PointsDay, Sums, Totals, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::xiaoe::log::FLOW;
use crate::world::points_entry::Kind;
use crate::world::standing::Standing;

impl Xiaoe {
    /// What is quickly counted of what is served at an instant in Unix seconds.
    pub(crate) fn counts(&self, now: i64) -> [(i64, &'static str); 2] {
        let rooms = self.red_packets.timeline.rooms();
        [
            (rooms.map(|room| self.red_packets.listing(room, now).count()).sum(), "red packets"),
            (self.accounts.schedule().count_until(now), "points accounts"),
        ]
    }

    /// Totals at an instant in Unix seconds; `None` if a sum is too large.
    pub(super) fn totals(&self, now: i64, waiting: &Waiting) -> Option<VendorTruth> {
        let mut sums = Sums::default();
        for room in self.red_packets.timeline.rooms() {
            let packets = self.red_packets.listing(room, now).indexes().map(|index| {
                let packet = self.red_packets.get(room, index);
                (packet.created, totals(&packet.standing(now)))
            });
            sums.add_room(self.resource_id(room).to_string(), waiting.rows(packets))?;
        }
        let mut truth = sums.finish();
        truth.flows = flows(&self.red_packets, now, true, waiting)?;
        let taken = self.deductions.taken();
        let mut days: BTreeMap<i64, PointsDay> = BTreeMap::new();
        for index in waiting.rows(0..self.accounts.schedule().count_until(now)) {
            let account = self.account(&taken, index, now);
            truth.points_accounts = truth.points_accounts.checked_add(1)?;
            truth.points_available = truth.points_available.checked_add(account.available)?;
            truth.points_frozen = truth.points_frozen.checked_add(account.frozen)?;
            for kind in Kind::ALL {
                for (day, count, sum) in self.log.days(index, kind, now) {
                    days.entry(day).or_default().add(kind.label(), count, sum)?;
                }
            }
        }
        for (_, deduction) in taken.all(None).filter(|(_, one)| one.at <= now) {
            let day = days.entry(beijing_day(deduction.at)).or_default();
            day.add(Kind::Spent.label(), 1, deduction.score)?;
        }
        truth.add_points(days)?;
        truth.users = self.users(now).unsigned_abs();
        truth.defects = self.defects(now);
        Some(truth)
    }

    fn defects(&self, now: i64) -> Vec<Defect> {
        let of_packets = self.red_packets.defects().map(|(plant, packet)| {
            let mut defect = Defect::new(Self::NAME, plant.kind);
            defect.room = Some(self.resource_id(packet.room).to_string());
            defect.id = self.red_packet_id(packet.room, packet.index).to_string();
            defect.difference_fen = plant.kind.difference_fen(&packet.standing(now));
            defect
        });
        let of_accounts = self.accounts.defects().map(|planted| {
            let mut defect = Defect::new(Self::NAME, planted.kind);
            defect.id = self.user_id(planted.index).to_string();
            defect
        });
        let of_entries = self.log.defects(now).filter_map(|(planted, entry)| {
            let mut defect = Defect::new(Self::NAME, planted.kind);
            defect.id = self.entry_id(FLOW, &entry?).to_string();
            Some(defect)
        });
        of_packets.chain(of_accounts).chain(of_entries).collect()
    }
}

/// Totals of one red packet.
fn totals(standing: &Standing) -> Totals {
    Totals {
        red_packets: 1,
        claims: standing.claims.unsigned_abs(),
        issued_fen: standing.issued,
        claimed_fen: standing.claimed,
        left_fen: standing.net - standing.claimed - standing.refunded,
        refunded_fen: standing.refunded,
        fee_fen: standing.issued - standing.net,
        ..Totals::default()
    }
}
