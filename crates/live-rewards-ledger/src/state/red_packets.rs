use live_rewards_core::{
    Money, OpenEnum, Operation, RedPacketId, RedPacketState, Refund, RoomRef, Timestamp,
};
use rusqlite::{OptionalExtension, params};

use super::AccountId;
use crate::{Ledger, LedgerError, Writing, sqlite::Columns, tables::room_kind};

/// What the ledger holds of a red packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRedPacket {
    /// What the sender paid.
    pub issued: Money,
    /// What had not been claimed.
    pub remaining: Option<Money>,
    /// How far it was.
    pub state: Option<RedPacketState>,
    /// What had gone back.
    pub refund: Refund,
    /// How many shares it has.
    pub count: Option<u64>,
    /// How many shares had been claimed.
    pub claimed_count: Option<u64>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// Whether nothing of it will change: the rest went back, or nothing is left.
    pub is_settled: bool,
    /// Whether its claims have been read completely, where they have a call of their own.
    pub claims_are_complete: bool,
}

/// Whether a row of `red_packets` is settled.
pub(super) const SETTLED: &str = "(COALESCE(refund = 'done', 0) OR COALESCE(state = 'refunded', 0)
    OR (COALESCE(remaining_fen = 0, 0) OR COALESCE(claimed_count >= share_count, 0))
        AND COALESCE(refund <> 'pending', 1) AND COALESCE(state <> 'refunding', 1))";

impl Ledger {
    /// When the oldest red packet of a room was sent that isn't settled, of those sent from an instant on.
    pub fn unsettled_since(
        &self,
        account: AccountId,
        room: &RoomRef,
        not_before: Timestamp,
    ) -> Result<Option<Timestamp>, LedgerError> {
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT MIN(created_at) FROM red_packets
             WHERE account_id = ?1 AND room_id = ?2 AND room_kind = ?3 AND created_at >= ?4
                 AND NOT {SETTLED}"
        ))?;
        let room =
            params![account.0, room.id.as_str(), room_kind(room.kind), not_before.epoch_ms(),];
        Ok(statement.query_row(room, |row| row.optional_time(0))?)
    }

    /// What the ledger holds of a red packet.
    pub fn stored_red_packet(
        &self,
        account: AccountId,
        id: &RedPacketId,
    ) -> Result<Option<StoredRedPacket>, LedgerError> {
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT issued_fen, remaining_fen, state, refund, refund_fen, refunded_at, share_count,
                 claimed_count, created_at, {SETTLED},
                 EXISTS (SELECT 1 FROM listings AS l
                     WHERE l.account_id = ?1 AND l.operation = ?3 AND l.scope = ?2
                         AND l.completed_at IS NOT NULL AND l.error IS NULL)
             FROM red_packets WHERE account_id = ?1 AND red_packet_id = ?2"
        ))?;
        let key = params![account.0, id.as_str(), Operation::Claims.as_str()];
        let packet = statement.query_row(key, |row| {
            let money =
                |index: usize| row.get::<_, Option<i64>>(index).map(|fen| fen.map(Money::from_fen));
            let refund: Option<String> = row.get(3)?;
            let refund = match refund.as_deref() {
                None => Refund::NotReported,
                Some("pending") => Refund::Pending,
                Some("done") => Refund::Done { amount: money(4)?, at: row.optional_time(5)? },
                Some(_) => Refund::None,
            };
            let state: Option<String> = row.get(2)?;
            Ok(StoredRedPacket {
                issued: Money::from_fen(row.get(0)?),
                remaining: money(1)?,
                state: state.as_deref().map(RedPacketState::from_label),
                refund,
                count: row.optional_count(6)?,
                claimed_count: row.optional_count(7)?,
                created_at: row.time(8)?,
                is_settled: row.get(9)?,
                claims_are_complete: row.get(10)?,
            })
        });
        Ok(packet.optional()?)
    }
}

impl Writing<'_> {
    /// How many claims of a red packet the ledger holds.
    pub fn claims_of_packet(
        &self,
        account: AccountId,
        id: &RedPacketId,
    ) -> Result<u64, LedgerError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT COUNT(*) FROM claims WHERE account_id = ?1 AND red_packet_id = ?2",
        )?;
        Ok(statement.query_row(params![account.0, id.as_str()], |row| row.count(0))?)
    }
}

#[cfg(test)]
mod tests {
    use live_rewards_core::{RedPacket, RoomKind};

    use super::*;
    use crate::{
        Listing, ListingKey,
        test_util::{at, claim, fen, room, synced},
    };

