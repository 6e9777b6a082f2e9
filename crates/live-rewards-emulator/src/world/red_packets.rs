//! The red packets of a vendor.

use std::ops::Range;

use crate::seed::{Draws, Purpose};
use crate::world::STILL;
use crate::world::crowd::Crowd;
use crate::world::defects::{self, Plant, Planted};
use crate::world::fate::Course;
use crate::world::listing::Listing;
use crate::world::plan::Plan;
use crate::world::red_packet::RedPacket;
use crate::world::schedule::Schedule;
use crate::world::timeline::Timeline;

/// What the red packets of one vendor have that others don't.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Customs {
    /// Fee on some of the packets, in thousandths of the amount that is divided.
    pub(crate) fee_permille: i64,
    /// Whether a few packets never open or go wrong.
    pub(crate) odd_states: bool,
    /// Whether one person's two equal claims in one second occur.
    pub(crate) double_claims: bool,
}

/// All red packets of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RedPackets {
    pub(crate) timeline: Timeline,
    pub(super) customs: Customs,
    pub(super) course: Course,
    pub(super) crowd: Crowd,
    pub(super) audience: i64,
    planted: &'static [Planted],
}

impl RedPackets {
    pub(crate) fn new(
        draws: Draws,
        plan: &Plan,
        start: i64,
        customs: Customs,
        defects: &'static [Planted],
    ) -> Self {
        Self {
            timeline: Timeline {
                draws,
                past: plan.past(start),
                sessions: plan.sessions,
                counts: plan.red_packets,
                pace: plan.paces.map(|paces| paces.red_packets),
            },
            customs,
            course: plan.course,
            crowd: plan.crowd,
            audience: plan.audience,
            planted: plan.planted(defects),
        }
    }

    /// Instants of a room's red packets.
    pub(crate) fn schedule(&self, room: i64) -> Schedule {
        self.timeline.schedule(room)
    }

    /// The red packets that a room has at `now`.
    pub(crate) fn listing(&self, room: i64, now: i64) -> Listing {
        self.listed(room, 0..self.schedule(room).count_until(now), now)
    }

    /// Those red packets of a range of indexes that a room has at `now`.
    pub(crate) fn listed(&self, room: i64, range: Range<i64>, now: i64) -> Listing {
        let is_over = now >= self.timeline.past.start + STILL;
        let gap = if is_over { defects::vanished(self.planted, room) } else { None };
        Listing::new(range, gap)
    }

    /// The red packet at an index of a listing.
    pub(crate) fn get(&self, room: i64, index: i64) -> RedPacket {
        let draws = self.timeline.draws.of(Purpose::RedPacket).at(room).at(index);
        let created = self.schedule(room).time(index);
        RedPacket::new(self, room, index, created, draws)
    }

    /// The defects that are planted, each with its red packet.
    pub(crate) fn defects(&self) -> impl Iterator<Item = (Plant, RedPacket)> {
        self.planted.iter().filter_map(|planted| {
            let plant = self.plant(planted.room, planted.index)?;
            Some((plant, self.get(planted.room, planted.index)))
        })
    }

    pub(super) fn plant(&self, room: i64, index: i64) -> Option<Plant> {
        defects::find(self.planted, room, index, self.timeline.past.start)
    }
}
