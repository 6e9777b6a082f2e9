use live_rewards::{Amount, Claim, Gift, Money, Points, PointsAccount, RedPacket, Refund};

use crate::failure::Failure;

/// Counts and sums of one vendor's records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) red_packets: u64,
    pub(crate) claims: u64,
    pub(crate) issued: Money,
    pub(crate) claimed: Money,
    pub(crate) left: Left,
    pub(crate) gifts: u64,
    pub(crate) gift_points: Points,
    pub(crate) points_accounts: u64,
    pub(crate) points: Points,
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

impl Default for Left {
    fn default() -> Self {
        Self::Known(Money::ZERO)
    }
}

impl Tally {
    /// Counts a red packet from which so much was claimed.
    pub(crate) fn red_packet(&mut self, packet: &RedPacket, claimed: Money) -> Result<(), Failure> {
        self.red_packets += 1;
        self.issued = sum(self.issued.checked_add(packet.issued))?;
        self.left = match (self.left, left(packet, claimed)) {
            (Left::Known(sum_so_far), Some(left)) => {
                Left::Known(sum(sum_so_far.checked_add(left))?)
            }
            _ => Left::Unknown,
        };
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
            self.gift_points = sum(self.gift_points.checked_add(points))?;
        }
        Ok(())
    }

    /// Counts a points account.
    pub(crate) fn points_account(&mut self, account: &PointsAccount) -> Result<(), Failure> {
        self.points_accounts += 1;
        self.points = sum(self.points.checked_add(account.available))?;
        Ok(())
    }
}

/// What is left of a red packet: as the vendor says, or what remains of the net amount.
fn left(packet: &RedPacket, claimed: Money) -> Option<Money> {
    if packet.remaining.is_some() {
        return packet.remaining;
    }
    let refunded = match packet.refund {
        Refund::None => Money::ZERO,
        Refund::Done { amount, .. } => amount?,
        _ => return None,
    };
    packet.net?.checked_sub(claimed)?.checked_sub(refunded)
}

fn sum<T>(sum: Option<T>) -> Result<T, Failure> {
    sum.ok_or_else(|| {
        Failure::general("a sum exceeds 64 bits; the vendor's figures can't be right")
    })
}
