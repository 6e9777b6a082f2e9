//! What was read, summed up.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::Offset;
use live_rewards_emulator::{Emulator, Flow, Totals, VendorTruth};

use crate::reading::{
    Donation, Gift, Income, Packet, Prizes, polyv_donations, polyv_income, polyv_prizes,
};

/// Sums of red packets by room, and by the day in Beijing.
pub(crate) fn packet_sums(packets: &[Packet]) -> Sums {
    sums(packets.iter().map(|packet| {
        let mut totals = Totals::default();
        let claimed: i64 = packet.claims.iter().map(|claim| claim.amount).sum();
        totals.red_packets = 1;
        totals.claims = packet.claims.len() as u64;
        totals.issued_fen = packet.issued;
        totals.claimed_fen = claimed;
        totals.refunded_fen = packet.refunded;
        totals.fee_fen = packet.issued - packet.net;
        totals.left_fen = if packet.shares == 0 {
            packet.balance
        } else {
            packet.net - claimed - packet.refunded
        };
        (packet.room.clone(), packet.created, totals)
    }))
}

/// What went into red packets and out of them by the day in Beijing on which it happened.
pub(crate) fn flow_sums(packets: &[Packet]) -> BTreeMap<String, Flow> {
    let mut days: BTreeMap<String, Flow> = BTreeMap::new();
    for packet in packets {
        let issued = days.entry(day(packet.created)).or_default();
        issued.issued_fen += packet.issued;
        issued.fee_fen += packet.issued - packet.net;
        for claim in &packet.claims {
            days.entry(day(claim.at)).or_default().claimed_fen += claim.amount;
        }
        if let Some(at) = packet.refunded_at {
            days.entry(day(at)).or_default().refunded_fen += packet.refunded;
        }
    }
    days
}

/// Sums of gifts by room, and by the day in Beijing.
pub(crate) fn gift_sums(gifts: &[Gift]) -> Sums {
    sums(gifts.iter().map(|gift| {
        let mut totals = Totals::default();
        totals.gifts = 1;
        totals.gift_points_charged = gift.charged;
        totals.gift_points_listed = gift.listed;
        (gift.room.clone(), gift.at, totals)
    }))
}

/// Sums of everything that Polyv serves by room, and by the day in Beijing.
pub(crate) async fn polyv_sums(emulator: &Emulator, packets: &[Packet]) -> Sums {
    packet_sums(packets)
        .and(donation_sums(&polyv_donations(emulator).await))
        .and(income_sums(&polyv_income(emulator).await))
        .and(prize_sums(&polyv_prizes(emulator).await))
}

fn donation_sums(donations: &[Donation]) -> Sums {
    sums(donations.iter().map(|donation| {
        let mut totals = Totals::default();
        totals.gifts = 1;
        totals.donations_cash_fen = donation.fen.unwrap_or(0);
        totals.donations_unstated = u64::from(donation.fen.is_none());
        (donation.room.clone(), donation.at_ms / 1000, totals)
    }))
}

fn income_sums(income: &[Income]) -> Sums {
    sums(income.iter().map(|paid| {
        let mut totals = Totals::default();
        totals.income = 1;
        totals.income_fen = paid.fen;
        (paid.room.clone(), paid.at_ms / 1000, totals)
    }))
}

fn prize_sums(prizes: &[Prizes]) -> Sums {
    sums(prizes.iter().map(|won| {
        let mut totals = Totals::default();
        totals.prizes = won.count;
        totals.prize_cash_fen = won.cash_fen;
        (won.room.clone(), won.at, totals)
    }))
}

/// Totals by room and by day.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    rooms: BTreeMap<String, Totals>,
    days: BTreeMap<String, Totals>,
}

impl Sums {
    /// The sums of these rows and others.
    pub(crate) fn and(mut self, others: Self) -> Self {
        for (own, others) in [(&mut self.rooms, others.rooms), (&mut self.days, others.days)] {
            for (key, totals) in others {
                let sum = own.entry(key).or_default();
                *sum = sum.checked_add(totals).unwrap();
            }
        }
        self
    }

    /// The sums that an emulator tells of a vendor, but for rooms without rows.
    pub(crate) fn told(truth: &VendorTruth) -> Self {
        let rooms = truth.rooms.iter().map(|room| (room.room.clone(), room.totals));
        let rooms = rooms.filter(|(_, totals)| *totals != Totals::default());
        Self { rooms: rooms.collect(), days: truth.days.clone() }
    }
}

fn sums(rows: impl Iterator<Item = (String, i64, Totals)>) -> Sums {
    let mut sums = Sums::default();
    for (room, at, totals) in rows {
        for sum in [sums.rooms.entry(room).or_default(), sums.days.entry(day(at)).or_default()] {
            *sum = sum.checked_add(totals).unwrap();
        }
    }
    sums
}

fn day(at: i64) -> String {
    let time = Offset::constant(8).to_datetime(Timestamp::from_second(at).unwrap());
    time.date().to_string()
}
