//! What callers changed.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Changes by room: as many as there are rooms at most.
#[derive(Debug, Default)]
pub(super) struct Changes(Mutex<Rooms>);

#[derive(Debug, Default)]
struct Rooms {
    likes: BTreeMap<i64, Likes>,
    activities: BTreeMap<i64, Ended>,
}

/// Numbers of a channel that were set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Likes {
    pub(super) likes: Option<i64>,
    pub(super) views: Option<i64>,
}

/// How an activity was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// At an instant in Unix seconds.
    Stopped(i64),
    Deleted,
}

impl Changes {
    /// The numbers that were set for a room.
    pub(super) fn likes(&self, room: i64) -> Likes {
        self.rooms().likes.get(&room).copied().unwrap_or_default()
    }

    /// Sets the numbers that are given.
    pub(super) fn set_likes(&self, room: i64, given: Likes) {
        let mut rooms = self.rooms();
        let likes = rooms.likes.entry(room).or_default();
        likes.likes = given.likes.or(likes.likes);
        likes.views = given.views.or(likes.views);
    }

    /// How the activity of a room was ended, if it was.
    pub(super) fn activity(&self, room: i64) -> Option<Ended> {
        self.rooms().activities.get(&room).copied()
    }

    /// Ends the activity of a room: it is stopped once, and what is deleted stays so.
    pub(super) fn end_activity(&self, room: i64, ended: Ended) {
        let mut rooms = self.rooms();
        let known = rooms.activities.entry(room).or_insert(ended);
        if ended == Ended::Deleted {
            *known = ended;
        }
    }

    /// Forgets all of them.
    pub(super) fn clear(&self) {
        *self.rooms() = Rooms::default();
    }

    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_stays_until_it_is_set_again() {
        let changes = Changes::default();
        changes.set_likes(1, Likes { likes: Some(5), views: None });
        changes.set_likes(1, Likes { likes: None, views: Some(7) });
        assert_eq!(changes.likes(1), Likes { likes: Some(5), views: Some(7) });
        assert_eq!(changes.likes(0), Likes::default());

        changes.end_activity(1, Ended::Stopped(10));
        changes.end_activity(1, Ended::Stopped(20));
        assert_eq!(changes.activity(1), Some(Ended::Stopped(10)));
        changes.end_activity(1, Ended::Deleted);
        changes.end_activity(1, Ended::Stopped(30));
        assert_eq!(changes.activity(1), Some(Ended::Deleted));
        changes.clear();
        assert_eq!((changes.activity(1), changes.likes(1)), (None, Likes::default()));
    }
}
