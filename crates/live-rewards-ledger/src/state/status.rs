use live_rewards_core::{RoomRef, Timestamp};
use rusqlite::{ToSql, params};

use super::{AccountId, AccountRun, names, red_packets::SETTLED};
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
    /// Rooms that are read: those that the vendor lists, and those that a user added. Where there are none, no reward of a room was
    /// read, whatever [`complete_until`](Self::complete_until) says.
    pub rooms: u64,
    /// Rooms of which nothing was ever read to its end.
    pub unread_rooms: Vec<RoomRef>,
    /// Other rooms without any red packet, gift or prize since the instant that was asked for.
    pub silent_rooms: Vec<RoomRef>,
    /// Red packets that aren't settled, and listings with rows that could not be read, that are no longer waited for since they are too
    /// old: see [`settle_days`](crate::SyncOptions::settle_days).
    pub given_up: u64,
    /// Rows of each table.
    pub rows: Vec<(&'static str, u64)>,
    /// Rows that could not be read and are missing.
    pub rejected: u64,
    /// Rows that vanished and did not return.
    pub vanished: u64,
    /// Its part of the last run that came to it.
    pub last_run: Option<AccountRun>,
}

impl AccountStatus {
    /// Rows of a table.
    pub fn rows_of(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| *name == table).map_or(0, |(_, rows)| *rows)
    }
}

/// Whether anything of a room was read to its end, if only between given times. The scope of its activities is the room, `/` and their
/// kind; behind `/` comes `0`.
const IS_READ: &str = "(EXISTS (SELECT 1 FROM listings AS l WHERE l.account_id = k.account_id
        AND l.operation IN
            ('sessions', 'red_packets', 'red_packet_summary', 'gifts', 'gift_payments')
        AND l.scope = k.room_kind || ':' || k.room_id
        AND (l.completed_at IS NOT NULL OR l.cursor IS NULL AND l.error IS NULL))
    OR EXISTS (SELECT 1 FROM listings AS l WHERE l.account_id = k.account_id
        AND l.operation = 'prize_activities'
        AND l.scope > k.room_kind || ':' || k.room_id || '/'
        AND l.scope < k.room_kind || ':' || k.room_id || '0'
        AND (l.completed_at IS NOT NULL OR l.cursor IS NULL AND l.error IS NULL)))";

