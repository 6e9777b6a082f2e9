use live_rewards_core::{RoomRef, Timestamp};
use rusqlite::params;

use super::{AccountId, names};
use crate::{Ledger, LedgerError, sqlite::Columns, tables::room_kind};

/// A room whose rewards are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRoom {
    /// The room.
    pub room: RoomRef,
    /// Its title: as a user said, or its name at the vendor.
    pub title: Option<String>,
    /// When its live ended, as a user said.
    pub ended_at: Option<Timestamp>,
}

/// What a user says of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomNote {
    /// The room.
    pub room: RoomRef,
    /// Its title.
    pub title: Option<String>,
    /// Labels for reports, as the user writes them.
    pub labels: Option<String>,
    /// When its live ended.
    pub ended_at: Option<Timestamp>,
}

/// What is known of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomEntry {
    /// The account.
    pub account: AccountId,
    /// The room.
    pub room: RoomRef,
    /// Its name at the vendor, if the vendor lists it.
    pub name: Option<String>,
    /// When it is to start, if the vendor says.
    pub starts_at: Option<Timestamp>,
    /// Whether the vendor lists it.
    pub is_listed: bool,
    /// Its title, as a user said.
    pub title: Option<String>,
    /// Labels for reports.
    pub labels: Option<String>,
    /// When its live ended, as a user said.
    pub ended_at: Option<Timestamp>,
    /// When a user added it.
    pub added_at: Option<Timestamp>,
}

impl Ledger {
    /// The rooms of an account: those that the vendor lists, and those that a user added.
    pub fn rooms_to_read(&self, account: AccountId) -> Result<Vec<KnownRoom>, LedgerError> {
        let rooms = self.room_list(Some(account))?.into_iter().map(|entry| KnownRoom {
            room: entry.room,
            title: entry.title.or(entry.name),
            ended_at: entry.ended_at,
        });
        Ok(rooms.collect())
    }

    /// What is known of all rooms, or of those of an account.
    pub fn room_list(&self, account: Option<AccountId>) -> Result<Vec<RoomEntry>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT k.account_id, k.room_kind, k.room_id, r.name, r.starts_at,
                 r.account_id IS NOT NULL, n.title, n.labels, n.ended_at, n.added_at
             FROM (SELECT account_id, room_kind, room_id FROM rooms
                   UNION SELECT account_id, room_kind, room_id FROM room_notes) AS k
             LEFT JOIN rooms AS r ON r.account_id = k.account_id
                 AND r.room_kind = k.room_kind AND r.room_id = k.room_id
             LEFT JOIN room_notes AS n ON n.account_id = k.account_id
                 AND n.room_kind = k.room_kind AND n.room_id = k.room_id
             WHERE ?1 IS NULL OR k.account_id = ?1
             ORDER BY k.account_id, k.room_kind, k.room_id",
        )?;
        let rooms = statement.query_map([account.map(|account| account.0)], |row| {
            let kind = row.named(1, names::room_kind)?;
            Ok(RoomEntry {
                account: AccountId(row.get(0)?),
                room: RoomRef::new(row.get::<_, String>(2)?, kind),
                name: row.get(3)?,
                starts_at: row.optional_time(4)?,
                is_listed: row.get(5)?,
                title: row.get(6)?,
                labels: row.get(7)?,
                ended_at: row.optional_time(8)?,
                added_at: row.optional_time(9)?,
            })
        })?;
        Ok(rooms.collect::<Result<_, _>>()?)
    }

    /// Keeps what a user says of a room; what they don't say stays. Says whether it is the first that they say of it.
    pub fn note_room(
        &mut self,
        account: AccountId,
        note: &RoomNote,
        now: Timestamp,
    ) -> Result<bool, LedgerError> {
        let RoomNote { room, title, labels, ended_at } = note;
        let (kind, id) = (room_kind(room.kind), room.id.as_str());
        let connection = self.connection();
        let known: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM room_notes
                 WHERE account_id = ?1 AND room_kind = ?2 AND room_id = ?3)",
            params![account.0, kind, id],
            |row| row.get(0),
        )?;
        connection.execute(
            "INSERT INTO room_notes
                 (account_id, room_kind, room_id, title, labels, ended_at, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (account_id, room_kind, room_id) DO UPDATE SET
                 title = COALESCE(excluded.title, title),
                 labels = COALESCE(excluded.labels, labels),
                 ended_at = COALESCE(excluded.ended_at, ended_at)",
            params![
                account.0,
                kind,
                id,
                title,
                labels,
                ended_at.map(Timestamp::epoch_ms),
                now.epoch_ms(),
            ],
        )?;
        Ok(!known)
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{Room, RoomKind};

    use super::*;
    use crate::test_util::{at, synced};

    #[test]
    fn rooms_are_those_that_the_vendor_lists_and_those_that_a_user_added() {
        let (_folder, mut ledger, stamp) = synced();
        let room = |id: &str| RoomRef::new(id, RoomKind::Live);
        let mut listed = [Room::new(room("1")), Room::new(room("2"))];
        listed[0].name = Some("one".to_owned());
        listed[1].name = Some("two".to_owned());
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &listed).unwrap();
        writing.commit().unwrap();
        let note = |id, title: Option<&str>, labels: Option<&str>| RoomNote {
            room: room(id),
            title: title.map(str::to_owned),
            labels: labels.map(str::to_owned),
            ended_at: None,
        };
        let mut say = |note| ledger.note_room(stamp.account, &note, at(9)).unwrap();
        assert!(say(note("2", Some("second"), None)));
        assert!(say(note("3", None, Some("a b"))));
        assert!(!say(RoomNote { ended_at: Some(at(4)), ..note("3", Some("third"), None) }));

        let rooms = ledger.rooms_to_read(stamp.account).unwrap();
        let known = |id, title: &str, ended_at| KnownRoom {
            room: room(id),
            title: Some(title.to_owned()),
            ended_at,
        };
        let expected =
            [known("1", "one", None), known("2", "second", None), known("3", "third", Some(at(4)))];
        assert_eq!(rooms, expected);
        let third = ledger.room_list(None).unwrap().pop().unwrap();
        assert_eq!((third.is_listed, third.labels.as_deref()), (false, Some("a b")));
        assert_eq!(third.added_at, Some(at(9)));
    }
}