    fn packet(id: &str, seconds: i64) -> RedPacket {
        RedPacket::new(id.into(), room(), fen(100), at(seconds))
    }

    #[test]
    fn a_red_packet_is_settled_when_the_rest_went_back_or_nothing_is_left() {
        type Change = fn(&mut RedPacket);

        let (_folder, mut ledger, stamp) = synced();
        let cases: [(&str, Change, bool); 9] = [
            ("nothing said", |_| {}, false),
            ("left", |packet| packet.remaining = Some(fen(1)), false),
            ("nothing left", |packet| packet.remaining = Some(fen(0)), true),
            ("sold out", |packet| (packet.count, packet.claimed_count) = (Some(2), Some(2)), true),
            ("refunded", |packet| packet.refund = Refund::Done { amount: None, at: None }, true),
            ("told so", |packet| packet.state = Some(RedPacketState::Refunded), true),
            ("expired", |packet| packet.state = Some(RedPacketState::Expired), false),
            (
                "refund on its way",
                |packet| (packet.remaining, packet.refund) = (Some(fen(0)), Refund::Pending),
                false,
            ),
            (
                "refunding",
                |packet| {
                    packet.remaining = Some(fen(0));
                    packet.state = Some(RedPacketState::Refunding);
                },
                false,
            ),
        ];
        let mut writing = ledger.begin().unwrap();
        for (id, change, _) in &cases {
            let mut packet = packet(id, 1);
            change(&mut packet);
            writing.upsert(&stamp, &[packet]).unwrap();
        }
        writing.commit().unwrap();
        for (id, _, is_settled) in cases {
            let stored = ledger.stored_red_packet(stamp.account, &id.into()).unwrap().unwrap();
            assert_eq!(stored.is_settled, is_settled, "{id}");
        }
    }

    #[test]
    fn the_oldest_unsettled_red_packet_of_a_room_is_found() {
        let (_folder, mut ledger, stamp) = synced();
        let mut settled = packet("settled", 1);
        settled.remaining = Some(fen(0));
        let mut elsewhere = packet("elsewhere", 2);
        elsewhere.room = RoomRef::new("other", RoomKind::Live);
        let mut writing = ledger.begin().unwrap();
        let packets = [settled, elsewhere, packet("first", 3), packet("second", 4)];
        writing.upsert(&stamp, &packets).unwrap();
        writing.commit().unwrap();
        let since = |from| ledger.unsettled_since(stamp.account, &room(), at(from)).unwrap();
        assert_eq!(since(0), Some(at(3)));
        assert_eq!(since(3), Some(at(3)));
        assert_eq!(since(4), Some(at(4)));
        assert_eq!(since(5), None);
    }

    #[test]
    fn what_is_stored_of_a_red_packet_and_its_claims() {
        let (_folder, mut ledger, stamp) = synced();
        let id = RedPacketId::from("p");
        assert_eq!(ledger.stored_red_packet(stamp.account, &id).unwrap(), None);
        let mut packet = packet("p", 1);
        packet.remaining = Some(fen(7));
        packet.state = Some(RedPacketState::Expired);
        packet.refund = Refund::Done { amount: Some(fen(7)), at: Some(at(2)) };
        packet.count = Some(5);
        packet.claimed_count = Some(4);
        let key = ListingKey {
            account: stamp.account,
            operation: Operation::Claims,
            scope: "p".to_owned(),
        };
        let mut listing = Listing::new(key, at(1), stamp.run);
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[packet]).unwrap();
        writing.upsert(&stamp, &[claim("p", "u", 1, 2), claim("q", "u", 1, 2)]).unwrap();
        assert_eq!(writing.claims_of_packet(stamp.account, &id).unwrap(), 1);
        writing.save(&listing).unwrap();
        writing.commit().unwrap();
        let stored = ledger.stored_red_packet(stamp.account, &id).unwrap().unwrap();
        let expected = StoredRedPacket {
            issued: fen(100),
            remaining: Some(fen(7)),
            state: Some(RedPacketState::Expired),
            refund: Refund::Done { amount: Some(fen(7)), at: Some(at(2)) },
            count: Some(5),
            claimed_count: Some(4),
            created_at: at(1),
            is_settled: true,
            claims_are_complete: false,
        };
        assert_eq!(stored, expected);
        listing.completed_at = Some(at(3));
        let mut writing = ledger.begin().unwrap();
        writing.save(&listing).unwrap();
        writing.commit().unwrap();
        let stored = ledger.stored_red_packet(stamp.account, &id).unwrap().unwrap();
        assert!(stored.claims_are_complete);
    }
}