/// Whether a room has had no reward since the instant `?2`.
const IS_SILENT: &str =
    "NOT EXISTS (SELECT 1 FROM red_packets AS p WHERE p.account_id = k.account_id
        AND p.room_id = k.room_id AND p.room_kind = k.room_kind AND p.created_at >= ?2)
    AND NOT EXISTS (SELECT 1 FROM gifts AS g WHERE g.account_id = k.account_id
        AND g.room_id = k.room_id AND g.room_kind = k.room_kind AND g.given_at >= ?2)
    AND NOT EXISTS (SELECT 1 FROM prizes AS w WHERE w.account_id = k.account_id
        AND w.room_id = k.room_id AND w.room_kind = k.room_kind AND w.won_at >= ?2)";

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
            unread_rooms: self.rooms_where(&format!("NOT {IS_READ}"), params![account.0])?,
            silent_rooms: self.rooms_where(
                &format!("{IS_READ} AND {IS_SILENT}"),
                params![account.0, silent_since.epoch_ms()],
            )?,
            given_up: count(&format!(
                "SELECT (SELECT count(*) FROM red_packets AS p
                 WHERE p.account_id = ?1 AND NOT {SETTLED} AND EXISTS (
                     SELECT 1 FROM listings AS l
                     WHERE l.account_id = p.account_id AND l.operation = 'red_packets'
                         AND l.scope = p.room_kind || ':' || p.room_id
                         AND p.created_at < l.given_up_before))
                 + (SELECT count(*) FROM listings AS l
                 WHERE l.account_id = ?1 AND EXISTS (
                     SELECT 1 FROM rejected_rows AS r
                     WHERE r.account_id = l.account_id AND r.operation = l.operation
                         AND r.scope = l.scope AND r.resolved_at IS NULL
                         AND r.first_seen_at <= l.given_up_before
                         AND r.last_seen_run < l.began_run))"
            ))?,
            rows,
            rejected: count(
                "SELECT count(*) FROM rejected_rows
                 WHERE account_id = ?1 AND resolved_at IS NULL",
            )?,
            vanished: count(
                "SELECT count(*) FROM vanished WHERE account_id = ?1 AND returned_at IS NULL",
            )?,
            last_run: self.last_account_run(account)?,
        })
    }

    /// The rooms `k` of the account `?1` of which something holds.
    fn rooms_where(&self, holds: &str, values: &[&dyn ToSql]) -> Result<Vec<RoomRef>, LedgerError> {
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT k.room_kind, k.room_id
             FROM (SELECT account_id, room_kind, room_id FROM rooms
                   UNION SELECT account_id, room_kind, room_id FROM room_notes) AS k
             WHERE k.account_id = ?1 AND {holds} ORDER BY k.room_kind, k.room_id"
        ))?;
        let rooms = statement.query_map(values, |row| {
            let kind = row.named(0, names::room_kind)?;
            Ok(RoomRef::new(row.get::<_, String>(1)?, kind))
        })?;
        Ok(rooms.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{Money, Operation, RedPacket, RoomKind};

    use super::*;
    use crate::{
        Listing, ListingKey, RoomNote, Stamp,
        test_util::{at, synced},
    };

    fn note(ledger: &mut Ledger, stamp: &Stamp, ids: &[&str]) {
        for id in ids {
            let room = RoomRef::new(*id, RoomKind::Live);
            let note = RoomNote { room, title: None, labels: None, ended_at: None };
            ledger.note_room(stamp.account, &note, at(1)).unwrap();
        }
    }

    /// A listing that was read from its start to its end.
    fn listing(stamp: &Stamp, operation: Operation, scope: &str) -> Listing {
        let key = ListingKey { account: stamp.account, operation, scope: scope.to_owned() };
        let mut listing = Listing::new(key, at(9), stamp.run);
        listing.completed_at = Some(at(9));
        listing
    }

    fn save(ledger: &mut Ledger, listing: &Listing) {
        let mut writing = ledger.begin().unwrap();
        writing.save(listing).unwrap();
        writing.commit().unwrap();
    }

    fn ids(rooms: &[RoomRef]) -> Vec<&str> {
        rooms.iter().map(|room| room.id.as_str()).collect()
    }

    #[test]
    fn a_room_without_rewards_of_late_is_silent() {
        let (_folder, mut ledger, stamp) = synced();
        note(&mut ledger, &stamp, &["1", "2"]);
        for scope in ["live:1", "live:2"] {
            save(&mut ledger, &listing(&stamp, Operation::RedPackets, scope));
        }
        let room = RoomRef::new("1", RoomKind::Live);
        let packet = RedPacket::new("p".into(), room, Money::from_fen(1), at(5));
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[packet]).unwrap();
        writing.commit().unwrap();
        let silent = |since| {
            let status = ledger.status(stamp.account, at(since)).unwrap();
            assert_eq!((status.rooms, status.rows_of("red_packets")), (2, 1));
            assert_eq!(status.unread_rooms, []);
            let ids = status.silent_rooms.iter().map(|room| room.id.to_string());
            ids.collect::<Vec<_>>()
        };
        assert_eq!(silent(5), ["2"]);
        assert_eq!(silent(6), ["1", "2"]);
    }

    #[test]
    fn a_room_of_which_nothing_was_read_is_not_silent() {
        let (_folder, mut ledger, stamp) = synced();
        note(&mut ledger, &stamp, &["1", "10", "failed", "narrowed", "prizes", "under way"]);
        let mut failed = listing(&stamp, Operation::Gifts, "live:failed");
        (failed.completed_at, failed.error) = (None, Some("no such room".to_owned()));
        let mut under_way = listing(&stamp, Operation::Sessions, "live:under way");
        (under_way.completed_at, under_way.cursor) = (None, Some("@".to_owned()));
        let mut narrowed = listing(&stamp, Operation::Gifts, "live:narrowed");
        narrowed.completed_at = None;
        let prizes = listing(&stamp, Operation::PrizeActivities, "live:prizes/task");
        let other = listing(&stamp, Operation::Gifts, "live:10");
        for listing in [failed, under_way, narrowed, prizes, other] {
            save(&mut ledger, &listing);
        }
        let status = ledger.status(stamp.account, at(0)).unwrap();
        assert_eq!(ids(&status.unread_rooms), ["1", "failed", "under way"]);
        assert_eq!(ids(&status.silent_rooms), ["10", "narrowed", "prizes"]);
    }

    #[test]
    fn a_red_packet_that_is_too_old_to_be_waited_for_is_given_up() {
        let (_folder, mut ledger, stamp) = synced();
        let packet = |id: &str, room: &str, sent_at| {
            let room = RoomRef::new(room, RoomKind::Live);
            RedPacket::new(id.into(), room, Money::from_fen(1), at(sent_at))
        };
        let mut settled = packet("settled", "1", 1);
        settled.remaining = Some(Money::ZERO);
        let packets =
            [settled, packet("old", "1", 1), packet("new", "1", 5), packet("other", "2", 1)];
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &packets).unwrap();
        writing.commit().unwrap();
        let mut read = listing(&stamp, Operation::RedPackets, "live:1");
        let given_up = |before: Option<i64>| {
            read.given_up_before = before.map(at);
            save(&mut ledger, &read);
            ledger.status(stamp.account, at(0)).unwrap().given_up
        };
        assert_eq!([None, Some(5), Some(6)].map(given_up), [0, 1, 2]);
    }
}
