//! What viewers reached and got in task reward activities.

use serde::Serialize;

use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::tasks::{Reach, Reward, Standing};
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::wire::LooseInteger;
use crate::world::tasks::Issue;

/// Answers a call for what viewers got in an activity: one after the other, task by task.
pub(super) fn in_activity(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let given = &call.parameters;
    let room = given.integer("activityId").and_then(|id| polyv.activity(id));
    let room = room.filter(|room| polyv.channel(given) == Some(*room));
    let standing = room.and_then(|room| polyv.activity_at(room, call.now()));
    let rows: Vec<Row> = match (standing, given.text("viewerId")) {
        (None, _) => Vec::new(),
        (Some(standing), None) => {
            (0..standing.joined()).flat_map(|place| rows(polyv, &standing, place)).collect()
        }
        (Some(standing), Some(id)) => rows_of(polyv, &standing, id),
    };
    Ok(polyv.page_of(call, asked, rows))
}

/// Answers a call for what a viewer got in all activities: channel by channel, task by task.
pub(super) fn of_viewer(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let id = call.parameters.text("viewerId").unwrap_or_default();
    let standings = polyv.tasks.rooms().filter_map(|room| polyv.activity_at(room, call.now()));
    let rows: Vec<Row> = standings
        .flat_map(|standing| rows_of(polyv, &standing, id))
        .map(|mut row| {
            let received = if row.reward_status == 1 { "Y" } else { "N" };
            row.accept_info = Some(AcceptInfo { active_accept_enabled: "N", received });
            row
        })
        .collect();
    Ok(polyv.page_of(call, asked, rows))
}

/// The rows of a viewer; none where the viewer didn't join.
fn rows_of(polyv: &Polyv, standing: &Standing, viewer_id: &str) -> Vec<Row> {
    let viewer = viewer_id.parse().ok().and_then(|id| polyv.viewer(id));
    let place = viewer.and_then(|viewer| standing.activity.place(viewer, standing.until));
    place.map_or_else(Vec::new, |place| rows(polyv, standing, place).into())
}

/// The rows of the one who joined at a place.
fn rows(polyv: &Polyv, standing: &Standing, place: i64) -> [Row; 3] {
    let activity_id = polyv.activity_id(standing.room);
    standing.outcomes(place).map(|(task, outcome)| Row {
        viewer_id: polyv.viewer_id(standing.activity.person(place)),
        task_id: polyv.task_id(standing.room, task),
        sort: task.number(),
        task_reach: Reach::of(task),
        // A number by the table, text in the example.
        task_reward: Reward::of(&standing.activity, task, LooseInteger::Text),
        channel_id: polyv.channel_id(standing.room),
        activity_id,
        task_status: i64::from(outcome.reached.is_some()),
        reward_status: match outcome.issue {
            Issue::NotNeeded => -1,
            Issue::Pending => 0,
            Issue::Issued => 1,
            Issue::QuotaFull => 2,
            Issue::Failed => 3,
            Issue::Issuing => 4,
        },
        finish_time: outcome.reached.map(|at| at * 1000),
        accept_info: None,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    viewer_id: i64,
    task_id: i64,
    sort: i64,
    task_reach: Reach,
    task_reward: Reward,
    channel_id: i64,
    activity_id: i64,
    task_status: i64,
    reward_status: i64,
    finish_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accept_info: Option<AcceptInfo>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AcceptInfo {
    active_accept_enabled: &'static str,
    received: &'static str,
}
