use live_rewards_core::{RoomRef, Timestamp};
use rusqlite::params;

use super::{AccountId, names};
use crate::{Ledger, LedgerError, TABLES, sqlite::Columns};

/// How an account stands in its ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountStatus {
    /// Up to when all of its listings were read; nothing where one never was. Those that are final don't count, unless all are.
    pub complete_until: Option<Timestamp>,
    /// Listings that are not read to their end.
    pub unfinished: u64,
    /// Listings whose last reading failed.
    pub failed: u64,
    /// Rooms that are read.
    pub rooms: u64,
    /// Rooms without any red packet, gift or prize since the instant that was asked for.
    pub silent_rooms: Vec<RoomRef>,
    /// Rows of each table.
    pub rows: Vec<(&'static str, u64)>,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Rows that vanished and did not return.
    pub vanished: u64,
}

impl AccountStatus {
    /// Rows of a table.
    pub fn rows_of(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| *name == table).map_or(0, |(_, rows)| *rows)
    }
}

impl Ledger {
    /// How an account stands; rooms without rewards since an instant count as silent.
    pub fn status(
        &self,
        account: AccountId,
        silent_since: Timestamp,
    ) -> Result<AccountStatus, LedgerError> {
        let connection = self.connection();
        let count = |sql: &str| -> Result<u64, LedgerError> {
            Ok(connection.prepare_cached(sql)?.query_row([account.0], |row| row.count(0))?)
        };
        let rows = TABLES
            .iter()
            .map(|table| {
                let sql = format!("SELECT count(*) FROM {} WHERE account_id = ?1", table.name);
                count(&sql).map(|rows| (table.name, rows))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let complete_until = connection.query_row(
            "SELECT CASE WHEN sum(1 - final) > 0 THEN
                 CASE WHEN sum(CASE WHEN final = 0 AND complete_until IS NULL THEN 1 ELSE 0 END) = 0
                     THEN min(CASE WHEN final = 0 THEN complete_until END) END
                 ELSE max(complete_until) END
             FROM listings WHERE account_id = ?1 AND operation <> 'claims'",
            [account.0],
            |row| row.optional_time(0),
        )?;
        Ok(AccountStatus {
            complete_until,
            unfinished: count(
                "SELECT count(*) FROM listings
                 WHERE account_id = ?1 AND (cursor IS NOT NULL OR completed_at IS NULL)",
            )?,
            failed: count(
                "SELECT count(*) FROM listings WHERE account_id = ?1 AND error IS NOT NULL",
            )?,
            rooms: u64::try_from(self.room_list(Some(account))?.len()).unwrap_or(u64::MAX),
            silent_rooms: self.silent_rooms(account, silent_since)?,
            rows,
            rejected: count("SELECT count(*) FROM rejected_rows WHERE account_id = ?1")?,
            vanished: count(
                "SELECT count(*) FROM vanished WHERE account_id = ?1 AND returned_at IS NULL",
            )?,
        })
    }

    fn silent_rooms(
        &self,
        account: AccountId,
        since: Timestamp,
    ) -> Result<Vec<RoomRef>, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT k.room_kind, k.room_id
             FROM (SELECT account_id, room_kind, room_id FROM rooms
                   UNION SELECT account_id, room_kind, room_id FROM room_notes) AS k
             WHERE k.account_id = ?1
               AND NOT EXISTS (SELECT 1 FROM red_packets AS p WHERE p.account_id = k.account_id
                   AND p.room_id = k.room_id AND p.room_kind = k.room_kind AND p.created_at >= ?2)
               AND NOT EXISTS (SELECT 1 FROM gifts AS g WHERE g.account_id = k.account_id
                   AND g.room_id = k.room_id AND g.room_kind = k.room_kind AND g.given_at >= ?2)
               AND NOT EXISTS (SELECT 1 FROM prizes AS w WHERE w.account_id = k.account_id
                   AND w.room_id = k.room_id AND w.room_kind = k.room_kind AND w.won_at >= ?2)
             ORDER BY k.room_kind, k.room_id",
        )?;
        let rooms = statement.query_map(params![account.0, since.epoch_ms()], |row| {
            let kind = row.named(0, names::room_kind)?;
            Ok(RoomRef::new(row.get::<_, String>(1)?, kind))
        })?;
        Ok(rooms.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{Money, RedPacket, RoomKind};

    use super::*;
    use crate::{
        RoomNote,
        test_util::{at, synced},
    };

    #[test]
    fn a_room_without_rewards_of_late_is_silent() {
        let (_folder, mut ledger, stamp) = synced();
        for id in ["1", "2"] {
            let room = RoomRef::new(id, RoomKind::Live);
            let note = RoomNote { room, title: None, labels: None, ended_at: None };
            ledger.note_room(stamp.account, &note, at(1)).unwrap();
        }
        let room = RoomRef::new("1", RoomKind::Live);
        let packet = RedPacket::new("p".into(), room, Money::from_fen(1), at(5));
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[packet]).unwrap();
        writing.commit().unwrap();
        let silent = |since| {
            let status = ledger.status(stamp.account, at(since)).unwrap();
            assert_eq!((status.rooms, status.rows_of("red_packets")), (2, 1));
            let ids = status.silent_rooms.iter().map(|room| room.id.to_string());
            ids.collect::<Vec<_>>()
        };
        assert_eq!(silent(5), ["2"]);
        assert_eq!(silent(6), ["1", "2"]);
    }
}
