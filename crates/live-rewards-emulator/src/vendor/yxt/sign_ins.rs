//! Rounds of signing in, and who signed in.

use serde::Serialize;

use crate::calendar::beijing;
use crate::page;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::yxt::errors::missing;
use crate::vendor::yxt::paging::{Asked, Rows};
use crate::vendor::yxt::scope::Scope;
use crate::vendor::yxt::times::time;
use crate::vendor::yxt::{Endpoint, Yxt, recordings};
use crate::world::attendance::SignIn;
use crate::world::sessions::Session;

/// Length of a date and the blank after it.
const DATE: usize = "2026-01-31 ".len();

/// Answers a call for the rounds of a room or a session, newest first.
pub(super) fn rounds(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let now = call.now();
    let (room, range) = match Scope::of(yxt, call, "sessionId")? {
        None => return Err(missing("roomId")),
        Some(Scope::Room(room)) => (room, 0..yxt.attendance.rounds(room, now)),
        Some(Scope::Session { room, session }) => {
            let place = yxt.sessions.place(room, session);
            let place = place.filter(|place| *place < yxt.attendance.rounds(room, now));
            (room, place.map_or(0..0, |place| place..place + 1))
        }
        Some(Scope::Nothing) => (0, 0..0),
    };
    let positions = Asked::of(call).rows(range.end - range.start);
    let places = call.waiting.rows(page::newest_first(&range, positions));
    let datas: Vec<Row> = places.filter_map(|place| Row::of(yxt, room, place, now)).collect();
    Ok(Reply::json(200, &Rows { datas, paging: None }))
}

/// Answers a call for those who signed in in a round.
pub(super) fn details(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let Some(round_id) = call.parameters.text("notifyId") else {
        return Err(missing("notifyId"));
    };
    let found = yxt.round(round_id).and_then(|(room, session)| {
        let place = yxt.sessions.place(room, session)?;
        let (session, at) = round(yxt, room, place, call.now())?;
        Some((room, session, at))
    });
    let key = call.parameters.text("key");
    let rows: Vec<Detail> = found
        .iter()
        .flat_map(|(room, session, at)| {
            let signed = signed_in(yxt, *room, session, *at).into_iter();
            signed.map(move |sign_in| Detail::of(yxt, *room, session, sign_in))
        })
        .filter(|detail| key.is_none_or(|key| detail.contains(key)))
        .collect();
    let asked = Asked::of(call);
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let body = Rows { datas: asked.cut(rows), paging: Some(asked.paging(count)) };
    Ok(Reply::json(200, &body))
}

/// The session at a place whose round is over, and when that began.
fn round(yxt: &Yxt, room: i64, place: i64, now: i64) -> Option<(Session, i64)> {
    let session = yxt.sessions.get(room, place)?;
    let at = yxt.attendance.round(room, &session, now)?;
    Some((session, at))
}

/// Those who signed in in a session's round.
fn signed_in(yxt: &Yxt, room: i64, session: &Session, round: i64) -> Vec<SignIn> {
    let people = yxt.attendance.people(room, session).into_iter();
    people.filter_map(|person| yxt.attendance.sign_in(room, session, round, person)).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    pid: Text,
    session_id: Text,
    host_id: Text,
    notify_time: Text,
    notify_short_time: String,
    notify_count: usize,
    feedback_count: usize,
    session_name: String,
}

impl Row {
    fn of(yxt: &Yxt, room: i64, place: i64, now: i64) -> Option<Self> {
        let (session, at) = round(yxt, room, place, now)?;
        let clock = beijing(at).get(DATE..).unwrap_or_default().to_owned();
        Some(Self {
            pid: yxt.round_id(room, session.number),
            session_id: yxt.session_id(room, session.number),
            host_id: yxt.user_id(people::host(room)),
            notify_time: time(at),
            notify_short_time: clock,
            notify_count: yxt.attendance.people(room, &session).len(),
            feedback_count: signed_in(yxt, room, &session, at).len(),
            session_name: recordings::session_name(place),
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    pid: Text,
    user_id: Text,
    user_name: &'static str,
    feedback_time: Text,
}

impl Detail {
    fn of(yxt: &Yxt, room: i64, session: &Session, sign_in: SignIn) -> Self {
        Self {
            pid: yxt.sign_in_id(room, session.number, sign_in.person),
            user_id: yxt.user_id(sign_in.person),
            user_name: people::nickname(sign_in.person),
            feedback_time: time(sign_in.at),
        }
    }

    /// Whether a keyword is part of the name or of the time.
    fn contains(&self, key: &str) -> bool {
        self.user_name.contains(key) || self.feedback_time.starts_with(key)
    }
}
