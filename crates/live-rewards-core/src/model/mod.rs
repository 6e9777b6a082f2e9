mod amount;
mod claim;
mod decimal;
mod gift;
mod gift_payment;
mod ids;
mod key;
mod money;
mod month;
mod open_enum;
mod points;
mod points_account;
mod points_entry;
mod prize;
mod prize_activity;
mod red_packet;
mod red_packet_summary;
mod room;
mod session;
mod timestamp;
mod user;

pub use amount::Amount;
pub use claim::{Claim, ClaimKey};
pub use gift::{Gift, GiftItem, GiftKey};
pub use gift_payment::{GiftPayment, GiftPaymentKind};
pub use ids::{
    GiftItemId, GiftRecordId, OrderId, PointsEntryId, PrizeActivityId, PrizeRecordId, RedPacketId,
    RoomId, SessionId, UserId,
};
pub use key::{Keyed, assign_ordinals};
pub use money::{Money, ParseMoneyError, YuanReading};
pub use month::{Month, ParseMonthError};
pub use open_enum::OpenEnum;
pub use points::Points;
pub use points_account::PointsAccount;
pub use points_entry::{PointsEntry, PointsEntryKey, PointsEntryKind};
pub use prize::{Prize, PrizeKey, PrizeState};
pub use prize_activity::{ParsePrizeKindError, PrizeActivity, PrizeActivityKey, PrizeKind};
pub use red_packet::{RedPacket, RedPacketKind, RedPacketState, Refund, Split};
pub use red_packet_summary::RedPacketSummary;
pub use room::{ParseRoomKindError, Room, RoomKind, RoomRef};
pub use session::{Session, SessionKey};
pub use timestamp::{ParseTimestampError, Timestamp};
pub use user::{User, UserIdKind, UserKey, UserRef};
