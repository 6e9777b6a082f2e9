use live_rewards_core::{
    Cursor, Page, Result, RoomKind, RoomRef, Session, SessionCapability, SessionQuery,
    SessionScope, Vendor,
};
use live_rewards_http::Listing;

use crate::{
    PolyvClient,
    session::{AccountSession, AccountSessions, ChannelSession, SessionList},
};

pub(super) const SESSIONS: SessionCapability =
    SessionCapability::new(SessionList::PAGING.capability().by_time()).of_account();

/// The sessions of a channel, or of all channels of the account.
pub(super) async fn page(
    client: &PolyvClient,
    query: &SessionQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Session>> {
    SESSIONS.accept(Vendor::Polyv, query)?;
    if let SessionScope::Room(room) = &query.scope {
        of_channel(client, room, query, cursor).await
    } else {
        of_account(client, query, cursor).await
    }
}

async fn of_channel(
    client: &PolyvClient,
    room: &RoomRef,
    query: &SessionQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Session>> {
    let mut request = SessionList::new(room.id_of_kind(Vendor::Polyv, RoomKind::Channel)?);
    if let Some(since) = query.since {
        request = request.start_date(since);
    }
    if let Some(until) = query.until {
        request = request.end_date(until);
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        (rows.map(|row| session_of_channel(room, row)).collect(), page.contents.rejected)
    }))
}

async fn of_account(
    client: &PolyvClient,
    query: &SessionQuery,
    cursor: Option<&Cursor>,
) -> Result<Page<Session>> {
    let mut request = AccountSessions::new();
    if let Some(since) = query.since {
        request = request.start_time(since);
    }
    if let Some(until) = query.until {
        request = request.end_time(until);
    }
    let fetched = client.pipeline.page(request, query, cursor).await?;
    Ok(fetched.into_page(|page| {
        let rows = page.contents.items.into_iter();
        (rows.map(session_of_account).collect(), page.contents.rejected)
    }))
}

fn session_of_channel(room: &RoomRef, row: ChannelSession) -> Session {
    let mut session = Session::new(row.session_id.into(), room.clone(), row.start_time);
    session.ended_at = row.end_time;
    session
}

fn session_of_account(row: AccountSession) -> Session {
    let room = RoomRef::new(row.channel_id, RoomKind::Channel);
    let mut session = Session::new(row.session_id.into(), room, row.start_time);
    session.name = row.name.filter(|name| !name.is_empty());
    session.ended_at = row.end_time;
    session
}
