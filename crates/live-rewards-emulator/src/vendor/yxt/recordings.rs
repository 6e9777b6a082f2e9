//! Recordings of sessions.

use std::ops::Range;

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
use crate::world::search::count_before;

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
    let recorded: Vec<(i64, i64)> = rooms.map(|room| (room, over(yxt, room, now))).collect();
    let positions = Asked::of(call).rows(recorded.iter().map(|(_, count)| count).sum());
    let page = by_falling_start(yxt, &recorded, positions, now).into_iter();
    let datas: Vec<Row> = page.filter_map(|(room, place)| row(yxt, room, place)).collect();
    Ok(Reply::json(200, &Rows { datas, paging: None }))
}

/// Number of a room's sessions that are over.
fn over(yxt: &Yxt, room: i64, now: i64) -> i64 {
    count_before(yxt.sessions.begun(room, now), |place| {
        yxt.sessions.get(room, place).is_some_and(|session| session.end <= now)
    })
}

/// Rooms and places of the sessions at these positions of the order, given how many each room has.
///
/// No session is looked at that lies far from the page: there may be very many.
fn by_falling_start(
    yxt: &Yxt,
    recorded: &[(i64, i64)],
    positions: Range<i64>,
    now: i64,
) -> Vec<(i64, i64)> {
    let start = |room: i64, place: i64| yxt.sessions.get(room, place).map(|session| session.start);
    let before = |room: i64, count: i64, instant: i64| {
        count_before(count, |place| start(room, place).is_some_and(|start| start < instant))
    };
    let from = |instant: i64| -> i64 {
        recorded.iter().map(|(room, count)| count - before(*room, *count, instant)).sum()
    };
    // So many seconds back from now there are no more sessions than come before the page.
    let back = count_before(now.saturating_add(1), |back| from(now - back) <= positions.start);
    let instant = now + 1 - back;
    // The sessions of each room that are left, of which the last is the next.
    let mut left: Vec<(i64, i64)> =
        recorded.iter().map(|(room, count)| (*room, before(*room, *count, instant))).collect();
    let mut page = Vec::new();
    for position in from(instant)..positions.end {
        let next = left.iter_mut().filter(|(_, count)| *count > 0);
        let Some((room, count)) =
            next.max_by_key(|(room, count)| (start(*room, *count - 1), *room))
        else {
            break;
        };
        *count -= 1;
        if position >= positions.start {
            page.push((*room, *count));
        }
    }
    page
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;
    use crate::seed::Draws;
    use crate::world::plan::Plan;

    const START: i64 = 1_790_000_000;

    fn yxt(scenario: Scenario) -> Yxt {
        Yxt::new(Draws::new(1), &Plan::of(scenario, 1), START)
    }

    fn recorded(yxt: &Yxt, now: i64) -> Vec<(i64, i64)> {
        yxt.sessions.rooms().map(|room| (room, over(yxt, room, now))).collect()
    }

    #[test]
    fn pages_are_those_of_a_sorted_list() {
        for scenario in [Scenario::Small, Scenario::Live] {
            let yxt = yxt(scenario);
            for now in [START - 86_400, START, START + 7 * 3600] {
                let recorded = recorded(&yxt, now);
                let mut all: Vec<(i64, i64)> = recorded
                    .iter()
                    .flat_map(|(room, count)| (0..*count).map(|place| (*room, place)))
                    .collect();
                all.sort_by_key(|(room, place)| {
                    let start = yxt.sessions.get(*room, *place).unwrap().start;
                    std::cmp::Reverse((start, *room, *place))
                });
                let count = i64::try_from(all.len()).unwrap();
                assert!(count > 1, "{scenario:?} {now}");
                for size in [1, 3, count] {
                    let pages = (0..count).step_by(usize::try_from(size).unwrap());
                    let pages = pages.flat_map(|first| {
                        by_falling_start(&yxt, &recorded, first..(first + size).min(count), now)
                    });
                    assert!(pages.eq(all.iter().copied()), "{scenario:?} {now} {size}");
                }
                assert!(by_falling_start(&yxt, &recorded, count..count, now).is_empty());
            }
        }
    }

    /// To go through all of them would take very long.
    #[test]
    fn a_page_among_very_many_is_found_at_once() {
        let yxt = yxt(Scenario::Live);
        let now = 250_000_000_000;
        let recorded = recorded(&yxt, now);
        let count: i64 = recorded.iter().map(|(_, count)| count).sum();
        assert!(count > 1_000_000, "{count}");
        for first in [0, count / 2, count - 5] {
            assert_eq!(by_falling_start(&yxt, &recorded, first..first + 5, now).len(), 5);
        }
    }
}
