//! Likes and views of channels.

use serde::Serialize;

use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::polyv::changes::Likes;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::{Endpoint, Polyv};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    channel_id: i64,
    likes: i64,
    viewers: i64,
}

/// Answers a call for the numbers of some channels; those that are unknown are left out.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands in a table of answers that can be refusals"
)]
pub(super) fn totals(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let given = call.parameters.items("channelIds");
    let rooms = given.iter().filter_map(|id| polyv.room(id.trim().parse().ok()?));
    let rows: Vec<Row> = rooms
        .map(|room| {
            let (likes, viewers) = polyv.popularity(room, call.now());
            Row { channel_id: polyv.channel_id(room), likes, viewers }
        })
        .collect();
    Ok(polyv.success(call, &rows))
}

/// Sets the numbers of a channel.
pub(super) fn update(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let refuse = |fault: Fault| Err(polyv.refuse(call.route.path, &fault));
    let Some(room) = polyv.channel(&call.parameters) else {
        return refuse(Fault::Unknown("channelId"));
    };
    let number = |name: &str| call.parameters.integer(name);
    let likes = Likes { likes: number("likes"), views: number("viewers") };
    for (name, number) in [("likes", likes.likes), ("viewers", likes.views)] {
        if number.is_some_and(|number| number < 0) {
            return refuse(Fault::Range(name));
        }
    }
    if likes == Likes::default() {
        return refuse(Fault::Missing("likes"));
    }
    polyv.changes.set_likes(room, likes);
    Ok(polyv.success(call, &"success"))
}

impl Polyv {
    /// Likes and views of a channel: those that were set, or else what the donations make likely.
    pub(super) fn popularity(&self, room: i64, now: i64) -> (i64, i64) {
        let donations = self.donations.timeline.schedule(room).count_until(now);
        let set = self.changes.likes(room);
        (set.likes.unwrap_or(donations * 3), set.views.unwrap_or(donations * 7))
    }
}
