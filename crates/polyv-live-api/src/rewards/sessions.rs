use std::time::Duration;

use live_rewards_core::{
    Cursor, Page, Result, RoomKind, RoomRef, Session, SessionCapability, SessionQuery, Timestamp,
    Vendor,
};

use super::room_of;
use crate::{
    PolyvClient,
    session::{ChannelSession, SessionList},
};

pub(super) const SESSIONS: SessionCapability = SessionCapability::new(SessionList::CAPABILITY);

/// The sessions of a channel. The call for all channels reads at most a day, and none that is live: it can't list them.
pub(super) async fn page(
    client: &PolyvClient,
    query: &SessionQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Session>> {
    SESSIONS.accept(Vendor::Polyv, query)?;
    let room = &query.room;
    let mut request = SessionList::new(room.id_of_kind(Vendor::Polyv, RoomKind::Channel)?);
    if let Some(since) = query.since {
        request = request.start_date(since);
    }
    if let Some(until) = query.until {
        request = request.end_date(second_from(until));
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        (rows.map(|row| session(room, row)).collect(), page.contents.rejected)
    }))
}

/// The first whole second from an instant on. The one before it would leave sessions out.
fn second_from(instant: Timestamp) -> Timestamp {
    let missing_ms = (-instant.epoch_ms()).rem_euclid(1000).unsigned_abs();
    instant.checked_add(Duration::from_millis(missing_ms)).unwrap_or(instant)
}

fn session(asked: &RoomRef, row: ChannelSession) -> Session {
    let room = room_of(asked, row.channel_id);
    let mut session = Session::new(row.session_id.into(), room, row.start_time);
    session.ended_at = row.end_time;
    session
}
