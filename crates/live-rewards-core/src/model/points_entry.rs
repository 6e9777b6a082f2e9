use super::open_enum::open_enum;
use crate::{Keyed, OrderId, Points, PointsEntryId, Timestamp, UserId, UserRef};

/// An entry of the points log (积分流水): one change of what a user holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PointsEntry {
    /// The vendor's id.
    pub id: Option<PointsEntryId>,
    /// Whose points.
    pub user: UserRef,
    /// Which way they went.
    pub kind: PointsEntryKind,
    /// How many, as the vendor reports them: the kind says the direction, and no sign is added for it.
    pub change: Points,
    /// What the user had after it.
    pub balance_after: Option<Points>,
    /// The vendor's name of what caused it, as `LEARN_TASK`.
    pub business: Option<String>,
    /// Id of what caused it.
    pub business_id: Option<String>,
    /// Reason, in words.
    pub reason: Option<String>,
    /// The order that it belongs to.
    pub order: Option<OrderId>,
    /// Days for which the points stay frozen.
    pub freeze_days: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// Number among entries without id that are equal in what identifies them, on one page, from 0.
    pub ordinal: u32,
}

impl PointsEntry {
    /// An entry of which nothing else is known.
    pub const fn new(user: UserRef, kind: PointsEntryKind, change: Points, at: Timestamp) -> Self {
        Self {
            id: None,
            user,
            kind,
            change,
            balance_after: None,
            business: None,
            business_id: None,
            reason: None,
            order: None,
            freeze_days: None,
            at,
            ordinal: 0,
        }
    }
}

open_enum! {
    /// Which way points went.
    pub enum PointsEntryKind {
        /// 加: they came in.
        Earned = "earned",
        /// 减: they went out.
        Spent = "spent",
        /// 冻结中: they are held back.
        Frozen = "frozen",
    }
}

/// What makes an entry the same entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PointsEntryKey {
    /// The vendor gives it an id.
    Flow {
        /// Whose points.
        user: UserId,
        /// The entry.
        id: PointsEntryId,
    },
    /// The vendor gives no id.
    Facts {
        /// Whose points.
        user: UserId,
        /// When.
        at: Timestamp,
        /// Id of what caused it.
        business_id: Option<String>,
        /// Which way they went.
        kind: PointsEntryKind,
        /// How many.
        change: Points,
        /// Number among entries that are equal in all of these.
        ordinal: u32,
    },
}

impl Keyed for PointsEntry {
    type Key = PointsEntryKey;

    fn key(&self) -> Self::Key {
        match &self.id {
            Some(id) => PointsEntryKey::Flow { user: self.user.id.clone(), id: id.clone() },
            None => PointsEntryKey::Facts {
                user: self.user.id.clone(),
                at: self.at,
                business_id: self.business_id.clone(),
                kind: self.kind.clone(),
                change: self.change,
                ordinal: self.ordinal,
            },
        }
    }
}
