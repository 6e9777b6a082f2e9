//! The red packets of a vendor.

use std::ops::Range;

use crate::seed::Purpose;
use crate::truth::Totals;
use crate::world::red_packet::{RedPacket, State};
use crate::world::timeline::{Schedule, Timeline};

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
    pub(crate) customs: Customs,
}

impl RedPackets {
    /// Instants of a room's red packets.
    pub(crate) fn schedule(&self, room: i64) -> Schedule {
        self.timeline.schedule(room)
    }

    /// Indexes of the red packets that a room has at `now`.
    pub(crate) fn visible(&self, room: i64, now: i64) -> Range<i64> {
        0..self.schedule(room).count_until(now)
    }

    /// The red packet at an index of [`visible`](Self::visible).
    pub(crate) fn get(&self, room: i64, index: i64) -> RedPacket {
        let draws = self
            .timeline
            .draws
            .of(Purpose::RedPacket)
            .at(room)
            .at(index);
        let created = self.schedule(room).time(index);
        RedPacket::new(self, room, index, created, draws)
    }

    /// Totals of a room at `now`, given those of a single red packet in a state.
    pub(crate) fn totals(
        &self,
        room: i64,
        now: i64,
        of: impl Fn(&RedPacket, &State) -> Totals,
    ) -> Option<Totals> {
        self.visible(room, now)
            .map(|index| self.get(room, index))
            .try_fold(Totals::default(), |sum, packet| {
                sum.checked_add(of(&packet, &packet.state(now)))
            })
    }
}
