use std::fmt;

/// Makes newtypes of text: whatever JSON type a vendor sends, an id is text here.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    )+};
}

ids! {
    /// Id of a red packet.
    RedPacketId;
    /// Id of a room: a Polyv channel number, a Xiaoe resource id, a YXT room pid.
    RoomId;
    /// Id of a session (场次) of a room.
    SessionId;
    /// Id of a user; [`UserRef::id_kind`](crate::UserRef::id_kind) says whose it is.
    UserId;
    /// Id of a payment order.
    OrderId;
    /// Id of one gift record.
    GiftRecordId;
    /// Id of a kind of gift in the vendor's catalogue.
    GiftItemId;
    /// Id of one entry of a points log.
    PointsEntryId;
    /// Id of a lottery, a lucky bag or an activity of tasks.
    PrizeActivityId;
    /// Id of one win.
    PrizeRecordId;
}
