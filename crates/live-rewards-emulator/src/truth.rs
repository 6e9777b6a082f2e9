//! Exact totals of what is served.

use serde::Serialize;

/// Totals of everything that the emulator serves at one instant.
///
/// A client that has read every page must come to the same sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Truth {
    /// Xiaoe-tech: red packets and points accounts.
    pub xiaoe: VendorTruth,
    /// Polyv: red packets.
    pub polyv: VendorTruth,
    /// YXT: gifts.
    pub yxt: VendorTruth,
}

/// Totals of one vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VendorTruth {
    /// Totals of each room, in the order of the ready line.
    pub rooms: Vec<RoomTruth>,
    /// Totals of all rooms.
    pub total: Totals,
    /// Points accounts.
    pub points_accounts: u64,
    /// Points that can be spent, over all accounts.
    pub points_available: i64,
}

impl VendorTruth {
    /// Adds up the rooms; `None` if a sum leaves the range of its type.
    pub(crate) fn of_rooms(rooms: Vec<RoomTruth>) -> Option<Self> {
        let total = rooms
            .iter()
            .try_fold(Totals::default(), |sum, room| sum.checked_add(room.totals))?;
        Some(Self {
            rooms,
            total,
            points_accounts: 0,
            points_available: 0,
        })
    }
}

/// Totals of one room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoomTruth {
    /// Id of the room as the ready line gives it.
    pub room: String,
    /// Its totals.
    pub totals: Totals,
}

/// Counts and sums. Money is in fen.
///
/// For every red packet and every sum of them, `issued_fen` is the sum of `claimed_fen`, `left_fen`,
/// `refunded_fen` and `fee_fen`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// Red packets.
    pub red_packets: u64,
    /// Claims in them.
    pub claims: u64,
    /// Gifts.
    pub gifts: u64,
    /// Paid in by the senders: Xiaoe `money`, Polyv `amount`.
    pub issued_fen: i64,
    /// Sum of the claims.
    pub claimed_fen: i64,
    /// Not claimed and not reported as refunded. Polyv: `balance`, which stays when the state says
    /// refunded. Xiaoe: `after_deduction_money` − claims − `refund_money`.
    pub left_fen: i64,
    /// Xiaoe `refund_money`. Polyv reports no amount.
    pub refunded_fen: i64,
    /// Xiaoe: `money` − `after_deduction_money`.
    pub fee_fen: i64,
    /// Points as the gift rows charge them: `totalPoint`.
    pub gift_points_charged: i64,
    /// Points by list price: `unitPoint` × `quantity`.
    pub gift_points_listed: i64,
}

impl Totals {
    /// Sum of the two, field by field; `None` if one leaves the range of its type.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            red_packets: self.red_packets.checked_add(other.red_packets)?,
            claims: self.claims.checked_add(other.claims)?,
            gifts: self.gifts.checked_add(other.gifts)?,
            issued_fen: self.issued_fen.checked_add(other.issued_fen)?,
            claimed_fen: self.claimed_fen.checked_add(other.claimed_fen)?,
            left_fen: self.left_fen.checked_add(other.left_fen)?,
            refunded_fen: self.refunded_fen.checked_add(other.refunded_fen)?,
            fee_fen: self.fee_fen.checked_add(other.fee_fen)?,
            gift_points_charged: self
                .gift_points_charged
                .checked_add(other.gift_points_charged)?,
            gift_points_listed: self
                .gift_points_listed
                .checked_add(other.gift_points_listed)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_checked() {
        let one = Totals {
            red_packets: 1,
            issued_fen: 5,
            ..Totals::default()
        };
        let two = one.checked_add(one).unwrap();
        assert_eq!((two.red_packets, two.issued_fen), (2, 10));
        let full = Totals {
            fee_fen: i64::MAX,
            ..Totals::default()
        };
        assert_eq!(full.checked_add(full), None);
    }
}
