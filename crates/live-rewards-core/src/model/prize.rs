use super::open_enum::open_enum;
use crate::{
    Amount, Keyed, PrizeActivityId, PrizeKind, PrizeRecordId, RoomRef, SessionId, Timestamp,
    UserId, UserRef,
};

/// A prize (奖品): one win by one user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prize {
    /// The vendor's id of the win.
    pub record_id: Option<PrizeRecordId>,
    /// What it was won in.
    pub activity: PrizeActivityId,
    /// How it was won.
    pub kind: PrizeKind,
    /// The room, where the vendor says or was told it.
    pub room: Option<RoomRef>,
    /// The session.
    pub session: Option<SessionId>,
    /// The task that was done for it.
    pub task: Option<String>,
    /// Who won.
    pub user: UserRef,
    /// Name of the prize.
    pub name: Option<String>,
    /// What it is worth. `None` where it is nothing that can be counted, and where the vendor doesn't say. Count it as paid only if
    /// `state` is [`Issued`](PrizeState::Issued): a win that came too late or could not be paid has its value, too.
    pub value: Option<Amount>,
    /// Whether it was handed out.
    pub state: Option<PrizeState>,
    /// The code that it is claimed with.
    pub code: Option<String>,
    /// When it was won.
    pub at: Option<Timestamp>,
    /// Number among wins without record id that are equal in what identifies them, on one page, from 0.
    pub ordinal: u32,
}

impl Prize {
    /// A win of which nothing else is known.
    pub const fn new(activity: PrizeActivityId, kind: PrizeKind, user: UserRef) -> Self {
        Self {
            record_id: None,
            activity,
            kind,
            room: None,
            session: None,
            task: None,
            user,
            name: None,
            value: None,
            state: None,
            code: None,
            at: None,
            ordinal: 0,
        }
    }
}

open_enum! {
    /// Whether a prize was handed out.
    pub enum PrizeState {
        /// 待发放: not yet.
        Pending = "pending",
        /// 发放中: on its way.
        Issuing = "issuing",
        /// 已发放: it was.
        Issued = "issued",
        /// 名额已满: it was not, since all were taken.
        QuotaFull = "quota_full",
        /// 发放失败: it could not be.
        Failed = "failed",
        /// 无需发放: there is nothing to hand out.
        NotNeeded = "not_needed",
    }
}

/// What makes a win the same win: never what was won, so that a changed value is seen as a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PrizeKey {
    /// The vendor gives the win an id.
    Record {
        /// How it was won.
        kind: PrizeKind,
        /// What it was won in.
        activity: PrizeActivityId,
        /// The win.
        record: PrizeRecordId,
    },
    /// The vendor gives no id.
    Facts {
        /// How it was won.
        kind: PrizeKind,
        /// What it was won in.
        activity: PrizeActivityId,
        /// The task.
        task: Option<String>,
        /// Who won.
        user: UserId,
        /// Number among wins that are equal in all of these.
        ordinal: u32,
    },
}

impl Keyed for Prize {
    type Key = PrizeKey;

    fn key(&self) -> Self::Key {
        let (kind, activity) = (self.kind, self.activity.clone());
        match &self.record_id {
            Some(record) => PrizeKey::Record { kind, activity, record: record.clone() },
            None => PrizeKey::Facts {
                kind,
                activity,
                task: self.task.clone(),
                user: self.user.id.clone(),
                ordinal: self.ordinal,
            },
        }
    }
}
