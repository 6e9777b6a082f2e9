use live_rewards_core::{Operation, RoomKind, Vendor};
use rusqlite::types::{FromSqlError, FromSqlResult};

/// Reads the name of a kind of room: `channel`, `live`, `room` or `resource-N`.
pub fn parse_room_kind(name: &str) -> Option<RoomKind> {
    match name {
        "channel" => Some(RoomKind::Channel),
        "live" => Some(RoomKind::Live),
        "room" => Some(RoomKind::Room),
        _ => {
            let number = name.strip_prefix("resource-")?;
            let kind = RoomKind::Resource(number.parse().ok()?);
            // One name a kind: no `resource-+4`, no `resource-04`.
            (kind.to_string() == name).then_some(kind)
        }
    }
}

const OPERATIONS: [Operation; 11] = [
    Operation::Rooms,
    Operation::Sessions,
    Operation::RedPackets,
    Operation::Claims,
    Operation::RedPacketSummary,
    Operation::Gifts,
    Operation::PrizeActivities,
    Operation::Prizes,
    Operation::PointsAccounts,
    Operation::PointsEntries,
    Operation::Users,
];

pub(super) fn operation(name: &str) -> FromSqlResult<Operation> {
    OPERATIONS
        .into_iter()
        .find(|operation| operation.as_str() == name)
        .ok_or_else(|| unknown("operation", name))
}

pub(super) fn vendor(name: &str) -> FromSqlResult<Vendor> {
    name.parse().map_err(FromSqlError::other)
}

pub(super) fn room_kind(name: &str) -> FromSqlResult<RoomKind> {
    parse_room_kind(name).ok_or_else(|| unknown("kind of room", name))
}

fn unknown(what: &str, name: &str) -> FromSqlError {
    FromSqlError::Other(format!("unknown {what} {name:?}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_rooms_are_read_as_they_are_shown() {
        for kind in [RoomKind::Channel, RoomKind::Live, RoomKind::Room, RoomKind::Resource(20)] {
            assert_eq!(parse_room_kind(&kind.to_string()), Some(kind));
        }
        for name in ["", "Live", "resource-", "resource-x", "resource-+4", "resource-04"] {
            assert_eq!(parse_room_kind(name), None, "{name}");
        }
    }

    #[test]
    fn operations_and_vendors_are_read_as_they_are_shown() {
        for known in OPERATIONS {
            assert_eq!(operation(known.as_str()).unwrap(), known);
        }
        for known in Vendor::ALL {
            assert_eq!(vendor(known.as_str()).unwrap(), *known);
        }
        assert!(operation("dances").is_err());
    }
}
