use std::cmp::Reverse;

use live_rewards_core::{Money, RoomRef};

use super::{Day, PacketFigures, PacketSums, packet_figures::OfRoom};
use crate::{AccountId, Ledger, LedgerError, Selection};

/// What became of the red packets of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoomSums {
    /// The account.
    pub account: AccountId,
    /// The room.
    pub room: RoomRef,
    /// Its title: as a user said, or its name at the vendor.
    pub title: Option<String>,
    /// Its red packets.
    pub packets: PacketSums,
}

/// A room on a day on which red packets were sent in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoomDay {
    /// The account.
    pub account: AccountId,
    /// The room.
    pub room: RoomRef,
    /// Its title: as a user said, or its name at the vendor.
    pub title: Option<String>,
    /// The day.
    pub day: Day,
    /// What was issued.
    pub issued: Money,
    /// What nothing accounts for, of those red packets.
    pub difference: Money,
}

impl PacketFigures {
    /// By room, the one with the most issued first; so many at most.
    pub fn by_room(&self, most: usize) -> Result<Vec<RoomSums>, LedgerError> {
        let rooms = self.rooms.iter().map(RoomSums::of);
        let mut rooms = rooms.collect::<Result<Vec<_>, _>>()?;
        // Those that are equal stay in their order.
        rooms.sort_by_key(|room| Reverse(room.packets.issued));
        rooms.truncate(most);
        Ok(rooms)
    }

    /// The rooms of which money is unaccounted for, too much or too little, the one with the most first; so many at most. What is
    /// missing in one red packet and too much in another adds up here.
    pub fn by_difference(&self, most: usize) -> Result<Vec<RoomSums>, LedgerError> {
        let mut rooms: Vec<&OfRoom> =
            self.rooms.iter().filter(|room| room.differences != Money::ZERO).collect();
        rooms.sort_by_key(|room| Reverse(room.differences));
        rooms.into_iter().take(most).map(RoomSums::of).collect()
    }

    /// The days of some rooms, in the order of those.
    pub fn room_days(&self, rooms: &[(AccountId, RoomRef)]) -> Vec<RoomDay> {
        let found = rooms.iter().filter_map(|(account, room)| {
            self.rooms.iter().find(|of| of.account == *account && of.room == *room)
        });
        found.flat_map(OfRoom::shown_by_day).collect()
    }
}

impl Ledger {
    /// What became of red packets, by room, the one with the most issued first; so many at most.
    pub fn packet_sums_by_room(
        &self,
        selection: &Selection,
        most: usize,
    ) -> Result<Vec<RoomSums>, LedgerError> {
        self.packet_figures(selection)?.by_room(most)
    }

    /// The rooms of which money is unaccounted for, as [`PacketFigures::by_difference`] has them.
    pub fn rooms_by_difference(
        &self,
        selection: &Selection,
        most: usize,
    ) -> Result<Vec<RoomSums>, LedgerError> {
        self.packet_figures(selection)?.by_difference(most)
    }

    /// The days of some rooms, in the order of those.
    pub fn room_days(
        &self,
        selection: &Selection,
        rooms: &[(AccountId, RoomRef)],
    ) -> Result<Vec<RoomDay>, LedgerError> {
        Ok(self.packet_figures(selection)?.room_days(rooms))
    }
}

impl RoomSums {
    fn of(room: &OfRoom) -> Result<Self, LedgerError> {
        Ok(Self {
            account: room.account,
            room: room.room.clone(),
            title: room.title.clone(),
            packets: room.total()?,
        })
    }
}

impl OfRoom {
    fn shown_by_day(&self) -> impl Iterator<Item = RoomDay> {
        self.days.iter().map(|(day, sums)| RoomDay {
            account: self.account,
            room: self.room.clone(),
            title: self.title.clone(),
            day: *day,
            issued: sums.issued,
            difference: sums.difference,
        })
    }
}
