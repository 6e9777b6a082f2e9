//! Gifts of a room or a session.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::calendar::beijing;
use crate::page;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::yxt::errors::{NO_ROOM_OR_SESSION, ROOM_NOT_EXISTED, published};
use crate::vendor::yxt::{Endpoint, Yxt};
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

/// The room, and the indexes of the gifts asked for. A session counts before a room.
fn selected(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<(i64, Range<i64>), Refusal> {
    let timeline = &yxt.gifts.timeline;
    let visible = |room| 0..timeline.schedule(room).count_until(call.now());
    if let Some(session_id) = call.parameters.text("sessionId") {
        return Ok(yxt.session(session_id).map_or((0, 0..0), |(room, session)| {
            let rows = timeline.session_rows(room, session);
            (room, overlap(&visible(room), &rows))
        }));
    }
    let Some(room_id) = call.parameters.text("roomId") else {
        return Err(published(NO_ROOM_OR_SESSION));
    };
    yxt.room(room_id).map(|room| (room, visible(room))).ok_or_else(|| published(ROOM_NOT_EXISTED))
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
        let indexes = self.indexes.clone();
        serializer.collect_seq(indexes.map(|index| row(self.yxt, self.room, index)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    pid: Text,
    gift_id: Text,
    gift_name: &'static str,
    session_id: Text,
    unit_point: i64,
    prd_point: i64,
    from_user_id: Text,
    to_user_id: Text,
    quantity: i64,
    total_point: i64,
    create_time: Text,
}

fn row(yxt: &Yxt, room: i64, index: i64) -> Row {
    let gift = yxt.gifts.get(room, index);
    let mut create_time = beijing(gift.at);
    create_time.push_str(".0");
    Row {
        pid: yxt.pid(room, index),
        gift_id: yxt.gift_id(gift.item.number),
        gift_name: gift.item.name,
        session_id: yxt.session_id(room, yxt.gifts.timeline.session_of(room, index)),
        unit_point: gift.item.unit_points,
        prd_point: 0,
        from_user_id: yxt.user_id(gift.giver),
        to_user_id: yxt.user_id(gift.receiver),
        quantity: gift.quantity,
        total_point: gift.charged,
        create_time,
    }
}
