//! What viewers paid: the donations of money once more, with order numbers, and entry.

use serde::Serialize;

use crate::credentials::POLYV_USER_ID;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::paging::{Asked, across};
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::wire::Yuan;
use crate::world::DAY;
use crate::world::income::PaidFor;
use crate::world::listing::Listing;

/// Answers a call for what viewers paid in one channel or in all of them: channel by channel, newest
/// first.
pub(super) fn detail(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let given = &call.parameters;
    if given.text("userId") != Some(POLYV_USER_ID) {
        return Err(polyv.refuse(call.route.path, &Fault::Unknown("userId")));
    }
    let asked = Asked::of(polyv, call)?;
    let (from, to) = (polyv.day(call, "startDate")?, polyv.day(call, "endDate")? + DAY - 1);
    let rooms = match given.text("channelId") {
        None | Some("0") => polyv.donations.timeline.rooms(),
        Some(_) => polyv.channel(given).map_or(0..0, |room| room..room + 1),
    };
    let payments = |room| {
        let schedule = polyv.donations.timeline.schedule(room);
        polyv.donations.payments(room, &schedule.between(Some(from), Some(to), call.now()))
    };
    let parts: Vec<(i64, i64)> = rooms.map(|room| (room, payments(room).count())).collect();
    let total = parts.iter().map(|(_, count)| count).sum();
    let rows: Vec<Row> = across(&parts, &asked.rows(total))
        .into_iter()
        .flat_map(|(room, positions)| {
            let listing: Listing = payments(room);
            listing.newest_first(positions).map(move |index| row(polyv, room, index))
        })
        .collect();
    Ok(polyv.page(call, asked, total, rows))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    user_id: &'static str,
    amount: Yuan,
    good_num: Option<i64>,
    channel_id: i64,
    pay_type: &'static str,
    pay_type_name: &'static str,
    viewer_name: &'static str,
    pay_time: i64,
    weixin_app_id: &'static str,
    out_trade_no: Text,
    open_id: Text,
}

fn row(polyv: &Polyv, room: i64, index: i64) -> Row {
    let payment = polyv.donations.payment(room, index);
    let (pay_type, pay_type_name, good_num) = match payment.purpose {
        PaidFor::Gifts(count) => ("good", "道具打赏", Some(count)),
        PaidFor::Cash => ("cash", "现金打赏", None),
        PaidFor::Entry => ("pay", "付费观看", None),
    };
    Row {
        user_id: POLYV_USER_ID,
        amount: Yuan(payment.amount),
        good_num,
        channel_id: polyv.channel_id(room),
        pay_type,
        pay_type_name,
        viewer_name: people::nickname(payment.payer),
        pay_time: payment.at * 1000,
        weixin_app_id: "wxdemo00000000rewards",
        out_trade_no: polyv.order_number(room, index),
        open_id: polyv.open_id(payment.payer),
    }
}
