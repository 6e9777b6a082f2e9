use std::fmt;

use live_rewards::{Amount, Claim, Gift, Money, Points, PointsAccount, RedPacket, Refund};

use crate::{failure::Failure, language::say};

/// Counts and sums of records: a room's or a vendor's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) red_packets: u64,
    pub(crate) claims: u64,
    pub(crate) issued: Money,
    pub(crate) claimed: Money,
    /// What went back, where the vendor says how much.
    pub(crate) refunded: Money,
    /// Issued less net, where the vendor says the net amount.
    pub(crate) fee: Money,
    pub(crate) left: Left,
    pub(crate) gifts: u64,
    /// As charged; `None` where no gift was charged in points.
    pub(crate) gift_points: Option<Points>,
    /// By list price.
    pub(crate) gift_points_listed: Points,
    pub(crate) points_accounts: u64,
    pub(crate) points: Points,
    /// Rows that could not be read.
    pub(crate) rejected: u64,
}

/// What has been neither claimed nor refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// The sum over all red packets.
    Known(Money),
    /// At least one red packet doesn't tell.
    Unknown,
}

impl Tally {
    /// Counts a red packet from which so much was claimed.
    pub(crate) fn red_packet(&mut self, packet: &RedPacket, claimed: Money) -> Result<(), Failure> {
        self.red_packets += 1;
        self.issued = sum(self.issued.checked_add(packet.issued))?;
        if let Some(net) = packet.net {
            let fee = sum(packet.issued.checked_sub(net))?;
            self.fee = sum(self.fee.checked_add(fee))?;
        }
        if let Refund::Done { amount: Some(amount), .. } = packet.refund {
            self.refunded = sum(self.refunded.checked_add(amount))?;
        }
        self.left = self.left.and(left(packet, claimed))?;
        Ok(())
    }

    /// Counts a claim.
    pub(crate) fn claim(&mut self, claim: &Claim) -> Result<(), Failure> {
        self.claims += 1;
        self.claimed = sum(self.claimed.checked_add(claim.amount))?;
        Ok(())
    }

    /// Counts a gift.
    pub(crate) fn gift(&mut self, gift: &Gift) -> Result<(), Failure> {
        self.gifts += 1;
        if let Some(points) = gift.charged.as_ref().and_then(Amount::points) {
            self.charged(points)?;
        }
        if let Some(points) = gift.list_value.as_ref().and_then(Amount::points) {
            self.gift_points_listed = sum(self.gift_points_listed.checked_add(points))?;
        }
        Ok(())
    }

    fn charged(&mut self, points: Points) -> Result<(), Failure> {
        self.gift_points = Some(sum(self.gift_points.unwrap_or_default().checked_add(points))?);
        Ok(())
    }

    /// Counts a points account.
    pub(crate) fn points_account(&mut self, account: &PointsAccount) -> Result<(), Failure> {
        self.points_accounts += 1;
        self.points = sum(self.points.checked_add(account.available))?;
        Ok(())
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn add(&mut self, other: &Self) -> Result<(), Failure> {
        self.red_packets += other.red_packets;
        self.claims += other.claims;
        self.issued = sum(self.issued.checked_add(other.issued))?;
        self.claimed = sum(self.claimed.checked_add(other.claimed))?;
        self.refunded = sum(self.refunded.checked_add(other.refunded))?;
        self.fee = sum(self.fee.checked_add(other.fee))?;
        self.left = self.left.and(other.left)?;
        self.gifts += other.gifts;
        if let Some(points) = other.gift_points {
            self.charged(points)?;
        }
        self.gift_points_listed =
            sum(self.gift_points_listed.checked_add(other.gift_points_listed))?;
        self.points_accounts += other.points_accounts;
        self.points = sum(self.points.checked_add(other.points))?;
        self.rejected += other.rejected;
        Ok(())
    }

    /// Whether nothing was counted, not even a row that could not be read.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Left {
    fn and(self, other: Self) -> Result<Self, Failure> {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => Ok(Self::Known(sum(one.checked_add(other))?)),
            _ => Ok(Self::Unknown),
        }
    }
}

impl Default for Left {
    fn default() -> Self {
        Self::Known(Money::ZERO)
    }
}

/// The amount, or a dash.
impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(left) => left.fmt(f),
            Self::Unknown => f.pad("–"),
        }
    }
}

/// What is left of a red packet: as the vendor says, or what remains of the net amount.
fn left(packet: &RedPacket, claimed: Money) -> Left {
    let refunded = match packet.refund {
        Refund::None => Some(Money::ZERO),
        Refund::Done { amount, .. } => amount,
        _ => None,
    };
    let computed = || packet.net?.checked_sub(claimed)?.checked_sub(refunded?);
    packet.remaining.or_else(computed).map_or(Left::Unknown, Left::Known)
}

fn sum<T>(sum: Option<T>) -> Result<T, Failure> {
    sum.ok_or_else(|| {
        Failure::general(say!(
            "a sum exceeds 64 bits; the vendor's figures can't be right",
            "合计超出 64 位整数；平台给的数字有误"
        ))
    })
}

#[cfg(test)]
mod tests {
    use live_rewards::{RoomKind, RoomRef, Timestamp};

    use super::*;

    fn packet(issued: i64) -> RedPacket {
        RedPacket::new(
            "p".into(),
            RoomRef::new("1", RoomKind::Live),
            Money::from_fen(issued),
            Timestamp::from_epoch_ms(0).unwrap(),
        )
    }

    fn tally(packet: &RedPacket, claimed: i64) -> Tally {
        let mut tally = Tally::default();
        tally.red_packet(packet, Money::from_fen(claimed)).unwrap();
        tally
    }

    #[test]
    fn fee_refund_and_rest_of_a_red_packet() {
        let mut packet = packet(100);
        packet.net = Some(Money::from_fen(98));
        packet.refund = Refund::Done { amount: Some(Money::from_fen(30)), at: None };
        let tally = tally(&packet, 60);
        assert_eq!(tally.fee, Money::from_fen(2));
        assert_eq!(tally.refunded, Money::from_fen(30));
        assert_eq!(tally.left, Left::Known(Money::from_fen(8)));
    }

    #[test]
    fn what_the_vendor_says_is_left_is_not_computed() {
        let mut packet = packet(100);
        packet.remaining = Some(Money::from_fen(7));
        assert_eq!(tally(&packet, 60).left, Left::Known(Money::from_fen(7)));
    }

    #[test]
    fn one_red_packet_that_does_not_tell_makes_the_rest_unknown() {
        let mut total = tally(&packet(100), 60);
        let mut told = packet(100);
        told.remaining = Some(Money::ZERO);
        total.add(&tally(&told, 100)).unwrap();
        assert_eq!((total.red_packets, total.left), (2, Left::Unknown));
        assert_eq!(total.left.to_string(), "–");
    }

    #[test]
    fn a_sum_beyond_64_bits_is_an_error() {
        let mut total = tally(&packet(i64::MAX), 0);
        assert!(total.add(&tally(&packet(1), 0)).is_err());
    }
}
