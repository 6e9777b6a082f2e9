use crate::{Keyed, Points, Timestamp, UserId, UserRef};

/// A points account (积分账户): what a user holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PointsAccount {
    /// Whose account.
    pub user: UserRef,
    /// Points that can be used.
    pub available: Points,
    /// Points that are held back.
    pub frozen: Option<Points>,
    /// The total that the vendor reports; it need not be the sum of the two.
    pub reported_total: Option<Points>,
    /// When the user first got points.
    pub first_earned_at: Option<Timestamp>,
}

impl PointsAccount {
    /// An account of which nothing else is known.
    pub const fn new(user: UserRef, available: Points) -> Self {
        Self { user, available, frozen: None, reported_total: None, first_earned_at: None }
    }
}

impl Keyed for PointsAccount {
    type Key = UserId;

    fn key(&self) -> Self::Key {
        self.user.id.clone()
    }
}
