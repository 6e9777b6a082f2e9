//! Task reward activities of a channel, and how they are ended.

use serde::Serialize;

use crate::credentials::POLYV_USER_ID;
use crate::reply::{Refusal, Reply};
use crate::vendor::Call;
use crate::vendor::polyv::changes::Ended;
use crate::vendor::polyv::envelope::Fault;
use crate::vendor::polyv::paging::Asked;
use crate::vendor::polyv::{Endpoint, Polyv};
use crate::wire::LooseInteger;
use crate::world::tasks::{Activity, Issue, Outcome, Task};

/// What activities are called.
const NAME: &str = "观看有礼";

/// Answers a call for the activities of a channel.
pub(super) fn activities(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let rows = polyv.channel(&call.parameters).and_then(|room| {
        let Standing { activity, ends, .. } = polyv.activity_at(room, call.now())?;
        let (start_time, end_time) = (activity.begins * 1000, ends * 1000);
        Some(ActivityRow {
            activity_id: polyv.activity_id(room),
            user_id: POLYV_USER_ID,
            channel_id: polyv.channel_id(room),
            activity_name: NAME,
            activity_mode: 1,
            task_rule: rule(room),
            status: match call.now() {
                now if now >= ends => 0,
                now if now < activity.begins => 1,
                _ => 2,
            },
            start_time,
            end_time,
            tasks: Task::ALL.map(|task| TaskRow {
                task_id: polyv.task_id(room, task),
                sort: task.number(),
                start_time,
                end_time,
                reach_condition: Reach::of(task),
                reward_setting: Reward::of(&activity, task, LooseInteger::Number),
            }),
        })
    });
    Ok(polyv.page_of(call, asked, rows.into_iter().collect()))
}

/// Answers a call for how many took part in the activities of a channel.
pub(super) fn stats(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    let asked = Asked::of(polyv, call)?;
    let rows = polyv.channel(&call.parameters).and_then(|room| {
        let standing = polyv.activity_at(room, call.now())?;
        Some(StatsRow {
            channel_id: polyv.channel_id(room),
            activity_id: polyv.activity_id(room),
            activity_name: NAME,
            task_rule: rule(room),
            start_time: standing.activity.begins * 1000,
            end_time: standing.ends * 1000,
            participant_task: standing.joined(),
            reach_all_task: standing.count(|outcome| outcome.reached.is_some()),
            reach_all_reward: standing.count(|outcome| outcome.issue == Issue::Issued),
        })
    });
    Ok(polyv.page_of(call, asked, rows.into_iter().collect()))
}

/// Ends an activity early. Once it is over, that changes nothing.
pub(super) fn stop(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    end(polyv, call, Ended::Stopped(call.now()))
}

/// Deletes an activity.
pub(super) fn delete(polyv: &Polyv, call: &Call<'_, Endpoint>) -> Result<Reply, Refusal> {
    end(polyv, call, Ended::Deleted)
}

fn end(polyv: &Polyv, call: &Call<'_, Endpoint>, ended: Ended) -> Result<Reply, Refusal> {
    let room = call.parameters.integer("activityId").and_then(|id| polyv.activity(id));
    let Some(room) = room.filter(|room| polyv.activity_at(*room, call.now()).is_some()) else {
        return Err(polyv.refuse(call.route.path, &Fault::Unknown("activityId")));
    };
    polyv.changes.end_activity(room, ended);
    Ok(polyv.success(call, &()))
}

/// An activity as callers left it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub(super) room: i64,
    pub(super) activity: Activity,
    /// When it ends, or was stopped.
    ends: i64,
    /// The instant that is asked about, or the end if that is earlier.
    pub(super) until: i64,
}

impl Polyv {
    /// Number of a task of a channel's activity.
    pub(super) fn task_id(&self, room: i64, task: Task) -> i64 {
        self.activity_id(room) * 10 + task.number()
    }

    /// The activity of a channel; `None` if it was deleted.
    pub(super) fn activity_at(&self, room: i64, now: i64) -> Option<Standing> {
        let activity = self.tasks.get(room);
        let ends = match self.changes.activity(room) {
            None => activity.ends,
            Some(Ended::Stopped(at)) => activity.ends.min(at),
            Some(Ended::Deleted) => return None,
        };
        Some(Standing { room, activity, ends, until: now.min(ends) })
    }
}

impl Standing {
    /// How many have joined.
    pub(super) fn joined(&self) -> i64 {
        self.activity.joined(self.until)
    }

    /// What came of the tasks for the one who joined at a place.
    pub(super) fn outcomes(&self, place: i64) -> [(Task, Outcome); 3] {
        Task::ALL.map(|task| (task, self.activity.outcome(place, task, self.until)))
    }

    /// For how many all tasks came out like this.
    fn count(&self, like_this: fn(&Outcome) -> bool) -> usize {
        let places = 0..self.joined();
        let all = |place: &i64| self.outcomes(*place).iter().all(|(_, it)| like_this(it));
        places.filter(all).count()
    }
}

/// How tasks follow each other.
fn rule(room: i64) -> i64 {
    1 + room % 2
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ActivityRow {
    activity_id: i64,
    user_id: &'static str,
    channel_id: i64,
    activity_name: &'static str,
    /// Of its values only this one is published.
    activity_mode: i64,
    task_rule: i64,
    status: i64,
    start_time: i64,
    end_time: i64,
    tasks: [TaskRow; 3],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TaskRow {
    task_id: i64,
    sort: i64,
    start_time: i64,
    end_time: i64,
    reach_condition: Reach,
    reward_setting: Reward,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatsRow {
    channel_id: i64,
    activity_id: i64,
    activity_name: &'static str,
    task_rule: i64,
    start_time: i64,
    end_time: i64,
    participant_task: i64,
    reach_all_task: usize,
    reach_all_reward: usize,
}

/// What has to be reached.
#[derive(Serialize)]
pub(super) struct Reach {
    #[serde(rename = "type")]
    kind: &'static str,
    amount: i64,
}

impl Reach {
    pub(super) fn of(task: Task) -> Self {
        let (kind, amount) = match task {
            Task::Watch => ("online", 2),
            Task::CheckIn => ("sign", 1),
            Task::Answer => ("questionnaire", 1),
        };
        Self { kind, amount }
    }
}

/// What is given.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reward {
    #[serde(rename = "type")]
    kind: &'static str,
    amount: LooseInteger,
    limit: i64,
    custom_reward: &'static str,
}

impl Reward {
    /// What is given for a task. Cash is in fen, printed as `cash` says.
    pub(super) fn of(activity: &Activity, task: Task, cash: fn(i64) -> LooseInteger) -> Self {
        let (kind, amount, limit, custom_reward) = match task {
            Task::Watch => ("cash", cash(activity.cash), activity.quota, ""),
            Task::CheckIn => ("custom", LooseInteger::Number(1), -1, "水杯"),
            Task::Answer => ("externalPoint", LooseInteger::Number(activity.points), -1, ""),
        };
        Self { kind, amount, limit, custom_reward }
    }
}
