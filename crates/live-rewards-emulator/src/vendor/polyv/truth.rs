//! What Polyv serves, summed up.

use crate::truth::{Defect, Sums, Totals, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::polyv::{Polyv, red_packets};
use crate::world::standing::Standing;

impl Polyv {
    /// Totals at an instant in Unix seconds; `None` if a sum is too large.
    pub(super) fn totals(&self, now: i64) -> Option<VendorTruth> {
        let mut sums = Sums::default();
        for room in self.red_packets.timeline.rooms() {
            let packets = self.red_packets.listing(room, now).indexes().map(|index| {
                let packet = self.red_packets.get(room, index);
                (packet.created, totals(&packet.standing(now)))
            });
            sums.add_room(self.channel_id(room).to_string(), packets)?;
        }
        let mut truth = sums.finish();
        truth.defects = self.defects(now);
        Some(truth)
    }

    fn defects(&self, now: i64) -> Vec<Defect> {
        let defects = self.red_packets.defects().map(|(plant, packet)| {
            let mut defect = Defect::new(Self::NAME, plant.kind);
            defect.room = Some(self.channel_id(packet.room).to_string());
            defect.id = self.red_pack_id(packet.room, packet.index).to_string();
            defect.difference_fen = plant.kind.difference_fen(&packet.standing(now));
            defect
        });
        defects.collect()
    }
}

/// Totals of one red packet.
fn totals(standing: &Standing) -> Totals {
    Totals {
        red_packets: 1,
        claims: standing.claims.unsigned_abs(),
        issued_fen: standing.issued,
        claimed_fen: standing.claimed,
        left_fen: red_packets::balance(standing),
        ..Totals::default()
    }
}
