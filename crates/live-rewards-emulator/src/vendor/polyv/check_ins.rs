//! Check-ins of viewers.

use serde::Serialize;

use crate::calendar::{beijing, beijing_date, beijing_day};
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::times::midnight;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::world::DAY;
use crate::world::check_ins::CheckIn;

/// Length of a date and time without its seconds.
const TO_THE_MINUTE: usize = "2026-01-31 08:00".len();

/// Answers a call for the check-ins of a session or of a day, which is today unless one is given. The
/// newest come first.
pub(super) fn list(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let (given, now) = (&call.parameters, call.now());
    let session_id = given.text("sessionId");
    let day = match given.text("date") {
        Some(_) if session_id.is_none() => polyv.day(call, "date")?,
        _ => midnight(now),
    };
    let Some(room) = polyv.channel(given) else {
        return Ok(polyv.page_of::<Row>(call, asked, Vec::new()));
    };
    let mut check_ins = match session_id {
        None => polyv.check_ins.between(room, &(day..(day + DAY).min(now + 1))),
        Some(id) => polyv
            .session(room, id)
            .map_or_else(Vec::new, |session| polyv.check_ins.of_session(room, session, now)),
    };
    check_ins.reverse();
    let rows = check_ins.iter().map(|it| row(polyv, room, it, session_id.is_some()));
    Ok(polyv.page_of(call, asked, rows.collect()))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: i64,
    indate: String,
    nickname: &'static str,
    userid: String,
    channel_id: String,
    time: i64,
    time_format: String,
    session_id: Text,
    start_time: Text,
    checkinid: Text,
    param4: &'static str,
    param5: &'static str,
}

fn row(polyv: &Polyv, room: i64, check_in: &CheckIn, of_session: bool) -> Row {
    let CheckIn { session, session_start, number, person, at } = *check_in;
    Row {
        id: number,
        indate: beijing_date(beijing_day(at)),
        nickname: people::nickname(person),
        userid: polyv.viewer_id(person).to_string(),
        channel_id: polyv.channel_id(room).to_string(),
        time: at * 1000,
        time_format: beijing(at).get(..TO_THE_MINUTE).unwrap_or_default().to_owned(),
        session_id: polyv.session_id(room, session),
        // Only of a session that was asked for.
        start_time: if of_session { beijing(session_start) } else { Text::new() },
        checkinid: polyv.round_id(room, session),
        param4: "",
        param5: "",
    }
}
