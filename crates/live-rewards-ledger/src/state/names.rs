use live_rewards_core::{Operation, RoomKind, Vendor};
use rusqlite::types::{FromSqlError, FromSqlResult};

pub(super) fn operation(name: &str) -> FromSqlResult<Operation> {
    let mut all = Operation::ALL.iter().copied();
    all.find(|operation| operation.as_str() == name)
        .ok_or_else(|| FromSqlError::Other(format!("unknown operation {name:?}").into()))
}

pub(super) fn vendor(name: &str) -> FromSqlResult<Vendor> {
    name.parse().map_err(FromSqlError::other)
}

pub(super) fn room_kind(name: &str) -> FromSqlResult<RoomKind> {
    name.parse().map_err(FromSqlError::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_shown() {
        for known in Operation::ALL {
            assert_eq!(operation(known.as_str()).unwrap(), *known);
        }
        for known in Vendor::ALL {
            assert_eq!(vendor(known.as_str()).unwrap(), *known);
        }
        for known in [RoomKind::Channel, RoomKind::Resource(20)] {
            assert_eq!(room_kind(&known.to_string()).unwrap(), known);
        }
        assert!(operation("dances").is_err());
        assert!(room_kind("hall").is_err());
    }
}
