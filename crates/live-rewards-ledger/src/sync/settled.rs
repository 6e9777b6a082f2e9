//! When nothing more is to come.

use live_rewards_core::{Money, RedPacket, RedPacketState, Refund, Timestamp};
use rusqlite::params;

use crate::{
    AccountId, KnownRoom, Ledger, LedgerError, StoredRedPacket, sqlite::Columns, tables::room_kind,
};

/// Whether nothing of a red packet will change: the rest went back, or nothing is left. The rule is that of
/// [`StoredRedPacket::is_settled`].
pub(super) fn is_settled(packet: &RedPacket) -> bool {
    let is_done = matches!(packet.refund, Refund::Done { .. });
    if is_done || packet.state == Some(RedPacketState::Refunded) {
        return true;
    }
    let sold_out = packet.claimed_count.zip(packet.count).is_some_and(|(done, all)| done >= all);
    let nothing_left = packet.remaining == Some(Money::ZERO) || sold_out;
    let refunding =
        packet.refund == Refund::Pending || packet.state == Some(RedPacketState::Refunding);
    nothing_left && !refunding
}

/// Whether a listing says of a red packet what the ledger holds. What it doesn't say, another call may have said.
pub(super) fn is_as_stored(listed: &RedPacket, stored: &StoredRedPacket) -> bool {
    listed.issued == stored.issued
        && listed.created_at == stored.created_at
        && agree(listed.remaining.as_ref(), stored.remaining.as_ref())
        && agree(listed.count.as_ref(), stored.count.as_ref())
        && agree(listed.claimed_count.as_ref(), stored.claimed_count.as_ref())
        && (is_hidden(stored.state.as_ref()) || agree(listed.state.as_ref(), stored.state.as_ref()))
        && refunds_agree(listed.refund, stored.refund)
}

/// Where nothing is listed, nothing differs.
fn agree<T: PartialEq>(listed: Option<&T>, stored: Option<&T>) -> bool {
    listed.is_none() || listed == stored
}

fn refunds_agree(listed: Refund, stored: Refund) -> bool {
    match (listed, stored) {
        (Refund::NotReported, _) => true,
        (Refund::Done { amount, at }, Refund::Done { amount: stored, at: stored_at }) => {
            agree(amount.as_ref(), stored.as_ref()) && agree(at.as_ref(), stored_at.as_ref())
        }
        _ => listed == stored,
    }
}

/// Whether a state is one that only the claims call tells: listings show another in its place.
pub(super) fn is_hidden(state: Option<&RedPacketState>) -> bool {
    matches!(state, Some(RedPacketState::Created | RedPacketState::Abnormal))
}

/// What is known of a room's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Life {
    /// When the last of it ended; nothing while something is live, and where nothing is known.
    pub(super) ended_at: Option<Timestamp>,
    /// When the oldest session started whose end is not known.
    pub(super) open_since: Option<Timestamp>,
}

/// What the sessions of a room, and what its user said, tell of its life.
pub(super) fn life(
    ledger: &Ledger,
    account: AccountId,
    known: &KnownRoom,
) -> Result<Life, LedgerError> {
    let mut statement = ledger.connection().prepare_cached(
        "SELECT COUNT(*) > 0 AND COUNT(*) = COUNT(ended_at), MAX(ended_at),
             MIN(CASE WHEN ended_at IS NULL THEN started_at END)
         FROM sessions WHERE account_id = ?1 AND room_id = ?2 AND room_kind = ?3",
    )?;
    let room = params![account.0, known.room.id.as_str(), room_kind(known.room.kind)];
    let (all_ended, last, open_since) = statement.query_row(room, |row| {
        Ok((row.get::<_, bool>(0)?, row.optional_time(1)?, row.optional_time(2)?))
    })?;
    let ended_at = match known.ended_at {
        Some(said) => Some(last.map_or(said, |last: Timestamp| last.max(said))),
        None => last.filter(|_| all_ended),
    };
    Ok(Life { ended_at, open_since })
}

#[cfg(test)]
mod tests {
    use live_rewards_core::Session;

    use super::*;
    use crate::test_util::{at, fen, room, synced};

