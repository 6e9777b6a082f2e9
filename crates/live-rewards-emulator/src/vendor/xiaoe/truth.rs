//! What Xiaoe serves, summed up.

use crate::truth::{Defect, Sums, Totals, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::xiaoe::Xiaoe;
use crate::world::standing::Standing;

impl Xiaoe {
    /// Totals at an instant in Unix seconds; `None` if a sum is too large.
    pub(super) fn totals(&self, now: i64) -> Option<VendorTruth> {
        let mut sums = Sums::default();
        for room in self.red_packets.timeline.rooms() {
            let packets = self.red_packets.listing(room, now).indexes().map(|index| {
                let packet = self.red_packets.get(room, index);
                (packet.created, totals(&packet.standing(now)))
            });
            sums.add_room(self.resource_id(room).to_string(), packets)?;
        }
        let mut truth = sums.finish();
        for index in 0..self.accounts.schedule().count_until(now) {
            let account = self.accounts.get(index, now);
            truth.points_accounts = truth.points_accounts.checked_add(1)?;
            truth.points_available = truth.points_available.checked_add(account.available)?;
            truth.points_frozen = truth.points_frozen.checked_add(account.frozen)?;
        }
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
        of_packets.chain(of_accounts).collect()
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
