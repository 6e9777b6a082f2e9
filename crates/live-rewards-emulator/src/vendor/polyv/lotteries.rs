//! Lotteries of a channel, in the newer form and the older.

use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::credentials::POLYV_USER_ID;
use crate::page;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::times::bounds;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::world::DAY;
use crate::world::lotteries::Lottery;

/// Longest span of time that can be asked for, in seconds.
const LONGEST: i64 = 365 * DAY;

/// Answers a call for the lotteries of a channel, newest first. Either one is named, or the bounds of
/// time are.
pub(super) fn list(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let refuse = |fault: Fault| Err(polyv.refuse(call.route.path, &fault));
    let given = &call.parameters;
    let Some(lottery_id) = given.text("lotteryId") else {
        let (from, to) = match (given.integer("startTime"), given.integer("endTime")) {
            (Some(from), Some(to)) => (from, to),
            (None, _) => return refuse(Fault::Missing("startTime")),
            (_, None) => return refuse(Fault::Missing("endTime")),
        };
        if to.saturating_sub(from) > LONGEST * 1000 {
            return refuse(Fault::Range("endTime"));
        }
        return between(polyv, call, Row::of);
    };
    let asked = Asked::of(polyv, call)?;
    let found = polyv.channel(given).and_then(|room| {
        let session = polyv.lottery(room, lottery_id)?;
        Some((room, polyv.lotteries.place(room, session, call.now())?))
    });
    let rows = found.and_then(|(room, place)| {
        let lottery = polyv.lotteries.get(room, place)?;
        Some(Row::of(polyv, room, &lottery))
    });
    Ok(polyv.page_of(call, asked, rows.into_iter().collect()))
}

/// Answers the older call for the lotteries of a channel, newest first.
pub(super) fn list_before(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    between(polyv, call, OlderRow::of)
}

/// A page of the lotteries between two bounds of time, perhaps of one session only.
fn between<R: Serialize>(
    polyv: &Polyv,
    call: &Call<'_, Endpoint>,
    row: fn(&Polyv, i64, &Lottery) -> R,
) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let room = polyv.channel(&call.parameters);
    let places = room.map_or(0..0, |room| places(polyv, call, room));
    let total = places.end - places.start;
    let rows: Vec<R> = room
        .into_iter()
        .flat_map(|room| {
            let places = page::newest_first(&places, asked.rows(total));
            let found = places.filter_map(move |place| polyv.lotteries.get(room, place));
            found.map(move |lottery| row(polyv, room, &lottery))
        })
        .collect();
    Ok(polyv.page(call, asked, total, rows))
}

fn places(polyv: &Polyv, call: &Call<'_, Endpoint>, room: i64) -> Range<i64> {
    let now = call.now();
    let (from, to) = bounds(&call.parameters, "startTime", "endTime");
    let places = polyv.lotteries.between(room, from.unwrap_or(i64::MIN), to.unwrap_or(now), now);
    let Some(session_id) = call.parameters.text("sessionId") else { return places };
    let session = polyv.session(room, session_id);
    let place = session.and_then(|session| polyv.lotteries.place(room, session, now));
    place.filter(|place| places.contains(place)).map_or(0..0, |place| place..place + 1)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    winner_count: i64,
    total_users: i64,
    lottery_id: Text,
    channel_id: i64,
    user_id: &'static str,
    session_id: Text,
    lottery_range: &'static str,
    actor: Option<&'static str>,
    prize: &'static str,
    amount: i64,
    preset: &'static str,
    lottery_ext: Form,
    created_time: i64,
}

impl Row {
    fn of(polyv: &Polyv, room: i64, lottery: &Lottery) -> Self {
        let (lottery_range, actor) = candidates(lottery);
        Self {
            winner_count: lottery.won,
            total_users: lottery.participants,
            lottery_id: polyv.lottery_id(room, lottery.session),
            channel_id: polyv.channel_id(room),
            user_id: POLYV_USER_ID,
            session_id: polyv.session_id(room, lottery.session),
            lottery_range,
            actor,
            prize: lottery.prize,
            amount: lottery.planned,
            preset: "",
            lottery_ext: FORM,
            created_time: lottery.at * 1000,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OlderRow {
    lottery_id: Text,
    channel_id: i64,
    session_id: Text,
    lottery_range: &'static str,
    actor: &'static str,
    prize: &'static str,
    amount: i64,
    preset: &'static str,
    created_time: i64,
    winner_count: i64,
    ext: InText<Form>,
}

impl OlderRow {
    fn of(polyv: &Polyv, room: i64, lottery: &Lottery) -> Self {
        let (lottery_range, actor) = candidates(lottery);
        Self {
            lottery_id: polyv.lottery_id(room, lottery.session),
            channel_id: polyv.channel_id(room),
            session_id: polyv.session_id(room, lottery.session),
            lottery_range,
            actor: actor.unwrap_or_default(),
            prize: lottery.prize,
            amount: lottery.planned,
            preset: "",
            created_time: lottery.at * 1000,
            winner_count: lottery.won,
            ext: InText(FORM),
        }
    }
}

/// Who can win, and the title that it takes if it takes one.
fn candidates(lottery: &Lottery) -> (&'static str, Option<&'static str>) {
    match lottery.session % 5 {
        0 => ("all", None),
        1 => ("notWinning", None),
        2 => ("signed", None),
        3 => ("actor", Some("嘉宾")),
        _ => ("questionnaire", None),
    }
}

/// What winners are asked to fill in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    collect_info: [Field; 1],
}

#[derive(Serialize)]
struct Field {
    field: &'static str,
    tips: &'static str,
}

const FORM: Form =
    Form { collect_info: [Field { field: "姓名：", tips: "请输入您的真实姓名" }] };

/// JSON inside text.
pub(super) struct InText<T>(pub(super) T);

impl<T: Serialize> Serialize for InText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}
