//! Activities that reward viewers for tasks: one a room.

use std::ops::Range;

use crate::seed::{Draws, Purpose};
use crate::world::DAY;
use crate::world::counts::Counts;
use crate::world::plan::Plan;
use crate::world::queue::Queue;
use crate::world::schedule::Past;

/// Most people who take part in an activity.
const MOST: i64 = 400;
/// Seconds from joining to the first task reached, and from one to the next.
const STEP: i64 = 60;
/// Days from the start to the end of an activity that goes on, and to the beginning of one ahead.
const ON: i64 = 30;
const AHEAD: i64 = 7;

/// All activities of a vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tasks {
    draws: Draws,
    past: Past,
    counts: Counts,
    audience: i64,
}

/// One activity: over in the first room, going on in the second, ahead in the third, and so on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Activity {
    pub(crate) begins: i64,
    pub(crate) ends: i64,
    /// How many can have the cash.
    pub(crate) quota: i64,
    /// Cash for the first task, in fen.
    pub(crate) cash: i64,
    /// Points for the last task.
    pub(crate) points: i64,
    /// How many take part in the end.
    participants: i64,
    /// Seconds from one who joins to the next.
    gap: i64,
    queue: Queue,
}

/// One of the tasks of every activity, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Cash for watching.
    Watch,
    /// A thing for checking in.
    CheckIn,
    /// Points for answers.
    Answer,
}

/// How far a reward is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Issue {
    NotNeeded,
    Pending,
    Issued,
    QuotaFull,
    Failed,
    Issuing,
}

/// What came of a task for one who took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// When it was reached, if it was.
    pub(crate) reached: Option<i64>,
    pub(crate) issue: Issue,
}

impl Task {
    pub(crate) const ALL: [Self; 3] = [Self::Watch, Self::CheckIn, Self::Answer];

    /// Its number among the tasks, from 1.
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Watch => 1,
            Self::CheckIn => 2,
            Self::Answer => 3,
        }
    }
}

impl Tasks {
    pub(crate) fn new(draws: Draws, plan: &Plan, start: i64) -> Self {
        Self {
            draws: draws.of(Purpose::Task),
            past: plan.past(start),
            counts: plan.gifts,
            audience: plan.audience,
        }
    }

    /// Numbers of the rooms.
    pub(crate) fn rooms(&self) -> Range<i64> {
        self.counts.rooms()
    }

    /// The activity of a room.
    pub(crate) fn get(&self, room: i64) -> Activity {
        let Past { start, days, rest } = self.past;
        let before = start - days * DAY;
        let (begins, all_joined, ends) = match room % 3 {
            0 => (before, start - rest, start - rest / 2),
            1 => (before, start - rest, start + ON * DAY),
            _ => (start + AHEAD * DAY, start + (AHEAD + ON) * DAY, start + (AHEAD + ON) * DAY),
        };
        let mut draw = self.draws.at(room);
        let participants = self.counts.of(room).min(MOST);
        Activity {
            begins,
            ends,
            quota: participants * 4 / 5,
            cash: 100 + draw.below(400),
            points: 10 + draw.below(40),
            participants,
            gap: (all_joined - begins) / (participants + 1),
            queue: Queue::drawn(self.audience, &mut draw),
        }
    }
}

impl Activity {
    /// How many have joined by `now`.
    pub(crate) fn joined(&self, now: i64) -> i64 {
        ((now - self.begins) / self.gap).clamp(0, self.participants)
    }

    /// The person who joins at a place, counted from 0.
    pub(crate) fn person(&self, place: i64) -> i64 {
        self.queue.person(place)
    }

    /// Place of a person among those who have joined by `now`.
    pub(crate) fn place(&self, person: i64, now: i64) -> Option<i64> {
        self.queue.place(person, self.joined(now))
    }

    /// What has come of a task by `now` for the one who joined at a place.
    pub(crate) fn outcome(&self, place: i64, task: Task, now: i64) -> Outcome {
        let joined = self.begins + (place + 1) * self.gap;
        let reaches = match task {
            Task::Watch => place % 5 != 4,
            Task::CheckIn => place % 4 != 3,
            Task::Answer => place % 3 != 2,
        };
        let done = Some(joined + task.number() * STEP).filter(|at| reaches && *at <= now);
        let issue = match task {
            _ if done.is_none() => Issue::NotNeeded,
            Task::Watch if place >= self.quota => Issue::QuotaFull,
            Task::Watch => match place % 10 {
                3 => Issue::Pending,
                5 => Issue::Failed,
                7 => Issue::Issuing,
                _ => Issue::Issued,
            },
            Task::CheckIn if place % 2 == 0 => Issue::Pending,
            Task::CheckIn | Task::Answer => Issue::Issued,
        };
        Outcome { reached: done, issue }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::scenario::Scenario;
    use crate::world::STILL;

    const START: i64 = 1_790_000_000;

    fn tasks(scenario: Scenario) -> Tasks {
        Tasks::new(Draws::new(1), &Plan::of(scenario, 5000), START)
    }

    fn outcomes(activity: &Activity, now: i64) -> Vec<Outcome> {
        let places = 0..activity.joined(now);
        let pairs = places.flat_map(|place| Task::ALL.map(|task| (place, task)));
        pairs.map(|(place, task)| activity.outcome(place, task, now)).collect()
    }

    #[test]
    fn every_outcome_occurs() {
        let all = outcomes(&tasks(Scenario::Tiny).get(0), START);
        assert_eq!(all.len(), 45);
        for issue in [
            Issue::NotNeeded,
            Issue::Pending,
            Issue::Issued,
            Issue::QuotaFull,
            Issue::Failed,
            Issue::Issuing,
        ] {
            assert!(all.iter().any(|outcome| outcome.issue == issue), "{issue:?}");
        }
        assert!(
            all.iter().all(|outcome| {
                outcome.reached.is_some() != (outcome.issue == Issue::NotNeeded)
            })
        );
    }

    #[test]
    fn nothing_happens_in_the_first_hours_and_one_begins_later() {
        for scenario in Scenario::ALL {
            let tasks = tasks(*scenario);
            for room in tasks.rooms().take(3) {
                let activity = tasks.get(room);
                assert_eq!(outcomes(&activity, START), outcomes(&activity, START + STILL));
                let end = activity.ends;
                let reached = outcomes(&activity, end).into_iter().filter_map(|it| it.reached);
                assert!(reached.max().is_none_or(|last| last < end), "{scenario} {room}");
            }
        }
        let ahead = tasks(Scenario::Small).get(2);
        assert_eq!(ahead.joined(ahead.begins), 0);
        assert_eq!(ahead.joined(ahead.ends), 80);
    }

    #[test]
    fn people_join_once() {
        let activity = tasks(Scenario::Campaign).get(0);
        let people: HashSet<i64> =
            (0..activity.joined(START)).map(|place| activity.person(place)).collect();
        assert_eq!(people.len(), 400);
        assert_eq!(activity.place(activity.person(399), START), Some(399));
        assert_eq!(activity.place(activity.person(0), activity.begins), None);
    }
}
