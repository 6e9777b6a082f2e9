use crate::{
    Amount, GiftItemId, GiftRecordId, Keyed, Points, RoomId, RoomRef, SessionId, Timestamp, UserId,
    UserRef,
};

/// A gift (礼物) that a viewer gave in a live room.
///
/// List value and charged value stand side by side as reported or computed; neither corrects the other. A
/// [`GiftPayment`](crate::GiftPayment) is the same money once more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gift {
    /// The vendor's id of the record.
    pub record_id: Option<GiftRecordId>,
    /// The room; from the query where rows carry none.
    pub room: Option<RoomRef>,
    /// The session.
    pub session: Option<SessionId>,
    /// Who gave.
    pub giver: UserRef,
    /// Who received.
    pub receivers: Vec<UserRef>,
    /// What was given.
    pub item: GiftItem,
    /// How many.
    pub quantity: Option<u64>,
    /// List price of one.
    pub unit_price: Option<Amount>,
    /// Unit price × quantity. `None` where either is unknown or the product exceeds 64 bits.
    pub list_value: Option<Amount>,
    /// What was charged, as the vendor reports it (YXT `totalPoint`, Polyv's donations).
    pub charged: Option<Amount>,
    /// Points of the product line that were used (YXT `prdPoint`).
    pub line_points: Option<Points>,
    /// When.
    pub at: Timestamp,
    /// Number among gifts without record id that are equal in what identifies them, on one page, from 0.
    pub ordinal: u32,
}

/// A kind of gift.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct GiftItem {
    /// Id in the vendor's catalogue.
    pub id: Option<GiftItemId>,
    /// Name, as 火箭.
    pub name: Option<String>,
}

impl GiftItem {
    /// A kind of gift; an empty name is none.
    pub fn new(id: Option<GiftItemId>, name: Option<String>) -> Self {
        Self { id, name: name.filter(|name| !name.is_empty()) }
    }
}

impl Gift {
    /// A gift of which nothing else is known.
    pub const fn new(giver: UserRef, item: GiftItem, at: Timestamp) -> Self {
        Self {
            record_id: None,
            room: None,
            session: None,
            giver,
            receivers: Vec::new(),
            item,
            quantity: None,
            unit_price: None,
            list_value: None,
            charged: None,
            line_points: None,
            at,
            ordinal: 0,
        }
    }
}

/// What makes a gift the same gift.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GiftKey {
    /// The vendor numbers its records within a session.
    Record {
        /// The session.
        session: Option<SessionId>,
        /// The record.
        record: GiftRecordId,
    },
    /// The vendor gives no id.
    Facts {
        /// The room.
        room: Option<RoomId>,
        /// The session.
        session: Option<SessionId>,
        /// Who gave.
        giver: UserId,
        /// When.
        at: Timestamp,
        /// Unit of the charged amount.
        unit: Option<&'static str>,
        /// Name of the gift.
        item: Option<String>,
        /// The charged amount.
        charged: Option<String>,
        /// Number among gifts that are equal in all of these.
        ordinal: u32,
    },
}

impl Keyed for Gift {
    type Key = GiftKey;

    fn key(&self) -> Self::Key {
        match &self.record_id {
            Some(record) => {
                GiftKey::Record { session: self.session.clone(), record: record.clone() }
            }
            None => GiftKey::Facts {
                room: self.room.as_ref().map(|room| room.id.clone()),
                session: self.session.clone(),
                giver: self.giver.id.clone(),
                at: self.at,
                unit: self.charged.as_ref().map(Amount::unit),
                item: self.item.name.clone(),
                charged: self.charged.as_ref().map(ToString::to_string),
                ordinal: self.ordinal,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_name_of_a_gift_is_none() {
        assert_eq!(GiftItem::new(None, Some(String::new())).name, None);
        assert_eq!(GiftItem::new(None, Some("火箭".to_owned())).name.as_deref(), Some("火箭"));
    }
}
