use std::fmt;

use live_rewards_core::{Money, RoomRef, Timestamp};
use rusqlite::{Row, types::Type};
use serde_json::Value;

use super::Direction;
use crate::{AccountId, sqlite::Columns};

/// Money that moved according to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Movement {
    /// What it is.
    pub kind: MovementKind,
    /// The account.
    pub account: AccountId,
    /// The natural key of its row as a JSON array, as in [`Change`](crate::Change).
    pub row_key: String,
    /// The room.
    pub room: Option<RoomRef>,
    /// The order that it belongs to.
    pub order: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Where it went.
    pub direction: Direction,
    /// How much.
    pub amount: Money,
}

/// What of the ledger is money at a bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MovementKind {
    /// A red packet that was issued: out, its order, when it was sent.
    RedPacket,
    /// The rest of a red packet that came back: in, the order of the packet. Only where the vendor says how much and when.
    Refund,
    /// A gift that was charged in money: in. Not if its payment is in the ledger.
    Gift,
    /// A payment for a gift: in, its order, when it was paid.
    GiftPayment,
    /// A prize in money: out, when it was won. Not if the vendor says that it wasn't handed out.
    Prize,
}

/// The payments for gifts of its room and time were not read: they would be the same money once more.
const UNPAID: &str = "NOT EXISTS (SELECT 1 FROM listings AS l
    WHERE l.account_id = gifts.account_id AND l.operation = 'gift_payments'
        AND l.scope = gifts.room_kind || ':' || gifts.room_id AND gifts.given_at < l.complete_until)";

impl MovementKind {
    /// All kinds.
    pub const ALL: &[Self] =
        &[Self::RedPacket, Self::Refund, Self::Gift, Self::GiftPayment, Self::Prize];

    /// Short name: `red_packet`, `refund`, `gift`, `gift_payment`, `prize`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RedPacket => "red_packet",
            Self::Refund => "refund",
            Self::Gift => "gift",
            Self::GiftPayment => "gift_payment",
            Self::Prize => "prize",
        }
    }

    /// The table of its rows.
    pub const fn table(self) -> &'static str {
        match self {
            Self::RedPacket | Self::Refund => "red_packets",
            Self::Gift => "gifts",
            Self::GiftPayment => "gift_payments",
            Self::Prize => "prizes",
        }
    }

    /// Key, order, time, amount, condition.
    const fn columns(self) -> [&'static str; 5] {
        match self {
            Self::RedPacket => ["red_packet_id", "order_id", "created_at", "issued_fen", "1"],
            Self::Refund => {
                ["red_packet_id", "order_id", "refunded_at", "refund_fen", "refund = 'done'"]
            }
            Self::Gift => ["gift_key", "NULL", "given_at", "charged_fen", UNPAID],
            Self::GiftPayment => ["order_id", "order_id", "paid_at", "amount_fen", "1"],
            Self::Prize => {
                ["prize_key", "NULL", "won_at", "value_fen", "COALESCE(state, 'issued') = 'issued'"]
            }
        }
    }

    const fn direction(self) -> Direction {
        match self {
            Self::RedPacket | Self::Prize => Direction::Out,
            Self::Refund | Self::Gift | Self::GiftPayment => Direction::In,
        }
    }

    /// The movements of the kind, with amounts and times.
    pub(super) fn select(self) -> String {
        let [key, order, at, fen, condition] = self.columns();
        format!(
            "SELECT account_id, '{self}' AS kind, {key} AS row_key, room_kind, room_id,
                 NULLIF({order}, '') AS order_id, {at} AS at, {sign} AS direction, {fen} AS fen
             FROM {table} WHERE {fen} > 0 AND {at} IS NOT NULL AND {condition}",
            sign = self.direction().sign(),
            table = self.table(),
        )
    }
}

impl fmt::Display for MovementKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The columns of a movement `m`, as [`Movement::read`] takes them.
pub(super) const MOVEMENT: &str =
    "m.kind, m.account_id, m.row_key, m.room_kind, m.room_id, m.order_id, m.at, m.direction, m.fen";

impl Movement {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind: String = row.get(0)?;
        let kind = MovementKind::ALL.iter().find(|known| known.as_str() == kind).copied();
        let key: String = row.get(2)?;
        let room_kind: Option<String> = row.get(3)?;
        let room_id: Option<String> = row.get(4)?;
        let room_kind = room_kind.and_then(|kind| kind.parse().ok());
        Ok(Self {
            kind: kind.ok_or_else(|| {
                rusqlite::Error::InvalidColumnType(0, "kind".to_owned(), Type::Text)
            })?,
            account: AccountId(row.get(1)?),
            row_key: Value::from(vec![key]).to_string(),
            room: room_kind.zip(room_id).map(|(kind, id)| RoomRef::new(id, kind)),
            order: row.get(5)?,
            at: row.time(6)?,
            direction: Direction::of_sign(row.get(7)?),
            amount: Money::from_fen(row.get(8)?),
        })
    }
}
