//! Gifts of a room or a session.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::yxt::errors::{NO_ROOM_OR_SESSION, published};
use crate::vendor::yxt::paging::{Asked, Rows};
use crate::vendor::yxt::scope::Scope;
use crate::vendor::yxt::times::time;
use crate::vendor::yxt::{Endpoint, Yxt};
use crate::world::timeline::overlap;

/// Answers a call for the gifts of a session or a room, oldest first. The number of all rows is told
/// only where that is switched on.
pub(super) fn list(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let (room, range) = selected(yxt, call)?;
    let (asked, count) = (Asked::of(call), range.end - range.start);
    let positions = asked.rows(count);
    let indexes = range.start + positions.start..range.start + positions.end;
    let body = Rows {
        datas: Datas { yxt, room, indexes },
        paging: call.settings.yxt_paging.then(|| asked.paging(count)),
    };
    Ok(Reply::json(200, &body))
}

/// The room, and the indexes of the gifts asked for.
fn selected(yxt: &Yxt, call: &Call<'_, Endpoint>) -> Result<(i64, Range<i64>), Refusal> {
    let timeline = &yxt.gifts.timeline;
    let visible = |room| 0..timeline.schedule(room).count_until(call.now());
    Ok(match Scope::of(yxt, call, "sessionId")? {
        None => return Err(published(NO_ROOM_OR_SESSION)),
        Some(Scope::Room(room)) => (room, visible(room)),
        Some(Scope::Session { room, session }) => {
            (room, overlap(&visible(room), &timeline.session_rows(room, session)))
        }
        Some(Scope::Nothing) => (0, 0..0),
    })
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
        create_time: time(gift.at),
    }
}
