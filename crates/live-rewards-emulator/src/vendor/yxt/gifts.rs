//! Gifts of a room or a session.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::calendar::beijing;
use crate::ids;
use crate::page;
use crate::reply::{Refusal, Reply};
use crate::seed::Purpose;
use crate::truth::Totals;
use crate::vendor::Call;
use crate::vendor::yxt::errors::{NO_ROOM_OR_SESSION, ROOM_NOT_EXISTED, published};
use crate::vendor::yxt::{Endpoint, Yxt};
use crate::world::gifts::Gifts;
use crate::world::timeline::overlap;

/// Page size where the tables give none.
const DEFAULT_SIZE: i64 = 20;
/// Largest page where the tables give none, as in the vendor's sister services.
const MAX_SIZE: i64 = 100;

/// Answers a call for the gifts of a session or a room, oldest first, without a total.
pub(super) fn list(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let (room, range) = selected(yxt, call)?;
    let (offset, size) = page_asked_for(call);
    let positions = page::from_offset(offset, size, range.end - range.start);
    let body = Body {
        datas: Datas {
            yxt,
            room,
            indexes: range.start + positions.start..range.start + positions.end,
        },
    };
    Ok(Reply::json(200, &body))
}

/// Totals of a room.
pub(super) fn totals(gifts: &Gifts, room: i64, now: i64) -> Option<Totals> {
    (0..gifts.timeline.schedule(room).count_until(now))
        .map(|index| gifts.get(room, index))
        .try_fold(Totals::default(), |sum, gift| {
            sum.checked_add(Totals {
                gifts: 1,
                gift_points_charged: gift.charged,
                gift_points_listed: gift.listed(),
                ..Totals::default()
            })
        })
}

/// The room, and the indexes of the gifts asked for. A session counts before a room.
fn selected(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<(i64, Range<i64>), Refusal> {
    let timeline = &yxt.gifts.timeline;
    let visible = |room| 0..timeline.schedule(room).count_until(call.now());
    if let Some(session_id) = call.parameters.text("sessionId") {
        let found = timeline
            .rooms()
            .flat_map(|room| (0..timeline.sessions).map(move |session| (room, session)))
            .find(|(room, session)| yxt.session_id(*room, *session) == session_id);
        return Ok(found.map_or((0, 0..0), |(room, session)| {
            let rows = timeline.session_rows(room, session);
            (room, overlap(&visible(room), &rows))
        }));
    }
    let Some(room_id) = call.parameters.text("roomId") else {
        return Err(published(NO_ROOM_OR_SESSION));
    };
    timeline
        .rooms()
        .find(|room| yxt.room_id(*room) == room_id)
        .map(|room| (room, visible(room)))
        .ok_or_else(|| published(ROOM_NOT_EXISTED))
}

/// Offset and size. Too large a size is cut without a word, and an offset between two pages goes
/// back to the start of its page.
fn page_asked_for(call: &Call<'_, Endpoint>) -> (i64, i64) {
    let Some(rules) = &call.route.paging else {
        return (0, DEFAULT_SIZE);
    };
    let default_size = rules.default_size.map_or(DEFAULT_SIZE, i64::from);
    let max_size = rules.max_size.map_or(MAX_SIZE, i64::from);
    let size = match call.parameters.integer(rules.size) {
        Some(size) if size > 0 => size.min(max_size),
        _ => default_size,
    };
    let offset = call.parameters.integer(rules.position).unwrap_or(0).max(0);
    (offset / size * size, size)
}

#[derive(Serialize)]
struct Body<'a> {
    datas: Datas<'a>,
}

/// The rows of a page, computed as they are written.
struct Datas<'a> {
    yxt: &'a Yxt,
    room: i64,
    indexes: Range<i64>,
}

impl Serialize for Datas<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            self.indexes
                .clone()
                .map(|index| row(self.yxt, self.room, index)),
        )
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    pid: String,
    gift_id: String,
    gift_name: &'static str,
    session_id: String,
    unit_point: i64,
    prd_point: i64,
    from_user_id: String,
    to_user_id: String,
    quantity: i64,
    total_point: i64,
    create_time: String,
}

fn row(yxt: &Yxt, room: i64, index: i64) -> Row {
    let timeline = &yxt.gifts.timeline;
    let gift = yxt.gifts.get(room, index);
    let rooms = timeline.rooms().end;
    let user_id = |person| ids::uuid(yxt.draws.of(Purpose::Person).at(person));
    Row {
        // Counted over all rooms, rising in each.
        pid: (index * rooms + room + 1).to_string(),
        gift_id: ids::uuid(yxt.draws.of(Purpose::Gift).at(gift.item.number)),
        gift_name: gift.item.name,
        session_id: yxt.session_id(room, timeline.session_of(room, index)),
        unit_point: gift.item.unit_points,
        prd_point: 0,
        from_user_id: user_id(gift.giver),
        to_user_id: user_id(gift.receiver),
        quantity: gift.quantity,
        total_point: gift.charged,
        create_time: format!("{}.0", beijing(gift.at)),
    }
}
