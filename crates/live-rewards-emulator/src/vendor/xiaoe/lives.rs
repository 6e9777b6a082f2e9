//! Lives of the shop.

use serde::Serialize;

use crate::calendar::{ZERO_DATE, beijing};
use crate::credentials::XIAOE_APP_ID;
use crate::reply::{Refusal, Reply};
use crate::seed::Purpose;
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::{Endpoint, Xiaoe};
use crate::wire::LooseInteger;
use crate::world::DAY;

/// Seconds that a live goes on before its first red packet and after its last one.
const MARGIN: i64 = 600;

/// Kinds of lives.
const LANDSCAPE: i64 = 10;
const VOICE: i64 = 12;
const RECORDED: i64 = 13;

/// Answers a call for lives by their ids: those that there are, in one page.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Reply {
    let ids = call.parameters.list("ids").unwrap_or_default();
    let mut rooms: Vec<i64> = ids.iter().filter_map(|id| xiaoe.resource_room(id)).collect();
    rooms.sort_unstable();
    rooms.dedup();
    let list: Vec<Row> = rooms.iter().map(|room| row(&Live::of(xiaoe, *room))).collect();
    success("success", None, &Data { total: list.len(), page: 1, page_count: 1, list })
}

/// Answers a call for one live.
pub(super) fn detail(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let live = named(xiaoe, call)?;
    let detail = Detail {
        alive_state: live.state(call.now()),
        id: live.id,
        title: live.title,
        alive_type: live.alive_type,
        purchase_count: LooseInteger::Text(live.purchases),
        reward_sum: live.tips,
        recycle_bin_state: 0,
        alive_start_at: beijing(live.start),
        alive_stop_at: beijing(live.stop),
        alive_manual_stop_at: ZERO_DATE,
        create_mode: 0,
        page_url: format!("https://{XIAOE_APP_ID}.h5.example/v2/course/alive/{}", live.id),
        img_url: "",
    };
    Ok(success("success", None, &detail))
}

/// Answers a call for the parts of one live, of which one is published.
pub(super) fn parts(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let live = named(xiaoe, call)?;
    let parts = Parts {
        resource_info: Resource {
            app_id: XIAOE_APP_ID,
            id: live.id,
            title: live.title,
            summary: "",
            descrb: "",
            alive_type: match live.alive_type {
                VOICE => 0,
                RECORDED => 1,
                _ => 2,
            },
            zb_start_at: beijing(live.start),
            zb_stop_at: live.stop - live.start,
            ios_applet_desc: Nothing {},
        },
        module_info: Nothing {},
        goods_info: Nothing {},
        relation_info: Nothing {},
        role_info: [],
    };
    Ok(success("success", None, &parts))
}

/// The live that a call names.
fn named(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Live, Refusal> {
    let room = call.parameters.text("id").and_then(|id| xiaoe.resource_room(id));
    let room = room.ok_or_else(|| refuse(INVALID_PARAMETER, "id is unknown").parameter("id"))?;
    Ok(Live::of(xiaoe, room))
}

/// A live as every call tells it, in the numbers of the older ones.
struct Live {
    id: Text,
    title: String,
    alive_type: i64,
    start: i64,
    stop: i64,
    tips: Tips,
    purchases: i64,
    views: i64,
}

impl Live {
    fn of(xiaoe: &Xiaoe, room: i64) -> Self {
        let mut draw = xiaoe.draws.of(Purpose::Donation).at(room);
        let timeline = &xiaoe.red_packets.timeline;
        let schedule = timeline.schedule(room);
        let last = schedule.time((timeline.counts.of(room) - 1).max(0));
        // Where red packets are added the live goes on.
        let stop = if timeline.pace.is_some() { xiaoe.start + 365 * DAY } else { last };
        Self {
            id: xiaoe.resource_id(room),
            title: format!("直播课 第{}讲", room + 1),
            alive_type: LANDSCAPE + room % 4,
            start: schedule.time(0) - MARGIN,
            stop: stop + MARGIN,
            tips: tips(room, 1 + draw.below(100_000)),
            purchases: draw.below(500),
            views: draw.below(5000),
        }
    }

    fn state(&self, now: i64) -> u8 {
        match now {
            _ if now < self.start => 0,
            _ if now < self.stop => 1,
            _ => 2,
        }
    }
}

/// Tips in all: text in yuan, and the number 0 where nobody gave any.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
enum Tips {
    Given(Text),
    Nothing(u8),
}

/// In every second live nobody gives any.
fn tips(room: i64, fen: i64) -> Tips {
    if room % 2 == 1 {
        return Tips::Nothing(0);
    }
    let mut text = Text::new();
    text.decimal((fen / 100).unsigned_abs(), 1);
    text.push(b'.');
    text.decimal((fen % 100).unsigned_abs(), 2);
    Tips::Given(text)
}

#[derive(Serialize)]
struct Data {
    total: usize,
    page: i64,
    page_count: i64,
    list: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: Text,
    alive_manual_stop_at: Option<Text>,
    alive_stop_at: Text,
    title: String,
    view_count: i64,
    alive_type: i64,
    reward_sum: Tips,
    recycle_bin_state: i64,
}

fn row(live: &Live) -> Row {
    Row {
        id: live.id,
        alive_manual_stop_at: None,
        alive_stop_at: beijing(live.stop),
        title: live.title.clone(),
        view_count: live.views,
        alive_type: live.alive_type,
        reward_sum: live.tips,
        recycle_bin_state: 0,
    }
}

#[derive(Serialize)]
struct Detail {
    id: Text,
    title: String,
    alive_type: i64,
    purchase_count: LooseInteger,
    reward_sum: Tips,
    recycle_bin_state: i64,
    alive_start_at: Text,
    alive_stop_at: Text,
    alive_manual_stop_at: &'static str,
    alive_state: u8,
    create_mode: i64,
    page_url: String,
    img_url: &'static str,
}

#[derive(Serialize)]
struct Parts {
    resource_info: Resource,
    module_info: Nothing,
    goods_info: Nothing,
    relation_info: Nothing,
    role_info: [u8; 0],
}

#[derive(Serialize)]
struct Resource {
    app_id: &'static str,
    id: Text,
    title: String,
    summary: &'static str,
    descrb: &'static str,
    alive_type: u8,
    zb_start_at: Text,
    zb_stop_at: i64,
    ios_applet_desc: Nothing,
}

/// An object of which no member is published.
#[derive(Serialize)]
pub(super) struct Nothing {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tips_are_text_in_yuan_or_the_number_0() {
        let text = |tips| serde_json::to_string(&tips).unwrap();
        assert_eq!(text(tips(0, 1250)), r#""12.50""#);
        assert_eq!(text(tips(2, 5)), r#""0.05""#);
        assert_eq!(text(tips(1, 1250)), "0");
    }
}
