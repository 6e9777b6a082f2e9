//! Lotteries of a live.

use serde::Serialize;

use crate::calendar::beijing;
use crate::code;
use crate::credentials::XIAOE_APP_ID;
use crate::page;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::seed::Purpose;
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::xiaoe::envelope::{INVALID_PARAMETER, refuse, success};
use crate::vendor::xiaoe::lives::Nothing;
use crate::vendor::xiaoe::{Endpoint, Xiaoe, paging};
use crate::world::lotteries::Lottery;

/// Sessions of a live that ids leave room for.
const SESSIONS: i64 = 1 << 24;
/// Seconds from the beginning of a lottery until it is drawn.
const DURATION: i64 = 60;

/// Answers a call for the lotteries that a live has had, newest first, without a total.
pub(super) fn list(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Reply {
    let (number, size) = paging::asked_for(call);
    let name = call.parameters.text("prize_name").unwrap_or_default();
    let held = room(xiaoe, call).into_iter().flat_map(|room| {
        let held = xiaoe.lotteries.held(room, call.now());
        let places = page::newest_first(&(0..held), 0..held);
        places.filter_map(move |place| Some((room, xiaoe.lotteries.get(room, place)?)))
    });
    let named = held.filter(|(_, lottery)| lottery.prize.contains(name));
    let on_page = page::select(named, &page::rows(number, size, i64::MAX));
    let list = on_page.map(|(room, lottery)| Row::of(xiaoe, room, &lottery)).collect();
    success("success", None, &Data { list })
}

/// Answers a call for one lottery of a live.
pub(super) fn detail(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let unknown =
        |name: &str| refuse(INVALID_PARAMETER, &format!("{name} is unknown")).parameter(name);
    let room = room(xiaoe, call).ok_or_else(|| unknown("alive_id"))?;
    let id = call.parameters.text("prize_id");
    let lottery = id.and_then(|id| xiaoe.lottery(room, id, call.now()));
    let lottery = lottery.ok_or_else(|| unknown("prize_id"))?;
    let host = people::host(room);
    let detail = Detail {
        row: Row::of(xiaoe, room, &lottery),
        exclude_winners: 1,
        is_deleted: 0,
        set_user_id: xiaoe.user_id(host),
        draw_user_id: xiaoe.user_id(host),
        participate_type: 2,
        particant_condition: Nothing {},
        bind_customs: [],
        bind_points: [],
        set_nickname: people::nickname(host),
        draw_nickname: people::nickname(host),
    };
    Ok(success("success", None, &detail))
}

/// Number of the live that a call is about; `None` if there is no such live.
fn room(xiaoe: &Xiaoe, call: &Call<'_, Endpoint>) -> Option<i64> {
    xiaoe.resource_room(call.parameters.text("alive_id")?)
}

impl Xiaoe {
    /// Id of the lottery of a session: `prize_`, and ten letters and digits.
    fn lottery_id(&self, room: i64, session: i64) -> Text {
        let mut id = Text::new();
        id.push_str("prize_");
        let key = self.draws.of(Purpose::Lottery);
        id.push_str(&code::LOWER.encode(room * SESSIONS + session, key));
        id
    }

    /// The lottery of a live that has an id, if it was held at `now` or before.
    fn lottery(&self, room: i64, id: &str, now: i64) -> Option<Lottery> {
        let code = id.strip_prefix("prize_")?;
        let number = code::LOWER.decode(code, self.draws.of(Purpose::Lottery))?;
        if number / SESSIONS != room {
            return None;
        }
        let place = self.lotteries.place(room, number % SESSIONS, now)?;
        self.lotteries.get(room, place)
    }
}

#[derive(Serialize)]
struct Data {
    list: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    app_id: &'static str,
    prize_id: Text,
    prize_name: &'static str,
    prize_patten: u8,
    start_at: Text,
    end_at: Text,
    prize_status: u8,
    prize_param: &'static str,
}

impl Row {
    fn of(xiaoe: &Xiaoe, room: i64, lottery: &Lottery) -> Self {
        Self {
            app_id: XIAOE_APP_ID,
            prize_id: xiaoe.lottery_id(room, lottery.session),
            prize_name: lottery.prize,
            prize_patten: 2,
            start_at: beijing(lottery.at - DURATION),
            end_at: beijing(lottery.at),
            prize_status: 0,
            prize_param: "{}",
        }
    }
}

/// What is in the conditions and the prizes is not published.
#[derive(Serialize)]
struct Detail {
    #[serde(flatten)]
    row: Row,
    exclude_winners: u8,
    is_deleted: u8,
    set_user_id: Text,
    draw_user_id: Text,
    participate_type: u8,
    particant_condition: Nothing,
    bind_customs: [u8; 0],
    bind_points: [u8; 0],
    set_nickname: &'static str,
    draw_nickname: &'static str,
}
