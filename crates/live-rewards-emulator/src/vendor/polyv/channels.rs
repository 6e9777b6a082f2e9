//! Channels of the account.

use serde::Serialize;

use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::times::bounds;
use crate::vendor::polyv::{Endpoint, Polyv};

/// Answers a call for the channels of the account, in the order of their creation unless another is
/// asked for.
pub(super) fn list(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let given = &call.parameters;
    let (channel_ids, category_ids) = (given.items("channelIds"), given.items("categoryIds"));
    let has = |ids: &[&str], id: &str| ids.is_empty() || ids.contains(&id);
    let (from, to) = bounds(given, "startTime", "endTime");
    let mut rows: Vec<Row> = polyv
        .sessions
        .rooms()
        .map(|room| row(polyv, room, call.now()))
        .filter(|row| has(&channel_ids, &row.channel_id))
        .filter(|row| has(&category_ids, &row.category_id.to_string()))
        .filter(|row| given.text("watchStatus").is_none_or(|status| status == row.watch_status))
        .filter(|row| from.is_none_or(|from| from <= row.start_time / 1000))
        .filter(|row| to.is_none_or(|to| row.start_time / 1000 <= to))
        .collect();
    match given.text("orderBy") {
        Some("startTimeAsc") => rows.sort_by_key(|row| row.start_time),
        Some("startTimeDesc") => rows.sort_by_key(|row| -row.start_time),
        Some("channelCreatedTimeDesc") => rows.reverse(),
        _ => {}
    }
    Ok(polyv.page_of(call, asked, rows))
}

/// Name of a channel.
pub(super) fn name(room: i64) -> String {
    format!("{}的直播间 {}", people::nickname(people::host(room)), room + 1)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    channel_id: Text,
    name: String,
    publisher: &'static str,
    start_time: i64,
    page_view: i64,
    likes: i64,
    cover_img: &'static str,
    splash_img: &'static str,
    splash_enabled: &'static str,
    desc: &'static str,
    max_viewer: i64,
    watch_url: String,
    watch_status: &'static str,
    watch_status_text: &'static str,
    online_num: i64,
    bg_img: &'static str,
    video_list: [&'static str; 0],
    category_id: i64,
    scene: &'static str,
    new_scene: &'static str,
    template: &'static str,
    stream_type: &'static str,
}

fn row(polyv: &Polyv, room: i64, now: i64) -> Row {
    let mut channel_id = Text::new();
    channel_id.decimal(polyv.channel_id(room).unsigned_abs(), 1);
    let first = polyv.sessions.get(room, 0);
    let is_live = polyv.sessions.running(room, now).is_some();
    let (watch_status, watch_status_text) = match polyv.sessions.begun(room, now) {
        0 => ("unStart", "未开始"),
        _ if is_live => ("live", "直播中"),
        _ => ("end", "已结束"),
    };
    let (likes, page_view) = polyv.popularity(room, now);
    Row {
        name: name(room),
        publisher: people::nickname(people::host(room)),
        // Where no start is planned it is 0.
        start_time: first.map_or(0, |session| session.start * 1000),
        page_view,
        likes,
        cover_img: "",
        splash_img: "",
        splash_enabled: "N",
        desc: "",
        max_viewer: 0,
        watch_url: format!("https://live.example/watch/{channel_id}"),
        watch_status,
        watch_status_text,
        online_num: if is_live { page_view / 10 } else { 0 },
        bg_img: "",
        video_list: [],
        category_id: 340_001 + room % 2,
        scene: "alone",
        new_scene: "alone",
        template: "alone",
        stream_type: "client",
        channel_id,
    }
}
