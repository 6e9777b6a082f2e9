//! Recordings of sessions.

use serde::Serialize;

use crate::calendar::beijing;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::yxt::errors::{ROOM_NOT_EXISTED, published};
use crate::vendor::yxt::paging::{Asked, Rows};
use crate::vendor::yxt::times::time;
use crate::vendor::yxt::{Endpoint, Yxt};

/// Answers a call for the recordings of a room or of all rooms: of every session that is over, by
/// falling start.
pub(super) fn list(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let now = call.now();
    let rooms = match call.parameters.text("roomId") {
        None => yxt.sessions.rooms(),
        Some(room_id) => {
            let room = yxt.room(room_id).ok_or_else(|| published(ROOM_NOT_EXISTED))?;
            room..room + 1
        }
    };
    let mut found: Vec<(i64, i64, i64)> = rooms
        .flat_map(|room| (0..yxt.sessions.begun(room, now)).map(move |place| (room, place)))
        .filter_map(|(room, place)| {
            let session = yxt.sessions.get(room, place)?;
            (session.end <= now).then_some((session.start, room, place))
        })
        .collect();
    found.sort_unstable_by(|left, right| right.cmp(left));
    let page = Asked::of(call).cut(found).into_iter();
    let datas: Vec<Row> = page.filter_map(|(_, room, place)| row(yxt, room, place)).collect();
    Ok(Reply::json(200, &Rows { datas, paging: None }))
}

/// Name of the session at a place.
pub(super) fn session_name(place: i64) -> String {
    format!("第 {} 场", place + 1)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    room_name: String,
    session_name: String,
    start_time: Text,
    end_time: Text,
    recording_files: Vec<File>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File {
    file_path: String,
    duration: i64,
    start_time: Text,
    end_time: Text,
}

fn row(yxt: &Yxt, room: i64, place: i64) -> Option<Row> {
    let session = yxt.sessions.get(room, place)?;
    let (start, end) = (session.start, session.end);
    // Every third session was interrupted once.
    let middle = if place % 3 == 2 { start + (end - start) / 2 } else { end };
    let parts = [(start, middle), (middle, end)].into_iter().filter(|(start, end)| start < end);
    let session_id = yxt.session_id(room, session.number);
    let files = (1..).zip(parts).map(|(number, (start, end))| File {
        file_path: format!("http://recordings.example/{session_id}/{number}.mp4"),
        duration: end - start,
        start_time: beijing(start),
        end_time: beijing(end),
    });
    Some(Row {
        room_name: format!("{}的直播室", people::nickname(people::host(room))),
        session_name: session_name(place),
        start_time: time(start),
        end_time: time(end),
        recording_files: files.collect(),
    })
}
