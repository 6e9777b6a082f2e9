use super::open_enum::open_enum;
use crate::{Keyed, Money, OrderId, RoomRef, Timestamp, UserRef};

/// A payment (打赏收入) for a gift, as the vendor's list of income has it.
///
/// It is the money of a [`Gift`](crate::Gift) once more, this time with an order number: match the two, never add them. No vendor names
/// the gift in the payment, nor the order in the gift. What they have in common are room, time, nickname and amount; that these are equal
/// in both is inferred, not published. Gifts for points have no payment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GiftPayment {
    /// The order that was paid.
    pub order: OrderId,
    /// The room.
    pub room: RoomRef,
    /// What was paid for.
    pub kind: Option<GiftPaymentKind>,
    /// Who paid, where the vendor gives an id. It may be of another kind than the giver's in the gift.
    pub payer: Option<UserRef>,
    /// What the payer is called, also where there is no id.
    pub payer_name: Option<String>,
    /// How many gifts.
    pub quantity: Option<u64>,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
}

impl GiftPayment {
    /// A payment of which nothing else is known.
    pub const fn new(order: OrderId, room: RoomRef, amount: Money, at: Timestamp) -> Self {
        Self { order, room, kind: None, payer: None, payer_name: None, quantity: None, amount, at }
    }
}

open_enum! {
    /// What was paid for.
    pub enum GiftPaymentKind {
        /// 道具打赏: gifts of the room's catalogue.
        Gift = "gift",
        /// 现金打赏: a gift of cash.
        Cash = "cash",
    }
}

impl Keyed for GiftPayment {
    type Key = OrderId;

    fn key(&self) -> Self::Key {
        self.order.clone()
    }
}
