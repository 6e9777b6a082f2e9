use std::{fmt, str::FromStr};

use crate::{Error, ErrorKind, Keyed, Result, RoomId, Timestamp, Vendor};

/// Names a room: a Polyv channel, a Xiaoe live or other resource, a YXT room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RoomRef {
    /// The vendor's id.
    pub id: RoomId,
    /// What it is.
    pub kind: RoomKind,
}

impl RoomRef {
    /// Names a room.
    pub fn new(id: impl Into<RoomId>, kind: RoomKind) -> Self {
        Self { id: id.into(), kind }
    }

    /// The id, if the room is of this kind; otherwise an error of kind
    /// [`InvalidInput`](ErrorKind::InvalidInput).
    pub fn id_of_kind(&self, vendor: Vendor, kind: RoomKind) -> Result<&str> {
        if self.kind == kind {
            return Ok(self.id.as_str());
        }
        let what = format!("{vendor} has no {}; name a {kind}", self.kind);
        Err(Error::new(ErrorKind::InvalidInput, what).with_vendor(vendor))
    }
}

/// What a room is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RoomKind {
    /// A channel (Polyv 频道).
    Channel,
    /// A live (Xiaoe 直播, `resource_type` 4).
    Live,
    /// A room (YXT 直播室).
    Room,
    /// Another resource of a Xiaoe shop, by its `resource_type`.
    Resource(u32),
}

/// `channel`, `live`, `room` or `resource-N`.
impl fmt::Display for RoomKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel => f.write_str("channel"),
            Self::Live => f.write_str("live"),
            Self::Room => f.write_str("room"),
            Self::Resource(resource_type) => write!(f, "resource-{resource_type}"),
        }
    }
}

/// From what `Display` writes.
impl FromStr for RoomKind {
    type Err = ParseRoomKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kind = match text {
            "channel" => Some(Self::Channel),
            "live" => Some(Self::Live),
            "room" => Some(Self::Room),
            _ => text
                .strip_prefix("resource-")
                .and_then(|resource_type| resource_type.parse().ok())
                .map(Self::Resource)
                // `parse` would also take a sign and leading zeros.
                .filter(|kind| kind.to_string() == text),
        };
        kind.ok_or(ParseRoomKindError)
    }
}

/// Text that is no kind of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseRoomKindError;

impl fmt::Display for ParseRoomKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a kind of room; write it as channel, live, room, or resource-3 for a resource_type")
    }
}

impl std::error::Error for ParseRoomKindError {}

/// A room as its vendor lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Room {
    /// Which one.
    pub room: RoomRef,
    /// Its name.
    pub name: Option<String>,
    /// When it is to start.
    pub starts_at: Option<Timestamp>,
    /// How far it is, in the vendor's own word.
    pub state_raw: Option<String>,
}

impl Room {
    /// A room of which nothing else is known.
    pub const fn new(room: RoomRef) -> Self {
        Self { room, name: None, starts_at: None, state_raw: None }
    }
}

impl Keyed for Room {
    type Key = RoomId;

    fn key(&self) -> Self::Key {
        self.room.id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_kind_of_room_is_refused() {
        for text in [
            "",
            "Live",
            "live ",
            "resource",
            "resource-",
            "resource-+1",
            "resource-01",
            "resource-4294967296",
        ] {
            assert_eq!(text.parse::<RoomKind>(), Err(ParseRoomKindError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_text_of_a_kind_round_trips(resource_type: u32) {
            let kinds = [RoomKind::Channel, RoomKind::Live, RoomKind::Room];
            for kind in kinds.into_iter().chain([RoomKind::Resource(resource_type)]) {
                prop_assert_eq!(kind.to_string().parse::<RoomKind>(), Ok(kind));
            }
        }
    }
}
