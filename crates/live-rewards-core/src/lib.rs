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

pub use capability::{
    Capabilities, ClaimSource, ListingCapability, PrizeCapability, SessionCapability,
    UserCapability,
};
pub use cursor::{Cursor, ParseCursorError, Position};
pub use error::{Delivery, Error, ErrorKind, Result};
pub use ext::{EachUser, LiveRewardsExt, Names, NamesUsers};
pub use model::{
    Amount, Claim, ClaimKey, Gift, GiftItem, GiftItemId, GiftKey, GiftPayment, GiftPaymentKind,
    GiftRecordId, Keyed, Money, Month, OpenEnum, OrderId, ParseMoneyError, ParseMonthError,
    ParsePrizeKindError, ParseRoomKindError, ParseTimestampError, Points, PointsAccount,
    PointsEntry, PointsEntryId, PointsEntryKey, PointsEntryKind, Prize, PrizeActivity,
    PrizeActivityId, PrizeActivityKey, PrizeKey, PrizeKind, PrizeRecordId, PrizeState, RedPacket,
    RedPacketId, RedPacketKind, RedPacketState, RedPacketSummary, Refund, Room, RoomId, RoomKind,
    RoomRef, Session, SessionId, SessionKey, Split, Timestamp, User, UserId, UserIdKind, UserKey,
    UserRef, YuanReading, assign_ordinals,
};
pub use page::{Claims, Page, RejectedRow};
pub use query::{
    ClaimQuery, GiftPaymentQuery, GiftQuery, GiftScope, PointsEntryQuery, PointsQuery,
    PrizeActivityQuery, PrizeQuery, Query, RedPacketQuery, RoomQuery, SessionQuery, UserQuery,
    UserScope,
};
pub use rewards::LiveRewards;
pub use vendor::{Operation, UnknownVendor, Vendor};
