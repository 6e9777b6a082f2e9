use live_rewards_core::{Money, Timestamp};

use super::PacketFigures;
use crate::{Ledger, LedgerError, Selection};

/// Red packets of an age of `[from_hours, to_hours)` that have money open: neither claimed nor refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ageing {
    /// From so many hours on.
    pub from_hours: u32,
    /// Below so many hours; nothing for the oldest.
    pub to_hours: Option<u32>,
    /// How many there are.
    pub packets: u64,
    /// What is open of them.
    pub money: Money,
}

/// Where ages begin.
const HOURS: [u32; 4] = [0, 24, 72, 168];

const HOUR_MS: i64 = 3_600_000;

impl PacketFigures {
    /// How old red packets with money open are at an instant: always four ages, the youngest first. Their money is
    /// [`PacketSums::open`](crate::PacketSums::open) of all. What was sent after the instant is of the youngest.
    pub fn refund_ageing(&self, as_of: Timestamp) -> Result<Vec<Ageing>, LedgerError> {
        let ends = HOURS.iter().skip(1).copied().map(Some).chain([None]);
        let mut ages: Vec<Ageing> = HOURS
            .into_iter()
            .zip(ends)
            .map(|(from_hours, to_hours)| {
                let money = Money::ZERO;
                Ageing { from_hours, to_hours, packets: 0, money }
            })
            .collect();
        for (sent_at, open) in &self.open {
            let hours = (as_of.epoch_ms() - sent_at.epoch_ms()).div_euclid(HOUR_MS);
            let place = HOURS.iter().rposition(|from| hours >= i64::from(*from)).unwrap_or(0);
            if let Some(age) = ages.get_mut(place) {
                age.packets += 1;
                age.money = age.money.checked_add(*open).ok_or(LedgerError::Overflow)?;
            }
        }
        Ok(ages)
    }
}

impl Ledger {
    /// How old red packets with money open are at an instant, as [`PacketFigures::refund_ageing`] has them.
    pub fn refund_ageing(
        &self,
        selection: &Selection,
        as_of: Timestamp,
    ) -> Result<Vec<Ageing>, LedgerError> {
        self.packet_figures(selection)?.refund_ageing(as_of)
    }
}
