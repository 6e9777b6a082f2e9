use std::borrow::Cow;

use live_rewards_core::{Amount, OpenEnum, RoomKind, RoomRef, UserRef};

use super::words::{ROOM_KINDS, VENDORS};
use crate::{
    ColumnType::Text,
    Value,
    column::{Column, column},
};

/// The first column of every table.
pub(super) const VENDOR: Column = column("vendor", Text, "Vendor", "平台").coded(VENDORS).key();
/// The column of a room's id.
pub(super) const ROOM_ID: Column = column("room_id", Text, "Room", "直播间 ID");
/// The column of a room's kind.
pub(super) const ROOM_KIND: Column =
    column("room_kind", Text, "Kind of room", "直播间类型").coded(ROOM_KINDS);

/// Id, kind of id, nickname.
pub(super) fn user(user: Option<&UserRef>) -> [Value<'_>; 3] {
    [
        user.map(|user| user.id.as_str()).into(),
        user.map(|user| user.id_kind.label()).into(),
        user.and_then(|user| user.nickname.as_ref()).into(),
    ]
}

/// Id, kind.
pub(super) fn room(room: Option<&RoomRef>) -> [Value<'_>; 2] {
    [room.map(|room| room.id.as_str()).into(), room.map(|room| room_kind(room.kind)).into()]
}

/// The name of a kind of room, without a new string where it has no number in it.
pub(crate) fn room_kind(kind: RoomKind) -> Cow<'static, str> {
    match kind {
        RoomKind::Channel => "channel".into(),
        RoomKind::Live => "live".into(),
        RoomKind::Room => "room".into(),
        other => other.to_string().into(),
    }
}

/// In fen, in points, as decimal text without unit: at most one of them.
pub(super) fn amount(amount: Option<&Amount>) -> [Value<'_>; 3] {
    match amount {
        Some(Amount::Money(money)) => [(*money).into(), Value::Null, Value::Null],
        Some(Amount::Points(points)) => [Value::Null, (*points).into(), Value::Null],
        Some(Amount::Unstated(text)) => [Value::Null, Value::Null, (&**text).into()],
        _ => [Value::Null, Value::Null, Value::Null],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_rooms_have_the_names_that_they_show() {
        for kind in [RoomKind::Channel, RoomKind::Live, RoomKind::Room, RoomKind::Resource(3)] {
            assert_eq!(room_kind(kind), kind.to_string());
        }
    }
}
