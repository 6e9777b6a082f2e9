use std::collections::BTreeMap;

use super::{Day, PacketFigures, PacketSums};
use crate::{Ledger, LedgerError, Selection};

/// What became of the red packets that were sent on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DaySums {
    /// The day.
    pub day: Day,
    /// Its red packets.
    pub sums: PacketSums,
}

impl PacketFigures {
    /// By day. A day without red packets isn't there.
    pub fn by_day(&self) -> Result<Vec<DaySums>, LedgerError> {
        let mut days: BTreeMap<Day, PacketSums> = BTreeMap::new();
        for (day, sums) in self.rooms.iter().flat_map(|room| &room.days) {
            days.entry(*day).or_default().add(*sums)?;
        }
        Ok(days.into_iter().map(|(day, sums)| DaySums { day, sums }).collect())
    }
}

impl Ledger {
    /// What became of red packets, by the day they were sent.
    pub fn packet_sums_by_day(&self, selection: &Selection) -> Result<Vec<DaySums>, LedgerError> {
        self.packet_figures(selection)?.by_day()
    }
}
