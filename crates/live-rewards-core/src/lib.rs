#![doc = include_str!("../README.md")]

mod capability;
mod cursor;
mod error;
mod ext;
mod forward;
mod model;
mod page;
mod query;
mod rewards;
mod vendor;

pub use capability::{Capabilities, ClaimSource, ListingCapability};
pub use cursor::{Cursor, ParseCursorError, Position};
pub use error::{Delivery, Error, ErrorKind, Result};
pub use ext::LiveRewardsExt;
pub use model::{
    Amount, Claim, ClaimKey, Gift, GiftItem, GiftItemId, GiftKey, GiftRecordId, Keyed, Money,
    OpenEnum, OrderId, ParseMoneyError, ParseTimestampError, Points, PointsAccount, RedPacket,
    RedPacketId, RedPacketKind, RedPacketState, Refund, RoomId, RoomKind, RoomRef, SessionId,
    Split, Timestamp, UserId, UserIdKind, UserRef, YuanReading, assign_ordinals,
};
pub use page::{Claims, Page, RejectedRow};
pub use query::{ClaimQuery, GiftQuery, GiftScope, PointsQuery, Query, RedPacketQuery};
pub use rewards::LiveRewards;
pub use vendor::{Operation, UnknownVendor, Vendor};
