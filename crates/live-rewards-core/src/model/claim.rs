use crate::{Keyed, Money, OrderId, RedPacketId, RoomRef, SessionId, Timestamp, UserId, UserRef};

/// A claim (领取): one user's share of a red packet. No vendor gives it an id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The red packet it was taken from.
    pub red_packet: RedPacketId,
    /// The room of the red packet.
    pub room: RoomRef,
    /// The session of the red packet.
    pub session: Option<SessionId>,
    /// Who claimed.
    pub user: UserRef,
    /// How much.
    pub amount: Money,
    /// Whether the vendor marks it as the luckiest share (最佳手气).
    pub best_luck: Option<bool>,
    /// When.
    pub claimed_at: Timestamp,
    /// The order that paid for the red packet.
    pub order: Option<OrderId>,
    /// Number among claims of the same packet, user and instant on one page, from 0.
    pub ordinal: u32,
}

impl Claim {
    /// A claim of which nothing else is known.
    pub const fn new(
        red_packet: RedPacketId,
        room: RoomRef,
        user: UserRef,
        amount: Money,
        claimed_at: Timestamp,
    ) -> Self {
        Self {
            red_packet,
            room,
            session: None,
            user,
            amount,
            best_luck: None,
            claimed_at,
            order: None,
            ordinal: 0,
        }
    }
}

/// What makes a claim the same claim: never its amount, so that a changed amount is seen as a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ClaimKey {
    /// The red packet.
    pub red_packet: RedPacketId,
    /// Who claimed.
    pub user: UserId,
    /// When.
    pub claimed_at: Timestamp,
    /// Number among claims that are equal in the three.
    pub ordinal: u32,
}

impl Keyed for Claim {
    type Key = ClaimKey;

    fn key(&self) -> Self::Key {
        ClaimKey {
            red_packet: self.red_packet.clone(),
            user: self.user.id.clone(),
            claimed_at: self.claimed_at,
            ordinal: self.ordinal,
        }
    }
}
