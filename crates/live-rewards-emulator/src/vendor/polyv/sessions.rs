//! Sessions of a channel, and of all channels of the account.

use std::ops::Range;

use serde::Serialize;

use crate::credentials::POLYV_USER_ID;
use crate::page;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::paging::{Asked, across};
use crate::vendor::polyv::times::bounds;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::world::sessions::Session;
use crate::world::{DAY, HOUR};

/// Answers a call for the sessions of a channel, newest first. One that goes on has no end yet.
pub(super) fn list(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let (from, to) = (polyv.time(call, "startDate")?, polyv.time(call, "endDate")?);
    let room = polyv.channel(&call.parameters);
    let places = room.map_or(0..0, |room| polyv.sessions.between(room, from, to, call.now()));
    let total = places.end - places.start;
    let rows: Vec<Row> = room
        .into_iter()
        .flat_map(|room| {
            let places = page::newest_first(&places, asked.rows(total));
            places.filter_map(move |place| Row::of(polyv, room, place, call.now()))
        })
        .collect();
    Ok(polyv.page(call, asked, total, rows))
}

/// Answers a call for the sessions of all channels that lie in a span of time and are over: channel by
/// channel, newest first.
pub(super) fn of_account(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let (from, to) = span(polyv, call)?;
    let places = |room| within(polyv, room, from, to.min(call.now()));
    let parts: Vec<(i64, i64)> = polyv
        .sessions
        .rooms()
        .map(|room| {
            let places = places(room);
            (room, places.end - places.start)
        })
        .collect();
    let total = parts.iter().map(|(_, count)| count).sum();
    let rows: Vec<AccountRow> = across(&parts, &asked.rows(total))
        .into_iter()
        .flat_map(|(room, positions)| {
            let places = page::newest_first(&places(room), positions);
            places.filter_map(move |place| AccountRow::of(polyv, room, place, call.now()))
        })
        .collect();
    Ok(polyv.page(call, asked, total, rows))
}

/// The span that is asked for: of at most a day, and the hour up to now unless said. Which hour that is where one
/// bound alone is given is not published; it is taken to end at the other one, or now.
fn span(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<(i64, i64), Refusal> {
    let (from, to) = bounds(&call.parameters, "startTime", "endTime");
    let to = to.unwrap_or(call.now());
    let from = from.unwrap_or(to.saturating_sub(HOUR));
    if to.saturating_sub(from) > DAY {
        return Err(polyv.refuse(call.route.path, &Fault::Range("endTime")));
    }
    Ok((from, to))
}

/// Places of the sessions of a channel that lie between two instants as a whole, both included.
fn within(polyv: &Polyv, room: i64, from: i64, to: i64) -> Range<i64> {
    let begun = polyv.sessions.between(room, Some(from), None, to);
    // Only the last of them may go on.
    let last = begun.end - 1;
    let goes_on = polyv.sessions.get(room, last).is_some_and(|session| session.end > to);
    begun.start..if goes_on { last.max(begun.start) } else { begun.end }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    channel_id: String,
    session_id: Text,
    user_id: &'static str,
    start_time: i64,
    end_time: Option<i64>,
}

impl Row {
    fn of(polyv: &Polyv, room: i64, place: i64, now: i64) -> Option<Self> {
        let session = polyv.sessions.get(room, place)?;
        Some(Self {
            channel_id: polyv.channel_id(room).to_string(),
            session_id: polyv.session_id(room, session.number),
            user_id: POLYV_USER_ID,
            start_time: session.start * 1000,
            end_time: end_ms(&session, now),
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountRow {
    channel_id: i64,
    session_id: Text,
    name: String,
    start_time: i64,
    end_time: Option<i64>,
    user_id: &'static str,
}

impl AccountRow {
    fn of(polyv: &Polyv, room: i64, place: i64, now: i64) -> Option<Self> {
        let session = polyv.sessions.get(room, place)?;
        Some(Self {
            channel_id: polyv.channel_id(room),
            session_id: polyv.session_id(room, session.number),
            name: format!("第 {} 场", place + 1),
            start_time: session.start * 1000,
            end_time: end_ms(&session, now),
            user_id: POLYV_USER_ID,
        })
    }
}

/// The end of a session that is over, in milliseconds.
fn end_ms(session: &Session, now: i64) -> Option<i64> {
    (session.end <= now).then_some(session.end * 1000)
}
