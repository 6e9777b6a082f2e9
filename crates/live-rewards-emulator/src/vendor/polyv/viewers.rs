//! Viewers of the account.

use serde::Serialize;

use crate::page;
use crate::people;
use crate::reply::{Refusal, Reply};
use crate::seed::Purpose;
use crate::text::Text;
use crate::vendor::Call;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::world::DAY;

/// Where viewers come from, one after the other.
const SOURCES: [&str; 3] = ["WX", "MOBILE", "IMPORT"];

/// Answers a call for the viewers of the account, in the order of their numbers.
pub(super) fn list(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let given = &call.parameters;
    // Nothing is known of these.
    let asks_for_unknown =
        ["mobile", "email", "area"].iter().any(|name| given.text(name).is_some());
    let everybody = polyv.viewers();
    let (first, step) = match given.text("source") {
        _ if asks_for_unknown => (everybody.end, 1),
        None => (everybody.start, 1),
        Some(source) => match (0..).zip(SOURCES).find(|(_, known)| *known == source) {
            Some((place, _)) => (place, 3),
            None => (everybody.end, 1),
        },
    };
    let total = page::count(everybody.end - first, step);
    let places = asked.rows(total);
    let rows: Vec<Row> = places.map(|place| row(polyv, first + place * step)).collect();
    Ok(polyv.page(call, asked, total, rows))
}

/// Answers a call for one viewer.
pub(super) fn detail(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let name = "viewerUnionId";
    let Some(person) = call.parameters.integer(name).and_then(|id| polyv.viewer(id)) else {
        return Err(polyv.refuse(call.route.path, &Fault::Unknown(name)));
    };
    let mut row = row(polyv, person);
    row.labels = Some(if person == people::REGULAR {
        vec![Label { id: "zpmz3640wkxpj267", label: "常客" }]
    } else {
        Vec::new()
    });
    Ok(polyv.success(call, &row))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    viewer_union_id: String,
    wx_open_id: Text,
    wx_union_id: &'static str,
    wx_nick_name: &'static str,
    wx_avatar: Text,
    wx_app_id: &'static str,
    mobile: &'static str,
    source: &'static str,
    name: &'static str,
    last_collect_mobile: &'static str,
    email: &'static str,
    area: &'static str,
    latest_access_ip: &'static str,
    device: &'static str,
    watch_duration: i64,
    watch_channel_count: i64,
    latest_auth_time: i64,
    create_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<Label>>,
}

#[derive(Serialize)]
struct Label {
    id: &'static str,
    label: &'static str,
}

fn row(polyv: &Polyv, person: i64) -> Row {
    let mut draw = polyv.draws.of(Purpose::Viewer).at(person);
    let created = polyv.start - DAY - draw.below(300 * DAY);
    let [weixin, mobile, import] = SOURCES;
    Row {
        viewer_union_id: polyv.viewer_id(person).to_string(),
        wx_open_id: polyv.open_id(person),
        wx_union_id: "",
        wx_nick_name: people::nickname(person),
        wx_avatar: people::avatar(person),
        wx_app_id: "",
        mobile: "",
        source: match person % 3 {
            0 => weixin,
            1 => mobile,
            _ => import,
        },
        name: "",
        last_collect_mobile: "",
        email: "",
        area: "",
        latest_access_ip: "",
        device: "",
        watch_duration: draw.below(100_000),
        watch_channel_count: 1 + draw.below(5),
        latest_auth_time: (created + draw.below(DAY)) * 1000,
        create_time: created * 1000,
        labels: None,
    }
}
