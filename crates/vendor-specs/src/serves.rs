use serde::Deserialize;

/// The neutral operation that an endpoint serves, and what it can do there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in a spec")]
pub struct Serves {
    /// The operation.
    pub operation: Operation,
    /// How red packets come by their claims.
    pub claims: Option<ClaimsHow>,
    /// Can be asked for one session.
    #[serde(default)]
    pub by_session: bool,
    /// Can be asked for a span of time.
    #[serde(default)]
    pub by_time: bool,
    /// Has to be asked for a span of time.
    #[serde(default)]
    pub needs_time: bool,
    /// The longest span of time.
    pub longest_days: Option<u16>,
    /// Can be asked for one user.
    #[serde(default)]
    pub by_user: bool,
    /// Can be asked for several users at once.
    #[serde(default)]
    pub by_users: bool,
    /// Can be asked for one kind.
    #[serde(default)]
    pub by_kind: bool,
    /// What a listing is of, where an operation has several.
    pub by: Option<By>,
    /// Whether the total that pages tell is one of the rows that are served.
    #[serde(default = "counted")]
    pub total: bool,
}

fn counted() -> bool {
    true
}

/// What a listing is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A room.
    Room,
    /// A room, or a session.
    RoomOrSession,
    /// Ids that are given.
    Ids,
    /// Everything of the account.
    All,
    /// An activity.
    Activity,
}

/// An operation that is the same at every vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Rooms of the account.
    Rooms,
    /// Sessions of a room or of the account.
    Sessions,
    /// Red packets of a room.
    RedPackets,
    /// Sums of a room's red packets.
    RedPacketSummary,
    /// Claims from a red packet.
    Claims,
    /// Gifts given in a room.
    Gifts,
    /// Payments for gifts in a room.
    GiftPayments,
    /// Lotteries and the like of a room.
    PrizeActivities,
    /// Prizes that users won in an activity.
    Prizes,
    /// Points accounts of an application.
    PointsAccounts,
    /// Changes of points.
    PointsEntries,
    /// Users, with their names.
    Users,
}

/// How red packets come by their claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimsHow {
    /// They are in the red packet.
    Inline,
    /// Another call lists them, a red packet at a time.
    ByPacket,
}
