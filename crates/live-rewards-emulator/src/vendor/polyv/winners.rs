//! Winners of lotteries: of one lottery, one viewer in it, and one viewer in all of them.

use serde::Serialize;

use crate::credentials::POLYV_USER_ID;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::lotteries::InText;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::{Endpoint, Polyv, channels};
use crate::world::lotteries::Lottery;

/// Answers a call for the winners of a lottery, in the order in which they were drawn.
pub(super) fn list(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let found = named(polyv, call);
    let total = found.as_ref().map_or(0, |(_, lottery)| lottery.won);
    let rows: Vec<Row> = found
        .iter()
        .flat_map(|(room, lottery)| {
            asked.rows(total).map(move |place| row(polyv, *room, lottery, place))
        })
        .collect();
    Ok(polyv.page(call, asked, total, rows))
}

/// Answers a call for what a viewer won in a lottery; with nothing if that is nothing.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands in a table of answers that can be refusals"
)]
pub(super) fn of_viewer(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let viewer = call.parameters.integer("viewerId").and_then(|id| polyv.viewer(id));
    let win = named(polyv, call).zip(viewer).and_then(|((room, lottery), viewer)| {
        let place = lottery.place_of(viewer)?;
        Some(ViewerWin::of(polyv, room, &lottery, place))
    });
    Ok(polyv.success(call, &win))
}

/// Answers a call for what a viewer won in all channels, newest first.
pub(super) fn personal(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let viewer = call.parameters.integer("viewerId").and_then(|id| polyv.viewer(id));
    let mut wins: Vec<PersonalWin> = polyv
        .sessions
        .rooms()
        .flat_map(|room| {
            let places = 0..polyv.lotteries.held(room, call.now());
            let lotteries = places.filter_map(move |place| polyv.lotteries.get(room, place));
            lotteries.filter_map(move |lottery| {
                let place = lottery.place_of(viewer?)?;
                Some(PersonalWin::of(polyv, room, &lottery, place))
            })
        })
        .collect();
    wins.sort_by_key(|win| -win.created_time);
    Ok(polyv.page_of(call, asked, wins))
}

/// The lottery that a call names, with its channel.
fn named(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Option<(i64, Lottery)> {
    let room = polyv.channel(&call.parameters)?;
    let session = polyv.lottery(room, call.parameters.text("lotteryId")?)?;
    let place = polyv.lotteries.place(room, session, call.now())?;
    Some((room, polyv.lotteries.get(room, place)?))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    record_id: Text,
    channel_id: i64,
    lottery_id: Text,
    session_id: Text,
    viewer_id: String,
    viewer_name: &'static str,
    winner_code: Text,
    prize: &'static str,
    name: Option<&'static str>,
    telephone: Option<&'static str>,
    created_time: i64,
    last_modified: i64,
    address: Option<&'static str>,
    ext: Option<InText<Form>>,
}

fn row(polyv: &Polyv, room: i64, lottery: &Lottery, place: i64) -> Row {
    let person = lottery.winner(place);
    Row {
        record_id: polyv.win_id(room, lottery.session, place),
        channel_id: polyv.channel_id(room),
        lottery_id: polyv.lottery_id(room, lottery.session),
        session_id: polyv.session_id(room, lottery.session),
        viewer_id: polyv.viewer_id(person).to_string(),
        viewer_name: people::nickname(person),
        winner_code: polyv.win_code(room, lottery.session, place),
        prize: lottery.prize,
        name: None,
        telephone: None,
        created_time: lottery.at * 1000,
        last_modified: lottery.at * 1000,
        address: None,
        // Not everybody fills it in.
        ext: (place % 2 == 0).then(|| InText(Form::of(person))),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ViewerWin {
    record_id: Text,
    channel_id: i64,
    lottery_id: Text,
    session_id: Text,
    viewer_id: String,
    viewer_name: &'static str,
    winner_code: Text,
    prize: &'static str,
    name: &'static str,
    telephone: &'static str,
    created_time: i64,
    last_modified: i64,
    address: &'static str,
    ext: Form,
    param4: &'static str,
    param5: &'static str,
    user_id: &'static str,
    avatar: Text,
    total_users: i64,
}

impl ViewerWin {
    fn of(polyv: &Polyv, room: i64, lottery: &Lottery, place: i64) -> Self {
        let row = row(polyv, room, lottery, place);
        let person = lottery.winner(place);
        Self {
            record_id: row.record_id,
            channel_id: row.channel_id,
            lottery_id: row.lottery_id,
            session_id: row.session_id,
            viewer_id: row.viewer_id,
            viewer_name: row.viewer_name,
            winner_code: row.winner_code,
            prize: row.prize,
            name: "",
            telephone: "",
            created_time: row.created_time,
            last_modified: row.last_modified,
            address: "",
            ext: Form::of(person),
            param4: "",
            param5: "",
            user_id: POLYV_USER_ID,
            avatar: people::avatar(person),
            total_users: lottery.participants,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PersonalWin {
    channel_id: i64,
    channel_name: String,
    session_id: Text,
    collect_info: &'static str,
    accept_type: &'static str,
    lottery_id: Text,
    prize: &'static str,
    received: bool,
    winner_code: Text,
    activity_name: &'static str,
    created_time: i64,
    last_modified: i64,
    receive_enabled: &'static str,
}

impl PersonalWin {
    fn of(polyv: &Polyv, room: i64, lottery: &Lottery, place: i64) -> Self {
        Self {
            channel_id: polyv.channel_id(room),
            channel_name: channels::name(room),
            session_id: polyv.session_id(room, lottery.session),
            collect_info: "[]",
            accept_type: match lottery.session % 3 {
                0 => "form",
                1 => "link",
                _ => "qrCode",
            },
            lottery_id: polyv.lottery_id(room, lottery.session),
            prize: lottery.prize,
            received: lottery.session % 2 == 0,
            winner_code: polyv.win_code(room, lottery.session, place),
            activity_name: "开播抽奖",
            created_time: lottery.at * 1000,
            last_modified: lottery.at * 1000,
            receive_enabled: "Y",
        }
    }
}

/// What a winner filled in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    receive_info: [Field; 1],
}

#[derive(Serialize)]
struct Field {
    field: &'static str,
    value: &'static str,
}

impl Form {
    fn of(person: i64) -> Self {
        Self { receive_info: [Field { field: "尊姓大名", value: people::nickname(person) }] }
    }
}
