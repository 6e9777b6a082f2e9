//! Who attended a room or a session.

use serde::Serialize;

use crate::page;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::yxt::errors::missing;
use crate::vendor::yxt::paging::{Asked, Rows};
use crate::vendor::yxt::scope::Scope;
use crate::vendor::yxt::times::{duration, time};
use crate::vendor::yxt::{Endpoint, Yxt};

/// Answers a call for the visits to a room or a session, newest first. Who comes twice has two rows.
pub(super) fn list(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let now = call.now();
    let (room, range) = match Scope::of(yxt, call, "session")? {
        None => return Err(missing("roomId")),
        Some(Scope::Room(room)) => (room, yxt.attendance.of_room(room, now)),
        Some(Scope::Session { room, session }) => {
            (room, yxt.attendance.of_session(room, session, now))
        }
        Some(Scope::Nothing) => (0, 0..0),
    };
    let positions = Asked::of(call).rows(range.end - range.start);
    let indexes = page::newest_first(&range, positions);
    let datas: Vec<Row> = indexes.filter_map(|index| row(yxt, room, index, now)).collect();
    Ok(Reply::json(200, &Rows { datas, paging: None }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    user_id: Text,
    nick_name: &'static str,
    join_time: Text,
    leave_time: Text,
    duration: Text,
    client_device: &'static str,
    os_version: &'static str,
    app_version: &'static str,
    first_sign_time: Text,
    last_sign_time: Text,
    fact_sign: &'static str,
    count_sign: &'static str,
}

fn row(yxt: &Yxt, room: i64, index: i64, now: i64) -> Option<Row> {
    let visit = yxt.attendance.visit(room, index)?;
    let round = yxt.attendance.round(room, &visit.session, now);
    let signed =
        round.and_then(|round| yxt.attendance.sign_in(room, &visit.session, round, visit.person));
    let sign_time = signed.map_or_else(Text::new, |signed| time(signed.at));
    let is_over = visit.left <= now;
    Some(Row {
        user_id: yxt.user_id(visit.person),
        nick_name: people::nickname(visit.person),
        join_time: time(visit.joined),
        leave_time: if is_over { time(visit.left) } else { Text::new() },
        duration: duration(visit.left.min(now) - visit.joined),
        client_device: "",
        os_version: "",
        app_version: "",
        first_sign_time: sign_time,
        last_sign_time: sign_time,
        fact_sign: if signed.is_some() { "1" } else { "0" },
        count_sign: if round.is_some() { "1" } else { "0" },
    })
}