    /// Packets that differ in all that tells whether they are settled.
    fn packets() -> Vec<RedPacket> {
        let refunds = [
            Refund::NotReported,
            Refund::None,
            Refund::Pending,
            Refund::Done { amount: None, at: None },
        ];
        let states = [
            None,
            Some(RedPacketState::Expired),
            Some(RedPacketState::Refunding),
            Some(RedPacketState::Refunded),
        ];
        let mut packets = Vec::new();
        for refund in refunds {
            for state in &states {
                for (remaining, claimed) in [(None, None), (Some(0), Some(2)), (Some(9), Some(3))] {
                    let id = packets.len().to_string();
                    let mut packet = RedPacket::new(id.into(), room(), fen(100), at(1));
                    (packet.refund, packet.state) = (refund, state.clone());
                    packet.remaining = remaining.map(fen);
                    (packet.count, packet.claimed_count) = (Some(3), claimed);
                    packets.push(packet);
                }
            }
        }
        packets
    }

    #[test]
    fn a_packet_is_settled_as_its_row_is_and_a_listing_of_it_is_as_stored() {
        let (_folder, mut ledger, stamp) = synced();
        let packets = packets();
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &packets).unwrap();
        writing.commit().unwrap();
        for packet in packets {
            let stored = ledger.stored_red_packet(stamp.account, &packet.id).unwrap().unwrap();
            assert_eq!(is_settled(&packet), stored.is_settled, "{packet:?}");
            assert!(is_as_stored(&packet, &stored), "{packet:?}");
        }
    }

    #[test]
    fn what_a_listing_does_not_say_does_not_differ() {
        let (_folder, mut ledger, stamp) = synced();
        let listed = RedPacket::new("p".into(), room(), fen(100), at(1));
        let mut known = listed.clone();
        known.state = Some(RedPacketState::Ended);
        known.claimed_count = Some(2);
        known.refund = Refund::Done { amount: Some(fen(1)), at: None };
        let mut writing = ledger.begin().unwrap();
        writing.upsert(&stamp, &[known]).unwrap();
        writing.commit().unwrap();
        let stored = ledger.stored_red_packet(stamp.account, &listed.id).unwrap().unwrap();
        assert!(is_as_stored(&listed, &stored));
        let mut refunded = listed.clone();
        refunded.refund = Refund::Done { amount: None, at: None };
        assert!(is_as_stored(&refunded, &stored));
        let changes: [fn(&mut RedPacket); 5] = [
            |packet| packet.issued = fen(99),
            |packet| packet.state = Some(RedPacketState::Open),
            |packet| packet.claimed_count = Some(3),
            |packet| packet.refund = Refund::Pending,
            |packet| packet.refund = Refund::Done { amount: Some(fen(2)), at: None },
        ];
        for change in changes {
            let mut listed = listed.clone();
            change(&mut listed);
            assert!(!is_as_stored(&listed, &stored), "{listed:?}");
        }
    }

    #[test]
    fn a_room_is_over_when_its_last_session_is_or_its_user_says_so() {
        let (_folder, mut ledger, stamp) = synced();
        let session = |id: &str, started, ended: Option<i64>| {
            let mut session = Session::new(id.into(), room(), at(started));
            session.ended_at = ended.map(at);
            session
        };
        let mut known = KnownRoom { room: room(), title: None, ended_at: None };
        let mut told = |sessions: &[Session], ended: Option<i64>| {
            let mut writing = ledger.begin().unwrap();
            writing.upsert(&stamp, sessions).unwrap();
            writing.commit().unwrap();
            known.ended_at = ended.map(at);
            let Life { ended_at, open_since } = life(&ledger, stamp.account, &known).unwrap();
            (ended_at, open_since)
        };
        assert_eq!(told(&[], None), (None, None));
        assert_eq!(told(&[], Some(5)), (Some(at(5)), None));
        let ended = [session("a", 1, Some(3)), session("b", 2, Some(4))];
        assert_eq!(told(&ended, None), (Some(at(4)), None));
        assert_eq!(told(&[session("c", 6, None)], None), (None, Some(at(6))));
        assert_eq!(told(&[], Some(5)), (Some(at(5)), Some(at(6))));
        assert_eq!(told(&[session("c", 6, Some(8))], Some(5)), (Some(at(8)), None));
    }
}
