//! What YXT serves, summed up.

use std::collections::HashSet;

use crate::aside::Waiting;
use crate::people;
use crate::truth::{Defect, Sums, Totals, VendorTruth};
use crate::vendor::Vendor;
use crate::vendor::yxt::Yxt;
use crate::world::defects::Kind;

impl Yxt {
    /// What is quickly counted of what is served at an instant in Unix seconds.
    pub(crate) fn counts(&self, now: i64) -> [(i64, &'static str); 2] {
        let rooms = || self.gifts.timeline.rooms();
        [
            (
                rooms().map(|room| self.gifts.timeline.schedule(room).count_until(now)).sum(),
                "gifts",
            ),
            (rooms().map(|room| self.sessions.begun(room, now)).sum(), "sessions"),
        ]
    }

    /// Totals at an instant in Unix seconds; `None` if a sum is too large.
    pub(super) fn totals(&self, now: i64, waiting: &Waiting) -> Option<VendorTruth> {
        let mut sums = Sums::default();
        let mut attendees = HashSet::new();
        for room in self.gifts.timeline.rooms() {
            let count = self.gifts.timeline.schedule(room).count_until(now);
            if count > 0 {
                attendees.extend([people::REGULAR, people::host(room)]);
            }
            let gifts = (0..count).map(|index| {
                let gift = self.gifts.get(room, index);
                attendees.insert(gift.giver);
                let totals = Totals {
                    gifts: 1,
                    gift_points_charged: gift.charged,
                    gift_points_listed: gift.listed(),
                    ..Totals::default()
                };
                (gift.at, totals)
            });
            sums.add_room(self.room_id(room).to_string(), waiting.rows(gifts))?;
        }
        let mut truth = sums.finish();
        let rooms = self.gifts.timeline.rooms();
        truth.add_sessions(rooms.map(|room| self.sessions.begun(room, now)))?;
        truth.users = u64::try_from(attendees.len()).ok()?;
        truth.defects = self.defects();
        Some(truth)
    }

    fn defects(&self) -> Vec<Defect> {
        let defects = self.gifts.defects().map(|(planted, gift)| {
            let mut defect = Defect::new(Self::NAME, planted.kind);
            if planted.kind == Kind::PriceChanges {
                defect.id = self.gift_id(gift.item.number).to_string();
            } else {
                defect.room = Some(self.room_id(planted.room).to_string());
                defect.id = self.pid(planted.room, planted.index).to_string();
            }
            defect
        });
        defects.collect()
    }
}
