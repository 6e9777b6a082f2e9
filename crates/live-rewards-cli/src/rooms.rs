use live_rewards::{RoomKind, RoomRef, Vendor};

use crate::{
    failure::{Failure, tell},
    language::say,
};

/// The rooms that a user named, each once.
pub(crate) fn rooms(vendor: Vendor, ids: &[String]) -> Result<Vec<RoomRef>, Failure> {
    let mut rooms = Vec::with_capacity(ids.len());
    for id in ids {
        let id = id.trim();
        if id.is_empty() {
            return Err(Failure::usage(say!(
                "a room id is empty; give it or leave it out",
                "有一个直播间 id 是空的；请填上或删去"
            )));
        }
        if id.contains(|c: char| matches!(c, ',' | '，') || c.is_whitespace()) {
            return Err(Failure::usage(say!(
                "the room id {id:?} holds a comma or a blank; give each id by itself",
                "直播间 id {id:?} 里有逗号或空白；请逐个给出"
            )));
        }
        let room = room(vendor, id);
        if rooms.contains(&room) {
            // Its money would count twice.
            tell(say!(
                "{vendor} room {id} is named more than once; it is read once",
                "{vendor} 的直播间 {id} 给了不止一次；只读一次"
            ));
        } else {
            rooms.push(room);
        }
    }
    Ok(rooms)
}

/// The room of an id, of the kind that the vendor has.
pub(crate) fn room(vendor: Vendor, id: &str) -> RoomRef {
    let kind = match vendor {
        Vendor::Polyv => RoomKind::Channel,
        Vendor::Xiaoe => RoomKind::Live,
        _ => RoomKind::Room,
    };
    RoomRef::new(id, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(ids: &[&str]) -> Option<Vec<String>> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let rooms = rooms(Vendor::Polyv, &ids).ok()?;
        Some(rooms.iter().map(|room| room.id.to_string()).collect())
    }

    #[test]
    fn ids_are_trimmed_and_repeats_dropped() {
        assert_eq!(named(&["2", " 1 ", "2", "1\n"]), Some(vec!["2".to_owned(), "1".to_owned()]));
    }

    #[test]
    fn what_can_not_be_one_id_is_refused() {
        for id in ["", " ", "1,2", "1，2", "1 2", "1\t2"] {
            assert_eq!(named(&["3", id]), None, "{id:?}");
        }
    }
}
