//! Winners of lucky bags.

use serde::Serialize;

use crate::calendar::beijing;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::lotteries::InText;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::wire::Yuan;
use crate::world::lucky_bags::{Prize, Win};

/// Answers a call for the winners of a lucky bag, in the order in which they won.
pub(super) fn winners(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let given = &call.parameters;
    let room = given.integer("activityId").and_then(|id| polyv.lucky_bag(id));
    let found = room.and_then(|room| Some((room, polyv.lucky_bags.get(room)?)));
    let found = found.filter(|(room, bag)| {
        let session = given.text("sessionId").map(|id| polyv.session(*room, id));
        session.is_none_or(|session| session == Some(bag.session))
    });
    let total = found.as_ref().map_or(0, |(_, bag)| bag.won(call.now()));
    let rows: Vec<Row> = found
        .iter()
        .flat_map(|(room, bag)| {
            asked.rows(total).map(move |place| row(polyv, *room, place, bag.win(place)))
        })
        .collect();
    Ok(polyv.page(call, asked, total, rows))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: i64,
    viewer_id: String,
    viewer_nick_name: &'static str,
    prize_type: &'static str,
    prize_info: InText<PrizeInfo>,
    issue_status: u8,
    out_trade_err_code: Option<&'static str>,
    out_trade_err_desc: Option<&'static str>,
    create_time: Text,
}

fn row(polyv: &Polyv, room: i64, place: i64, win: Win) -> Row {
    let prize_info = PrizeInfo::of(win.prize);
    // Of an absent text the vendor has both forms.
    let nothing = (place % 2 == 0).then_some("");
    Row {
        id: 500_000 + room * 1000 + place,
        viewer_id: polyv.viewer_id(win.person).to_string(),
        viewer_nick_name: people::nickname(win.person),
        prize_type: prize_info.kind,
        prize_info: InText(prize_info),
        // Not issued yet: the others are not published.
        issue_status: 0,
        out_trade_err_code: nothing,
        out_trade_err_desc: nothing,
        create_time: beijing(win.at),
    }
}

#[derive(Serialize)]
struct PrizeInfo {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Yuan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'static str>,
}

impl PrizeInfo {
    fn of(prize: Prize) -> Self {
        match prize {
            Prize::Cash(fen) => {
                Self { kind: "cash", amount: Some(Yuan(fen)), name: None, image: None }
            }
            Prize::Thing(name) => {
                Self { kind: "custom", amount: None, name: Some(name), image: Some("") }
            }
        }
    }
}
