use live_rewards_core::{
    Claim, Gift, GiftPayment, PointsAccount, PointsEntry, Prize, PrizeActivity, RedPacket,
    RedPacketSummary, Room, Session, Timestamp,
};

/// A row that has the time by which its listing is narrowed.
pub(super) trait Timed {
    /// The time. Rows without one are never cut off.
    fn time(&self) -> Option<Timestamp> {
        None
    }
}

impl Timed for Room {}
/// Whether a vendor narrows sessions by their start or their end is not known.
impl Timed for Session {}
impl Timed for Claim {}
impl Timed for RedPacketSummary {}
impl Timed for Prize {}
impl Timed for PointsAccount {}

impl Timed for RedPacket {
    fn time(&self) -> Option<Timestamp> {
        Some(self.created_at)
    }
}

impl Timed for Gift {
    fn time(&self) -> Option<Timestamp> {
        Some(self.at)
    }
}

impl Timed for GiftPayment {
    fn time(&self) -> Option<Timestamp> {
        Some(self.at)
    }
}

impl Timed for PrizeActivity {
    fn time(&self) -> Option<Timestamp> {
        self.at
    }
}

impl Timed for PointsEntry {
    fn time(&self) -> Option<Timestamp> {
        Some(self.at)
    }
}
