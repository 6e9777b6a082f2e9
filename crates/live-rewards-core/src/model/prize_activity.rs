use std::{fmt, str::FromStr};

use crate::{Keyed, PrizeActivityId, RoomRef, SessionId, Timestamp};

/// What prizes are won in: a lottery (抽奖), a lucky bag (福袋), or an activity of tasks (任务奖励).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrizeActivity {
    /// The vendor's id, unique within its kind.
    pub id: PrizeActivityId,
    /// What it is.
    pub kind: PrizeKind,
    /// The room.
    pub room: RoomRef,
    /// The session.
    pub session: Option<SessionId>,
    /// Its name, or that of its prize.
    pub name: Option<String>,
    /// How many are to win.
    pub planned: Option<u64>,
    /// How many won.
    pub winners: Option<u64>,
    /// When it was drawn, or starts.
    pub at: Option<Timestamp>,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
}

impl PrizeActivity {
    /// An activity of which nothing else is known.
    pub const fn new(id: PrizeActivityId, kind: PrizeKind, room: RoomRef) -> Self {
        Self {
            id,
            kind,
            room,
            session: None,
            name: None,
            planned: None,
            winners: None,
            at: None,
            ends_at: None,
        }
    }
}

/// How prizes are won. Vendors have a call for each, so there is no unknown one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PrizeKind {
    /// 抽奖: a draw among viewers.
    Lottery,
    /// 福袋: a lucky bag.
    LuckyBag,
    /// 任务奖励: a task that was done.
    Task,
}

impl PrizeKind {
    const ALL: [Self; 3] = [Self::Lottery, Self::LuckyBag, Self::Task];

    /// Name in exports: `lottery`, `lucky_bag`, `task`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lottery => "lottery",
            Self::LuckyBag => "lucky_bag",
            Self::Task => "task",
        }
    }
}

impl fmt::Display for PrizeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// From the name in exports.
impl FromStr for PrizeKind {
    type Err = ParsePrizeKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(ParsePrizeKindError)
    }
}

/// Text that is no kind of prize.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsePrizeKindError;

impl fmt::Display for ParsePrizeKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a kind of prize; write it as lottery, lucky_bag or task")
    }
}

impl std::error::Error for ParsePrizeKindError {}

/// What makes an activity the same activity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PrizeActivityKey {
    /// What it is.
    pub kind: PrizeKind,
    /// The activity.
    pub activity: PrizeActivityId,
}

impl Keyed for PrizeActivity {
    type Key = PrizeActivityKey;

    fn key(&self) -> Self::Key {
        PrizeActivityKey { kind: self.kind, activity: self.id.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_kind_round_trips() {
        for kind in PrizeKind::ALL {
            assert_eq!(kind.as_str().parse::<PrizeKind>(), Ok(kind));
        }
        for text in ["", "Task", "lucky bag"] {
            assert_eq!(text.parse::<PrizeKind>(), Err(ParsePrizeKindError), "{text}");
        }
    }
}
