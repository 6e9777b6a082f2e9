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
    fn agree<T: PartialEq>(listed: Option<&T>, stored: Option<&T>) -> bool {
        listed.is_none() || listed == stored
    }

    // These two only the claims call tells; listings show another state in their place.
    let hidden = matches!(stored.state, Some(RedPacketState::Created | RedPacketState::Abnormal));
    listed.issued == stored.issued
        && listed.created_at == stored.created_at
        && agree(listed.remaining.as_ref(), stored.remaining.as_ref())
        && agree(listed.count.as_ref(), stored.count.as_ref())
        && agree(listed.claimed_count.as_ref(), stored.claimed_count.as_ref())
        && (hidden || agree(listed.state.as_ref(), stored.state.as_ref()))
        && (listed.refund == Refund::NotReported || listed.refund == stored.refund)
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
