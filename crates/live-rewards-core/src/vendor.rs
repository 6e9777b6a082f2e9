use std::{fmt, str::FromStr};

/// A platform whose rewards can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Vendor {
    /// 小鹅通 (Xiaoe-tech).
    Xiaoe,
    /// 保利威 (Polyv).
    Polyv,
    /// 云学堂 (YXT).
    Yxt,
}

impl Vendor {
    /// All vendors, in the order in which they are shown.
    pub const ALL: &'static [Self] = &[Self::Xiaoe, Self::Polyv, Self::Yxt];

    /// Short lower-case name: `xiaoe`, `polyv`, `yxt`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xiaoe => "xiaoe",
            Self::Polyv => "polyv",
            Self::Yxt => "yxt",
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Vendor {
    type Err = UnknownVendor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|vendor| vendor.as_str() == text)
            .ok_or_else(|| UnknownVendor(text.to_owned()))
    }
}

/// A name that is no vendor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownVendor(String);

impl fmt::Display for UnknownVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown vendor {:?}; known are xiaoe, polyv and yxt", self.0)
    }
}

impl std::error::Error for UnknownVendor {}

/// One reading operation of [`LiveRewards`](crate::LiveRewards).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Rooms of the account.
    Rooms,
    /// Sessions of a room.
    Sessions,
    /// Red packets of a room.
    RedPackets,
    /// Claims of a red packet.
    Claims,
    /// The vendor's own sums of a room's red packets.
    RedPacketSummary,
    /// Gifts of a room or session.
    Gifts,
    /// Payments for gifts in a room.
    GiftPayments,
    /// What prizes are won in, in a room.
    PrizeActivities,
    /// Prizes that were won in an activity.
    Prizes,
    /// Points accounts of users.
    PointsAccounts,
    /// The points log.
    PointsEntries,
    /// Users of the account, a room or a session.
    Users,
}

impl Operation {
    /// All operations.
    pub const ALL: &'static [Self] = &[
        Self::Rooms,
        Self::Sessions,
        Self::RedPackets,
        Self::Claims,
        Self::RedPacketSummary,
        Self::Gifts,
        Self::GiftPayments,
        Self::PrizeActivities,
        Self::Prizes,
        Self::PointsAccounts,
        Self::PointsEntries,
        Self::Users,
    ];

    /// Name in cursors and messages, as `red_packets`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rooms => "rooms",
            Self::Sessions => "sessions",
            Self::RedPackets => "red_packets",
            Self::Claims => "claims",
            Self::RedPacketSummary => "red_packet_summary",
            Self::Gifts => "gifts",
            Self::GiftPayments => "gift_payments",
            Self::PrizeActivities => "prize_activities",
            Self::Prizes => "prizes",
            Self::PointsAccounts => "points_accounts",
            Self::PointsEntries => "points_entries",
            Self::Users => "users",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.as_str() == text)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
