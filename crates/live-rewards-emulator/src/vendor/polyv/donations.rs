//! Donations in a channel, and what can be donated there.

use serde::Serialize;

use crate::page;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::times::bounds;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::wire::Yuan;
use crate::world::donations::{CASH, LEAST_CASH, Means, OFFERS, gifts_cost_cash};

/// Answers a call for the donations in a channel, newest first.
pub(super) fn records(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let (from, to) = bounds(&call.parameters, "start", "end");
    let room = polyv.channel(&call.parameters);
    let range = room
        .map_or(0..0, |room| polyv.donations.timeline.schedule(room).between(from, to, call.now()));
    let total = range.end - range.start;
    let rows: Vec<Row> = room
        .into_iter()
        .flat_map(|room| {
            let indexes = page::newest_first(&range, asked.rows(total));
            indexes.map(move |index| row(polyv, room, index))
        })
        .collect();
    Ok(polyv.page(call, asked, total, rows))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    user_id: String,
    nick_name: &'static str,
    timestamp: i64,
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    amount: Amount,
    session_id: Text,
}

/// Money, or points, which look alike.
#[derive(Serialize)]
#[serde(untagged)]
enum Amount {
    Yuan(Yuan),
    Points(i64),
}

fn row(polyv: &Polyv, room: i64, index: i64) -> Row {
    let donation = polyv.donations.get(room, index);
    // Nothing where the channel was not live.
    let session = polyv.sessions.running(room, donation.at);
    Row {
        user_id: polyv.viewer_id(donation.giver).to_string(),
        nick_name: people::nickname(donation.giver),
        timestamp: donation.at * 1000,
        name: donation.name,
        kind: if donation.means == Means::Cash { "2" } else { "1" },
        amount: match donation.means {
            Means::Cash | Means::CashGift => Amount::Yuan(Yuan(donation.amount)),
            Means::PointGift => Amount::Points(donation.amount),
        },
        session_id: session
            .map_or_else(Text::new, |session| polyv.session_id(room, session.number)),
    }
}

/// Answers a call for what can be donated in a channel.
pub(super) fn settings(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let Some(room) = polyv.channel(&call.parameters) else {
        return Err(polyv.refuse(call.route.path, &Fault::Unknown("channelId")));
    };
    let settings = Settings {
        donate_cash_enabled: "Y",
        cash_donate: CashDonate { cashs: CASH.map(Yuan), cash_min: Yuan(LEAST_CASH) },
        donate_gift_enabled: "Y",
        gift_donate: GiftDonate {
            pay_way: if gifts_cost_cash(room) { "CASH" } else { "POINT" },
            cash_unit: "元",
            point_unit: "豆",
            cash_pays: OFFERS.map(|offer| gift(offer.name, Price::Text(yuan(offer.fen)))),
            point_pays: OFFERS.map(|offer| gift(offer.name, Price::Number(offer.points))),
        },
    };
    Ok(polyv.success(call, &settings))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    donate_cash_enabled: &'static str,
    cash_donate: CashDonate,
    donate_gift_enabled: &'static str,
    gift_donate: GiftDonate,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CashDonate {
    cashs: [Yuan; 6],
    cash_min: Yuan,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GiftDonate {
    pay_way: &'static str,
    cash_unit: &'static str,
    point_unit: &'static str,
    cash_pays: [Gift; 4],
    point_pays: [Gift; 4],
}

#[derive(Serialize)]
struct Gift {
    img: &'static str,
    price: Price,
    name: &'static str,
    enabled: &'static str,
}

/// The table says number, the example of the call that sets it has text.
#[derive(Serialize)]
#[serde(untagged)]
enum Price {
    Text(String),
    Number(i64),
}

fn gift(name: &'static str, price: Price) -> Gift {
    Gift { img: "//thirdwx.example/gift.png", price, name, enabled: "Y" }
}

/// Fen as text in 元, with two decimals.
fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
